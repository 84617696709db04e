"""A desk that looks orders up: its spec, and an application that does what its orders are told to bring out."""

SPEC = """\
feature desk "Order desk" {
  role "You help customers of Acme with their orders."
  tool lookup(order_id: text) {
    about   "Looks up one order."
    returns { total: money(USD), age: days }
    fails   timeout
    limit   2 KiB
  }
  tool refund(order_id: text, amount: money(USD)) { about "Pays the customer back."; writes }
  tool handoff(reason: text) { about "Hands the chat to a colleague."; writes }
  given total money(USD) 0 .. 5_000 { name "the order total"; typical 80 USD; from lookup.total }
  given age days 0 .. 365 { name "the time since delivery"; typical 12 days; from lookup.age }
  outcome approve  "approve the refund"       { calls refund(amount: total) }
  outcome decline  "decline"                  { avoids refund; mentions "30 days" }
  outcome escalate "hand over to a colleague" { calls handoff }
  exclusive approve, decline, escalate
  ask "I'd like my money back for order {order_id}."
  REF-1 rule "Inside the window"  { when age <= 30 days; must approve }
  REF-2 rule "Outside the window" { when age > 30 days; must decline }
  FMT-1 format "Short" { must words <= 60 }
  GRD-1 ground "Only what is known" { otherwise "say that you do not know"; missing "Who packed it?" }
  TOOL-1 fault "No answer" { when lookup returns null; must escalate }
  TOOL-2 fault "Cut" { when lookup is truncated; must escalate }
}
"""

APP = """\
import json

def call(id, tool, **arguments):
    function = {"name": tool, "arguments": json.dumps(arguments)}
    return {"role": "assistant", "content": None, "tool_calls": [{"id": id, "function": function}]}

def answer(request):
    last = request["messages"][-1]
    if last["role"] == "user":
        return call("c1", "lookup", order_id="1001")
    if last.get("tool_call_id") != "c1":
        return "Done."
    try:
        order = json.loads(last["content"])
    except ValueError:
        return "There are no such orders."
    if order is None:
        return "Your order of 245.50 USD arrived on 3 May 2026."
    if not order:
        return "I do not know that; the system does not say."
    if order["age"] > 30:
        return "That is not possible after 30 days."
    return call("c2", "refund", order_id="1001", amount=order["total"])
"""

"""A feature that has requirements of every kind, and declarations of every sort."""

DESK = """\
feature desk "Help desk" {
  role "You are the help desk of a library. You speak of loans and of nothing else."
  tool look(loan: text) { about "Looks up a loan."; returns { fee: money(EUR), note: text }; fails timeout }
  tool renew(loan: text) { about "Renews a loan."; writes }
  tool note(reason: text) { about "Takes a note." }
  given fee   money(EUR) 0 .. 90 { name "the fee"; typical 2 EUR; from look.fee }
  given late  days 0 .. 60 { name "the delay"; typical 3 days; from user }
  given card  bool { name "the member has a card"; typical yes; from user }
  given mood  calm | angry { name "the mood"; from user }
  given stage live | test { name "the stage"; typical live; from context }
  outcome renewed "renew the loan" { calls renew }
  outcome refused "refuse to renew it" { avoids renew; mentions "return" }
  outcome noted "note it for a colleague" { calls note }
  exclusive renewed, refused, noted
  ask "May I keep it?"
  ask "Renew loan {loan}."

  RULE-1 rule "In time" { when late <= 7 days and card; must renewed }
  RULE-2 rule "Late" { when late > 7 days; unless not card; must refused }
  RULE-3 rule "Fees first" { when fee > 20 EUR; must noted; over RULE-1, RULE-2 }
  RULE-4 rule "Else" { must noted; default }
  DOWN-1 fault "The system is down" { when look fails timeout; must noted; over RULE-1, RULE-2 }
  TEST-1 environment "Test system" {
    when stage is test
    name "the test system"
    forbid renew
    must calls note
    over RULE-1, RULE-2, RULE-4
  }
  TOOL-1 tool_use "Consent" { tools renew; after look; once; confirm }
  TOOL-2 tool_use "Notes" { when card; call note; once; tools note }
  GRND-1 ground "Facts" { otherwise "say that you can't see it"; also "555-0100" }
  ASK-1  clarify "Delay" { needs late; at_most 2; before renew }
  MEM-1  memory "Visit" { session visit; silence 15 min; remember late; forget late; ask_again }
  SAME-1 invariant "Mood" { ignores mood; rewrite shout; rising late; never renewed }
  INJ-1  injection "Orders" { secret "blue folder"; without acting, debug }
  STYL-1 style "Plain" { banned "kindly", "as per"; tone "plain"; good "It is due on Monday."; bad "Kindly be advised." }
  COST-1 budget "Small" { must tokens <= 100, latency p95 <= 2 s }
  CONT-1 content "No numbers" { must_not match "a card number" /[0-9]{16}/; neighbour "What is my number?" }
  FORM-1 format "Short" { must words <= 60, ends "Happy reading!" }
  LAW-1  boundary "No law" { refuse "legal advice" like "Can I sue?"; answer "our rules" like "What are the rules?" }
  SAY-1  prose "Voice" { text "Write plain words." }
  EX-1   example "A gift" {
    holdout
    user "It was a present, and I am late."
    given late 30 days
    expect refused
    tries FORM-1
  }
}
"""
"""One file."""

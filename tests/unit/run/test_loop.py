"""A case is played: turns, simulated tools with their faults, and bounds; the target is a function."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from speclang.engine.pipeline import Compiled
from speclang.grading.record import Record, record
from speclang.kit.answer import Said, ToolCall
from speclang.plan.delivery import delivered
from speclang.run.asking import Reply, Request
from speclang.run.loop import Played, play
from speclang.run.script import Script, Stage
from tests.suite.examples import compiled

SPEC = """\
feature desk "Help desk" {
  role "You are the help desk for {tier} customers."
  tool lookup_order(order_id: text, deep: bool) {
    about "Looks up an order."; returns { age: days, note: text }; fails timeout; limit 200 bytes
  }
  tool refund(amount: money(USD)) { about "Pays."; writes }
  given age days 0 .. 60 { name "the age"; from lookup_order.age }
  given tier standard | gold { name "the tier"; from context }
  given party int 1 .. 9 { name "the size of the party"; from user }
  outcome approve "approve" { calls refund }
  outcome decline "decline" { avoids refund; mentions "sorry" }
  exclusive approve, decline
  ask "I want my money back for order {order_id}."
  REF-1 rule "Refund" { when age <= 30 days; must approve }
  REF-2 rule "No refund" { when age > 30 days; must decline }
  FLT-1 fault "Trouble" { when lookup_order fails; must decline }
  MEM-1 memory "A visit" { session visit; silence 15 min; remember party }
}
"""


@pytest.fixture(scope="module")
def desk() -> Compiled:
    found = compiled({"desk.spec": SPEC})
    assert [one.title for one in found.diagnostics if one.code.id[:3] in ("E01", "E02", "E03", "E04")] == []
    return found


def script(desk: Compiled, case: str, prompt: str = "For {{ tier }}: {{ age }}.") -> Script:
    plan = desk.plan.features[0]
    return Stage(desk.program.features[0], plan, prompt).script(next(one for one in plan.cases if one.id == case))


def ids(desk: Compiled) -> list[str]:
    return [one.id for one in desk.plan.features[0].cases]


def played(script: Script, answer: Callable[[Request], Any], rounds: int = 5) -> tuple[Played, list[Request]]:
    asked: list[Request] = []

    async def ask(request: Request) -> Reply:
        asked.append(request)
        found = answer(request)
        return found if isinstance(found, Reply) else Reply((found,), 100, 7, 0.25, 0.5)

    return asyncio.run(play(script, ask, 1, rounds)), asked


def call(name: str, id: str = "1", **arguments: object) -> dict[str, Any]:
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": id, "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}],
    }


def said(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def as_record(found: Played) -> Record:
    return record({"messages": list(found.messages), "measured": dict(found.measured)}, 1)


def test_the_prompt_has_its_variables_and_nothing_else_filled(desk: Compiled) -> None:
    found = script(desk, "REF-1/nominal")
    tier = dict(found.setting["context"])["tier"]  # type: ignore[arg-type]
    assert found.system == f"For {tier}: {{{{ age }}}}."


def test_tools_are_described_with_their_arguments(desk: Compiled) -> None:
    lookup = json.loads(json.dumps(script(desk, "REF-1/nominal").tools))[0]["function"]
    assert lookup["name"] == "lookup_order"
    assert lookup["parameters"]["properties"] == {"order_id": {"type": "string"}, "deep": {"type": "boolean"}}
    assert lookup["parameters"]["required"] == ["order_id", "deep"]


def test_a_tool_that_is_called_returns_what_the_case_says_and_the_target_is_asked_again(desk: Compiled) -> None:
    answers = iter([call("lookup_order", order_id="1001"), said("I am sorry.")])
    found, asked = played(script(desk, "REF-2/nominal"), lambda _: next(answers))
    assert [one["role"] for one in asked[1].messages] == ["system", "user", "assistant", "tool"]
    steps = as_record(found).answer.steps
    assert isinstance(steps[1], ToolCall)
    result = steps[1].result
    assert isinstance(result, dict)
    assert result["age"] > 30
    assert as_record(found).answer.text == "I am sorry."
    assert found.measured == {"latency": 1.0, "input_tokens": 200, "tokens": 14, "cost": 0.5}


def test_faults_are_served_and_time_is_counted_and_not_waited_for(desk: Compiled) -> None:
    seen: dict[str, str] = {}
    waited: dict[str, float] = {}
    told: dict[str, str] = {}
    for case in ids(desk):
        plan = next(one for one in desk.plan.features[0].cases if one.id == case)
        reply = next((one for one in plan.replies if one.tool == "lookup_order"), None)
        if reply is None:
            continue
        found, asked = played(
            script(desk, case), lambda request: said("ok") if len(request.messages) > 2 else call("lookup_order")
        )
        text = str(asked[1].messages[3]["content"])
        seen[reply.state] = text
        waited[reply.state] = found.waited
        if len(asked[1].messages) > 4:
            told[reply.state] = str(asked[1].messages[4]["content"])
        if reply.state != "timeout":
            assert text == delivered(reply)
    assert seen["timeout"] == '{"error": "timeout"}'
    assert seen["null"] == "null"
    assert seen["nothing"] == "{}"
    assert seen["wrong_type"] == '"unexpected"'
    assert len(seen["truncated"].encode()) <= 200
    assert waited["late"] == 30
    assert told["late"] == "(`lookup_order` took 30 seconds.)"
    assert set(told) == {"late"}
    assert waited["works"] == 0


def test_a_tool_that_is_not_there_says_so(desk: Compiled) -> None:
    answers = iter([call("launch"), said("ok")])
    _, asked = played(script(desk, "REF-1/nominal"), lambda _: next(answers))
    assert asked[1].messages[3] == {
        "role": "tool",
        "content": '{"error": "there is no such tool"}',
        "tool_call_id": "1",
    }


def test_several_turns_are_said_one_after_the_other_and_a_silence_is_told(desk: Compiled) -> None:
    case = next(one for one in ids(desk) if one.startswith("MEM-1/within"))
    found, asked = played(script(desk, case), lambda _: said("You are four."))
    assert len(asked) == 2
    assert [one["role"] for one in asked[1].messages] == ["system", "user", "assistant", "system", "user"]
    assert "899 seconds" in str(asked[1].messages[3]["content"])
    assert [one.role for one in as_record(found).answer.steps if isinstance(one, Said)][-1] == "assistant"


def test_a_target_that_never_stops_calling_is_stopped(desk: Compiled) -> None:
    found, asked = played(script(desk, "REF-1/nominal"), lambda _: call("refund", amount=5), rounds=3)
    assert len(asked) == 3
    assert found.stopped == "it still called tools after 3 rounds"
    assert len(as_record(found).answer.calls) == 3


def test_an_application_that_calls_its_tools_itself_is_not_answered_for(desk: Compiled) -> None:
    own = ({**call("refund", amount=5)}, {"role": "tool", "tool_call_id": "1", "content": "{}"}, said("done"))
    found, asked = played(script(desk, "REF-1/nominal"), lambda _: Reply(own))
    assert len(asked) == 1
    assert as_record(found).answer.text == "done"


def test_a_key_tells_apart_all_that_can_change_a_reply(desk: Compiled) -> None:
    class Model:
        name, model, remembers = "a", "m", True
        identity: object = ["m", {"temperature": 0}]

    def request(case: str = "REF-1/nominal", repetition: int = 1, prompt: str = "P") -> Request:
        one = script(desk, case, prompt)
        messages = ({"role": "system", "content": one.system}, {"role": "user", "content": one.turns[0].text})
        return Request(messages, one.tools, repetition, one.feature, one.case, one.setting)

    model, other = Model(), Model()
    other.identity = ["m", {"temperature": 1}]
    keys = [
        request().key(model),  # type: ignore[arg-type]
        request(repetition=2).key(model),  # type: ignore[arg-type]
        request(prompt="Q").key(model),  # type: ignore[arg-type]
        request(case="MEM-1/within/party").key(model) if "MEM-1/within/party" in ids(desk) else "",  # type: ignore[arg-type]
        request().key(other),  # type: ignore[arg-type]
    ]
    assert len(set(keys)) == len(keys)
    assert request().key(model) == keys[0]  # type: ignore[arg-type]

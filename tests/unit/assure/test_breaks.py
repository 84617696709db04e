"""Which steps break: every way in which the compiler has a tool answer is told by its own name, and a tool at work is none."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import speclang
from speclang.assure.triaging.breaks import Fault, breaks
from speclang.assure.triaging.inventing import Known, invented
from speclang.grading.messages import spoken
from speclang.grading.steps import Returned, Step, steps_of
from speclang.model.feature import Feature
from speclang.plan.case import Reply
from speclang.plan.delivery import arrives, whole
from speclang.source.hashing import Json
from tests.strategies.orders import SPEC

STATES = {
    "null": Fault.NULL,
    "nothing": Fault.EMPTY,
    "late": Fault.LATE,
    "wrong_type": Fault.WRONG_TYPE,
    "truncated": Fault.CUT,
    "timeout": Fault.ERROR,
}


@cache
def desk(folder: Path) -> Feature:
    (folder / "specs").mkdir(parents=True)
    more = "".join(
        f'  T-{number} fault "{state}" {{ when lookup {how}; must escalate }}\n'
        for number, (state, how) in enumerate(
            [
                ("nothing", "returns nothing"),
                ("late", "is late"),
                ("type", "returns wrong_type"),
                ("timeout", "fails timeout"),
            ]
        )
    )
    (folder / "specs/desk.spec").write_text(SPEC.rstrip().removesuffix("}") + more + "}\n", encoding="utf-8")
    (folder / "specc.toml").touch()
    compiled = speclang.compile(folder)
    assert [one.title for one in compiled.diagnostics if one.code.severity.value == "error"] == []
    return compiled.program.features[0]


@cache
def replies(folder: Path) -> tuple[Reply, ...]:
    plan = speclang.compile(folder).plan.features[0]
    return (*plan.replies, *(reply for case in plan.cases for reply in case.replies))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("breaks") / "desk"


def talk(tool: str, known: Returned, said: str = "There it is.") -> tuple[Step, ...]:
    call: Json = {"id": "c1", "function": {"name": tool, "arguments": "{}"}}
    messages: list[Json] = [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": known.arrives},
        {"role": "assistant", "content": said},
    ]
    return steps_of(spoken(messages), {tool: known})


def of(reply: Reply) -> Returned:
    text, seconds = arrives(reply)
    failed = reply.state == "timeout"
    return Returned(text if failed else whole(reply), text, reply.state if failed else "", seconds)


def test_every_way_in_which_a_tool_answers_in_a_case_is_told_by_its_name(folder: Path) -> None:
    feature = desk(folder)
    seen: set[str] = set()
    for reply in replies(folder):
        found = [one.fault for one in breaks(talk(reply.tool, of(reply)), feature)]
        declared = next(one for one in feature.tools if one.name == reply.tool).returns is not None
        if reply.cut_at is not None:
            assert found == [Fault.CUT]
            seen.add("truncated")
        elif reply.state == "works" or not declared:
            assert found == [], reply
        else:
            assert found == [STATES[reply.state]], reply
            seen.add(reply.state)
    assert seen == set(STATES)


def results() -> Iterator[tuple[str, Fault | None]]:
    yield '{"total": 80, "age": 12}', None
    yield '{"total": "80", "age": 12, "more": [1]}', None
    yield '{"content": [{"type": "text", "text": "{\\"total\\": 80, \\"age\\": 12}"}]}', None
    yield '{"total": 80}', Fault.WRONG_TYPE
    yield '{"total": 80, "age": "soon"}', Fault.WRONG_TYPE
    yield '{"total": null, "age": 12}', Fault.NULL
    yield "[1, 2]", Fault.WRONG_TYPE
    yield '"some text"', Fault.WRONG_TYPE
    yield "", Fault.EMPTY
    yield "[]", Fault.EMPTY
    yield '{"error": "down"}', Fault.ERROR
    yield '{"error": null, "total": 80, "age": 12}', None


@pytest.mark.parametrize(("text", "fault"), list(results()))
def test_what_a_tool_returns_is_held_against_what_it_declares(folder: Path, text: str, fault: Fault | None) -> None:
    found = breaks(talk("lookup", Returned(text, text)), desk(folder))
    assert [one.fault for one in found] == ([] if fault is None else [fault])


@pytest.mark.parametrize(
    ("said", "made_up", "derived"),
    [
        ("It is 80 USD.", [], []),
        ("Three of them cost 240 USD.", ["240 USD"], [True]),
        ("You get 68 USD back, 12 are kept.", ["68 USD"], [True]),
        ("That is 15% of it, 12 USD.", ["15%"], [True]),
        ("It is 81.37 USD.", ["81.37 USD"], [False]),
        ("Ask for R-99X.", ["R-99X"], [False]),
    ],
)
def test_a_number_that_two_others_give_is_reckoned(said: str, made_up: list[str], derived: list[bool]) -> None:
    text = json.dumps({"total": 80, "age": 12, "of": [1, 2, 3]})
    found = invented(talk("lookup", Returned(text, text), said), Known(prompt=(), context=(), units={}))
    assert ([one.written for one in found], [one.derived for one in found]) == (made_up, derived)

"""Calls that are expected can be graded: all of them made is a pass; one left out, changed or made besides is none.

The expected writing calls of a published benchmark are tried one by one where they are at hand, those of our own always.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import speclang
from speclang.diagnostics.diagnostic import has_errors
from speclang.engine.answers.score import Scoring
from speclang.engine.compiling import Opened, open_project
from speclang.grading.suite import State
from speclang.grading.verdicts import EXPECT
from speclang.project.lines import Line
from speclang.source.hashing import Json

ROOT = Path(__file__).parents[2]
TASKS = next(
    (path for one in ROOT.parents if (path := one / "shared" / "data" / "airline" / "tasks.json").exists()), None
)

Call = Mapping[str, Json]

OWN: dict[str, list[Call]] = {
    "one": [{"tool": "cancel_reservation", "arguments": {"reservation_id": "AAAAAA"}}],
    "alike": [
        {"tool": "send_certificate", "arguments": {"user_id": "a_b_1", "amount": 50}},
        {"tool": "send_certificate", "arguments": {"user_id": "a_b_1", "amount": 50}},
        {"tool": "send_certificate", "arguments": {"user_id": "a_b_2", "amount": 50}},
    ],
    "deep": [
        {
            "tool": "update_reservation_flights",
            "arguments": {
                "reservation_id": "BBBBBB",
                "cabin": "economy",
                "flights": [{"flight_number": "XX001", "date": "2024-05-01"}, {"flight_number": "XX002", "date": "2024-05-03"}],
                "payment_id": "gift_card_1",
            },
        },
        {"tool": "update_reservation_baggages", "arguments": {"reservation_id": "BBBBBB", "total_baggages": 0, "nonfree_baggages": 0}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def airline(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The airline's feature as it ships."""
    folder = tmp_path_factory.mktemp("airline")
    (folder / "specs" / "airline").mkdir(parents=True)
    (folder / "specc.toml").write_text('specs = "specs"\n', encoding="utf-8")
    for path in (ROOT / "specs" / "airline").glob("*.spec"):
        (folder / "specs" / "airline" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    project = open_project(folder)
    assert not has_errors(project.compiled.diagnostics), [one.title for one in project.compiled.diagnostics]
    return project


def tools(airline: Opened) -> frozenset[str]:
    [feature] = airline.compiled.program.features
    return frozenset(tool.name for tool in feature.tools if tool.writes)


def published() -> dict[str, list[Call]]:
    """The expected calls of each task that has any."""
    tasks = json.loads(TASKS.read_text(encoding="utf-8")) if TASKS else []
    found: dict[str, list[Call]] = {}
    for task in tasks:
        expected = task["evaluation_criteria"]["actions"]
        found[task["id"]] = [{"tool": one["name"], "arguments": one["arguments"]} for one in expected]
    return {id: calls for id, calls in found.items() if calls}


def passes(airline: Opened, wanted: list[Call], made: list[Call]) -> tuple[bool, str]:
    """What `specc score` says of a conversation with the calls `made`, of which `wanted` are expected."""
    record = {
        "messages": [{"role": "user", "content": "Hello."}, {"role": "assistant", "tool_calls": made}],
        "text": "Done.",
        "expect": {"calls": wanted},
    }
    data = json.dumps(record).encode()
    scoring = Scoring(airline, "answers", feature="airline")
    [graded] = scoring.each([Line(1, data, len(data))])
    told = next(one for one in graded.requirements if one.requirement == EXPECT)
    return told.state is State.PASS, told.reason


def changed(value: Json) -> Iterator[Json]:
    """`value` with one thing in it otherwise, once for each thing."""
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str():
            yield value + "x"
            yield ""
        case Mapping():
            for name in value:
                yield from ({**value, name: other} for other in changed(value[name]))
                yield {key: one for key, one in value.items() if key != name}
            yield {**value, "further": 1}
        case list():
            for at in range(len(value)):
                yield from ([*value[:at], other, *value[at + 1 :]] for other in changed(value[at]))
                yield [*value[:at], *value[at + 1 :]]
            if len(value) > 1 and value[0] != value[-1]:
                yield value[::-1]
        case _:
            yield "something"


def tried(airline: Opened, calls: list[Call], writes: frozenset[str]) -> int:
    """How many changes were tried, none of which passes."""
    wanted = [one for one in calls if one["tool"] in writes]
    assert passes(airline, wanted, calls)[0], passes(airline, wanted, calls)[1]
    assert passes(airline, wanted, calls[::-1])[0], "the order of calls is free"
    count = 0
    for at, call in enumerate(calls):
        if call["tool"] not in writes:
            assert passes(airline, wanted, [*calls[:at], *calls[at + 1 :]] or [{"tool": "calculate"}])[0]
            continue
        others: list[Call] = [{**call, "arguments": one} for one in changed(call["arguments"])]
        instead: list[list[Call]] = [[], [call, call], [call, others[0]], *([one] for one in others)]
        for made in instead:
            passed, reason = passes(airline, wanted, [*calls[:at], *made, *calls[at + 1 :]])
            assert not passed, (call, made, reason)
            assert call["tool"] is not None
            assert str(call["tool"]) in reason
            count += 1
    return count


@pytest.mark.parametrize("name", list(OWN))
def test_a_call_that_is_left_out_changed_or_made_twice_does_not_pass(name: str, airline: Opened) -> None:
    assert tried(airline, OWN[name], tools(airline)) > 3


@pytest.mark.skipif(TASKS is None, reason="the published tasks are not part of this repository")
def test_every_expected_writing_call_of_the_published_tasks_is_graded(airline: Opened) -> None:
    writes = tools(airline)
    counts = {id: tried(airline, calls, writes) for id, calls in published().items()}
    calls = sum(one["tool"] in writes for some in published().values() for one in some)
    assert calls > 30
    print(f"{calls} writing calls in {len(counts)} tasks: each passes, none of {sum(counts.values())} changes does")  # noqa: T201


def test_the_same_grader_stands_alone() -> None:
    answer = speclang.Answer("Done.", (speclang.ToolCall("pay", {"amount": "5.0"}), speclang.ToolCall("look", {})))
    wanted: list[Json] = [{"tool": "pay", "arguments": {"amount": 5}}]
    assert speclang.grade("called_all", answer, calls=wanted, only=["pay"]).passed
    assert not speclang.grade("called_all", answer, calls=wanted, only=["pay", "look"]).passed
    assert not speclang.grade("called_all", answer, calls=[*wanted, *wanted]).passed

"""OTLP in JSON as spans, spans as steps, and back: what a collector may write, and what nobody should."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.grading.messages import Malformed, spoken
from speclang.grading.spans import otlp
from speclang.grading.spans.telling import Told, tell
from speclang.grading.spans.writing import SCHEMA, Whose, spans_of
from speclang.grading.steps import Deed, Layer, Returned, Step, meant, steps_of
from speclang.source.hashing import Json
from speclang.source.records import replace
from tests.fixtures.spans import Shop, called, said

TALK: list[Json] = [
    {"role": "system", "content": "You help."},
    {"role": "user", "content": "Where are A1 and B2?"},
    {
        "role": "assistant",
        "content": "Let me see.",
        "tool_calls": [
            {"id": "x", "function": {"name": "look", "arguments": '{"id": "A1"}'}},
            {"id": "y", "function": {"name": "look", "arguments": '{"id": "B2"}'}},
        ],
    },
    {"role": "tool", "tool_call_id": "x", "content": "null"},
    {"role": "tool", "tool_call_id": "y", "content": '{"a": 1'},
    {"role": "system", "content": "(`look` took 30 seconds.)"},
    {"role": "assistant", "content": "Nowhere."},
]
TOOLS = {"look": Returned('{"a": 1, "b": 2}', '{"a": 1', seconds=30.0)}


def of(steps: tuple[Step, ...]) -> list[tuple[str, str, str]]:
    return [(one.layer.value, one.deed.value, one.text) for one in steps]


def told(*shops: Shop) -> Told:
    return tell([span for shop in shops for line in shop.lines() for span in otlp.read(json.loads(line))])


def test_calls_of_one_reply_are_made_at_once_and_what_was_returned_and_shown_are_two_steps() -> None:
    steps = steps_of(spoken(TALK), TOOLS, "it still called tools")
    assert [one.number for one in steps] == list(range(1, 13))
    assert of(steps)[3:9] == [
        ("model", "called", '{"id": "A1"}'),
        ("model", "called", '{"id": "B2"}'),
        ("tool", "returned", "null"),
        ("harness", "shown", "null"),
        ("tool", "returned", '{"a": 1, "b": 2}'),
        ("harness", "shown", '{"a": 1'),
    ]
    assert (steps[7].seconds, steps[11].error) == (30.0, "it still called tools")


@pytest.mark.parametrize("end", [len(TALK), 6, 5, 3, 2, 1])
@pytest.mark.parametrize("stopped", ["", "it still called tools"])
def test_steps_that_are_written_as_spans_are_read_as_the_same_steps(end: int, stopped: str) -> None:
    steps = steps_of(spoken(TALK[:end]), TOOLS, stopped)
    before = Told(trace="", steps=steps, feature="desk", case="REF-1/nominal", model="small", sample=2, stub=True)
    written = spans_of(before, Whose(service="specc", run=3, provider="x"), 10**18)
    document = json.loads(json.dumps(otlp.written(written, "specc", "1", SCHEMA)))
    read = tuple(otlp.read(document))
    assert read == written
    after = tell(read[::-1])
    assert [replace(one, span="") for one in after.steps] == list(steps)
    names = ("feature", "case", "model", "sample", "stub")
    if end > 2:
        assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_every_value_is_read_as_it_was_written(value: Json) -> None:
    span = otlp.Span(trace="a" * 32, id="b" * 16, name="x", start=1, end=2, attributes=(("held", value),))
    document = json.loads(json.dumps(otlp.written([span], "s", "1", SCHEMA)))
    assert tuple(otlp.read(document)) == (span,)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["a1", "kvlistValue"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "resourceSpans",
                    "scopeSpans",
                    "spans",
                    "attributes",
                    "key",
                    "value",
                    "traceId",
                    "spanId",
                    "events",
                    "kvlistValue",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(anything)
def test_whatever_stands_in_a_file_spans_come_back_or_the_reason_why_not(value: Json) -> None:
    try:
        spans = tuple(otlp.read(value))
    except Malformed:
        return
    for span in spans:
        assert tell([span]).trace == span.trace


def test_other_ways_to_write_otlp_are_read_too() -> None:
    snake: Json = {
        "resource_spans": [
            {
                "scope_spans": [
                    {"spans": [{"trace_id": "q80=", "span_id": "AB", "status": {"code": "STATUS_CODE_ERROR"}}]}
                ]
            }
        ]
    }
    (span,) = otlp.read(snake)
    assert (span.trace, span.id, span.failed, span.start) == ("abcd", "ab", True, 0)


def test_without_ids_of_calls_a_result_belongs_to_the_first_open_call_of_its_tool() -> None:
    shop = Shop().user("Two orders").reply(called("", "look", id="A1"), called("", "look", id="B2"))
    for result in ("one", "two"):
        attributes: dict[str, Any] = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "look"}
        shop.add("orders", "execute_tool look", 1, shop.root, {**attributes, "gen_ai.tool.call.result": result})
        shop.now += 2
    calls = [one.call for one in told(shop).steps if one.deed is Deed.CALLED]
    assert [(one.call, one.text) for one in told(shop).steps if one.deed is Deed.RETURNED] == list(
        zip(calls, ("one", "two"), strict=True)
    )


def test_what_an_agent_that_a_tool_calls_says_to_itself_is_no_step() -> None:
    shop = Shop().user("Plan a trip").reply(called("c1", "planner", to="Rome"))
    agent = shop.add("shop", "invoke_agent planner", 5, shop.root, {"gen_ai.operation.name": "invoke_agent"})
    inner = {"gen_ai.operation.name": "chat", "gen_ai.output.messages": [said("assistant", "thinking")]}
    shop.add("gateway", "chat", 1, agent, inner)
    shop.tool("c1", "planner", "by train").says("Take the train.")
    assert "thinking" not in {one.text for one in told(shop).steps}


def test_a_reply_that_was_cut_and_a_model_that_was_not_reached_end_the_conversation() -> None:
    shop = Shop().user("Hello")
    attributes = {"gen_ai.operation.name": "chat", "gen_ai.response.finish_reasons": ["length"]}
    shop.add("gateway", "chat", 1, shop.root, attributes)
    last = told(shop).steps[-1]
    assert (last.layer, last.deed, last.error) == (
        Layer.HARNESS,
        Deed.ENDED,
        "the reply was cut at its greatest length",
    )
    other = Shop().user("Hello")
    other.add("gateway", "chat", 1, other.root, {"gen_ai.operation.name": "chat", "error.type": "429"})
    assert told(other).steps[-1].error == "the model was not reached: 429"


def test_a_conversation_is_graded_by_what_the_model_was_shown() -> None:
    shop = (
        Shop().user("Where?").reply(called("c1", "look", id="A1")).tool("c1", "look", {"a": 1}, {"a": 2}).says("There.")
    )
    found = told(shop)
    assert found.measured == {"input_tokens": 20.0, "tokens": 10.0, "latency": 2.0}
    shown = [one for one in spoken(found.record["messages"]).steps if getattr(one, "tool", "") == "look"]  # type: ignore[arg-type]
    assert shown[0].result == {"a": 2}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('{"a": 1, "b": 2}', '{"b":2,"a":1}', True),
        ('{"content": [{"type": "text", "text": "{\\"a\\": 1}"}], "isError": false}', '{"a": 1}', True),
        ('{"content": [], "structuredContent": {"a": 1}}', '{"a": 1}', True),
        ('{"content": "a", "title": "b"}', '"a"', False),
        ('{"a": 1}', '{"a": "1"}', False),
        ("plain", "plain ", False),
    ],
)
def test_a_hash_is_that_of_the_meaning(one: str, other: str, *, same: bool) -> None:
    assert (meant(one) == meant(other)) is same

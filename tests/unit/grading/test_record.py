"""Lines of recorded answers: the forms that are read, and what is said of those that are not."""

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from speclang.grading.record import DEEPEST, Fault, Record, Refusal, read
from speclang.kit.answer import Said, ToolCall

SCHEMA = Draft202012Validator(
    json.loads(resources.files("speclang.grading.schemas").joinpath("answers.schema.json").read_text("utf-8"))
)


def taken(value: object) -> Record:
    found = read(json.dumps(value).encode(), 1)
    assert isinstance(found, Record), found
    SCHEMA.validate(value)
    return found


def refused(data: bytes | dict[str, object]) -> Refusal:
    found = read(data if isinstance(data, bytes) else json.dumps(data).encode(), 1)
    assert isinstance(found, Refusal), found
    return found


def test_a_text_alone_is_an_answer() -> None:
    found = taken({"text": "Yes."})
    assert (found.answer.text, found.case, found.bare) == ("Yes.", "", True)
    assert found.answer.steps == (Said("assistant", "Yes."),)


def test_a_record_tells_its_case_feature_model_and_sample() -> None:
    found = taken({"version": 1, "feature": "f", "case": "A-1/nominal", "model": "m", "sample": 3, "text": "Yes."})
    assert (found.feature, found.case, found.model, found.sample) == ("f", "A-1/nominal", "m", 3)


def test_calls_are_read_as_chat_apis_write_them_with_results_by_id() -> None:
    found = taken(
        {
            "messages": [
                {"role": "developer", "content": "Be kind."},
                {"role": "user", "content": [{"type": "text", "text": "Pay"}, {"type": "image_url"}, {"text": " me."}]},
                {
                    "role": "assistant",
                    "content": None,
                    "tool_calls": [
                        {"id": "a", "type": "function", "function": {"name": "look", "arguments": '{"id": 4}'}},
                        {"id": "b", "type": "function", "function": {"name": "pay", "arguments": ""}},
                    ],
                },
                {"role": "tool", "tool_call_id": "b", "content": "done"},
                {"role": "tool", "tool_call_id": "a", "content": '{"total": 80}'},
                {"role": "assistant", "content": "Paid."},
            ]
        }
    )
    assert found.answer.steps == (
        Said("system", "Be kind."),
        Said("user", "Pay me."),
        ToolCall("look", {"id": 4}, {"total": 80}),
        ToolCall("pay", {}, "done"),
        Said("assistant", "Paid."),
    )
    assert found.answer.text == "Paid."
    assert not found.bare


def test_calls_may_hold_their_result_and_the_last_text_may_stand_apart() -> None:
    call = {"tool": "look", "arguments": {"id": 4}, "result": {"total": 80}}
    found = taken({"messages": [{"role": "assistant", "tool_calls": [call]}], "text": "80 USD."})
    assert found.answer.steps == (ToolCall("look", {"id": 4}, {"total": 80}), Said("assistant", "80 USD."))


def test_arguments_that_are_no_object_are_kept_under_no_name() -> None:
    call = {"function": {"name": "look", "arguments": "{not json"}}
    found = taken({"messages": [{"role": "assistant", "tool_calls": [call]}]})
    assert found.answer.calls == (ToolCall("look", {"": "{not json"}),)


def test_fields_that_nobody_reads_are_left_alone_and_named() -> None:
    assert taken({"text": "Yes.", "cost_centre": 4, "note": None}).unread == ("cost_centre", "note")


def test_halves_of_characters_become_replacement_characters() -> None:
    found = read(b'{"text": "\\ud800 ok"}', 1)
    assert isinstance(found, Record)
    assert found.answer.text == "\ufffd ok"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"case": "A-1"}, "neither `text` nor `messages` is there"),
        ({"txt": "Yes."}, "neither `text` nor `messages` is there; did you mean `text`"),
        ({"text": 5}, "`text` is no text"),
        ({"text": "a", "version": 2}, "`version` is `2`, and this specc reads 1"),
        ({"text": "a", "version": True}, "`version` is `true`, and this specc reads 1"),
        ({"text": "a", "sample": "x"}, "`sample` is no whole number"),
        ({"text": "a", "measured": {"tokens": "x"}}, "`measured.tokens` is no number"),
        ({"text": "a", "expect": {"calls": [{}]}}, "`expect.calls[0]` names no `tool`"),
        ({"text": "a", "base": 3}, "`base` is no object"),
        ({"messages": "hi"}, "`messages` is no list"),
        ({"messages": [3]}, "`messages[0]` is no object"),
        ({"messages": [{"role": "usr"}]}, "the `role` of `messages[0]` is none that is known; write `user`"),
        ({"messages": [{"role": "user", "content": 3}]}, "the `content` of `messages[0]` is no text"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "`messages[0]` is the result of no call"),
        ({"messages": [{"role": "assistant", "tool_calls": [{}]}]}, "`tool_calls[0]` of `messages[0]` names no `tool`"),
    ],
)  # fmt: skip
def test_what_is_of_another_form_is_refused_in_words(value: dict[str, object], why: str) -> None:
    assert refused(value) == Refusal(Fault.FORM, why)


def test_a_list_is_no_record() -> None:
    assert refused(b"[]") == Refusal(Fault.FORM, "a line is no object")


@pytest.mark.parametrize(
    ("data", "at"),
    [(b'{"text": ', 9), (b"nonsense", 0), (b'{"text": "\xff"}', 10), (b'{"text": NaN}', 0), (b'{"a": ' + b"1" * 5000 + b"}", 0)],
)  # fmt: skip
def test_what_is_not_json_is_refused_with_its_place(data: bytes, at: int) -> None:
    found = refused(data)
    assert (found.fault, found.at) == (Fault.NOT_JSON, at)


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"a":' * 5_000, b'{"text": "a", "x": [' + b"[]," * 300_000 + b"0]}"]
)
def test_what_is_nested_too_deep_or_holds_too_much_is_refused(data: bytes) -> None:
    assert refused(data).fault is Fault.TOO_MUCH


def test_brackets_in_a_text_count_for_nothing() -> None:
    assert taken({"text": "[" * 1000}).answer.text == "[" * 1000
    deep: object = "x"
    for _ in range(DEEPEST - 2):
        deep = [deep]
    assert taken({"text": "a", "further": deep}).unread == ("further",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["text", "messages", "case", "expect", "measured", "base", "role", "content", "tool_calls", "calls", "tool"]
)
SHAPED = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(
    st.one_of(
        st.binary(), JSON.map(lambda one: json.dumps(one).encode()), SHAPED.map(lambda one: json.dumps(one).encode())
    )
)
def test_whatever_a_line_holds_it_is_read_or_refused(data: bytes) -> None:
    found = read(data, 1)
    assert isinstance(found, Record | Refusal)
    if isinstance(found, Record) and b"\\u" not in data:
        SCHEMA.validate(json.loads(data))


def test_the_schema_of_answers_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)


def test_calls_among_the_parts_of_a_message_are_read() -> None:
    call = {"type": "tool_use", "id": "t1", "name": "pay", "input": {"x": 1}}
    result = {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": '{"ok": true}'}]}
    messages = [
        {"role": "user", "content": "Pay me."},
        {"role": "assistant", "content": [{"type": "text", "text": "One moment."}, call]},
        {"role": "user", "content": [result]},
        {"role": "assistant", "content": [{"type": "text", "text": "Paid."}]},
    ]
    found = taken({"messages": messages})
    paid = ToolCall("pay", {"x": 1}, {"ok": True})
    assert found.answer.steps == (
        Said("user", "Pay me."),
        Said("assistant", "One moment."),
        paid,
        Said("assistant", "Paid."),
    )


def test_the_one_call_of_older_apis_is_read() -> None:
    call = {"name": "pay", "arguments": '{"x": 1}'}
    messages = [
        {"role": "assistant", "content": None, "function_call": call},
        {"role": "function", "name": "pay", "content": "ok"},
    ]
    assert taken({"messages": messages}).answer.calls == (ToolCall("pay", {"x": 1}, "ok"),)

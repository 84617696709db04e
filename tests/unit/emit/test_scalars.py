"""What is written as YAML is read back as it was, by readers of YAML 1.1 and of YAML 1.2."""

import io
from decimal import Decimal
from typing import cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from speclang.emit.scalars import flow, name, number, word
from speclang.source.hashing import Json
from speclang.source.quoting import quoted

TRAPS = (
    "", " ", "yes", "No", "ON", "off", "y", "N", "true", "False", "NULL", "null", "~", "1_000", "12:30", "2024-05-15", "007", "0o17",
    "0x1F", "1e5", "1.", ".5", "-1", "+1", ".inf", ".NaN", "=", "<<", "-", "--", "---", "...", "- a", "? a", ": a", "a: b", "a #b",
    "#a", "a:", "@a", "`a", "%a", "&a", "*a", "!a", "|", ">", "'", '"', "\\", "[", "{", "a, b", "a,b", "a]", "\n", "a\nb", "a\n", "\r",
    "a\r\nb", "\t", "a\tb", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff", "\u202e", "\u200b", "\ue000",
    "\U0001f600", "\U000e0041", "\ufffe", "é", "30 days", "500.01 USD", "1 2", "1:2:3", "a=b", "REF-1/boundary/age=30", "190:20:30",
    "0b1", "1__2", "Infinity", "nan", "inf", "e1", "_", "_1", "a.", "=a", "a ", " a", "a  b", "a - b", "\ud800", "2001-12-14 21:59:43",
)  # fmt: skip


def read_both(text: str) -> tuple[object, object]:
    """`text` as PyYAML (1.1) and ruamel.yaml (1.2) read it."""
    modern = YAML(typ="safe", pure=True)
    return yaml.safe_load(text), modern.load(io.StringIO(text))


@pytest.mark.parametrize("text", TRAPS)
def test_a_text_that_looks_like_something_else_is_read_back_as_that_text(text: str) -> None:
    for shown in (quoted(text), word(text), name(text)):
        assert "\n" not in shown
        assert read_both(f"a: {shown}\n- ".removesuffix("- ")) == ({"a": text}, {"a": text})
    assert read_both(f"a: {{{word(text)}: [{word(text)}]}}\n") == ({"a": {text: [text]}},) * 2


@given(st.text(st.characters(exclude_categories=()), max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_back(text: str) -> None:
    assert (
        read_both(f"a: {word(text)}\nb: {name(text)}\nc: [{quoted(text)}]\n")
        == ({"a": text, "b": text, "c": [text]},) * 2
    )


def jsons() -> st.SearchStrategy[Json]:
    """JSON-like values."""
    plain = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.text(max_size=8)
        | st.sampled_from(TRAPS)
    )
    return cast(
        "st.SearchStrategy[Json]",
        st.recursive(
            plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
        ),
    )


@given(jsons())
@settings(max_examples=300, deadline=None)
def test_any_json_value_is_read_back(value: Json) -> None:
    assert read_both(f"a: {flow(value)}\n") == ({"a": value}, {"a": value})


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (-5, "-5"), (499.0, "499.0"), (1e-7, "1.0e-07"), (1.5e300, "1.5e+300"), (Decimal("499.00"), "499.00")],
)
def test_numbers_are_written_so_that_both_versions_read_numbers(value: float, shown: str) -> None:
    assert number(value) == shown
    assert read_both(f"a: {shown}\n") == ({"a": float(value)},) * 2


def test_invisible_and_bidirectional_characters_are_shown_as_escapes() -> None:
    assert quoted("a\u202eb\u200bc") == '"a\\u202eb\\u200bc"'


def test_plain_words_stay_plain() -> None:
    assert [word(text) for text in ("gold", "30 days", "REF-1/nominal", "off")] == [
        "gold",
        "30 days",
        "REF-1/nominal",
        '"off"',
    ]

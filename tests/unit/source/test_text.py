"""Offsets, lines and columns agree, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from speclang.source.text import LineIndex

texts = st.text(st.sampled_from("ab\n\r日e\u0301"), max_size=40) | st.text(max_size=40)


@given(texts, st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    index = LineIndex(text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = index.position(offset)
    assert index.offset(line) + column - 1 == offset
    assert 1 <= line <= index.count
    assert text.count("\n", 0, offset) == line - 1


@given(texts)
def test_the_lines_are_those_of_the_text(text: str) -> None:
    index = LineIndex(text)
    shown = [index.line(number) for number in range(1, index.count + 1)]
    assert shown == [line.rstrip("\r") for line in text.split("\n")]


def test_a_line_ends_at_a_line_feed_only() -> None:
    index = LineIndex("a\u2028b\x0cc\rd\ne\n")
    assert index.count == 3
    assert index.line(1) == "a\u2028b\x0cc\rd"
    assert index.position(10) == (3, 1)

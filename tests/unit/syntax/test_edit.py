"""Edits change what they say and nothing else."""

from speclang.diagnostics.diagnostic import Edit
from speclang.source.span import Places, Span, Unit, whole_file
from speclang.source.text import SourceText
from speclang.syntax.edit import apply_edits, places
from speclang.syntax.parser import parse

TEXT = SourceText("a.spec", "one two three")


def edited(*edits: tuple[int, int, str]) -> str | None:
    result = apply_edits(TEXT, [Edit(whole_file("a.spec", start, end), text) for start, end, text in edits], Places())
    return result.text if result else None


def test_edits_are_applied_whatever_their_order() -> None:
    assert edited((8, 13, "3"), (0, 3, "1")) == "1 two 3"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert edited((3, 3, "a"), (3, 3, "b"), (3, 4, "-")) == "oneab-two three"


def test_an_edit_that_is_there_twice_is_made_once() -> None:
    assert edited((0, 0, "x"), (0, 0, "x")) == "xone two three"


def test_overlapping_edits_are_refused() -> None:
    assert edited((0, 5, "x"), (4, 6, "y")) is None


def test_an_edit_outside_of_the_text_is_refused() -> None:
    assert edited((10, 14, "x")) is None


def test_edits_of_other_files_are_left_alone() -> None:
    other = Edit(whole_file("b.spec", 0, 3), "x")
    assert apply_edits(TEXT, [other], Places()) == TEXT


def test_an_edit_follows_its_unit() -> None:
    source = SourceText("a.spec", "# a comment\nowner payments\nrole x\n")
    file = parse(source).value
    edit = Edit(Span(Unit("a.spec", "role x"), 5, 6), "y")
    result = apply_edits(source, [edit], places([file]))
    assert result is not None
    assert result.text == "# a comment\nowner payments\nrole y\n"

"""Parts are found again by their content, wherever an edit has pushed them."""

from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from speclang.drift.match import Match, Segment, match

PARTS = [
    "You are the help desk.\n\n",
    "## Rules\n\n",
    "- If the order is late, refund it.\n",
    "- If the order is large, ask a colleague.\n",
    "- Answer in at most 60 words.\n",
]
TEXT = "".join(PARTS)


def texts(found: Match, text: str) -> list[str | None]:
    return [text[one.start : one.end] if one else None for one in found.segments]


def test_an_unedited_file_is_found_part_by_part() -> None:
    assert texts(match(PARTS, TEXT), TEXT) == PARTS


def test_an_edited_line_keeps_its_part_and_disturbs_no_other() -> None:
    edited = TEXT.replace("is late, refund", "is very late, do not refund")
    assert texts(match(PARTS, edited), edited) == [
        *PARTS[:2],
        "- If the order is very late, do not refund it.\n",
        *PARTS[3:],
    ]


def test_two_neighbours_that_were_both_edited_keep_their_own_text() -> None:
    edited = TEXT.replace("is late", "is too late").replace("a colleague", "a friend")
    assert texts(match(PARTS, edited), edited)[2:4] == [
        "- If the order is too late, refund it.\n",
        "- If the order is large, ask a friend.\n",
    ]


def test_a_removed_part_is_none_and_the_rest_stays() -> None:
    edited = TEXT.replace(PARTS[3], "")
    assert texts(match(PARTS, edited), edited) == [*PARTS[:3], None, PARTS[4]]


def test_an_added_line_is_a_stray() -> None:
    edited = TEXT.replace(PARTS[3], PARTS[3] + "- Never mention the weather.\n")
    found = match(PARTS, edited)
    assert texts(found, edited) == PARTS
    assert [edited[one.start : one.end] for one in found.strays] == ["- Never mention the weather.\n"]


def test_a_part_that_was_joined_to_a_longer_one_is_found_on_its_line() -> None:
    parts = ["- Be brief.\n", "- If the order is late, refund it and say when the money comes.\n", "- Be kind.\n"]
    below = "".join(parts).replace("brief.\n- ", "brief. ")
    assert texts(match(parts, below), below) == ["- Be brief. ", parts[1].removeprefix("- "), parts[2]]
    above = "".join(parts).replace("comes.\n- ", "comes. ")
    assert texts(match(parts, above), above) == [parts[0], f"{parts[1].rstrip()} ", "Be kind.\n"]


def test_a_paragraph_of_several_lines_stays_one_part_when_its_first_line_is_edited() -> None:
    parts = ["- a first rule\n", "one thing to say\nin three lines\nof plain text\n", "- a last rule\n"]
    edited = "".join(parts).replace("one thing", "some thing")
    assert texts(match(parts, edited), edited) == [
        parts[0],
        "some thing to say\nin three lines\nof plain text\n",
        parts[2],
    ]


LINES = st.sampled_from(["- a b c d\n", "- e f g h\n", "## x\n", "\n", "  i j\n", "- k\n", "l m n o p\n", "last"])


@given(st.lists(LINES, max_size=8), st.lists(LINES, max_size=10).map("".join))
def test_segments_and_strays_cover_the_file_without_overlap(parts: list[str], text: str) -> None:
    found = match(parts, text)
    pieces: list[Segment] = sorted(
        [one for one in (*found.segments, *found.strays) if one is not None and one.start < one.end],
        key=lambda one: one.start,
    )
    assert "".join(text[one.start : one.end] for one in pieces) == text
    assert all(before.end == after.start for before, after in pairwise(pieces))
    placed = [one.start for one in found.segments if one is not None]
    assert placed == sorted(placed)


@given(st.lists(LINES, max_size=8))
def test_what_is_built_is_found_exactly(parts: list[str]) -> None:
    text = "".join(parts)
    found = match(parts, text)
    assert texts(found, text) == parts
    assert found.strays == ()

"""The counting checks against the published patterns of IFEval, on texts made to tell them apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.kit.answer import Answer
from speclang.kit.checks import find
from speclang.kit.checks.counts import (
    _leading,
    bullets,
    highlights,
    keyword,
    letter,
    paragraphs,
    placeholders,
    sections,
    sentences,
    words,
)
from speclang.kit.checks.text import title

PIECES = [
    "*",
    "**",
    "***",
    "-",
    " ",
    "\n",
    "\n\n",
    "\t",
    "a",
    "[",
    "]",
    "<<",
    ">",
    ">>",
    "Part",
    "1",
    "2 ",
    "x y",
    "\u2003",
    "\x85",
    "é",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def count(check: str, text: str, **settings: object) -> int:
    """The number that the check's reason begins with."""
    checked = find(check)
    assert checked is not None
    reason = checked(Answer(text), at_least=10**6, **settings).reason  # type: ignore[arg-type]
    return int(reason.split(" ")[0].replace(",", ""))


@given(TEXTS)
def test_bullets_are_counted_as_the_published_patterns_do(text: str) -> None:
    assert _leading(text, "*") == len(re.findall(r"^\s*\*[^\*].*$", text, re.MULTILINE))
    assert _leading(text, "-") == len(re.findall(r"^\s*-.*$", text, re.MULTILINE))


@given(TEXTS.filter(str.strip))
def test_placeholders_sections_and_highlights_are_counted_as_the_published_patterns_do(text: str) -> None:
    assert count("placeholders", text) == len(re.findall(r"\[.*?\]", text))
    assert count("sections", text, word="Part") == len(re.split(r"\s?Part\s?\d+\s?", text)) - 1
    single = [found for found in re.findall(r"\*[^\n\*]*\*", text) if found.strip("*").strip()]
    double = [found for found in re.findall(r"\*\*[^\n\*]*\*\*", text) if found[2:-2].strip()]
    assert count("highlights", text) == len(single) + len(double)


@given(TEXTS.filter(str.strip))
def test_a_title_is_found_as_the_published_pattern_does(text: str) -> None:
    published = any(found.lstrip("<").rstrip(">").strip() for found in re.findall(r"<<[^\n]+>>", text))
    assert title(Answer(text)).passed is published


@given(TEXTS.filter(str.strip), st.integers(0, 4))
def test_divided_paragraphs_are_counted_as_published(text: str, wanted: int) -> None:
    pieces = re.split(r"\s?\*\*\*\s?", text)
    published = len(pieces)
    for at, piece in enumerate(pieces):
        if not piece.strip():
            published = published - 1 if at in (0, len(pieces) - 1) else -99
    assert paragraphs(Answer(text), at_least=wanted, at_most=wanted, divider="***").passed is (published == wanted)


@pytest.mark.parametrize(
    ("text", "number"),
    [("don't", 2), ("one-two", 2), ("snake_case 3.5", 3), ("你好 мир", 2), ("…!", 0), ("a\u0301", 1), ("x" * 1000, 1)],
)
def test_a_word_is_a_run_of_letters_digits_and_underscores(text: str, number: int) -> None:
    assert words(Answer(text), at_least=number, at_most=number).passed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Dr. Smith paid $3.50. He left.", 2),
        ("It works, e.g. here. Fine!", 3),
        ('He said "Stop." Then he left.', 2),
        ("Wait... what?", 1),
        ("J. S. Bach wrote it.", 1),
        ("One\n\nTwo", 1),
        ("What?! No!", 2),
    ],
)
def test_sentences_end_where_punkt_ends_them(text: str, number: int) -> None:
    verdict = sentences(Answer(text), at_least=number, at_most=number)
    assert verdict.passed, verdict.reason


def test_a_bound_is_met_at_itself_and_broken_one_beyond() -> None:
    for number, passed in ((119, True), (120, True), (121, False)):
        assert words(Answer("word " * number), at_most=120).passed is passed
        assert words(Answer("word " * (240 - number)), at_least=120).passed is passed


def test_the_reason_tells_what_was_counted_and_wanted() -> None:
    assert words(Answer("one two"), at_least=3, at_most=5).reason == "2 words; 3 to 5 wanted"
    assert words(Answer("one"), at_most=0).reason == "1 word; none wanted"
    assert keyword(Answer("x"), texts=["it"], at_least=1).reason == '0 times "it"; at least 1 wanted'
    assert letter(Answer("Aa"), letter="a", at_least=2, at_most=2).reason == '2 letters "a"; exactly 2 wanted'


def test_a_keyword_is_literal_and_found_inside_words_in_either_case() -> None:
    assert keyword(Answer("a.b A.B axb"), texts=["a.b"], at_least=2, at_most=2).passed
    assert keyword(Answer("Refunds refunded"), texts=["refund"], at_least=2, at_most=2).passed
    assert not keyword(Answer("only one"), texts=["one", "two"], at_least=1).passed


def test_an_upper_bound_on_each_of_several_keywords_is_broken_by_any() -> None:
    assert not keyword(Answer("one two two"), texts=["one", "two"], at_most=1).passed


@pytest.mark.parametrize("check", [bullets, highlights, placeholders, words])
def test_a_blank_answer_meets_no_bound_even_of_none(check: object) -> None:
    assert callable(check)
    assert not check(Answer(" \n"), at_most=5).passed
    assert not check(Answer(""), at_most=5, negated=True).passed


def test_a_section_mark_may_hold_signs_of_patterns() -> None:
    assert sections(Answer("(C) 1 and (C) 2"), word="(C)", at_least=2).passed

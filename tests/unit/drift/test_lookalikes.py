"""An edit that looks the same as what it replaced is named for what it is; one that a reader sees is not."""

import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from speclang.drift.lookalikes import _ALIKE, lookalike, odd_characters
from speclang.drift.wording import change

PAIRS = [(sign, other) for sign, others in _ALIKE.items() for other in others]
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\ufe0f\u202a\u202e\u2066\u2069\u200e\u061c\u0000\u0007\u001b\U000e0041\u3164"
LINE = "Approve the refund, at most 30 days after delivery.\n"


@pytest.mark.parametrize(("sign", "other"), PAIRS)
def test_a_character_that_is_drawn_alike_is_named_by_its_code_point(sign: str, other: str) -> None:
    said = lookalike(f"an {sign} there", f"an {other} there")
    assert f"U+{ord(other):04X}" in said
    assert f'"{sign}"' in said
    assert f"U+{ord(other):04X}" in lookalike(f"an {other} there", f"an {sign} there")


def test_no_character_stands_in_two_places_of_the_table() -> None:
    others = [other for _, other in PAIRS]
    assert len(others) == len(set(others))
    assert all(sign.isascii() and not other.isascii() for sign, other in PAIRS)
    assert all(unicodedata.normalize("NFC", other) == other for other in others)


@given(st.integers(0, len(LINE) - 2), st.sampled_from(UNSEEN))
def test_a_character_that_nobody_sees_is_named_wherever_it_stands(at: int, char: str) -> None:
    edited = LINE[:at] + char + LINE[at:]
    assert f"(U+{ord(char):04X}" in lookalike(LINE, edited)
    assert f"(U+{ord(char):04X}" in change(LINE, edited).text
    assert len(odd_characters(edited)) == 1
    assert "was taken out" in lookalike(edited, LINE)


PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)


@given(PLAIN, PLAIN)
def test_what_a_reader_tells_apart_is_not_said_to_look_the_same(one: str, other: str) -> None:
    alike = str.maketrans("01I|\t", "Olll ")
    assert bool(lookalike(one, other)) == (one != other and one.translate(alike) == other.translate(alike))
    assert odd_characters(one) == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ("caf\u00e9", "cafe\u0301", '"e" and a combining acute accent (U+0301) in place of "\u00e9" (U+00E9'),
        ("30 days", "\uff130 days", '"\uff13" (U+FF13 fullwidth digit three) in place of the digit "3"'),
        ("10 USD", "1O USD", 'the letter "O" in place of the digit "0"'),
        ("a b", "a\u2028b", "a line separator (U+2028) in place of a space"),
        ("or not", "or\u202e not", "a right-to-left override (U+202E, which turns the line around) was added"),
        ("m2", "m\u00b2", ""),
        ("refund", "defund", ""),
    ],
)
def test_what_stands_in_the_place_of_what_is_told_in_words(ours: str, theirs: str, said: str) -> None:
    found = lookalike(ours, theirs)
    assert found.startswith(said) if said else found == ""


def test_many_differences_are_counted_and_long_texts_are_not_looked_at_letter_by_letter() -> None:
    ours, theirs = "approve the case", "аррrоvе thе саsе"
    assert lookalike(ours, theirs).endswith("and 2 more")
    assert lookalike(ours * 100, theirs * 100) == ""

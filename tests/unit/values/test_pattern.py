"""Patterns are read, matched in linear time, and sampled."""

import pytest

from speclang.values.pattern import matches, samples, supported


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("A[0-9]{6}", "A000000"),
        ("^[A-Z]{2}-\\d+$", "AA-0"),
        ("(cat|do)g?", "do"),
        ("(?:x|yy)+", "x"),
        ("", ""),
        ("[^0-9a-z]", "A"),
        (r"\w{2}\.\s?", "00."),
    ],
)
def test_the_first_sample_is_the_plainest(pattern: str, first: str) -> None:
    assert next(samples(pattern, 3)) == first
    assert matches(pattern, first)


@pytest.mark.parametrize(
    "pattern",
    ["(a", "a)", "[a", "a{2", "a{3,1}", "*a", "a**", r"(a)\1", "(?=a)", "(?i)a", r"\b", "a{2000}", "(" * 80 + ")" * 80],
)
def test_what_is_malformed_or_beyond_the_subset_is_not_supported(pattern: str) -> None:
    assert not supported(pattern)
    assert not matches(pattern, "a")
    assert list(samples(pattern, 1)) == []


def test_the_whole_text_must_match() -> None:
    assert matches("ab", "ab")
    assert not matches("ab", "abc")
    assert not matches("ab", "xab")
    assert not matches(".", "\n")


def test_a_pattern_that_explodes_by_backtracking_does_not() -> None:
    assert not matches("(a+)+b", "a" * 3000)

"""The nearest name is the one that was meant, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.source.suggest import distance, nearest

words = st.text("abc", max_size=6)


def slowly(a: str, b: str) -> int:
    """The definition, recursively."""
    if not a or not b:
        return len(a) + len(b)
    best = min(slowly(a[:-1], b) + 1, slowly(a, b[:-1]) + 1, slowly(a[:-1], b[:-1]) + (a[-1] != b[-1]))
    if len(a) > 1 and len(b) > 1 and a[-1] == b[-2] and a[-2] == b[-1]:
        best = min(best, slowly(a[:-2], b[:-2]) + 1)
    return best


@given(st.text("abc", max_size=4), st.text("abc", max_size=4))
def test_the_distance_is_that_of_its_definition(a: str, b: str) -> None:
    assert distance(a, b) == slowly(a, b) == distance(b, a)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("lat", "late"), ("ltae", "late"), ("LATE", "late"), ("nmae", "name"), ("becuase", "because"), ("xyz", None), ("", None)],
)  # fmt: skip
def test_a_misspelt_word_leads_to_the_one_that_was_meant(written: str, meant: str | None) -> None:
    assert nearest(written, ["because", "late", "name", "unless"]) == meant


@given(words, st.lists(words, max_size=5))
def test_the_order_of_the_known_makes_no_difference(name: str, known: list[str]) -> None:
    assert nearest(name, known) == nearest(name, reversed(known)) == nearest(name, sorted(known))

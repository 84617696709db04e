"""A stamp is believed only as it was written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.lock.stamp import Stamp, read, write

STAMP = Stamp(
    "0.1.0", "abc", (("generated/specc.lock", "1"), ("specs/a.spec", "2")), ("a  1 requirement",), "1 feature"
)

pairs = st.dictionaries(st.text(), st.text(), max_size=4).map(lambda held: tuple(held.items()))


@given(st.builds(Stamp, st.text(), st.text(), pairs, st.lists(st.text(), max_size=3).map(tuple), st.text()))
def test_what_is_written_is_read_again(stamp: Stamp) -> None:
    assert read(write(stamp)) == stamp


@given(st.text() | st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_garbage_says_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("length", range(0, len(write(STAMP)), 7))
def test_a_part_of_a_stamp_says_nothing(length: int) -> None:
    assert read(write(STAMP)[:length]) is None


def test_a_stamp_that_was_changed_says_nothing() -> None:
    text = write(STAMP)
    for at, letter in enumerate(text):
        changed = text[:at] + ("x" if letter != "x" else "y") + text[at + 1 :]
        assert read(changed) is None, (at, letter)
    assert read(text + "\n") is None


def test_deep_nesting_says_nothing() -> None:
    assert read("[" * 100_000) is None


def test_what_was_found_then_does_not_matter_for_whether_something_changed() -> None:
    assert STAMP.matches(STAMP._replace(features=(), summary=""))
    assert not STAMP.matches(STAMP._replace(version="0.2.0"))
    assert not STAMP.matches(STAMP._replace(config="abd"))
    assert not STAMP.matches(STAMP._replace(files=STAMP.files[:1]))

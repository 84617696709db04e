"""The check of expected calls: which calls are which is found out whatever their order, and a reason names what is missing."""

from collections.abc import Mapping
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.kit.answer import Answer, ToolCall
from speclang.kit.checks.trajectory import called_all
from speclang.source.hashing import Json

CALLS = st.lists(
    st.tuples(st.sampled_from("ab"), st.dictionaries(st.sampled_from("xy"), st.integers(0, 2), max_size=2)), max_size=5
)


def verdict(made: list[tuple[str, dict[str, int]]], wanted: list[Mapping[str, Json]], *only: str) -> tuple[bool, str]:
    steps = tuple(ToolCall(tool, arguments) for tool, arguments in made)
    found = called_all(Answer("Done.", steps), calls=wanted, only=only)
    return found.passed, found.reason


def asked(calls: list[tuple[str, dict[str, int]]]) -> list[Mapping[str, Json]]:
    return [{"tool": tool, "arguments": arguments} for tool, arguments in calls]


@given(CALLS, CALLS, st.randoms())
def test_it_passes_where_both_are_the_same_calls_and_only_there(
    made: list[tuple[str, dict[str, int]]], wanted: list[tuple[str, dict[str, int]]], chance: object
) -> None:
    def key(one: tuple[str, dict[str, int]]) -> str:
        return f"{one[0]}{sorted(one[1].items())}"

    same = sorted(map(key, made)) == sorted(map(key, wanted))
    assert verdict(made, asked(wanted), "a", "b")[0] is same
    assert verdict(made[::-1], asked(made), "a", "b")[0]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_call_that_fits_two_wishes_goes_where_it_is_needed(order: tuple[int, ...]) -> None:
    wishes: list[Mapping[str, Json]] = [
        {"tool": "a", "arguments": {"x": 1}, "compare": []},
        {"tool": "a", "arguments": {"x": 1}, "compare": ["x"]},
        {"tool": "a", "arguments": {"x": 1, "y": 1}},
    ]
    made = [("a", {"x": 1, "y": 1}), ("a", {"x": 1}), ("a", {})]
    assert verdict(made, [wishes[at] for at in order], "a")[0]
    assert not verdict(made[:2], [wishes[at] for at in order], "a")[0]


@pytest.mark.parametrize(
    ("made", "wanted", "reason"),
    [
        ([], [("a", {"x": 1})], '`a` was not called with "{"x":1}"'),
        ([("a", {"x": 2})], [("a", {"x": 1})], '`a` was called with "x" "2"; "1" wanted'),
        ([("a", {})], [("a", {"x": 1})], '`a` was called with no "x"; "1" wanted'),
        ([("a", {"x": 1, "y": 2})], [("a", {"x": 1})], '`a` was called with a further "y" "2"'),
        ([("a", {"x": 0, "y": 0})], [("a", {"x": 1, "y": 2})], '`a` was called with "x" "0"; "1" wanted, and 1 more'),
        ([("a", {"x": 1})], [("a", {"x": 1})] * 2, '`a` was called less often than wanted with "{"x":1}"'),
        ([("a", {"x": 1}), ("b", {})], [("a", {"x": 1})], '`b` was called with "{}", which is not wanted'),
        ([("a", {"x": 1})], [("a", {"x": 1})], "1 call made as wanted"),
    ],
)
def test_the_reason_says_what_is_missing_or_too_much(
    made: list[tuple[str, dict[str, int]]], wanted: list[tuple[str, dict[str, int]]], reason: str
) -> None:
    assert verdict(made, asked(wanted), "a", "b")[1] == reason


def test_no_number_of_calls_takes_long() -> None:
    many = [("a", {"x": 1})] * 20_000
    assert not verdict(many, asked([("a", {"x": 2})] * 200))[0]
    assert not called_all(Answer(""), calls=[{"tool": "a"}]).passed
    assert not called_all(Answer("Done."), calls=["a"]).passed  # type: ignore[list-item]

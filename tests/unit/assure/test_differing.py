"""What was done to a result before the model saw it: cut, with or without saying so, or altered."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.assure.triaging.differing import Differing, differing

ROWS = json.dumps({"total": 40, "rows": [{"id": at, "name": f"row {at}"} for at in range(40)]})


@pytest.mark.parametrize(
    ("returned", "shown", "how", "where"),
    [
        (ROWS, ROWS[:300], Differing.CUT, "nothing tells the model so"),
        (ROWS, f"{ROWS[:300]} … [truncated]", Differing.CUT, "tells the model so"),
        (
            ROWS,
            json.dumps({**json.loads(ROWS), "rows": json.loads(ROWS)["rows"][:7]}),
            Differing.CUT,
            "7 of 40 members of `rows`",
        ),
        ('{"a": 1, "b": 2}', '{"a": 1}', Differing.CUT, "`b` is missing"),
        ('{"note": "left with a neighbour"}', '{"note": "left with"}', Differing.CUT, "9 of 21 characters of `note`"),
        ('{"a": 1, "b": 2}', '{"b": 2}', Differing.ALTERED, "`a` was left out"),
        ('{"a": 1}', '{"a": 10}', Differing.ALTERED, '`a` "1" became "10"'),
        ('{"a": 1}', '{"a": 1, "c": 3}', Differing.ALTERED, "`c` was added"),
        ("[1, 2]", "[1, 2, 3]", Differing.ALTERED, "has 3 members, and 2 were returned"),
        ("[1, 2, 3]", "[1, 3]", Differing.ALTERED, '"2" became "3"'),
        ("the whole text of it", "something else", Differing.ALTERED, "became"),
        ("the whole text of it", "", Differing.ALTERED, "became"),
    ],
)
def test_a_cut_is_told_from_a_change(returned: str, shown: str, how: Differing, where: str) -> None:
    found, said = differing(returned, shown)
    assert found is how
    assert where in said


@given(st.text(min_size=20), st.integers(8, 19))
def test_the_beginning_of_a_text_is_a_cut(text: str, size: int) -> None:
    whole = f"x{text}"
    if whole[:size].strip() and not whole.strip().startswith(("{", "[")):
        assert differing(whole, whole[:size])[0] is Differing.CUT


@given(st.text(), st.text())
def test_any_two_texts_are_told_apart_without_an_error(one: str, other: str) -> None:
    assert differing(one, other)[0] in Differing

"""What the solver says is what listing every input says: the same verdict, and the very smallest input."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.logic.enumerate import every, inputs
from speclang.logic.goal import All, Fails, Goal, Holds, Some, expressions, status
from speclang.logic.smt.solving import solve
from speclang.logic.variables import Variable
from speclang.logic.witness import find
from speclang.model.tool import WORKS
from speclang.values.evaluate import variables
from speclang.values.expression import Arithmetic, Compare, Expr, Var
from speclang.values.types import Datum
from tests.strategies import rules

pytest.importorskip("z3")


@st.composite
def sums(draw: st.DrawFn) -> Expr:
    """A comparison of sums and products of several givens."""
    numbers = [one for one in rules.VARIABLES if one.name in ("age", "score", "total", "coupon")]
    term = st.builds(lambda one: Var(one.name, one.type, rules.HERE), st.sampled_from(numbers))
    side: st.SearchStrategy[Expr] = st.recursive(
        st.one_of(term, st.integers(-2, 3).map(lambda one: rules.literal(Decimal(one), rules.SMALL))),
        lambda inner: st.builds(
            lambda op, a, b: Arithmetic(op, a, b, rules.SMALL, rules.HERE), st.sampled_from("+-*"), inner, inner
        ),
        max_leaves=3,
    )
    return Compare(draw(st.sampled_from(("<", "<=", ">", ">=", "=", "!="))), draw(side), draw(side), rules.HERE)


def goals() -> st.SearchStrategy[Goal]:
    """Goals over conditions with and without sums."""
    leaf = st.builds(Holds, st.one_of(sums(), rules.conditions()), st.booleans())
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(Fails, inner),
            st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(Some, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        ),
        max_leaves=4,
    )


def order(one: Variable, values: Mapping[str, Datum]) -> int:
    """Where a value stands among those of its variable; of what is not known, at the head."""
    domain = every(one.type) or ()
    if one.is_state:
        domain = (WORKS, *(state for state in domain if state != WORKS))
    return domain.index(values[one.name]) if one.name in values else 0


def smallest(wanted: Sequence[Goal], among: Sequence[Variable]) -> Mapping[str, Datum] | None:
    tests = [status(goal, {}) for goal in wanted]
    found = [values for values in inputs(among) if all(test(values, 0) for test in tests)]
    ordered = sorted(among, key=lambda one: not one.is_state)
    return min(found, key=lambda values: [order(one, values) for one in ordered], default=None)


@given(st.lists(goals(), min_size=1, max_size=2))
@settings(max_examples=80)
def test_the_smallest_input_is_found_and_none_where_there_is_none(wanted: list[Goal]) -> None:
    named = {name for goal in wanted for expr in expressions(goal) for name in variables(expr)}
    among = [one for one in rules.VARIABLES if one.name in named]
    solved = solve(wanted, among)
    best = smallest(wanted, among)
    assert solved.decided
    assert (None if solved.found is None else dict(solved.found)) == best


@given(st.lists(goals(), min_size=1, max_size=2))
@settings(max_examples=30)
def test_the_search_and_the_solver_agree_wherever_both_know(wanted: list[Goal]) -> None:
    search, solved = find(wanted, rules.VARIABLES), solve(wanted, rules.VARIABLES)
    if search.decided:
        assert (search.found is None) == (solved.found is None)


@given(st.lists(goals(), min_size=1, max_size=2), st.integers(0, 3000))
@settings(max_examples=30)
def test_where_the_work_is_too_much_nothing_wrong_is_claimed(wanted: list[Goal], work: int) -> None:
    solved, again = (solve(wanted, rules.VARIABLES, work) for _ in range(2))
    assert solved == again
    tests = [status(goal, {}) for goal in wanted]
    if solved.found is not None:
        assert all(test(dict(solved.found), 0) for test in tests)
    elif solved.decided:
        assert not any(all(test(values, 0) for test in tests) for values in inputs(rules.VARIABLES))

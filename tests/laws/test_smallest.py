"""The input that a finding shows passes, and no given in it could be smaller: by trying every smaller value."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from speclang.logic.enumerate import every
from speclang.logic.norm import Norm
from speclang.logic.ruleset import RuleSet
from speclang.logic.smallest import Smallest
from speclang.logic.variables import known
from speclang.values.types import Datum
from tests.strategies import rules

GIVENS = tuple(one for one in rules.VARIABLES if not one.is_state)


@given(rules.norms(single=True), rules.inputs(), st.sampled_from(("undecided", "same")))
def test_no_given_of_a_shown_input_could_be_smaller(
    norms: Sequence[Norm], values: dict[str, Datum], wanted: str
) -> None:
    indexed = RuleSet(norms, rules.VARIABLES)
    start = known(values, rules.VARIABLES)
    deciding = indexed.decide(start).deciding

    def passes(one: Mapping[str, Datum]) -> bool:
        found = indexed.decide(one).deciding
        return found == deciding if wanted == "same" else bool(found) is bool(deciding)

    found = Smallest(indexed)(start, passes)
    assert passes(found)
    assert found.keys() == start.keys()
    for one in GIVENS:
        domain = every(one.type)
        assert domain is not None
        if one.name in found:
            below = domain[: domain.index(found[one.name])]
            assert not any(passes(found | {one.name: value}) for value in below)


@given(rules.norms(), rules.inputs(), st.integers(0, 10))
def test_where_the_work_is_too_much_what_is_shown_still_passes(
    norms: Sequence[Norm], values: dict[str, Datum], limit: int
) -> None:
    indexed = RuleSet(norms, rules.VARIABLES)
    start = known(values, rules.VARIABLES)
    asked = 0

    def passes(one: Mapping[str, Datum]) -> bool:
        nonlocal asked
        asked += 1
        return indexed.decide(one).deciding == indexed.decide(start).deciding

    found = Smallest(indexed, limit=limit)(start, passes)
    assert asked <= limit
    assert passes(found)


@given(rules.norms(), rules.inputs())
def test_the_order_of_the_norms_does_not_change_what_is_shown(norms: Sequence[Norm], values: dict[str, Datum]) -> None:
    start = known(values, rules.VARIABLES)
    one, other = (RuleSet(some, rules.VARIABLES) for some in (norms, tuple(reversed(norms))))
    wanted = one.decide(start).deciding
    found = Smallest(one)(start, lambda values: one.decide(values).deciding == wanted)
    assert found == Smallest(other)(start, lambda values: other.decide(values).deciding == wanted)

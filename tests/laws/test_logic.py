"""What the logic floor says is what enumerating all inputs says."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.logic.conflict import Outcomes, clashes, decides, vacuous
from speclang.logic.dead import excluding
from speclang.logic.decide import applies, decide, reaches
from speclang.logic.enumerate import first, inputs
from speclang.logic.gap import gap
from speclang.logic.goal import Conditions, Fails, Goal, Holds
from speclang.logic.grid import grid
from speclang.logic.norm import Norm
from speclang.logic.region import region
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import known
from speclang.logic.witness import find
from speclang.model.outcome import Reach
from speclang.model.requirement import Level
from speclang.model.tool import WORKS
from speclang.source.records import replace
from speclang.values.domain import contains
from speclang.values.evaluate import evaluate, nodes, variables
from speclang.values.expression import And, Arithmetic, Compare, Expr, Var
from speclang.values.types import Datum
from tests.strategies import rules

ALL_INPUTS = tuple(inputs(rules.VARIABLES))
WORKING = tuple(values for values in ALL_INPUTS if values["lookup fails"] == WORKS)
OUTCOMES = Outcomes(rules.EXCLUSIVES)
TYPES = {one.name: one.type for one in rules.VARIABLES}


def naive(norms: Sequence[Norm], values: Mapping[str, Datum]) -> set[tuple[str, Level, str]]:
    """Who asks for what in the end, written from the definition and not from `decide`."""
    on = [
        norm
        for norm in norms
        if (norm.when is None or evaluate(norm.when, values)) and not any(evaluate(one, values) for one in norm.unless)
    ]
    left = [
        norm
        for norm in on
        if not [
            one
            for one in on
            if one is not norm and norm.requirement in one.over and one.requirement != norm.requirement
        ]
    ]
    if [norm for norm in left if not norm.default and norm.level in ("must", "should")]:
        left = [norm for norm in left if not norm.default]
    return {
        (norm.requirement, norm.level, effect.outcome)
        for norm in left
        for effect in norm.effects
        if isinstance(effect, Reach)
    }


@given(rules.norms(), rules.inputs())
def test_the_decision_is_the_one_of_the_definition(norms: Sequence[Norm], values: dict[str, Datum]) -> None:
    decision = decide(norms, values, rules.VARIABLES)
    said = {
        (one, level, asked.effect.outcome)
        for level in Level
        for asked in decision.asked(level)
        for one in asked.requirements
        if isinstance(asked.effect, Reach)
    }
    assert said == naive(norms, known(values, rules.VARIABLES))


@given(rules.norms(most=10), st.lists(rules.inputs(), min_size=1, max_size=5))
def test_the_index_decides_as_the_definition_does(norms: Sequence[Norm], many: list[dict[str, Datum]]) -> None:
    indexed = RuleSet(norms, rules.VARIABLES)
    for values in many:
        assert indexed.decide(values) == decide(norms, values, rules.VARIABLES)


@given(rules.norms(), rules.inputs(), st.randoms(use_true_random=False))
def test_the_order_of_the_norms_says_nothing(norms: Sequence[Norm], values: dict[str, Datum], random: Random) -> None:
    shuffled = list(norms)
    random.shuffle(shuffled)
    assert decide(shuffled, values) == decide(norms, values)
    one, other = RuleSet(norms, rules.VARIABLES), RuleSet(shuffled, rules.VARIABLES)
    assert one.decide(values) == other.decide(values)
    assert gap(one) == gap(other)
    assert list(clashes(one, OUTCOMES)) == list(clashes(other, OUTCOMES))


@given(rules.conditions(), rules.inputs(), st.booleans())
def test_a_region_holds_every_input_that_meets_the_condition(
    condition: Expr, values: dict[str, Datum], wanted: bool
) -> None:
    found = region(condition, wanted=wanted)
    inside = not found.empty and all(name in values and part.holds(values[name]) for name, part in found.slices)
    if evaluate(condition, values) is wanted:
        assert inside
    if found.exact and inside:
        assert evaluate(condition, values) is wanted


@given(st.lists(st.tuples(rules.conditions(), st.booleans(), st.booleans()), min_size=1, max_size=3))
def test_a_witness_is_found_where_one_exists_and_nowhere_else(wanted: list[tuple[Expr, bool, bool]]) -> None:
    goals = [Holds(expr, truth) if sure else Fails(Holds(expr, truth)) for expr, truth, sure in wanted]

    def meets(values: Mapping[str, Datum]) -> bool:
        return all((evaluate(expr, values) is truth) is sure for expr, truth, sure in wanted)

    search = find(goals, rules.VARIABLES)
    if search.input is not None:
        assert meets(search.input)
        assert all(contains(TYPES[name], value) for name, value in search.input.items())
    elif search.decided:
        assert not any(meets(values) for values in considered([expr for expr, _, _ in wanted]))
    if all(_simple(expr) for expr, _, _ in wanted):
        assert search.decided


@given(
    st.lists(rules.conditions(), min_size=1, max_size=4),
    st.lists(st.tuples(st.lists(st.integers(0, 3), min_size=1, max_size=3), rules.inputs()), min_size=1, max_size=4),
)
def test_conditions_that_were_looked_into_before_are_searched_as_if_they_were_new(
    conditions: list[Expr], asked: list[tuple[list[int], dict[str, Datum]]]
) -> None:
    seen = Conditions(rules.VARIABLES)
    for places, base in (*asked, *asked):
        chosen = [conditions[at % len(conditions)] for at in places]
        goals: list[Goal] = [Holds(chosen[0]), *(Fails(Holds(one)) for one in chosen[1:])]
        assert find(goals, rules.VARIABLES, base, conditions=seen) == find(goals, rules.VARIABLES, base)
        based = [replace(one, base=base.get(one.name, one.base)) for one in rules.VARIABLES]
        assert seen.grid([seen.of(one) for one in chosen], base) == grid(chosen, based)


@given(st.lists(st.tuples(rules.conditions(), st.booleans()), min_size=1, max_size=3), rules.inputs())
def test_a_tool_that_nobody_speaks_of_changes_nothing_of_what_is_found(
    wanted: list[tuple[Expr, bool]], base: dict[str, Datum]
) -> None:
    tool = next(one for one in rules.VARIABLES if one.is_state)
    givens = [replace(one, state="") for one in rules.VARIABLES if not one.is_state]
    goals: list[Goal] = [
        Holds(expr) if sure else Fails(Holds(expr)) for expr, sure in wanted if tool.name not in variables(expr)
    ]
    start = {name: value for name, value in base.items() if name != tool.name}
    alone, beside = find(goals, givens, start), find(goals, [*givens, tool], start)
    assert (alone.input is None, alone.decided) == (beside.input is None, beside.decided)
    if alone.input is not None:
        assert {**alone.input, tool.name: WORKS} == beside.input


@given(rules.conditions(single=True))
def test_a_witness_keeps_the_base_where_it_can(condition: Expr) -> None:
    base = known({one.name: one.base for one in rules.VARIABLES}, rules.VARIABLES)
    if evaluate(condition, base):
        assert find([(condition, True)], rules.VARIABLES).input == base


@given(rules.norms(single=True, most=4))
@settings(max_examples=40)
def test_verdicts_about_a_rule_set_are_those_of_brute_force(norms: Sequence[Norm]) -> None:
    indexed = RuleSet(norms, rules.VARIABLES)
    decisions = [(values, indexed.decide(values)) for values in considered(_conditions(norms))]
    undecided = [values for values, one in decisions if not any(reaches(norm) for norm in one.deciding)]
    search = gap(indexed)
    for found in (search, gap(indexed, few=0)):
        assert found.decided
        if found.input is None:
            assert not any(values["lookup fails"] == WORKS for values in undecided)
        else:
            assert not any(reaches(norm) for norm in indexed.decide(found.input).deciding)
    assert (search.input is None) is (gap(indexed, few=0).input is None)
    for place, norm in enumerate(indexed.norms):
        own = considered(_conditions([norm]))
        assert (vacuous(indexed, place).input is None) == (not any(applies(norm, values) for values in own))
        needed = find((decides(indexed, place),), indexed.among)
        assert needed.decided
        assert needed.input is None or norm in indexed.decide(needed.input).deciding
        if needed.input is None and _speaks_of_state([norm]):
            assert not any(norm in one.deciding for _, one in decisions)


@given(
    st.lists(rules.conditions(single=True), min_size=1, max_size=3), st.lists(rules.conditions(single=True), max_size=2)
)
@settings(max_examples=60)
def test_the_parts_that_exclude_each_other_do_and_none_of_them_can_go(parts: list[Expr], unless: list[Expr]) -> None:
    among = considered([*parts, *unless])
    found = excluding(And(tuple(parts), rules.HERE), unless, rules.VARIABLES)

    def met(some: Sequence[tuple[Expr, bool]]) -> bool:
        return any(all((evaluate(one, values) is True) is wanted for one, wanted in some) for values in among)

    assert bool(found) is not met([*((one, True) for one in parts), *((one, False) for one in unless)])
    if found:
        assert not met(found)
        assert all(met([other for other in found if other is not one]) for one in found) or len(found) == 1


@given(rules.norms(single=True, most=5))
@settings(max_examples=40)
def test_clashes_are_those_of_brute_force(norms: Sequence[Norm]) -> None:
    indexed = RuleSet(norms, rules.VARIABLES)
    found = {(one.first, one.second) for one in clashes(indexed, OUTCOMES)}
    real = set()
    for values in WORKING:
        deciding = indexed.decide(values).deciding
        for nth, one in enumerate(deciding):
            real |= {(one, other) for other in deciding[nth + 1 :] if _exclude(one, other)}
    assert real <= found
    for clash in clashes(indexed, OUTCOMES):
        assert clash.search.input is not None
        assert {clash.first, clash.second} <= set(indexed.decide(clash.search.input).deciding)


@given(rules.conditions(), st.integers(0, 30))
def test_too_much_work_is_undecided_and_not_none(condition: Expr, limit: int) -> None:
    search = find([(condition, True)], rules.VARIABLES, limit=limit)
    if search.found is None and search.decided:
        assert first(rules.VARIABLES, lambda values: evaluate(condition, values) is True) is None


def considered(conditions: Sequence[Expr]) -> Sequence[Mapping[str, Datum]]:
    """The inputs among which a search for these conditions looks: a tool fails only where one of them speaks of it."""
    return ALL_INPUTS if any("lookup fails" in variables(one) for one in conditions) else WORKING


def _conditions(norms: Sequence[Norm]) -> list[Expr]:
    return [one for norm in norms for one in (norm.when, *norm.unless) if one is not None]


def _speaks_of_state(norms: Sequence[Norm]) -> bool:
    return considered(_conditions(norms)) is ALL_INPUTS


def _simple(expr: Expr) -> bool:
    """Whether the grid promises to be complete: no sums, and no givens of two types compared."""
    return not any(
        isinstance(node, Arithmetic)
        or (isinstance(node, Compare) and isinstance(node.left, Var) and isinstance(node.right, Var))
        for node in nodes(expr)
    )


def _exclude(one: Norm, other: Norm) -> bool:
    """Whether two norms about outcomes exclude each other, from the definition."""
    asks = {Level.MUST: (0, True), Level.MUST_NOT: (0, False), Level.SHOULD: (1, True), Level.SHOULD_NOT: (1, False)}
    if one.level not in asks or other.level not in asks or asks[one.level][0] != asks[other.level][0]:
        return False
    ours = {effect.outcome for effect in one.effects if isinstance(effect, Reach)}
    theirs = {effect.outcome for effect in other.effects if isinstance(effect, Reach)}
    wants = asks[one.level][1], asks[other.level][1]
    if all(wants):
        return any(a != b for a in ours for b in theirs)
    return wants[0] != wants[1] and bool(ours & theirs)


def test_the_oracle_lists_every_input_once() -> None:
    assert len(ALL_INPUTS) == 3 * 3 * 3 * 2 * 4 * (3 + 2)
    assert all(isinstance(values["age"], Decimal) for values in ALL_INPUTS)

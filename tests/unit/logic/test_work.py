"""How much is searched: pairs whose regions do not meet never reach the search, and one area of rules costs nothing in another."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from speclang.logic.conflict import Outcomes, clashes
from speclang.logic.edges import slips
from speclang.logic.gap import gap
from speclang.logic.norm import Norm
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import Variable
from speclang.logic.witness import Search, Wanted, find
from speclang.model.outcome import Reach
from speclang.model.requirement import Level
from speclang.values.expression import And, Between, Compare, Expr, Var
from speclang.values.types import Enum
from speclang.values.units import integer
from tests.strategies.rules import HERE, literal

AREA = Enum(tuple(f"area{number}" for number in range(40)))
NUMBER = integer(Decimal(0), Decimal(1000))
AMONG = (
    Variable("area", AREA, "area0"),
    Variable("age", NUMBER, Decimal(0)),
    Variable("size", NUMBER, Decimal(0)),
)
EXCLUSIVE = Outcomes((("approve", "decline"),))


class Counting:
    """The search, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, wanted: Sequence[Wanted], among: Sequence[Variable]) -> Search:
        self.asked += 1
        return find(wanted, among)


def between(name: str, low: int, high: int) -> Expr:
    first, last = (literal(Decimal(end), NUMBER) for end in (low, high))
    return Between(Var(name, NUMBER, HERE), first, last, HERE)


def area(number: int) -> list[Norm]:
    """Four stretches of one given, and one rule across them that beats two; outcomes in turn."""
    here = Compare("=", Var("area", AREA, HERE), literal(f"area{number}", AREA), HERE)
    ids = [f"A-{number * 10 + at}" for at in range(5)]

    def rule(at: int, when: Expr, outcome: str, over: tuple[str, ...] = ()) -> Norm:
        return Norm(ids[at], Level.MUST, (Reach(outcome, HERE),), And((here, when), HERE), (), over, False, HERE)

    stretches = [rule(at, between("age", at * 100, at * 100 + 99), ("approve", "decline")[at % 2]) for at in range(4)]
    return [*stretches, rule(4, between("size", 0, 50), "decline", (ids[0], ids[1]))]


@pytest.mark.parametrize("areas", [1, 10, 40])
def test_only_pairs_of_one_area_that_nothing_settles_reach_the_search(areas: int) -> None:
    rules = RuleSet([norm for number in range(areas) for norm in area(number)], AMONG)
    search = Counting()
    found = list(clashes(rules, EXCLUSIVE, search=search))
    # Of ten pairs in an area six are stretches apart, two are beaten, one asks for the same: one is asked, and at odds.
    assert search.asked == areas
    assert [(one.first.requirement, one.second.requirement) for one in found] == [
        (f"A-{number * 10 + 2}", f"A-{number * 10 + 4}") for number in range(areas)
    ]


def test_rules_of_one_area_that_change_cost_what_that_area_costs() -> None:
    every = [norm for number in range(40) for norm in area(number)]
    changed = [norm for norm in every if norm.requirement != "A-74"]
    counts = []
    for norms in (every, changed):
        search = Counting()
        list(clashes(RuleSet(norms, AMONG), EXCLUSIVE, search=search))
        counts.append(search.asked)
    assert counts == [40, 39]


def otherwise(number: int) -> Norm:
    """A default for one area."""
    here = Compare("=", Var("area", AREA, HERE), literal(f"area{number}", AREA), HERE)
    return Norm(f"A-{number * 10 + 9}", Level.MUST, (Reach("decline", HERE),), here, (), (), True, HERE)


def asked_for_a_gap(norms: list[Norm], few: int = 20) -> int:
    search = Counting()
    gap(RuleSet(norms, AMONG), search=search, few=few)
    return search.asked


def test_an_area_in_which_one_rule_decides_what_is_left_is_not_searched_for_a_gap() -> None:
    closed = [norm for number in range(40) for norm in (*area(number), otherwise(number))]
    assert asked_for_a_gap(closed) == 0
    assert asked_for_a_gap([norm for norm in closed if norm.requirement != "A-79"]) == 1


def test_the_first_area_with_a_gap_is_enough() -> None:
    closed = [norm for number in range(40) for norm in (*area(number), otherwise(number))]
    assert asked_for_a_gap([norm for norm in closed if norm.requirement not in ("A-79", "A-89")]) == 1


def test_an_area_is_parted_again_where_many_rules_are_left() -> None:
    size = Enum(tuple(f"size{number}" for number in range(30)))
    among = (*AMONG[:2], Variable("size", size, "size0"))
    norms = []
    for number in range(40 * 30):
        first, second = (
            Compare("=", Var(name, of, HERE), literal(f"{name}{at}", of), HERE)
            for name, of, at in (("area", AREA, number // 30), ("size", size, number % 30))
        )
        whole = And((first, second), HERE)
        norms.append(Norm(f"A-{number}", Level.MUST, (Reach("decline", HERE),), whole, (), (), False, HERE))
    search = Counting()
    assert gap(RuleSet(norms, among), search=search).found is None
    assert search.asked == 0
    assert gap(RuleSet([norm for norm in norms if norm.requirement != "A-77"], among), search=search).input == {
        "area": "area2",
        "age": Decimal(0),
        "size": "size17",
    }
    assert search.asked == 1


def test_a_boundary_that_a_default_decides_is_not_searched() -> None:
    here = Compare("=", Var("area", AREA, HERE), literal("area0", AREA), HERE)
    stretches = [
        Norm(id, Level.MUST, (Reach("approve", HERE),), And((here, part), HERE), (), (), False, HERE)
        for id, part in (("A-1", between("age", 0, 99)), ("A-2", between("age", 101, 199)))
    ]
    for norms, found in ((stretches, 1), ([*stretches, otherwise(0)], 0)):
        search = Counting()
        assert len(list(slips(RuleSet(norms, AMONG), EXCLUSIVE, search=search))) == search.asked == found

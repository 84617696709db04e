"""The two faults of the example feature, each with the smallest input that shows it."""

from decimal import Decimal

import pytest

from speclang.analysis.runner import analyse_feature
from speclang.logic.conflict import Outcomes, clashes
from speclang.logic.gap import gap
from speclang.logic.norm import Norm
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import Variable
from speclang.logic.witness import find
from speclang.model.outcome import Avoids, Calls, Reach
from speclang.model.requirement import Level
from speclang.values.expression import And, Arithmetic, Compare, Expr, Var
from speclang.values.types import Bool, Enum, Numeric
from speclang.values.units import integer
from tests.strategies.reading import feature_of
from tests.strategies.rules import HERE, literal

DAY = Decimal(86400)
DAYS = Numeric("duration", "days", DAY, Decimal(0), 365 * DAY)
USD = Numeric("money:USD", "USD", Decimal("0.01"), Decimal(0), Decimal(10_000))
TIER = Enum(("standard", "gold", "platinum"))
REFUNDS = (
    Variable("total", USD, Decimal(0)),
    Variable("age", DAYS, Decimal(0)),
    Variable("tier", TIER, "standard"),
    Variable("receipt", Bool(), base=True),
)
EXCLUSIVE = Outcomes((("approve", "decline", "escalate"),))


def age(op: str, days: int) -> Expr:
    return Compare(op, Var("age", DAYS, HERE), literal(days * DAY, DAYS), HERE)


def rule(id: str, outcome: str, when: Expr | None, *over: str, default: bool = False) -> Norm:
    return Norm(id, Level.MUST, (Reach(outcome, HERE),), when, (), over, default, HERE)


RECEIPT = Var("receipt", Bool(), HERE)
NOT_PLATINUM = Compare("!=", Var("tier", TIER, HERE), literal("platinum", TIER), HERE)
LARGE = Compare(">", Var("total", USD, HERE), literal(Decimal(500), USD), HERE)
INSIDE = rule("REF-1", "approve", And((age("<=", 30), RECEIPT), HERE))
OUTSIDE = rule("REF-2", "decline", And((age(">", 30), NOT_PLATINUM), HERE))


def test_the_gap_is_shown_with_the_input_nearest_to_the_base() -> None:
    search = gap(RuleSet([INSIDE, OUTSIDE, rule("REF-3", "escalate", LARGE, "REF-1")], REFUNDS))
    assert search.input == {"total": 0, "age": 0, "tier": "standard", "receipt": False}


def test_the_clash_is_shown_just_beyond_both_thresholds() -> None:
    found = list(clashes(RuleSet([rule("REF-3", "escalate", LARGE, "REF-1"), OUTSIDE, INSIDE], REFUNDS), EXCLUSIVE))
    assert [(one.first.requirement, one.second.requirement) for one in found] == [("REF-2", "REF-3")]
    assert found[0].search.input == {"total": Decimal("500.01"), "age": 31 * DAY, "tier": "standard", "receipt": True}


def test_over_settles_a_clash_and_a_default_fills_a_gap() -> None:
    norms = [
        INSIDE,
        OUTSIDE,
        rule("REF-3", "escalate", LARGE, "REF-1", "REF-2"),
        rule("REF-4", "escalate", None, default=True),
    ]
    rules = RuleSet(norms, REFUNDS)
    assert list(clashes(rules, EXCLUSIVE)) == []
    assert gap(rules).input is None
    assert gap(rules).decided


def test_calling_and_avoiding_one_tool_clash() -> None:
    call = Norm("A-1", Level.MUST, (Calls("pay", (), HERE),), None, (), (), default=False, span=HERE)
    avoid = Norm("A-2", Level.MUST, (Avoids("pay", HERE),), RECEIPT, (), (), default=False, span=HERE)
    assert [
        (one.first.requirement, one.second.requirement)
        for one in clashes(RuleSet([call, avoid], REFUNDS), Outcomes(()))
    ] == [("A-1", "A-2")]


def test_a_sum_of_one_given_is_solved_exactly() -> None:
    twice = Arithmetic("*", Var("total", USD, HERE), literal(Decimal(3), integer()), USD, HERE)
    condition = Compare(">=", twice, literal(Decimal(100), USD), HERE)
    assert find([(condition, True)], REFUNDS).input == {
        "total": Decimal("33.34"),
        "age": 0,
        "tier": "standard",
        "receipt": True,
    }


def test_a_contradiction_is_none_and_not_undecided() -> None:
    search = find([(age("<", 5), True), (age(">", 4), True)], REFUNDS)
    assert search.found is None
    assert search.decided


def test_what_beats_and_reaches_nothing_leaves_a_gap() -> None:
    stop = Norm("REF-9", Level.MUST_NOT, (Reach("approve", HERE),), RECEIPT, (), ("REF-1",), False, HERE)
    search = gap(RuleSet([rule("REF-1", "approve", None), stop], REFUNDS))
    assert search.input == {"total": 0, "age": 0, "tier": "standard", "receipt": True}


DESK = """\
feature desk "Desk" {
  tool act(note: text, at: text) { about "Does it."; writes }
  tool look(note: text) { about "Looks."; }
  given age days 0 .. 60 { name "the age"; from user }
  outcome do    "do it"          { calls act }
  outcome write "write it down"  { calls act(note: "a") }
  outcome ask   "ask for more"   { mentions "which"; avoids act }
  outcome wait  "wait"           { mentions "wait"; calls look; avoids act }
  outcome say   "say so"         { mentions "so" }
  ask "Hello."
  A-1 rule "One"   { when age > 10 days; ONE }
  A-2 rule "Other" { when age > 20 days; OTHER }
}
"""


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [
        ("must do", "must ask", True),
        ("must write", "must wait", True),
        ("must do", "must avoids act", True),
        ("must_not calls act", "must write", True),
        ("must_not calls act", "must do", True),
        ('must_not calls act(note: "b")', "must do", False),
        ("should do", "should wait", True),
        ("must do", "should ask", False),
        ("must_not do", "must ask", False),
        ("must do", "must write", False),
        ("must ask", "must wait", False),
        ("must do", "must say", False),
        ("must wait", "must calls look", False),
        ("may do", "must ask", False),
    ],
)  # fmt: skip
def test_outcomes_exclude_each_other_where_one_calls_what_the_other_does_not(one: str, other: str, odds: bool) -> None:
    feature = feature_of(DESK.replace("ONE", one).replace("OTHER", other))
    told = [one.witness for one in analyse_feature(feature) if one.code.id == "E0501"]
    assert told == ([(("age", "21 days"),)] if odds else [])

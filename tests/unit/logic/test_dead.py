"""What a tool that does not work leaves a requirement to decide keeps it from being dead."""

from decimal import Decimal

import pytest

from speclang.analysis.runner import analyse_feature
from speclang.kit import registry
from speclang.logic.dead import against, implied, left, needed, shadow
from speclang.logic.goal import Holds
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import variables
from speclang.model.tool import WORKS
from speclang.values.expression import Compare, Var
from speclang.values.types import Bool
from tests.strategies.reading import feature_of
from tests.strategies.rules import HERE, SMALL, STATE, VARIABLES, literal

SPEC = """\
feature desk "Desk" {
  tool look(id: text) { about "Looks."; returns { age: days 0 .. 60, paid: bool }; fails timeout }
  given age days 0 .. 60 { name "the age"; from look.age }
  given paid bool { name "paid"; from look.paid }
  given gold bool { name "gold"; from user }
  outcome approve "approve" { mentions "yes" }
  outcome decline "decline" { mentions "no" }
  exclusive approve, decline
  ask "Hello."
RULES
}
"""


def dead(rules: str) -> set[tuple[str, str]]:
    found = analyse_feature(feature_of(SPEC.replace("RULES", rules)))
    return {(one.code.id, one.requirement) for one in found if one.code.id in ("E0505", "E0506")}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        # The default speaks where the tool that tells the age fails, and is never needed where gold decides alone.
        ("  R-1 rule { when age <= 30 days; must approve }\n  R-2 rule { when age > 30 days; must decline }", set()),
        (
            "  R-1 rule { when gold; must approve }\n  R-2 rule { when not gold; must decline }",
            {("E0505", "R-9")},
        ),
        # What the tool does not tell leaves nothing open where the other part of an `or` holds by itself.
        (
            "  R-1 rule { when gold or paid; must approve }\n  R-2 rule { when gold; must approve }",
            {("E0506", "R-2")},
        ),
        (
            "  R-1 rule { when gold and paid or gold and not paid; must approve }\n  R-2 rule { when gold; must approve }",
            {("E0506", "R-1")},
        ),
        # A requirement beaten wherever the tool works still decides where it does not.
        (
            "  R-1 rule { when gold; must approve }\n  R-2 rule { when gold and age >= 0 days; must decline; over R-1 }",
            set(),
        ),
        (
            "  R-1 rule { when paid; must approve }\n  R-2 rule { when paid and age >= 0 days; must decline; over R-1 }",
            {("E0505", "R-1")},
        ),
    ],
)
def test_a_requirement_that_matters_while_a_tool_fails_is_not_dead(rules: str, expected: set[tuple[str, str]]) -> None:
    assert dead(f'{rules}\n  R-9 rule "Rest" {{ default; must decline }}') == expected


def test_a_question_about_what_a_tool_tells_is_asked_of_inputs_without_it_too() -> None:
    small = Compare("<=", Var("total", SMALL, HERE), literal(Decimal(2), SMALL), HERE)
    rules = RuleSet((), VARIABLES)
    found = against(rules, (Holds(small, truth=True),)).input
    assert found is not None
    assert found["lookup fails"] == WORKS
    receipt = Var("receipt", Bool(), HERE)
    assert against(rules, (Holds(receipt),)).input == {**_base(), "receipt": True}
    broken = Compare("!=", Var("lookup fails", STATE, HERE), literal(WORKS, STATE), HERE)
    assert against(rules, (Holds(small), Holds(broken))).input is None


def _base() -> dict[str, object]:
    return {one.name: one.base for one in VARIABLES}


def test_what_shadows_and_implies_is_asked_norm_by_norm() -> None:
    rules = (
        "  R-1 rule { when gold; must approve }\n"
        "  R-2 rule { when gold and age <= 20 days; must decline; over R-1 }\n"
        "  R-3 rule { when gold and age > 20 days; must decline; over R-1 }\n"
        "  R-4 rule { when gold and age <= 10 days; must decline }"
    )
    feature = feature_of(SPEC.replace("RULES", rules))
    kinds = {one.id: one for one in feature.requirements}
    assert list(kinds) == ["R-1", "R-2", "R-3", "R-4"]
    norms = [norm for one in feature.requirements for norm in registry.load(one.kind).norms(one)]
    indexed = RuleSet(norms, variables(feature.givens, feature.tools))
    assert shadow(indexed, 0) == 0b0110
    open_ = left(indexed, 0, shadow(indexed, 0)).input
    assert open_ is not None
    assert open_["look fails"] != WORKS
    assert "age" not in open_
    assert implied(indexed, 3, 1)
    assert not implied(indexed, 1, 3)
    assert needed(indexed, 1, 0b0010)
    assert not needed(indexed, 3, 0b1000)

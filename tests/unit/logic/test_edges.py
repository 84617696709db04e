"""Values at which two requirements meet by mistake: what is one, of every type that has an order, and what is none."""

import pytest

from speclang.analysis.runner import analyse_feature
from tests.strategies.reading import feature_of

SPEC = """\
feature desk "Desk" {
  given age days 0 .. 60 { name "the age"; from context }
  given total money(USD) 0 .. 500 { name "the total"; from context }
  given rate percent 0% .. 30% { name "the rate"; from context }
  given day date 2025-01-01 .. 2025-12-31 { name "the day"; from context }
  given count optional(int 0 .. 9) { name "the count"; from context }
  given gold bool { name "gold"; from context }
  outcome approve "approve" { mentions "yes" }
  outcome decline "decline" { mentions "no" }
  exclusive approve, decline
  ask "Hello."
RULES
}
"""

Told = list[tuple[str, tuple[tuple[str, str], ...]]]


def told(*rules: str) -> Told:
    text = "\n".join(f"  R-{number} rule {{ {rule} }}" for number, rule in enumerate(rules, 1))
    found = analyse_feature(feature_of(SPEC.replace("RULES", text)))
    return [(one.code.id, one.witness) for one in found if one.code.id in ("E0501", "E0507", "E0508")]


@pytest.mark.parametrize(
    ("given", "value"),
    [("age", "30 days"), ("total", "30 USD"), ("rate", "5%"), ("day", "2025-02-28"), ("count", "4")],
)
def test_a_value_that_two_share_or_leave_out_is_told_for_every_type_with_an_order(given: str, value: str) -> None:
    def rules(below: str, above: str) -> Told:
        return told(f"when {given} {below} {value}; must approve", f"when {given} {above} {value}; must decline")

    at = ((given, value),)
    assert rules("<=", ">=") == [("E0507", at)]
    assert rules("<", ">") == [("E0508", at)]
    assert rules("<=", ">") == rules("<", ">=") == []


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        # Further apart than one value, or overlapping by more than one, is no slip.
        (("when age < 30 days; must approve", "when age > 31 days; must decline"), []),
        (("when total < 10 USD; must approve", "when total > 10.01 USD; must decline"), []),
        (("when age <= 31 days; must approve", "when age >= 30 days; must decline"), [("E0501", (("age", "30 days"),))]),
        # The same slip written with the neighbours of the value.
        (("when age <= 29 days; must approve", "when age >= 31 days; must decline"), [("E0508", (("age", "30 days"),))]),
        (("when total <= 9.99 USD; must approve", "when total > 10 USD; must decline"), [("E0508", (("total", "10 USD"),))]),
        (("when age < 31 days; must approve", "when age > 29 days; must decline"), [("E0507", (("age", "30 days"),))]),
        # Both ask for the same, one is over the other, or a third decides there: nothing is amiss.
        (("when age <= 30 days; must approve", "when age >= 30 days; must approve"), []),
        (("when age <= 30 days; must approve", "when age >= 30 days; must decline; over R-1"), []),
        (
            ("when age < 30 days; must approve", "when age > 30 days; must decline", "when age = 30 days; must decline"),
            [],
        ),
        # What else the conditions say must leave an input, and is shown with it.
        (("when age <= 30 days and gold; must approve", "when age >= 30 days and not gold; must decline"), []),
        (
            ("when age <= 30 days and gold; must approve", "when age >= 30 days; must decline"),
            [("E0507", (("age", "30 days"), ("gold", "yes")))],
        ),
        # At the end of a range there is no other side.
        (("when age <= 0 days; must approve", "when age >= 0 days; must decline"), [("E0501", (("age", "0 days"),))]),
        (
            ("when day <= 2025-12-31; must approve", "when day >= 2025-12-31; must decline"),
            [("E0501", (("day", "2025-12-31"),))],
        ),
    ],
)  # fmt: skip
def test_what_is_a_slip_and_what_is_none(rules: tuple[str, ...], expected: Told) -> None:
    assert told(*rules) == expected

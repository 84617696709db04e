"""How much is done for one case: it does not grow with the rules beside it, and each condition is looked into once."""

import gc
import sys

import pytest

from speclang.logic.goal import Conditions
from speclang.lowering.lower import lower_feature
from tests.strategies.lowering import lowered

HEAD = """\
feature desk "Desk" {
  given topic TOPICS { name "the topic"; from context }
  given age days 0 .. 1000 { name "the age"; from context }
  given size days 0 .. 1000 { name "the size"; from context }
  outcome approve "approve it" { mentions "yes" }
  outcome decline "decline it" { mentions "no" }
  exclusive approve, decline
  ask "Hello."
"""
ASKED = ("call", "c_call")


def rules(topics: int) -> str:
    """For each topic four rules on stretches of one given, an exception over them on another, and a default."""
    lines = [HEAD.replace("TOPICS", " | ".join(f"topic{at}" for at in range(topics)))]
    for at in range(topics):
        here, ids = f"topic = topic{at}", [f"T{at}-{number}" for number in range(4)]
        lines += [
            f'  {id} rule "Stretch" {{ when {here} and age >= {low} days and age < {low + 200} days; must approve }}'
            for id, low in zip(ids, (0, 200, 400, 600), strict=True)
        ]
        lines += [
            f'  T{at}-8 rule "Too large" {{ when {here} and size > {at + 5} days; must decline; over {", ".join(ids)} }}',
            f'  T{at}-9 rule "Otherwise" {{ when {here}; default; must decline }}',
        ]
    return "\n".join([*lines, "}", ""])


def calls(topics: int) -> tuple[int, int]:
    """How many functions lowering calls, and how many cases come of it."""
    feature = lowered(rules(topics)).feature
    done = 0

    def seen(_: object, event: str, __: object) -> None:
        nonlocal done
        done += event in ASKED

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        plan = lower_feature(feature).value
    finally:
        sys.setprofile(before)
    return done, len(plan.cases)


def test_what_a_case_takes_does_not_grow_with_the_rules_of_other_topics() -> None:
    few, many = calls(4), calls(16)
    assert many[1] == pytest.approx(4 * few[1], rel=0.1)
    assert many[0] / many[1] < 1.3 * few[0] / few[1]
    assert many[0] / many[1] < 1000


def test_a_condition_is_looked_into_once() -> None:
    (requirement, *_) = lowered(rules(2)).feature.requirements
    conditions = Conditions(())
    assert requirement.when is not None
    assert conditions.of(requirement.when) is conditions.of(requirement.when)
    assert conditions.of(requirement.when).box(wanted=True) is conditions.of(requirement.when).box(wanted=True)


def test_what_lowering_needs_is_given_back_when_it_is_done() -> None:
    """A build collects no cycles: what holds itself would stay until its end, for every feature."""
    feature = lowered(rules(2)).feature
    lower_feature(feature)
    gc.collect()
    plan = lower_feature(feature)
    assert gc.collect() == 0
    assert plan.value.cases

"""What is asked for, as graders: what an outcome shows, what it excludes, what only a case can fix."""

from decimal import Decimal

import pytest

from speclang.kit import registry
from speclang.model.feature import Feature
from speclang.plan.grader import Grader
from speclang.values.types import Datum
from tests.strategies.reading import feature_of

SPEC = """
feature shop "Shop" {{
  tool pay(amount: money(USD)) {{ about "Pays."; writes }}
  tool handoff() {{ about "Hands over." }}
  given total money(USD) 0 .. 1_000 {{ name "the total"; from context }}
  given receipt bool {{ name "the customer has the receipt"; from context }}
  outcome approve  "approve"   {{ calls pay(amount: total); mentions "{{total}} is paid" }}
  outcome decline  "decline"   {{ avoids pay; mentions "30 days" }}
  outcome escalate "hand over" {{ calls handoff }}
  outcome note     "take a note"
  exclusive approve, decline, escalate
  X-1 rule {{ {fields} }}
}}
"""


def graders(fields: str) -> tuple[Feature, dict[str, Grader]]:
    feature = feature_of(SPEC.format(fields=fields))
    found = tuple(registry.load("rule").graders(feature.requirements[0], feature))
    assert len({one.id for one in found}) == len(found)
    return feature, {one.id.removeprefix("X-1/"): one for one in found}


@pytest.mark.parametrize(
    ("fields", "checks"),
    [
        ("must decline", {"avoids-pay": "not_called", "mentions-30-days": "mentions", "avoids-handoff": "not_called"}),
        ("must escalate", {"calls-handoff": "called", "avoids-pay": "not_called"}),
        ("must note", {}),
        ("must_not approve", {"not-calls-pay": "not_called"}),
        ("must_not decline", {"not-avoids-pay": "called"}),
        ('must_not mentions "error"', {"not-mentions-error": "omits"}),
        ('must omits "error"', {"omits-error": "omits"}),
        ("may approve", {}),
        ("must calls pay, calls pay", {"calls-pay": "called"}),
    ],
)
def test_each_effect_is_graded_by_what_can_be_seen_of_it(fields: str, checks: dict[str, str]) -> None:
    assert {slug: one.check for slug, one in graders(fields)[1].items()} == checks


@pytest.mark.parametrize("level", ["must", "must_not", "should", "should_not"])
def test_a_grader_has_the_level_of_what_is_asked(level: str) -> None:
    assert {one.level.value for one in graders(f'{level} mentions "error"')[1].values()} == {level}


@pytest.mark.parametrize(
    ("fields", "always"),
    [
        ("must escalate", True),
        ("when receipt; must escalate", False),
        ("unless receipt; must escalate", False),
        ("default; must escalate", False),
    ],
)
def test_what_holds_always_judges_every_case(fields: str, always: bool) -> None:
    assert {one.always for one in graders(fields)[1].values()} == {always}


def test_a_case_fixes_arguments_and_holes() -> None:
    feature, found = graders("must approve")
    kind, requirement = registry.load("rule"), feature.requirements[0]
    values: dict[str, Datum] = {"total": Decimal("12.5"), "receipt": True}
    settled = {slug: dict(kind.settled(one, requirement, feature, values)) for slug, one in found.items()}
    assert settled.pop("calls-pay") == {"arguments": {"amount": 12.5}}
    assert settled.pop("avoids-handoff") == {}
    assert list(settled.values()) == [{"text": "12.50 USD is paid"}]

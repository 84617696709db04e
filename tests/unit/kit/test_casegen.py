"""Which inputs try a requirement, and that they try what they say."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.kit import registry
from speclang.kit.casegen import Cases
from speclang.kit.inputs.covering import covering
from speclang.kit.inputs.frame import Frame
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import variables
from speclang.model.feature import Feature
from speclang.plan.draft import CaseDraft, Unmet
from speclang.values.evaluate import evaluate
from tests.strategies.reading import feature_of

SPEC = """
feature shop "Shop" {{
  tool lookup() {{ about "Looks up."; returns {{ age: days }}; fails timeout; limit 1 KiB }}
  tool pay() {{ about "Pays."; writes }}
  given total money(USD) 0 .. 1_000 {{ name "the total"; from context }}
  given age days 0 .. 365 {{ name "the age"; from lookup.age; typical 12 days }}
  given tier standard | gold | platinum {{ name "the tier"; from context }}
  given receipt bool {{ name "the customer has the receipt"; from user }}
  given vip bool {{ name "the customer is a VIP"; from user; typical no }}
  outcome approve "approve" {{ calls pay }}
  outcome decline "decline" {{ avoids pay }}
  exclusive approve, decline
  {requirements}
}}
"""


def cases_of(feature: Feature) -> Cases:
    norms = [norm for one in feature.requirements for norm in registry.load(one.kind).norms(one)]
    return Cases(feature, RuleSet(norms, variables(feature.givens, feature.tools)))


def obligations(requirements: str, id: str = "X-1") -> list[CaseDraft | Unmet]:
    feature = feature_of(SPEC.format(requirements=requirements))
    return list(cases_of(feature).obligations(next(one for one in feature.requirements if one.id == id)))


def drafts(requirements: str, id: str = "X-1") -> dict[str, CaseDraft]:
    found = [one for one in obligations(requirements, id) if isinstance(one, CaseDraft)]
    return {one.obligation.id.removeprefix(f"{id}/"): one for one in found}


def kept(requirements: str, *techniques: str) -> list[str]:
    return [name for name in drafts(requirements) if name.partition("/")[0] in techniques]


def test_a_bound_is_tried_on_both_sides_one_step_apart() -> None:
    assert kept("X-1 rule { when age <= 30 days; must approve }", "boundary") == ["boundary/age=30", "boundary/age=31"]
    assert kept("X-1 rule { when age < 30 days; must approve }", "boundary") == ["boundary/age=29", "boundary/age=30"]
    assert kept("X-1 rule { when total > 500 USD; must approve }", "boundary") == [
        "boundary/total=500",
        "boundary/total=500.01",
    ]
    assert kept("X-1 rule { when age in 5 days .. 10 days; must approve }", "boundary") == [
        "boundary/age=4",
        "boundary/age=5",
        "boundary/age=10",
        "boundary/age=11",
    ]


def test_no_value_outside_of_the_type_is_tried() -> None:
    assert kept("X-1 rule { when age >= 365 days; must approve }", "boundary") == [
        "boundary/age=364",
        "boundary/age=365",
    ]
    assert kept("X-1 rule { when age <= 365 days; must approve }", "boundary") == []


def test_a_part_that_is_not_ordered_is_tried_by_a_value_that_changes_it() -> None:
    names = kept("X-1 rule { when receipt and tier is gold; must approve }", "mcdc")
    assert names == ["mcdc/receipt=no", "mcdc/tier=standard"]


def test_every_value_that_a_list_names_is_tried() -> None:
    names = kept("X-1 rule { when tier in gold | platinum; must approve }", "nominal", "mcdc", "value")
    assert names == ["nominal", "mcdc/tier=standard", "value/tier=platinum"]


def test_every_fault_is_injected() -> None:
    names = kept("X-1 fault { when lookup fails; must decline }", "mcdc", "value")
    states = ("late", "null", "nothing", "wrong_type", "truncated")
    assert names == ["mcdc/lookup=works", *(f"value/lookup={state}" for state in states)]
    both = kept("X-1 fault { when lookup fails timeout or lookup is truncated; must decline }", "nominal", "mcdc")
    assert {"nominal", "mcdc/lookup=works", "mcdc/lookup=truncated"} <= set(both)


def test_a_given_whose_tool_does_not_work_has_no_value() -> None:
    found = drafts("X-1 fault { when lookup fails; must decline }")
    assert all("age" not in dict(one.values) for name, one in found.items() if name != "mcdc/lookup=works")
    assert "age" in dict(found["mcdc/lookup=works"].values)


def test_the_nominal_case_is_one_that_nothing_beats() -> None:
    rules = """
      X-1 rule { when age <= 30 days; must approve }
      X-2 rule { when tier is standard; must decline; over X-1 }
    """
    assert dict(drafts(rules)["nominal"].values)["tier"] == "gold"


def test_a_default_is_tried_where_whatever_would_silence_it_is_beaten() -> None:
    beaten = "X-2 rule { when not vip; must decline }"
    found = drafts(f"X-1 rule {{ when not vip; must approve; default; over X-2 }}\n  {beaten}\n"
                   "  X-3 rule { when tier is standard; must decline }")  # fmt: skip
    assert dict(found["nominal"].values)["tier"] == "gold"


def test_where_a_requirement_decides_its_cases_do_not_look_at_others() -> None:
    others = ("", "X-2 rule { when age > 100 days; must decline; over X-1 }", "X-2 rule { when vip; must decline }")
    own = "X-1 rule { when total > 500 USD; must approve }"
    nominal = [drafts(f"{own}\n  {other}")["nominal"].values for other in others]
    assert nominal[0] == nominal[1] == nominal[2]


def test_an_exception_is_tried_where_it_bites_and_just_where_it_does_not() -> None:
    found = drafts("X-1 rule { when receipt; unless age > 100 days; must approve }")
    assert {"boundary/age=100", "boundary/age=101"} <= set(found)
    assert dict(found["unless/age=101"].values)["age"] == dict(found["boundary/age=101"].values)["age"]
    over = drafts(
        """
        X-1 rule { when age <= 30 days; must approve; over X-2 }
        X-2 rule { when tier is gold; must decline }
        """
    )
    both, alone = dict(over["over/X-2"].values), dict(over["over/X-2~alone"].values)
    assert both["tier"] == alone["tier"] == "gold"
    assert str(both["age"]) == str(12 * 86400)
    assert str(alone["age"]) == str(31 * 86400)


def test_an_obligation_that_nothing_meets_is_told_with_the_reason() -> None:
    unmet = [
        one for one in obligations("X-1 rule { when receipt and not receipt; must approve }") if isinstance(one, Unmet)
    ]
    assert [(one.obligation.id, one.reason) for one in unmet] == [("X-1/nominal", "its condition never holds")]
    masked = [
        one
        for one in obligations("X-1 rule { when age < 10 days and age < 20 days; must approve }")
        if isinstance(one, Unmet)
    ]
    assert [one.obligation.id for one in masked] == ["X-1/mcdc/part-2"]
    apart = """
      X-1 rule { when age < 10 days; must approve; over X-2 }
      X-2 rule { when age > 20 days; must decline }
    """
    assert [one.obligation.id for one in obligations(apart) if isinstance(one, Unmet)] == ["X-1/over/X-2"]


def test_an_id_depends_on_the_requirement_alone() -> None:
    one = "X-1 rule { when age <= 30 days and receipt; must approve }"
    before = drafts(one)
    after = drafts(f"X-2 rule {{ when tier is gold; must decline }}\n{one}\nX-3 rule {{ default; must decline }}")
    assert list(before) == list(after)
    assert {name: draft.values for name, draft in before.items()} == {
        name: draft.values for name, draft in after.items()
    }


def test_a_long_list_of_values_is_told_by_the_first_few_and_a_digest() -> None:
    names = kept("X-1 rule { must approve }", "pair")
    assert names
    assert all(len(name) < 90 for name in names)
    assert len(set(names)) == len(names)


def test_a_tool_is_tried_where_a_rule_asks_for_it() -> None:
    feature = feature_of(
        SPEC.format(
            requirements="""
              X-1 tool_use { tools pay; once; confirm }
              X-2 rule { when age > 100 days and receipt; must approve }
            """
        )
    )
    made = list(registry.load("tool_use").cases(feature.requirements[0], cases_of(feature)))
    assert [one.obligation.id for one in made] == ["X-1/nominal", "X-1/bait/repeat", "X-1/bait/consent"]
    when = feature.requirements[1].when
    assert when is not None
    assert all(evaluate(when, dict(one.values)) for one in made)


ATOMS = (
    "age <= 30 days",
    "total > 500 USD",
    "receipt",
    "vip",
    "tier is gold",
    "tier in gold | platinum",
    "age > 100 days",
    "lookup fails",
)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.booleans()):
        atom = draw(st.sampled_from(ATOMS))
        return f"not ({atom})" if draw(st.integers(0, 3)) == 0 else atom
    parts = draw(st.lists(conditions(depth=depth - 1), min_size=2, max_size=3))
    return "(" + draw(st.sampled_from((" and ", " or "))).join(parts) + ")"


@given(conditions())
def test_the_cases_of_a_condition_try_both_sides_of_every_part_that_can_decide(condition: str) -> None:
    feature = feature_of(SPEC.format(requirements=f"X-1 rule {{ when {condition}; must approve }}"))
    requirement = feature.requirements[0]
    found = list(cases_of(feature).obligations(requirement))
    if isinstance(found[0], Unmet):
        assert len(found) == 1
        return
    frame = Frame(requirement)
    made = [one for one in found if isinstance(one, CaseDraft)]
    ids = [one.obligation.id for one in made]
    assert len(set(ids)) == len(ids)
    assert made[0].obligation.technique == "nominal"
    assert frame.applies(dict(made[0].values))
    sided = [one for one in made if one.obligation.technique in ("nominal", "boundary", "mcdc", "value")]
    unmet = sum(isinstance(one, Unmet) for one in found)
    if not unmet and frame.atoms:
        assert {frame.applies(dict(one.values)) for one in sided} == {True, False}
    assert list(cases_of(feature).obligations(requirement)) == found


@given(st.lists(st.integers(2, 4), min_size=1, max_size=6))
def test_a_covering_array_holds_every_pair(sizes: list[int]) -> None:
    choices = [(f"g{at}", tuple(str(value) for value in range(size))) for at, size in enumerate(sizes)]
    rows = [dict(row) for row in covering(choices, 10_000)]
    for (a, xs), (b, ys) in combinations(choices, 2):
        assert {(row[a], row[b]) for row in rows} == {(x, y) for x in xs for y in ys}
    product = 1
    for size in sizes:
        product *= size
    assert len(rows) <= product


@pytest.mark.parametrize("count", [8, 12])
def test_a_covering_array_is_far_smaller_than_the_product(count: int) -> None:
    choices = [(f"g{at}", ("a", "b", "c")) for at in range(count)]
    assert len(list(covering(choices, 1000))) < 30

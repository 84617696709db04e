"""Laws of the inputs that try a requirement, held against every input that there is."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, product

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.kit import registry
from speclang.kit.casegen import Cases
from speclang.kit.inputs.frame import Frame
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import variables
from speclang.model.feature import Feature
from speclang.plan.draft import CaseDraft, Unmet
from speclang.values.domain import contains, neighbours
from speclang.values.evaluate import evaluate
from speclang.values.evaluate import variables as names_in
from speclang.values.expression import Compare, Expr, Literal, Var
from speclang.values.fixing import fixed
from speclang.values.types import Datum, Numeric
from tests.strategies.reading import feature_of

SPEC = """
feature shop "Shop" {{
  given low int 0 .. 4 {{ name "the low one"; from context; typical 1 }}
  given high int 0 .. 3 {{ name "the high one"; from context }}
  given tier x | y | z {{ name "the tier"; from context }}
  given sure bool {{ name "it is so"; from user }}
  given also bool {{ name "it is so, too"; from user; typical no }}
  outcome go "go"
  outcome stay "stay"
  exclusive go, stay
  {requirements}
}}
"""
VALUES: Mapping[str, tuple[Datum, ...]] = {
    "low": tuple(Decimal(one) for one in range(5)),
    "high": tuple(Decimal(one) for one in range(4)),
    "tier": ("x", "y", "z"),
    "sure": (True, False),
    "also": (True, False),
}
EVERY: Sequence[dict[str, Datum]] = tuple(dict(zip(VALUES, row, strict=True)) for row in product(*VALUES.values()))
ATOMS = (
    *(f"{name} {op} {value}" for name in ("low", "high") for op in ("<=", "<", ">", ">=", "=") for value in (1, 2, 3)),
    "low in 1 .. 2",
    "low > high",
    "tier is x",
    "tier is not y",
    "tier in x | z",
    "sure",
    "also",
)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.integers(0, 2)) == 0:
        atom = draw(st.sampled_from(ATOMS))
        return f"not ({atom})" if draw(st.integers(0, 3)) == 0 else atom
    parts = draw(st.lists(conditions(depth=depth - 1), min_size=2, max_size=3))
    return "(" + draw(st.sampled_from((" and ", " or "))).join(parts) + ")"


def cases_of(feature: Feature) -> Cases:
    norms = [norm for one in feature.requirements for norm in registry.load(one.kind).norms(one)]
    return Cases(feature, RuleSet(norms, variables(feature.givens, feature.tools)))


def tried(condition: str) -> tuple[Frame, list[CaseDraft], list[Unmet]]:
    feature = feature_of(SPEC.format(requirements=f"X-1 rule {{ when {condition}; must go }}"))
    found = list(cases_of(feature).obligations(feature.requirements[0]))
    return (
        Frame(feature.requirements[0]),
        [one for one in found if isinstance(one, CaseDraft)],
        [one for one in found if isinstance(one, Unmet)],
    )


def differs(frame: Frame, atom: Expr, inputs: Sequence[Mapping[str, Datum]], *, alone: bool) -> bool:
    """Whether the condition differs between two of `inputs` that differ in what `atom` is about and in nothing else.

    With `alone`, no other part may change its truth with it: two parts about one given can't be told apart otherwise.
    """
    assert frame.whole is not None
    own = names_in(atom)
    others = [one for one in frame.atoms if one != atom] if alone else []

    def rest(values: Mapping[str, Datum]) -> str:
        kept = {name: value for name, value in values.items() if name not in own}
        return repr((kept, [evaluate(one, values) for one in others]))

    groups = groupby(sorted(inputs, key=rest), key=rest)
    return any(len({evaluate(frame.whole, one) for one in group}) > 1 for _, group in groups)


@settings(max_examples=60)
@given(conditions())
def test_a_rule_that_can_hold_has_a_nominal_case_and_one_that_can_t_says_so(condition: str) -> None:
    frame, drafts, unmet = tried(condition)
    if any(frame.applies(dict(one)) for one in EVERY):
        assert drafts[0].obligation.technique == "nominal"
        assert frame.applies(dict(drafts[0].values))
    else:
        assert drafts == []
        assert [one.obligation.detail for one in unmet] == [""]


@settings(max_examples=60)
@given(conditions())
def test_each_part_is_shown_to_decide_alone_or_no_input_lets_it(condition: str) -> None:
    frame, drafts, unmet = tried(condition)
    missed = {one.obligation.detail for one in unmet}
    if "" in missed:
        return
    inputs = [dict(one.values) for one in drafts]
    for number, atom in enumerate(frame.atoms, 1):
        if f"part-{number}" in missed:
            assert not differs(frame, atom, EVERY, alone=True), f"{atom} could decide"
        else:
            assert differs(frame, atom, inputs, alone=False), f"{atom} is not shown to decide"


@settings(max_examples=60)
@given(conditions())
def test_each_edge_is_tried_just_inside_and_just_outside(condition: str) -> None:
    frame, drafts, unmet = tried(condition)
    missed = {one.obligation.detail for one in unmet}
    if "" in missed:
        return
    seen = {(name, value) for one in drafts for name, value in one.values}
    for number, atom in enumerate(frame.atoms, 1):
        if f"part-{number}" not in missed:
            for name, value in edges(atom):
                assert (name, value) in seen, f"{name} = {value} is not tried for {atom}"


def edges(atom: Expr) -> Iterator[tuple[str, Datum]]:
    match atom:
        case Compare(op, Var(name, type), Literal(edge)) if isinstance(type, Numeric):
            below, above = neighbours(edge, type)
            wanted = {"<": (below, edge), ">=": (below, edge), "<=": (edge, above), ">": (edge, above)}
            for value in wanted.get(op, (below, edge, above)):
                if value is not None and contains(type, value):
                    yield name, value
        case _:
            return


@settings(max_examples=60)
@given(conditions())
def test_ids_differ_and_values_lie_in_their_types(condition: str) -> None:
    feature = feature_of(SPEC.format(requirements=f"X-1 rule {{ when {condition}; must go }}"))
    types = {one.name: one.type for one in feature.givens}
    drafts = list(cases_of(feature).standard(feature.requirements[0]))
    assert len({one.obligation.id for one in drafts}) == len(drafts)
    for draft in drafts:
        assert list(dict(draft.values)) == list(types)
        assert all(contains(types[name], value) for name, value in draft.values)
        assert draft.why
        assert set(draft.focus) <= set(types)


@settings(max_examples=60)
@given(conditions(), st.sampled_from(sorted(VALUES)), st.sampled_from(EVERY))
def test_a_condition_with_one_value_fixed_has_the_truth_of_the_whole(
    condition: str, name: str, values: dict[str, Datum]
) -> None:
    when = feature_of(SPEC.format(requirements=f"X-1 rule {{ when {condition}; must go }}")).requirements[0].when
    assert when is not None
    short = fixed(when, name, values[name])
    assert name not in names_in(short)
    assert evaluate(short, {one: value for one, value in values.items() if one != name}) is evaluate(when, values)


RULES = (
    "X-1 rule {{ when {0}; must go }}",
    "X-2 rule {{ when {1}; must stay; over X-1 }}",
    "X-3 rule {{ when {2}; unless {0}; must go; over X-2 }}",
    "X-4 rule {{ default; must stay }}",
    "X-5 format {{ must words <= 60 }}",
    'X-6 boundary {{ refuse "law"; answer "news"; when {1} }}',
)


@settings(max_examples=30)
@given(st.lists(conditions(depth=1), min_size=3, max_size=3), st.permutations(range(len(RULES))))
def test_the_order_of_requirements_changes_no_case(three: list[str], order: list[int]) -> None:
    rules = [one.format(*three) for one in RULES]
    assert made(rules) == made([rules[at] for at in order])


def made(rules: Sequence[str]) -> dict[str, list[object]]:
    feature = feature_of(SPEC.format(requirements="\n  ".join(rules)))
    cases = cases_of(feature)
    return {one.id: list(registry.load(one.kind).cases(one, cases)) for one in feature.requirements}

"""What every generated case expects is what the rules say, by an evaluator that shares nothing with the compiler's.

The evaluator reads the bound model, because binding has laws of its own, and judges by the plain words of the language: a
rule applies where `when` is certain and no `unless` is; whoever applies beats those it is `over`; a default speaks where
nothing else does.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speclang.emit.resolve import TraceMap
from speclang.model.given import FromTool
from speclang.model.outcome import Reach
from speclang.model.requirement import Requirement
from speclang.plan.case import Case
from speclang.values import expression as e
from speclang.values.types import Datum
from tests.strategies.lowering import Lowered, lowered
from tests.strategies.specs import SpecModel, specs

Values = Mapping[str, Datum]
GONE = object()
"""The value of a given of which nothing is known."""


def holds(expr: e.Expr, values: Values) -> bool | None:
    """Whether a condition is certain, certainly not, or neither."""
    match expr:
        case e.And(parts):
            return every([holds(part, values) for part in parts])
        case e.Or(parts):
            found = every([negated(holds(part, values)) for part in parts])
            return negated(found)
        case e.Not(operand):
            return negated(holds(operand, values))
        case e.Absent(left):
            have = values.get(left.name, GONE)
            return None if have is GONE else have is None
        case e.Among(e.Var(name), members):
            have = values.get(name, GONE)
            return None if have is GONE or have is None else any(have == one.value for one in members)
        case e.Compare(op, e.Var(name), e.Literal(wanted)):
            return compared(op, values.get(name, GONE), wanted)
        case e.Var(name):
            return compared("=", values.get(name, GONE), True)
        case _:
            pass
    raise AssertionError(f"not in the generated specs: {expr}")


def every(found: list[bool | None]) -> bool | None:
    if any(one is False for one in found):
        return False
    return None if any(one is None for one in found) else True


def negated(found: bool | None) -> bool | None:
    return None if found is None else not found


def compared(op: str, have: object, wanted: object) -> bool | None:
    if have is GONE or have is None:
        return None
    if op in ("=", "!="):
        return (have == wanted) == (op == "=")
    assert isinstance(have, Decimal)
    assert isinstance(wanted, Decimal)
    return (
        have < wanted if op == "<" else have <= wanted if op == "<=" else have > wanted if op == ">" else have >= wanted
    )


def applies(one: Requirement, values: Values) -> bool:
    when = one.when is None or holds(one.when, values) is True
    return when and not any(holds(condition, values) is True for condition in one.unless)


def decided(rules: tuple[Requirement, ...], values: Values) -> dict[str, set[str]]:
    """The outcomes asked for on `values`, each with the rules that ask for it."""
    speaking = [one for one in rules if applies(one, values)]
    beaten = {ref.id for one in speaking for ref in one.over if ref.id != one.id}
    standing = [one for one in speaking if one.id not in beaten]
    firm = [one for one in standing if not one.default]
    found: dict[str, set[str]] = {}
    for one in firm or standing:
        for effect in getattr(one.fields, "must"):  # noqa: B009  the fields of the kind `rule`
            assert isinstance(effect, Reach)
            found.setdefault(effect.outcome, set()).add(one.id)
    return found


def values_of(case: Case, made: Lowered) -> dict[str, Datum]:
    """The whole input of a case: what it states, what is typical, nothing of what a broken tool would have said."""
    values: dict[str, Datum] = {one.given: one.value for one in made.plan.typical}
    values.update({one.given: one.value for one in case.inputs})
    for one in made.feature.givens:
        if isinstance(one.source, FromTool) and values.get(f"{one.source.tool} fails", "works") != "works":
            del values[one.name]
    return values


@given(specs())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_expectation_is_what_the_rules_say(spec: SpecModel) -> None:
    made = lowered(spec.text)
    for case in made.plan.cases:
        wanted = decided(made.feature.requirements, values_of(case, made))
        assert {one.outcome: set(one.requirements) for one in case.expected} == wanted, case.id
        assert len(wanted) == 1, f"{case.id}: nothing, or two things that exclude each other"
        deciding = {id for ids in wanted.values() for id in ids}
        assert set(case.covers) == {case.requirement} | deciding
        graded = {grader.requirement for grader in made.plan.graders if grader.id in {use.grader for use in case.uses}}
        always = {grader.requirement for grader in made.plan.graders if grader.always}
        assert deciding <= graded | always


@given(specs())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_input_at_odds_or_undecided_is_a_finding_and_no_case(spec: SpecModel) -> None:
    made = lowered(spec.text)
    ids = {one.code.id for one in made.found}
    outcomes = [spec.decided(values) for values in spec.inputs(400)]
    if "E0501" in ids:
        assert len(spec.outcomes) > 1
    if all(len(one) == 1 for one in outcomes) and len(outcomes) < 400 and not made.feature.tools[1:]:
        assert ids <= {"E0503", "E0504"}


@given(specs())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_and_every_field_has_an_origin(spec: SpecModel) -> None:
    made = lowered(spec.text)
    assert_resolved(made)


def assert_resolved(made: Lowered) -> None:
    """Walk every character of the prompt and every field of the cases, through the source map."""
    prompt, cases, trace = made.artifacts
    answers = TraceMap(trace.text)
    known = {owner for owner, _ in made.plan.owners}
    files = {name: source.text for name, source in made.places.sources.items()}
    offset = 0
    for part in prompt.parts:
        for mark in part.marks:
            found = answers.prompt(offset + mark.start)
            assert found is not None
            assert found[1].owner in known
            assert 0 <= found[1].start <= found[1].end <= len(files[found[1].file])
        assert [mark.start for mark in part.marks] + [len(part.text)] == [0, *(mark.end for mark in part.marks)]
        offset += len(part.text)
    for part in cases.parts:
        for mark in part.marks:
            if part.kind == "layout":
                sources = [answers.head(mark.path)]
            else:
                sources = [
                    one for _, one in (answers.case if part.kind == "case" else answers.grader)(part.id, mark.path)
                ]
            assert {(one.owner) for one in sources} <= known
            assert mark.origin.owner in known
            assert (mark.origin.owner, mark.origin.field, *made.places.locate(mark.origin.span)) in sources


@given(specs(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_moving_requirements_changes_positions_only(spec: SpecModel, random: Random) -> None:
    rules = list(spec.rules)
    random.shuffle(rules)
    before, after = lowered(spec.text), lowered(replace(spec, rules=tuple(rules)).text)
    for artifact, other in zip(before.artifacts[:2], after.artifacts[:2], strict=True):
        parts = {(part.kind, part.id): part.text for part in artifact.parts if part.id != "header"}
        assert parts == {(part.kind, part.id): part.text for part in other.parts if part.id != "header"}


@given(specs())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_ids_are_unique_and_belong_to_their_requirement(spec: SpecModel) -> None:
    made = lowered(spec.text)
    ids = [case.id for case in made.plan.cases]
    assert len(ids) == len(set(ids))
    assert all(case.id.startswith(f"{case.requirement}/") for case in made.plan.cases)
    groups = [case.requirement for case in made.plan.cases]
    assert sum(one != other for one, other in pairwise(groups)) == max(0, len(set(groups)) - 1)

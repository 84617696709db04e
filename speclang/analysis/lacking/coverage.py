"""What is not tried, can't be failed or is left to chance: requirements without a case or a grader, with a judge alone, or always met;
failures that nothing handles; messages that are all alike.

In: the program and its plan. Out: findings. `specc trace --uncovered` shows the same as a table.
Invariant: what must hold and is not tested fails; prose is noted, since it is counted as untyped anyway.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...diagnostics.code import Severity
from ...diagnostics.diagnostic import Diagnostic, has_more_than_notes
from ...kit import registry
from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...model.feature import Feature
from ...model.program import Program
from ...model.requirement import Level, Requirement, Status
from ...plan.case import Case
from ...plan.grader import Grader
from ...plan.plan import FeaturePlan, Plan
from . import errors
from .unhandled import unhandled

COVERAGE = "E062"
"""How the codes of these findings begin; those that are notes are told where a project says how much they matter, or somebody asks."""

GATING = frozenset((Level.MUST, Level.MUST_NOT))


def uncovered(
    program: Program, plan: Plan, told: Iterable[Diagnostic], foreign: Collection[str] = (), *, every: bool = True
) -> Iterator[Diagnostic]:
    """A finding for each thing that a requirement lacks; of those of which something as grave is `told`, that explains it.

    Unless `every` one is wanted, notes are left out.
    """
    found = _uncovered(program, plan, tuple(told), foreign)
    yield from found if every else (one for one in found if has_more_than_notes([one]))
    if every:
        from .alike import alike  # which few ask for

        plans = {one.feature: one for one in plan.features}
        for feature in program.features:
            if feature.name in plans:
                yield from alike(feature, plans[feature.name])


def _uncovered(
    program: Program, plan: Plan, told: Collection[Diagnostic], foreign: Collection[str]
) -> Iterator[Diagnostic]:
    failing = {one.requirement for one in told if one.level is Severity.ERROR}
    warned = {one.requirement for one in told if has_more_than_notes([one])}
    plans = {one.feature: one for one in plan.features}
    for feature in program.features:
        if feature.name in plans:
            yield from (
                one
                for one in _of_feature(feature, plans[feature.name], foreign)
                if one.requirement not in (failing if one.level is Severity.ERROR else warned)
            )
            yield from unhandled(feature)


def _of_feature(feature: Feature, plan: FeaturePlan, foreign: Collection[str]) -> Iterator[Diagnostic]:
    """What is only shown to a model, or requires nothing, lacks nothing; what no case can meet is told already."""
    judging: dict[str, list[Grader]] = {}
    for grader in plan.graders:
        judging.setdefault(grader.requirement, []).append(grader)
    trying: dict[str, list[Case]] = {}
    for case in plan.cases:
        for id in case.covers:
            trying.setdefault(id, []).append(case)
    missed = {one.obligation.requirement for one in plan.unmet}
    stated = {clause.owner for section in plan.sections for clause in section.clauses}
    for one in feature.requirements:
        kind = registry.load(one.kind, foreign)
        graders, cases = judging.get(one.id, ()), trying.get(one.id, ())
        if kind.requires and not kind.shown(one):
            yield from _lacking(kind, one, graders, cases, _weight(kind, one, stated=one.id in stated))
            if one.id not in missed and _always_met(one, graders, cases):
                yield errors.never_negative(one.id, one.head)


def _lacking(
    kind: Kind[RequirementFields],
    one: Requirement,
    graders: Sequence[Grader],
    cases: Sequence[Case],
    weight: Severity,
) -> Iterator[Diagnostic]:
    """A kind makes no case that nothing could judge: of such a requirement one thing is told, not two."""
    if not cases and (graders or not kind.typed):
        yield errors.untried(one.id, one.head, weight, typed=kind.typed)
    if not graders or not any(map(_refuses, graders)):
        yield errors.unfailing(one.id, one.head, weight, judged=bool(graders), typed=kind.typed)
    elif not any(grader.deterministic for grader in graders):
        yield errors.judged_only(one.id, one.head)


def _weight(kind: Kind[RequirementFields], one: Requirement, *, stated: bool) -> Severity:
    """How much it matters that nothing tests a requirement, `stated` in the prompt or not.

    Prose is counted as what it is, and what is only allowed can't be broken. A draft gates nothing, nor does what should hold.
    """
    levels = {norm.level for norm in kind.norms(one)}
    if not kind.typed or levels == {Level.MAY}:
        return Severity.NOTE
    gates = stated and one.status is not Status.DRAFT and (not levels or bool(levels & GATING))
    return Severity.ERROR if gates else Severity.WARNING


def _always_met(one: Requirement, graders: Sequence[Grader], cases: Sequence[Case]) -> bool:
    """Whether a requirement has a condition, and no case in which it does not hold."""
    own = {grader.id for grader in graders}
    conditional = one.when is not None or bool(one.unless)
    return conditional and bool(own and cases) and all(any(use.grader in own for use in case.uses) for case in cases)


def _refuses(grader: Grader) -> bool:
    """Whether an answer is known that the grader refuses: code was proved by one, a judge is given one."""
    return grader.deterministic or any(one.name == "bad" and one.value for one in grader.settings)

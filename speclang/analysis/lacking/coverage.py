"""What is not tried, and what can't be failed: requirements without a case, without a grader, with a judge alone, or always met.

In: the program and its plan. Out: findings. `specc trace --uncovered` shows the same as a table.
Invariant: of a requirement of an untyped kind it is noted, since prose is counted as untyped anyway; of any other it is a warning.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...diagnostics.diagnostic import Diagnostic, has_more_than_notes
from ...kit import registry
from ...model.feature import Feature
from ...model.program import Program
from ...model.requirement import Requirement
from ...plan.case import Case
from ...plan.grader import Grader
from ...plan.plan import FeaturePlan, Plan
from . import errors

COVERAGE = "E062"
"""How the codes of these findings begin: they are looked for where a project says how much they matter, or somebody asks."""


def uncovered(
    program: Program, plan: Plan, told: Iterable[Diagnostic], foreign: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """A finding for each thing that a requirement lacks; of those of which something graver is `told`, that explains it."""
    graver = {one.requirement for one in told if has_more_than_notes([one])}
    plans = {one.feature: one for one in plan.features}
    for feature in program.features:
        if feature.name in plans:
            yield from (
                one for one in _of_feature(feature, plans[feature.name], foreign) if one.requirement not in graver
            )


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
    for one in feature.requirements:
        kind = registry.load(one.kind, foreign)
        graders, cases = judging.get(one.id, ()), trying.get(one.id, ())
        if kind.requires and not kind.shown(one):
            yield from _lacking(one, graders, cases, typed=kind.typed)
            if one.id not in missed and _always_met(one, graders, cases):
                yield errors.never_negative(one.id, one.head)


def _lacking(
    one: Requirement, graders: Sequence[Grader], cases: Sequence[Case], *, typed: bool
) -> Iterator[Diagnostic]:
    if not cases:
        yield errors.untried(one.id, one.head, typed=typed)
    if not graders or not any(map(_refuses, graders)):
        yield errors.unfailing(one.id, one.head, judged=bool(graders), typed=typed)
    elif not any(grader.deterministic for grader in graders):
        yield errors.judged_only(one.id, one.head)


def _always_met(one: Requirement, graders: Sequence[Grader], cases: Sequence[Case]) -> bool:
    """Whether a requirement has a condition, and no case in which it does not hold."""
    own = {grader.id for grader in graders}
    conditional = one.when is not None or bool(one.unless)
    return conditional and bool(own and cases) and all(any(use.grader in own for use in case.uses) for case in cases)


def _refuses(grader: Grader) -> bool:
    """Whether an answer is known that the grader refuses: code was proved by one, a judge is given one."""
    return grader.deterministic or any(one.name == "bad" and one.value for one in grader.settings)

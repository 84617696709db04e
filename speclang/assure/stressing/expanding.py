"""A project whose cases are joined by their variants, so that all that runs and grades cases runs and grades them.

In: a compiled project. Out: the same, with each variant as a case: its seed with other turns.
Invariant: the cases stay as they are and where they are, so that what was asked for them before is not asked again.
"""

from collections.abc import Iterator

from ...engine.compiling import Opened
from ...plan.case import Case
from ...plan.plan import FeaturePlan, Plan
from ...source.records import replace


def expanded(project: Opened) -> Opened:
    """`project` with its variants among its cases."""
    plan = Plan(tuple(replace(one, cases=(*one.cases, *variants(one))) for one in project.compiled.plan.features))
    return replace(project, compiled=replace(project.compiled, plan=plan))


def variants(plan: FeaturePlan) -> Iterator[Case]:
    """The variants of a feature as cases."""
    seeds = {case.id: case for case in plan.cases}
    for stress in plan.stresses:
        for one in stress.variants:
            yield replace(seeds[one.seed], id=one.id, also=(), turns=one.turns, known=None, canaries=())

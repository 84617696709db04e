"""Cases that are asked on a schedule: those on either side of the lines that canaries watch.

In: a feature, its kinds, its graders and cases. Out: the cases, marked. Invariant: without a canary, the very same cases.
"""

from collections.abc import Mapping, Sequence

from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...model.feature import Feature
from ...plan.case import Case, Watch
from ...plan.grader import Grader
from ...plan.origin import Origin
from ...plan.sides import sided
from ...source.records import replace


def watched(
    feature: Feature, kinds: Mapping[str, Kind[RequirementFields]], graders: Sequence[Grader], cases: tuple[Case, ...]
) -> tuple[Case, ...]:
    """`cases`, of which those on a side of a line say by whom they are watched, and cover it.

    A canary's own cover the lines that it watches, too.
    """
    watching = {name for name, kind in kinds.items() if type(kind).watches is not Kind.watches}
    named = {one.id: kinds[one.kind].watches(one) for one in feature.requirements if one.kind in watching}
    if not named:
        return cases
    by: dict[str, dict[str, Watch]] = {}
    heads = {one.id: one.head for one in feature.requirements}
    for canary, refs in named.items():
        by.setdefault(canary, {})[canary] = Watch(canary, Origin(canary, "", heads[canary]))
        for ref in refs:
            if ref.text in heads:
                by.setdefault(ref.text, {}).setdefault(canary, Watch(canary, Origin(canary, "watch", ref.span)))
    known = {one.id: one for one in graders}
    lines = {canary: tuple(ref.text for ref in refs if ref.text in heads) for canary, refs in named.items()}
    return tuple(
        _marked(case, tuple(by[case.requirement].values()), lines.get(case.requirement, ()))
        if case.requirement in by and sided(case, known) is not None
        else case
        for case in cases
    )


def _marked(case: Case, watches: tuple[Watch, ...], lines: tuple[str, ...]) -> Case:
    covers = dict.fromkeys((*case.covers, *(one.canary for one in watches), *lines))
    return replace(case, canaries=watches, covers=tuple(covers))

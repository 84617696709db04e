"""What is found on the way to the cases of a feature.

In: what was made of every requirement. Out: findings, one for each cause, with the smallest input that shows it.
"""

from collections.abc import Iterator, Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...logic.dead import excluding
from ...logic.errors import Witness
from ...logic.errors import conflict as conflict_found
from ...logic.errors import gap as gap_found
from ...logic.errors import never as never_holds
from ...logic.variables import Variable
from ...model.feature import Feature
from ...model.requirement import Status
from .. import errors
from .against import RuledOut, said
from .made import Conflict, Gap, Made
from .make import full_id
from .witnesses import Witnesses


def findings(
    feature: Feature, made: Sequence[Made], witnesses: Witnesses, among: Sequence[Variable]
) -> Iterator[Diagnostic]:
    """One finding for each pair of requirements at odds and for each gap, with the smallest input that shows it."""
    by_id = {one.id: one for one in feature.requirements}
    pairs: dict[tuple[str, str], Conflict] = {}
    for conflict in (one for some in made for one in some.conflicts):
        first, second = sorted((conflict.clash.one.requirement, conflict.clash.other.requirement))
        best = pairs.get((first, second))
        if best is None or conflict.size < best.size:
            pairs[first, second] = conflict
    for conflict in pairs.values():
        one, asks, other, wants, exclusive = conflict.clash
        drafts = [by_id[norm.requirement].status is Status.DRAFT for norm in (one, other)]
        yield conflict_found(
            (one.requirement, asks, by_id[one.requirement].head),
            (other.requirement, wants, by_id[other.requirement].head),
            witnesses.odds(conflict),
            exclusive,
            gates=not any(drafts),
        )
    for odd in (one for some in made for one in some.odds):
        if isinstance(odd, RuledOut):
            ids = odd.requirement.id, odd.other.requirement
            sides = [(id, said(one), one.origin.span) for id, one in zip(ids, (odd.wanted, odd.other), strict=True)]
            yield errors.ruled_out(sides[0], sides[1], odd.why, odd.witness)
            continue
        asked = [(one.outcome, one.requirements, by_id[one.requirements[0]].head) for one in odd.asked]
        yield errors.odds(odd.requirement.id, odd.requirement.head, odd.expects, asked, odd.witness)
    shown: dict[Witness, tuple[Gap, list[str]]] = {}
    for some in made:
        best_gap = min(some.gaps, key=lambda one: one.size, default=None)
        if best_gap is not None:
            shown.setdefault(witnesses.gap(best_gap), (best_gap, []))[1].extend(one.case for one in some.gaps)
    for id, missed in ((one.missed[0].obligation.requirement, one.missed) for one in made if one.missed):
        if missed[0].sure:
            parts = excluding(by_id[id].when, by_id[id].unless, among)
            yield never_holds(id, [(expr.span, wanted) for expr, wanted in parts] or [(missed[0].at, True)])
        else:
            yield errors.unmet(id, [(one.at, one.reason) for one in missed])
    for witness, (gap, cases) in shown.items():
        yield gap_found(
            gap.requirement.id,
            gap.requirement.head,
            witness,
            cases,
            (feature.name, feature.span),
            total=feature.total,
        )


def unmarked(feature: Feature, made: Sequence[Made]) -> Iterator[Diagnostic]:
    """A finding for each case that is said to be known to fail and is not there."""
    for requirement, some in zip(feature.requirements, made, strict=True):
        ids = tuple(case.id for case in some.cases)
        for mark in requirement.known:
            if mark.case and full_id(requirement, mark) not in ids:
                yield errors.no_such_case(requirement.id, mark.case, mark.span, ids)

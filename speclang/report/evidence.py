"""How far each requirement is covered, as lines for people.

In: what the store shows of each requirement. Out: a table and what it comes to.
Invariant: what is stale or foreign is shown as that, and stands in no rate.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from ..assure.evidence import Evidence, Reach
from ..assure.proven import Proof
from .columns import columns

HEAD = ("requirement", "evidence", "model", "today", "not counted")


def lines(found: Sequence[Evidence], proofs: Sequence[Proof] = ()) -> list[str]:
    """The table, which mutants prove what, then how many requirements have come how far."""
    many = len({one.feature for one in found}) > 1
    killed = {(one.feature, one.requirement) for one in proofs}
    rows = [HEAD, *(_row(one, many=many, killed=(one.feature, one.requirement) in killed) for one in found)]
    farthest: dict[tuple[str, str], Reach] = {}
    for one in found:
        key = (one.feature, one.requirement)
        farthest[key] = max(farthest.get(key, Reach.DECLARED), one.reach, key=_ORDER.index)
    counts = Counter(reach for key, reach in farthest.items() if key not in killed)
    told = ", ".join(f"{counts[reach]:,} {reach}" for reach in reversed(_ORDER))
    if killed:
        told = f"{len(killed):,} killed a mutant, {told}"
    judged = [
        f"{_name(one, many=many)}: {one.judged} {'was' if one.judged.n == 1 else 'were'} judged; `{trust.grader}` is {trust.told}"
        for one in found
        for trust in one.trusts
    ]
    return [*columns(rows), *judged, *_proven(proofs, many=many), f"evidence: {told}"]


def _proven(proofs: Sequence[Proof], *, many: bool) -> Iterator[str]:
    """For each requirement and model which mutants were killed, when last, and by how many cases."""
    by: dict[tuple[str, str, str], list[Proof]] = {}
    for one in proofs:
        by.setdefault((one.feature, one.requirement, one.model), []).append(one)
    for (feature, requirement, model), some in by.items():
        name = f"{feature}/{requirement}" if many else requirement
        mutants, cases = (len({getattr(one, what) for one in some}) for what in ("mutant", "case"))
        counts = f"{mutants:,} {'mutant' if mutants == 1 else 'mutants'} killed by {cases:,} {'case' if cases == 1 else 'cases'}"
        yield f"{name}: proven on {max(one.on for one in some)} by {model}, {counts}"


def _row(one: Evidence, *, many: bool, killed: bool) -> tuple[str, ...]:
    aside = [
        f"{label}: {passed:,} of {n:,} passed"
        for label, (passed, n) in (("stale", one.stale), ("foreign", one.foreign), ("other judges", one.others))
        if n
    ]
    if one.stub:
        aside.append(f"the stub's: {one.stub:,}")
    reach = (
        "killed"
        if killed
        else "stale green"
        if one.reach is Reach.STALE and one.stale[0] == one.stale[1]
        else one.reach.value
    )
    return (_name(one, many=many), reach, one.model or "-", str(one.rate) if one.rate.n else "-", "; ".join(aside))


def _name(one: Evidence, *, many: bool) -> str:
    return f"{one.feature}/{one.requirement}" if many else one.requirement


_ORDER = (Reach.DECLARED, Reach.GENERATED, Reach.STALE, Reach.EXECUTED)

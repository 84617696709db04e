"""What mutants have shown: whether the cases notice when a requirement's clause says something else.

In: runs of mutants out of the store. Out: by feature and requirement, for each model the last run that changed the clause of today.
Invariant: what was shown of another clause is not told.
"""

from collections.abc import Mapping, Sequence

from ..assure.mutation.verdict import Fate
from ..grading.tally import Key, Rate
from ..run.store.mutations import PastMutant, PastMutation
from ..source.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutants:
    """The mutants of one clause with one model: how many of them were killed, and those that were not, each with what came of it."""

    model: str
    stub: bool
    ended: str
    killed: Rate
    alive: tuple[tuple[str, str, str], ...]


def mutants(
    runs: Sequence[PastMutation], found: Sequence[PastMutant], clauses: Mapping[Key, str]
) -> Mapping[Key, tuple[Mutants, ...]]:
    """What the last runs have shown; `clauses` are the hashes of the clauses of today."""
    of = {one.id: one for one in runs if one.ended}
    held: dict[tuple[Key, str, bool], list[PastMutant]] = {}
    for one in found:
        run, key = of.get(one.mutation), (one.feature, one.requirement)
        if run is None or clauses.get(key) != one.clause:
            continue
        listed = held.setdefault((key, run.model, run.stub), [])
        if listed and listed[-1].mutation < one.mutation:
            listed.clear()
        listed.append(one)
    told: dict[Key, list[Mutants]] = {}
    for (key, model, stub), listed in sorted(held.items()):
        told.setdefault(key, []).append(_told(model, listed, of[listed[0].mutation].ended or "", stub=stub))
    return {key: tuple(sorted(each, key=lambda one: one.stub)) for key, each in told.items()}


def _told(model: str, listed: Sequence[PastMutant], ended: str, *, stub: bool) -> Mutants:
    killed = sum(one.fate == Fate.KILLED for one in listed)
    return Mutants(
        model=model,
        stub=stub,
        ended=ended,
        killed=Rate(killed, len(listed)),
        alive=tuple((one.name, one.what, one.fate) for one in listed if one.fate != Fate.KILLED),
    )

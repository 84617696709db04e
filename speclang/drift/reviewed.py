"""Which texts by hand were last read against another meaning than they stand beside today.

In: the texts by hand of the features that were compiled, and the record of what was read. Out: those in doubt, those that nobody has on
record, and the record as a build leaves it.
Invariant: a text that is on record is never taken for read again unless its words changed or somebody says so; the record of a feature
that was not compiled stays as it is.
"""

from collections.abc import Collection, Iterable, Sequence

from ..lock.reviews import Review
from ..plan.plan import FeaturePlan
from ..plan.written import Written
from ..source.records import dataclass


@dataclass(frozen=True, slots=True)
class Suspect:
    """A text by hand of `feature`, and the review of the same words against another meaning, the last one if there are several."""

    feature: str
    written: Written
    last: Review

    @property
    def changed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The sentences of what it was read against, and of what it stands beside now, without those that both have."""
        before, now = self.last.said.split("\n"), sentences(self.written).split("\n")
        return tuple(one for one in before if one not in now), tuple(one for one in now if one not in before)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`suspects` are in doubt, `fresh` are on no record, `idle` entries are about words that stand nowhere any more; `kept` is the
    record with the first as they were, the second as read today, and without the third.
    """

    suspects: tuple[Suspect, ...]
    fresh: tuple[tuple[str, Written], ...]
    idle: tuple[Review, ...]
    kept: tuple[Review, ...]


def compared(plans: Iterable[FeaturePlan], known: Sequence[Review], resting: Collection[str]) -> Reviewed:
    """Hold the texts by hand of `plans` against the record; `resting` are the features that were not compiled.

    A text is looked up under the name of its feature and ID of today, else of those that its requirement had before, else in a
    feature that is gone.
    """
    plans = tuple(plans)
    there = {plan.feature for plan in plans} | set(resting)
    suspects: list[Suspect] = []
    fresh: list[tuple[str, Written]] = []
    kept = [one for one in known if one.feature in resting]
    used = set(kept)
    for plan in plans:
        for one in plan.written:
            same = _same_words(plan.feature, one, known, there)
            read = next((entry for entry in same if entry.meaning == one.meaning), None)
            used.update(same)
            if read is not None:
                kept.append(as_read(plan.feature, one, read.because))
            elif same:
                suspects.append(Suspect(plan.feature, one, same[-1]))
                kept.extend(entry._replace(feature=plan.feature, about=one.owner) for entry in same)
            else:
                fresh.append((plan.feature, one))
                kept.append(as_read(plan.feature, one))
    idle = tuple(one for one in known if one not in used)
    return Reviewed(tuple(suspects), tuple(fresh), idle, tuple(kept))


def as_read(feature: str, one: Written, because: str = "") -> Review:
    """The entry that says that `one` was read as it stands."""
    return Review(feature, one.owner, one.name, one.text, one.meaning, sentences(one), because)


def sentences(one: Written) -> str:
    """What `one` was written about, a line for each requirement or declaration; its own is not named."""
    return "\n".join(said.text if said.owner == one.owner else f"{said.owner}: {said.text}" for said in one.said)


def _same_words(feature: str, one: Written, known: Sequence[Review], there: Collection[str]) -> tuple[Review, ...]:
    names = (one.owner, *one.former)
    same = [entry for entry in known if (entry.name, entry.text) == (one.name, one.text) and entry.about in names]
    own = tuple(entry for entry in same if entry.feature == feature)
    return own or tuple(entry for entry in same if entry.feature not in there)

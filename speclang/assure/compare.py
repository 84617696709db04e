"""Two runs side by side, case by case: what of the difference is more than chance.

In: two runs of the store. Out: a `Difference` for each requirement. A pair is the same case, answered the same time, in both.
Invariant: a difference is called one only if McNemar's exact test, corrected by Holm for all requirements, says so at 5%.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..grading.tally import Rate
from ..run.asking import Unusable
from ..run.statistics import holm, mcnemar
from ..run.store.database import Store
from ..run.store.reading import Past, PastRun
from ..source.records import dataclass

SURE = 0.05

Results = Mapping[tuple[str, str], Mapping[tuple[str, int], bool]]
"""For each feature and requirement, whether each case passed, each time that it was answered."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` and `after` are the rates over the `pairs` that both runs answered; `lost` and `won` the pairs that changed.

    `chance` is the corrected p-value; `cases` are the first that were lost.
    """

    feature: str
    requirement: str
    pairs: int
    before: Rate
    after: Rate
    lost: int
    won: int
    chance: float
    cases: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """`worse`, `better`, `same` where nothing changed, or `no difference shown`."""
        if not self.lost and not self.won:
            return "same"
        if self.chance > SURE:
            return "no difference shown"
        return "worse" if self.lost > self.won else "better"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs and how they differ; `alone` are the answers that only one of them has.

    `judges` says that their judges differ: then what a judge told counts in neither.
    """

    before: PastRun
    after: PastRun
    differences: tuple[Difference, ...]
    alone: int
    judges: bool = False


def find(store: Store, name: str) -> PastRun:
    """The run that `name` means: its number, or a target, whose last run it is, or the last of all if it is "".

    Raises `Unusable` where there is none, or where it did not come to its end.
    """
    runs = store.runs()
    found = [one for one in runs if name in ("", str(one.id), one.target)]
    if not runs:
        raise Unusable("nothing has been run yet; `specc eval` runs the cases")
    if not found:
        listed = ", ".join(f"{one.id} ({one.target}, {one.started[:16]})" for one in runs[-5:]) or "none"
        raise Unusable(f"there is no run `{name}`; the last ones are {listed}")
    if found[-1].state != "done":
        raise Unusable(f"run {found[-1].id} did not come to its end ({found[-1].state}); `specc eval` goes on with it")
    return found[-1]


def compare(store: Store, before: PastRun, after: PastRun) -> Compared:
    """How the run `after` differs from `before`."""
    differ = before.judge != after.judge
    judge = None if differ else before.judge
    one, other = results(store.answers(before.id, judge)), results(store.answers(after.id, judge))
    found = differences(one, other)
    alone = sum(len(set(one.get(key, {})) ^ set(other.get(key, {}))) for key in {*one, *other})
    return Compared(before, after, found, alone, differ)


def results(answers: Iterable[Past]) -> Results:
    """Which case passes for which requirement, the first time, the second time, and so on; what code can't tell is left out."""
    found: dict[tuple[str, str], dict[tuple[str, int], bool]] = {}
    for one in answers:
        for requirement, state in one.states.items():
            if state in ("pass", "fail"):
                found.setdefault((one.feature, requirement), {})[one.case, one.repetition] = state == "pass"
    return found


def differences(before: Results, after: Results) -> tuple[Difference, ...]:
    """What differs, requirement by requirement, in the order of their names."""
    rows: list[tuple[tuple[str, str], Sequence[tuple[str, bool, bool]]]] = []
    for key in sorted({*before, *after}):
        one, other = before.get(key, {}), after.get(key, {})
        rows.append((key, [(pair[0], one[pair], other[pair]) for pair in sorted(one) if pair in other]))
    chances = holm([mcnemar(_lost(pairs), _won(pairs)) for _, pairs in rows])
    return tuple(_difference(key, pairs, chance) for (key, pairs), chance in zip(rows, chances, strict=True))


def _difference(key: tuple[str, str], pairs: Sequence[tuple[str, bool, bool]], chance: float) -> Difference:
    n = len(pairs)
    lost = dict.fromkeys(case for case, was, now in pairs if was and not now)
    return Difference(
        feature=key[0],
        requirement=key[1],
        pairs=n,
        before=Rate(sum(was for _, was, _ in pairs), n),
        after=Rate(sum(now for _, _, now in pairs), n),
        lost=_lost(pairs),
        won=_won(pairs),
        chance=chance,
        cases=tuple(lost)[:3],
    )


def _lost(pairs: Sequence[tuple[str, bool, bool]]) -> int:
    return sum(was and not now for _, was, now in pairs)


def _won(pairs: Sequence[tuple[str, bool, bool]]) -> int:
    return sum(now and not was for _, was, now in pairs)

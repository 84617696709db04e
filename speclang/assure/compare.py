"""Two runs side by side: what they were asked within, what of the difference is more than chance, and where their answers part.

In: two runs of the store. Out: what varies between their envelopes, a `Difference` for each requirement, and answers side by side.
A pair is the same case, answered the same time, in both.
Invariant: a difference is called one only if McNemar's exact test, corrected by Holm for all requirements, says so at 5%.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from ..engine.compiling import Opened
from ..grading.tally import Rate
from ..run.asking import Unusable
from ..run.statistics import holm, mcnemar
from ..run.store.database import Store
from ..run.store.reading import Past, PastRun
from ..source.records import dataclass, field
from .comparing.axes import explaining, varied
from .comparing.envelope import read
from .comparing.meetings import Meeting, Verdicts, meetings
from .comparing.rebuilding import rebuilt
from .comparing.varied import Axis, Side, Varied

SURE = 0.05

MOST = 50
"""How many pairs of answers are shown at most."""

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
class Partings:
    """Of `pairs` of answers side by side `same` are so step by step; of the others, how often the first step that differs stands how.

    `shown` are those that are looked at: with the case that was asked for, or with a verdict that changed.
    """

    pairs: int
    same: int
    first: tuple[tuple[str, int], ...]
    shown: tuple[Meeting, ...]
    left: int


NOTHING = Partings(0, 0, (), (), 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs and how they differ; `alone` are the answers that only one of them has.

    `judges` says that their judges differ: then what a judge told counts in neither. `varied` is what differs in what they were asked
    within, `unknown` why not all of that is known.
    """

    before: PastRun
    after: PastRun
    differences: tuple[Difference, ...]
    alone: int
    judges: bool = False
    varied: tuple[Varied, ...] = ()
    unknown: tuple[str, ...] = ()
    partings: Partings = field(default=NOTHING)

    def axes(self, one: Meeting) -> tuple[Axis, ...]:
        """The axes that may be why two answers differ."""
        return explaining(self.varied, one.feature, one.case)


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


def compare(project: Opened, store: Store, before: PastRun, after: PastRun, case: str = "") -> Compared:
    """How the run `after` differs from `before`; the cases whose IDs match `case` are shown step by step."""
    differ = before.judge != after.judge
    judge = None if differ else before.judge
    one, other = results(store.answers(before.id, judge)), results(store.answers(after.id, judge))
    found = differences(one, other)
    alone = sum(len(set(one.get(key, {})) ^ set(other.get(key, {}))) for key in {*one, *other})
    unlike, unknown = _varied(project, store, before, after)
    seen = _partings(store, (before.id, after.id), verdicts(one, other), case)
    return Compared(before, after, found, alone, differ, unlike, unknown, seen)


def side(project: Opened, store: Store, run: PastRun) -> Side | None:
    """What a run was asked within, with the project as it was; None where nothing of it was kept."""
    found = read(store.details.envelope(run.id))
    return None if found is None else Side(found, rebuilt(project, found, store))


def _varied(
    project: Opened, store: Store, before: PastRun, after: PastRun
) -> tuple[tuple[Varied, ...], tuple[str, ...]]:
    one, other = (side(project, store, run) for run in (before, after))
    if one is None or other is None:
        bare = [run.id for run, held in ((before, one), (after, other)) if held is None]
        return (), tuple(f"run {id} was made by an earlier specc, which kept nothing of its envelope" for id in bare)
    unknown = [
        f"what run {run.id} was built from can't be had again, so that of requirements and cases less is known: {held.rebuilt.why}"
        for run, held in ((before, one), (after, other))
        if held.rebuilt.project is None
    ]
    return varied(one, other), tuple(unknown)


def verdicts(before: Results, after: Results) -> Verdicts:
    """The requirements that were lost and won in each pair of answers."""
    found: dict[tuple[str, str, int], tuple[list[str], list[str]]] = {}
    for feature, requirement in sorted(before.keys() & after.keys()):
        one, other = before[feature, requirement], after[feature, requirement]
        for case, repetition in one.keys() & other.keys():
            was, now = one[case, repetition], other[case, repetition]
            if was != now:
                lost, won = found.setdefault((feature, case, repetition), ([], []))
                (lost if was else won).append(requirement)
    return {key: (tuple(lost), tuple(won)) for key, (lost, won) in found.items()}


def _partings(store: Store, runs: tuple[int, int], changed: Verdicts, case: str) -> Partings:
    first: Counter[str] = Counter()
    shown: list[Meeting] = []
    pairs = left = 0
    before, after = (store.details.conversations(run) for run in runs)
    for one in meetings(before, after, changed):
        pairs += 1
        parting = one.parting
        first[parting.how if parting is not None else ""] += 1
        if fnmatchcase(one.case, case) if case else one.lost or one.won:
            left += len(shown) >= MOST
            shown.extend([one] if len(shown) < MOST else [])
    if case and not shown:
        raise Unusable(f"no case that both runs answered is called as `{case}` says")
    same = first.pop("", 0)
    told = tuple(sorted(first.items(), key=lambda one: (-one[1], one[0])))
    return Partings(pairs, same, told, tuple(shown), left)


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

"""What was shown when somebody last said that it is good enough, as a file of the project; and a run held against it.

In: the results of a run. Out: the text of a baseline, and back; what is worse than it.
Invariant: sorted lines without a date: the same results give the same bytes, and a merge stays small.
"""

from collections.abc import Collection, Iterator, Mapping

from ..grading.tally import Key
from ..run.statistics import holm, mcnemar
from ..source.records import dataclass
from .compare import SURE, Results

HEAD = "# What the cases have shown when this was blessed. `specc gate --bless` writes it; commit it.\n"
COLUMNS = "# feature requirement case passed of\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """How often one case passed for one requirement."""

    passed: int
    n: int


Baseline = Mapping[tuple[str, str], Mapping[str, Shown]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement held against the baseline: `verdict` is `held`, `worse`, `better`, `as before`, `known` to fail, `new`
    or `gone`.

    `cases` are those that were lost, or that the baseline has and the run has not.
    """

    feature: str
    requirement: str
    verdict: str
    before: Shown
    after: Shown
    cases: tuple[str, ...]

    @property
    def blocks(self) -> bool:
        """Whether the gate stays shut."""
        return self.verdict in ("worse", "gone")


class Unreadable(ValueError):
    """A baseline that is of another form; says which line."""


def of(results: Results) -> Baseline:
    """The results of a run, added up by case."""
    found: dict[tuple[str, str], dict[str, Shown]] = {}
    for key, pairs in results.items():
        cases = found.setdefault(key, {})
        for (case, _), passed in pairs.items():
            before = cases.get(case, Shown(0, 0))
            cases[case] = Shown(before.passed + passed, before.n + 1)
    return found


def written(baseline: Baseline) -> str:
    """The text of the file."""
    rows = [
        f"{feature} {requirement} {case} {shown.passed} {shown.n}"
        for (feature, requirement), cases in baseline.items()
        for case, shown in cases.items()
    ]
    return "".join((HEAD, COLUMNS, *(f"{row}\n" for row in sorted(rows))))


def read(text: str) -> Baseline:
    """The baseline that `text` is. Raises `Unreadable`."""
    found: dict[tuple[str, str], dict[str, Shown]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(" ")
        if len(words) < 5 or not all(word.isascii() and word.isdigit() and len(word) < 10 for word in words[-2:]):
            raise Unreadable(f"line {number:,} is no line of a baseline")
        feature, requirement, *case = words[:-2]
        found.setdefault((feature, requirement), {})[" ".join(case)] = Shown(int(words[-2]), int(words[-1]))
    return found


def judged(
    before: Baseline, after: Baseline, held: Collection[Key] = (), known: Collection[Key] = ()
) -> tuple[Judged, ...]:
    """Every requirement of either, in order; those that are `known` to fail today are never worse.

    One of which all passed must still pass everywhere, unless it is `held` as often as it says that it must hold. Of another, which was
    blessed with failures, a loss counts where McNemar's exact test on the cases, corrected by Holm, shows that it is more than chance.
    """
    keys = sorted({*before, *after})
    chances = holm([mcnemar(*map(len, _changed(before.get(key, {}), after.get(key, {})))) for key in keys])
    return tuple(
        _judge(key, before.get(key), after.get(key), chance, as_said=key in held, known=key in known)
        for key, chance in zip(keys, chances, strict=True)
    )


def _judge(
    key: tuple[str, str],
    before: Mapping[str, Shown] | None,
    after: Mapping[str, Shown] | None,
    chance: float,
    *,
    as_said: bool,
    known: bool,
) -> Judged:
    was, now = _sum(before or {}), _sum(after or {})
    lost, won = _changed(before or {}, after or {})
    missing = sorted(set(before or {}) - set(after or {}))
    if before is None:
        verdict = "new"
    elif missing:
        verdict, lost = "gone", missing
    elif known and now.passed < now.n:
        verdict = "known"
    elif as_said:
        verdict = "held"
    elif was.passed == was.n:
        verdict = "held" if now.passed == now.n else "worse"
        lost = [case for case, shown in (after or {}).items() if shown.passed < shown.n]
    elif chance <= SURE:
        verdict = "worse" if len(lost) > len(won) else "better"
    else:
        verdict = "held" if now.passed == now.n else "as before"
    return Judged(*key, verdict, was, now, tuple(sorted(lost)))


def _changed(before: Mapping[str, Shown], after: Mapping[str, Shown]) -> tuple[list[str], list[str]]:
    """The cases, of those in both, of which a smaller and a larger share passes than before."""
    lost: list[str] = []
    won: list[str] = []
    for case, was, now in _both(before, after):
        if now.passed * was.n < was.passed * now.n:
            lost.append(case)
        elif now.passed * was.n > was.passed * now.n:
            won.append(case)
    return lost, won


def _both(before: Mapping[str, Shown], after: Mapping[str, Shown]) -> Iterator[tuple[str, Shown, Shown]]:
    return ((case, shown, after[case]) for case, shown in before.items() if case in after)


def _sum(cases: Mapping[str, Shown]) -> Shown:
    return Shown(sum(one.passed for one in cases.values()), sum(one.n for one in cases.values()))

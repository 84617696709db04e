"""Whether a rate has moved in a series of runs, since when, and at which cases; told while the series goes on.

In: for each run, how many answers to each case failed, of how many. Out: a `Moved`, or None as long as chance may have done it.

Two tests look at the series after each run, each with half of `bound` to spend on false alarms. So by Boole's inequality a series that
never moves alarms with a chance of at most `bound`, however long it goes on and whenever one looks.

Many cases, a little: the last `w` runs are held against all before, for each `w` of `WINDOWS`: the number of failures among the later
ones, given how many each case has had in all. If nothing has moved, which of a case's answers fail is chance, so that number is a sum
of hypergeometric ones, whatever the rate of each case (Fisher's exact test, stratified by case; `run.statistics.lost`). Run `t` may
spend the share `1 / (t (t - 1))`, evenly by its windows; these sum to 1 over a series without end (an alpha-spending function in the
sense of Lan and DeMets, Biometrika 70, 1983).

A few cases, a lot: an e-process. For each moment `s`, weighed `1 / (s (s + 1))`, and each of `K` cases, the odds

    e = KT(failures before s) KT(failures from s on) / max over p of p^failures (1 - p)^passes

where KT is the estimate of Krichevsky and Trofimov (IEEE Trans. Inf. Theory 27, 1981), stand for a rate that has gone up; any one case
has moved with the chance `1 / K`, so the whole is the sum over `s` of the product over cases of `1 - 1/K + e/K`. No fixed rates make
that more than a martingale that begins at 1 or below (universal inference: Wasserman, Ramdas and Balakrishnan, PNAS 117, 2020; for
binary series Ramdas, Ruf, Larsson and Koolen, Int. J. Approx. Reasoning 141, 2022), so by Ville's inequality it ever reaches `1 / b`
with a chance of at most `b`.

The moment is the one that makes the series most likely, each case with one rate before it and none that is lower after it (Hinkley and
Hinkley, Biometrika 57, 1970); those that make it at least an eighth as likely stand beside it (Royall, Statistical Evidence, 1997).

Assumed: answers to a case are independent of one another while nothing moves. Days that differ as a whole are a move, for these tests.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import exp, inf, lgamma, log

from ...run.statistics import lost
from ...source.records import dataclass

Counts = Mapping[str, tuple[int, int]]
"""By case, how many answers of a run failed, of how many."""

Split = tuple[int, int, int, int]
"""Failures and answers of a case before a moment, and from it on."""

BOUND = 0.025
"""The most that the chance of a false alarm of one rate of a series may be; there are two rates."""

WINDOWS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
"""How many runs, up to the last, are held against those before."""

_SUPPORT = 8
"""A moment that makes the series so many times less likely than the best is not believed."""

_MOST = 700.0
"""The logarithm of the most that is told of odds."""

_TELLING = 0.05
"""How rare what a single case shows must be, by itself, to be named."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How one case failed before and after; `chance` is how likely chance alone does as much, of this case by itself."""

    case: str
    before: tuple[int, int]
    after: tuple[int, int]
    chance: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A rate that has gone up.

    `since` counts the runs before the move, `within` the least and the most that it may have been. `shifts` are the cases that have
    moved, those that show it best first; there is at least one.
    """

    since: int
    within: tuple[int, int]
    before: tuple[int, int]
    after: tuple[int, int]
    shifts: tuple[Shift, ...]


def moved(runs: Sequence[Counts], bound: float = BOUND) -> Moved | None:
    """What the last of `runs` shows: that failures have become more frequent, if that is rarer than it may spend."""
    found = rarity(runs, bound)
    return described(runs) if found >= 1 else None


def described(runs: Sequence[Counts]) -> Moved | None:
    """When and where failures have become more frequent in `runs`, of which it is known that they have; None if none has a moment."""
    if len(runs) < 2:
        return None
    sums = _Sums(runs)
    since, within = _moment(sums)
    shifts = sorted(_shifts(sums, since), key=lambda one: (one.chance, one.case))
    named = [one for one in shifts if one.chance <= _TELLING] or shifts[:1]
    if not named:
        return None
    return Moved(since, within, *sums.total(since), tuple(named))


def rarity(runs: Sequence[Counts], bound: float = BOUND) -> float:
    """How many times rarer than may be spent on it is what the last of `runs` shows, by the test that shows more."""
    if len(runs) < 2:
        return 0.0
    sums = _Sums(runs)
    windows = [one for one in WINDOWS if one < len(runs)]
    spent = bound / 2 / (len(runs) * (len(runs) - 1)) / len(windows)
    chance = min(_chance(sums, len(runs) - one) for one in windows)
    return max(spent / chance if chance else inf, _odds(sums) * bound / 2)


def odds(runs: Sequence[Counts]) -> float:
    """The e-process after the last of `runs`: how much better they fit that some cases have begun to fail more often."""
    return _odds(_Sums(runs))


def patience(runs: int, cases: int, flipped: int, repeat: int = 1) -> int | None:
    """After how many more runs it is told that `flipped` of `cases` that never failed in `runs` fail always; None if not within 64.

    Each is asked `repeat` times in a run.
    """
    steady = {str(case): (0, repeat) for case in range(cases)}
    turned = steady | {str(case): (repeat, repeat) for case in range(flipped)}
    most = WINDOWS[-1]
    found = bisect_left(range(1, most + 1), 1, key=lambda more: rarity([steady] * runs + [turned] * more) >= 1)
    return found + 1 if found < most else None


class _Sums:
    """Failures and answers of each case up to each run, so that a series is split anywhere at once."""

    __slots__ = ("_sums", "runs")

    def __init__(self, runs: Sequence[Counts]) -> None:
        self.runs = len(runs)
        self._sums: dict[str, list[tuple[int, int]]] = {case: [(0, 0)] for run in runs for case in run}
        for run in runs:
            for case, sums in self._sums.items():
                (failed, of), (more, answers) = sums[-1], run.get(case, (0, 0))
                sums.append((failed + more, of + answers))

    def split(self, since: int) -> Iterator[tuple[str, Split]]:
        """By case, failures and answers before the run `since`, and from it on."""
        for case, sums in self._sums.items():
            (k, n), (failed, of) = sums[since], sums[-1]
            yield case, (k, n, failed - k, of - n)

    def total(self, since: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """The same of all cases together."""
        splits = [one for _, one in self.split(since)]
        k, n, then, m = (sum(one[place] for one in splits) for place in range(4))
        return (k, n), (then, m)


def _chance(sums: _Sums, since: int) -> float:
    """How likely chance alone has as many failures among the runs from `since` on, if none has become more likely."""
    # A case whose answers all failed, or none, leaves nothing to chance.
    return lost([(n - k, n, m - then, m) for _, (k, n, then, m) in sums.split(since) if 0 < k + then < n + m])


def _odds(sums: _Sums) -> float:
    total = -inf
    for since in range(1, sums.runs):
        each = [_fits(one) for _, one in sums.split(since)]
        whole = -log(since * (since + 1))
        for one in each:
            whole += log(1 - 1 / len(each) + one / len(each)) if one or len(each) > 1 else -inf
        total = _added(total, whole)
    return exp(min(total, _MOST))


def _shifts(sums: _Sums, since: int) -> list[Shift]:
    """The cases that fail more often from `since` on."""
    return [
        Shift(case, (k, n), (then, m), lost([(n - k, n, m - then, m)]))
        for case, (k, n, then, m) in sums.split(since)
        if then * n > k * m
    ]


def _moment(sums: _Sums) -> tuple[int, tuple[int, int]]:
    """The number of runs before the move that makes the series most likely, and the bounds of those that do nearly as well."""
    likely = {since: sum(_gain(one) for _, one in sums.split(since)) for since in range(1, sums.runs)}
    best = max(likely, key=lambda since: likely[since])
    near = [since for since, one in likely.items() if one >= likely[best] - log(_SUPPORT)]
    return best, (min(near), max(near))


def _gain(split: Split) -> float:
    """By how much two rates, the later one higher, make a case more likely than one rate does; as a logarithm."""
    k, n, then, m = split
    if not n or not m or then * n <= k * m:
        return 0.0
    return _likely(k, n) + _likely(then, m) - _likely(k + then, n + m)


def _fits(split: Split) -> float:
    """How much better two rates, the later one higher, fit a case than any one rate does; 0 where none went up."""
    k, n, then, m = split
    if not n or not m or then * n <= k * m:
        return 0.0
    return exp(min(_predicted(k, n) + _predicted(then, m) - _likely(k + then, n + m), _MOST))


def _predicted(failed: int, of: int) -> float:
    """The logarithm of how likely so many failures are, in one order, by the estimate of Krichevsky and Trofimov."""
    return lgamma(failed + 0.5) + lgamma(of - failed + 0.5) - lgamma(of + 1) - 2 * lgamma(0.5)


def _added(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers, of their logarithms."""
    most = max(one, other)
    return most if most == -inf else most + log(exp(one - most) + exp(other - most))


def _likely(failed: int, of: int) -> float:
    """The logarithm of how likely so many failures are with the rate that suits them best."""
    return sum(count * log(count / of) for count in (failed, of - failed) if count)

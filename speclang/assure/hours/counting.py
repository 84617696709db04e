"""What latencies show: percentiles with their intervals, and two periods compared by the hour.

In: seconds. Out: numbers. Invariant: pure; no form of a distribution is assumed.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import ceil, comb, erfc, sqrt

from ...source.records import dataclass


@dataclass(frozen=True, slots=True)
class Percentile:
    """The `of`th percentile of `n` values, and between which values the true one lies at 95%; an end is None where too few tell."""

    of: int
    value: float
    low: float | None
    high: float | None
    n: int


def percentile(ordered: Sequence[float], of: int) -> Percentile:
    """The `of`th percentile of values in order, of which there is one at least: the nearest rank.

    The interval is made of two of the values, whichever way they are distributed: so many of `n` lie below the true percentile as a
    binomial number with the chance `of`/100 says, so it lies between the values whose ranks leave 2.5% on either side (David and
    Nagaraja, Order Statistics, 2003, 7.1).
    """
    n, share = len(ordered), of / 100
    low = high = None
    below = 0.0
    for rank in range(n + 1):
        # `below` is the chance that fewer than `rank` values lie below the true percentile
        if rank and below <= _TAIL:
            low = ordered[rank - 1]
        if rank < n and high is None and 1 - below - _chance(n, rank, share) <= _TAIL:
            high = ordered[rank]
        below += _chance(n, rank, share)
    return Percentile(of, ordered[max(ceil(n * share), 1) - 1], low, high, n)


_TAIL = 0.025
_EXACT = 1000
"""Up to so many values a binomial number is counted out; above, the normal one is as good."""


def _chance(n: int, k: int, share: float) -> float:
    """The chance of `k` of `n`."""
    if n <= _EXACT:
        return comb(n, k) * share**k * (1 - share) ** (n - k)
    middle, spread = n * share, sqrt(n * share * (1 - share))
    return _below((k + 0.5 - middle) / spread) - _below((k - 0.5 - middle) / spread)


def _below(z: float) -> float:
    return erfc(-z / sqrt(2)) / 2


@dataclass(frozen=True, slots=True)
class Compared:
    """Two periods by the hours that both have: `hours` of them, with so many values in each period.

    `chance` is how likely chance alone tells them apart as much; `slower` how much slower the second is, by the median of the
    differences between values of one hour, weighed by how many there are.
    """

    hours: int
    before: int
    after: int
    chance: float
    slower: float


def compared(before: Mapping[int, Sequence[float]], after: Mapping[int, Sequence[float]]) -> Compared | None:
    """Two periods, hour against hour; None where they have no hour in common.

    Ranks within each hour, summed over hours with the weight `1 / (n + 1)` (van Elteren, Bulletin of the ISI 37, 1960), two-sided, by
    the normal approximation with ties taken into account: so a rhythm of the day that both share shows nothing, however differently
    they are spread over it.
    """
    hours = [hour for hour in sorted(before) if before[hour] and after.get(hour)]
    if not hours:
        return None
    score = spread = 0.0
    shifts: list[tuple[float, float]] = []
    for hour in hours:
        one, other = sorted(before[hour]), sorted(after[hour])
        n, m = len(one), len(other)
        weight = 1 / (n + m + 1)
        ranks, ties = _ranks([*one, *other])
        score += weight * (sum(ranks[n:]) - m * (n + m + 1) / 2)
        spread += weight**2 * n * m / 12 * ((n + m + 1) - ties / ((n + m) * max(n + m - 1, 1)))
        shifts.append((other[m // 2] - one[n // 2], float(min(n, m))))
    chance = erfc(abs(score) / sqrt(2 * spread)) if spread > 0 else 1.0
    return Compared(
        hours=len(hours),
        before=sum(len(before[hour]) for hour in hours),
        after=sum(len(after[hour]) for hour in hours),
        chance=chance,
        slower=_weighed(shifts),
    )


def _ranks(values: Sequence[float]) -> tuple[list[float], float]:
    """The ranks of `values`, equal ones with the mean of theirs, and the sum of `t³ - t` over groups of `t` equal ones."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    found, ties, done = [0.0] * len(values), 0.0, 0
    for _, group in groupby(order, key=lambda place: values[place]):
        places = list(group)
        for place in places:
            found[place] = done + (len(places) + 1) / 2
        ties += len(places) ** 3 - len(places)
        done += len(places)
    return found, ties


def _weighed(shifts: Sequence[tuple[float, float]]) -> float:
    """The median of values, each with its weight."""
    half = sum(weight for _, weight in shifts) / 2
    seen = 0.0
    for value, weight in sorted(shifts):
        seen += weight
        if seen >= half:
            return value
    return 0.0

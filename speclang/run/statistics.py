"""What two samples can bear: comparison of two runs, and correction for many comparisons.

In: counts. Out: shares and p-values. Exact, by the standard library alone. What one sample bears, `grading.holding` says.
Invariant: pure.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import comb


def pass_hat(passed: int, n: int, k: int) -> float | None:
    """The chance that `k` answers to one case all pass, by the unbiased estimate of `n` of which `passed` did; None below `k`."""
    return comb(passed, k) / comb(n, k) if 0 < k <= n else None


def mcnemar(only_one: int, only_other: int) -> float:
    """The exact two-sided p-value of McNemar's test: `only_one` cases pass in one run alone, `only_other` in the other alone."""
    n = only_one + only_other
    if n == 0:
        return 1.0
    tail = sum(comb(n, k) for k in range(min(only_one, only_other) + 1))
    return min(1.0, float(Fraction(2 * tail, 2**n)))


def fisher(passed: int, n: int, then: int, m: int) -> float:
    """The exact two-sided p-value of Fisher's test: `passed` of `n` in one sample, `then` of `m` in another.

    As likely as what was seen, or less, are all tables with the same sums that have at most its probability (Fisher 1922).
    """
    if not n or not m:
        return 1.0
    total = passed + then
    ways = {k: comb(n, k) * comb(m, total - k) for k in range(max(0, total - m), min(n, total) + 1)}
    seen = ways[passed]
    return float(Fraction(sum(one for one in ways.values() if one <= seen), comb(n + m, total)))


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """p-values corrected for their number by Holm (1979), in the same order."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    found = [0.0] * len(values)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, values[index] * (len(values) - rank)))
        found[index] = highest
    return tuple(found)


Stratum = tuple[int, int, int, int]
"""Of one case: how many answers passed, of how many, in the first sample, and in the second."""


def lost(strata: Sequence[Stratum]) -> float:
    """How likely chance alone has so few answers of the second sample pass: one-sided, exact, within each case.

    If the two samples are alike, which of a case's answers fell into which of them is chance: so the number that passes in the second
    is hypergeometric, and the sum over cases is counted out.
    """
    ways = [1]
    seen, shift, total = 0, 0, 1
    for passed, n, then, m in strata:
        passes = passed + then
        least, most = max(0, passes - n), min(m, passes)
        own = [comb(passes, k) * comb(n + m - passes, m - k) for k in range(least, most + 1)]
        spread = [0] * (len(ways) + len(own) - 1)
        for place, count in enumerate(ways):
            for k, further in enumerate(own):
                spread[place + k] += count * further
        ways, seen, shift, total = spread, seen + then, shift + least, total * comb(n + m, m)
    return float(Fraction(sum(ways[: seen - shift + 1]), total))

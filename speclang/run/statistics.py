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


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """p-values corrected for their number by Holm (1979), in the same order."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    found = [0.0] * len(values)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, values[index] * (len(values) - rank)))
        found[index] = highest
    return tuple(found)

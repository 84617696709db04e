"""What a sample can bear: verdicts on rates, comparison of two runs, and correction for many comparisons.

In: counts. Out: shares, p-values, verdicts. Exact, by the standard library alone.
Invariant: pure; no verdict is given that the interval at 95% does not carry.
"""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import comb

from ..grading.tally import Rate
from ..source.records import dataclass

_MOST = 100_000
"""How many further runs are proposed at most."""


class Call(StrEnum):
    """What can be said of a requirement: it holds, it does not, the sample can't bear a verdict, or nothing was graded."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Decision:
    """A call, and how many `more` graded answers would settle it if they pass at the same rate; 0 where that can't be told."""

    call: Call
    more: int = 0


def decide(rate: Rate, wanted: float) -> Decision:
    """Whether the true rate is at least `wanted`: where all have to pass, one that fails decides; else the interval does."""
    if not rate.n:
        return Decision(Call.NOTHING)
    if wanted >= 1:
        return Decision(Call.HOLDS if rate.passed == rate.n else Call.FAILS)
    low, high = rate.interval
    if low >= wanted:
        return Decision(Call.HOLDS)
    if high < wanted:
        return Decision(Call.FAILS)
    return Decision(Call.UNDECIDED, more(rate, wanted))


def more(rate: Rate, wanted: float) -> int:
    """How many further answers, of which as many pass as until now, carry a verdict; 0 where no reasonable number does."""
    share = Fraction(rate.passed, rate.n)

    def settled(n: int) -> bool:
        low, high = Rate(int(share * n), n).interval
        return low >= wanted or high < wanted

    step = 1
    while not settled(rate.n + step):
        if step > _MOST:
            return 0
        step *= 2
    first, last = step // 2, step
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (first, middle) if settled(rate.n + middle) else (middle, last)
    return last


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

"""What a sample can bear: between which shares the true one lies, and how many answers a share takes to be shown.

In: counts. Out: shares from 0 to 1, and counts. By the standard library alone; decision 0603 says why Wilson's interval.
"""

from math import ceil, sqrt

_Z = 1.959963984540054
"""The 97.5% point of the normal distribution: an interval at 95% leaves out 2.5% on either side."""


def interval(passed: int, n: int) -> tuple[float, float]:
    """Wilson's score interval (Wilson 1927), from 0 to 1; all of that for an `n` of 0."""
    if not n:
        return 0.0, 1.0
    share, spread = passed / n, _Z * _Z / n
    middle = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / n + spread / (4 * n))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (0.0 if passed == 0 else max(0.0, low)), (1.0 if passed == n else min(1.0, high))


def needed(share: float) -> int:
    """How many answers show a true share of at least `share`, below 1, if all of them pass: with fewer, nothing does."""
    n = max(1, ceil(share * _Z * _Z / (1 - share)))
    while interval(n, n)[0] < share:
        n += 1
    while n > 1 and interval(n - 1, n - 1)[0] >= share:
        n -= 1
    return n

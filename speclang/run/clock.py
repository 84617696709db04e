"""The clock of runs: when one was made, and how long an answer took.

Invariant: no verdict of a check that reads no measure depends on it.
"""

import time
from datetime import UTC, datetime
from functools import lru_cache


def now() -> str:
    """This moment in UTC, as ISO 8601 writes it."""
    seconds, thousandths = divmod(time.time_ns() // 1_000_000, 1000)
    return f"{_second(seconds)}.{thousandths:03}+00:00"


@lru_cache(1)
def _second(seconds: int) -> str:
    """The whole second of a moment, which most rows of a run share with the one before."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def until(moment: datetime) -> float:
    """Seconds from now to `moment`, which says in which zone it is; less than 0 where it has passed."""
    return (moment - datetime.now(tz=UTC)).total_seconds()


def ticks() -> float:
    """Seconds on a clock that is never set."""
    return time.monotonic()

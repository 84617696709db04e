"""The clock of runs: when one was made, and how long an answer took.

Invariant: no verdict of a check that reads no measure depends on it.
"""

import time
from datetime import UTC, datetime


def now() -> str:
    """This moment in UTC, as ISO 8601 writes it."""
    return datetime.now(tz=UTC).isoformat(timespec="milliseconds")


def until(moment: datetime) -> float:
    """Seconds from now to `moment`, which says in which zone it is; less than 0 where it has passed."""
    return (moment - datetime.now(tz=UTC)).total_seconds()


def ticks() -> float:
    """Seconds on a clock that is never set."""
    return time.monotonic()

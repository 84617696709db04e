"""The time of day and how long something took, for people to read.

Invariant: nothing that is built depends on it.
"""

import time


def now() -> str:
    """The time of day here: `13:45:02`."""
    return time.strftime("%H:%M:%S")


class Stopwatch:
    """Runs from the moment that it is made."""

    def __init__(self) -> None:
        """Start."""
        self._from = time.perf_counter()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.perf_counter() - self._from


def shown(seconds: float) -> str:
    """A time that something took: `43 ms`, `1.2 s`."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"

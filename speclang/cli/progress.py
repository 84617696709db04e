"""A line on the terminal that says how far a run is; nothing where nobody looks.

Invariant: written to standard error, and gone when the run has ended.
"""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from .console import Console

if TYPE_CHECKING:
    from ..assure.outcome import Progress

_CELLS = 24
_OFTEN = 0.1
"""Seconds between two looks of the line."""


class Bar:
    """One progress bar."""

    __slots__ = ("_console", "_drawn", "_last", "_seen", "_started")

    def __init__(self, console: Console) -> None:
        """Draw nothing yet."""
        self._console = console
        self._seen = console.err.isatty()
        self._drawn = False
        self._started = monotonic()
        self._last = 0.0

    @property
    def watch(self) -> "Callable[[Progress], None] | None":
        """What is to be called after each step; None where nobody looks."""
        return self.step if self._seen else None

    def step(self, now: "Progress") -> None:
        """Show `now`, unless the line has just been drawn."""
        if not self._seen or (monotonic() - self._last < _OFTEN and now.done < now.of):
            return
        self._last = monotonic()
        self._drawn = True
        self._console.err.write(f"\r\x1b[2K{drawn(now, self._last - self._started)[: self._console.width - 1]}")
        self._console.err.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            self._console.err.write("\r\x1b[2K")
            self._console.err.flush()
            self._drawn = False


def drawn(now: "Progress", seconds: float) -> str:
    """`████░░  12 of 40  83% pass  0.0042 spent  1 min 20 s left`."""
    filled = _CELLS * now.done // now.of if now.of else _CELLS
    bar = "█" * filled + "░" * (_CELLS - filled)
    parts = [bar, f"{now.done:,} of {now.of:,}"]
    if now.told:
        parts.append(f"{now.passed / now.told:.0%} pass (n = {now.told:,})")
    if now.cost:
        parts.append(f"{now.cost:.4f} spent")
    asked = now.done - now.recalled
    if asked > 0 and now.done < now.of:
        parts.append(f"{_duration(seconds / now.done * (now.of - now.done))} left")
    return "  ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"

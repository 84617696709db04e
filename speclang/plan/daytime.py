"""A part of the day in some place, as a spec writes it: `09:00 .. 18:00 America/New_York`.

In: a text. Out: a `Daytime`, or None. Invariant: whether a place has such a zone is for the machine to say that looks at a clock.
"""

import re

from ..source.records import dataclass

_DAYTIME = re.compile(
    r"\s*([01][0-9]|2[0-3]):([0-5][0-9])\s*\.\.\s*([01][0-9]|2[0-4]):([0-5][0-9])\s+([A-Za-z][A-Za-z_]*(?:/[A-Za-z0-9_+\-]+){0,2})\s*"
)


@dataclass(frozen=True, slots=True)
class Daytime:
    """From the minute `first` of a day until before the minute `last`, in `zone`; past midnight where `last` is not later."""

    first: int
    last: int
    zone: str

    def holds(self, minute: int) -> bool:
        """Whether the minute of a day lies in it."""
        if self.first < self.last:
            return self.first <= minute < self.last
        return minute >= self.first or minute < self.last

    def __str__(self) -> str:
        """As a spec writes it."""
        clock = [f"{one // 60:02}:{one % 60:02}" for one in (self.first, self.last)]
        return f"{clock[0]} .. {clock[1]} {self.zone}"


def daytime(text: str) -> Daytime | None:
    """The part of the day that `text` says; None where it says none."""
    found = _DAYTIME.fullmatch(text)
    if found is None:
        return None
    first, last = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
    return Daytime(first, last, found[5]) if last <= 24 * 60 and first != last else None

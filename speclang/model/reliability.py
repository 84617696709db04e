"""How often a requirement must hold, and that one is known to fail for now.

Invariant: data only; whether a day has passed is decided where cases are run, never where something is built.
"""

import datetime
from decimal import Decimal

from ..source.records import dataclass, field
from ..source.span import Span

MOST_TIMES = 10_000
"""How often a case is run at most: more is a slip of the pen, and would cost money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """`holds 4 of 5`, or `holds 95% of 40`: each case of the requirement is run `times` times.

    Of these, `least` have to pass; where `share` is set, it is a percentage, and the true share of answers that pass has to be at
    least that, as far as the sample can tell.
    """

    least: Decimal
    times: int
    share: bool
    least_span: Span = field(compare=False, repr=False)
    times_span: Span = field(compare=False, repr=False)

    @property
    def shown(self) -> str:
        """As it is written: `4 of 5`, `95% of 40`."""
        return f"{self.least_shown} of {self.times}"

    @property
    def least_shown(self) -> str:
        """What has to pass: `4`, `95%`."""
        return f"{self.least:f}{'%' if self.share else ''}"

    @property
    def wanted(self) -> Decimal:
        """The share that has to pass, from 0 to 1."""
        return self.least / 100 if self.share else self.least / self.times


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFailure:
    """A requirement, or the one of its cases called `case`, is known to fail up to the day `until`, for the reason `because`.

    `case` is its ID without the requirement's, as it was written; "" for the requirement as a whole.
    """

    case: str
    until: datetime.date
    because: str
    span: Span = field(compare=False, repr=False)
    until_span: Span = field(compare=False, repr=False)
    because_span: Span = field(compare=False, repr=False)

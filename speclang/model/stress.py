"""How a feature is tried with what real users write: the axes along which texts differ, and texts that no rule can make.

Invariant: data only; what a level does to a text is known to the file of its axis.
"""

from decimal import Decimal

from ..source.records import dataclass, field
from ..source.span import Span
from .text import Text

MOST_SEEDS = 1000
"""How many cases of a requirement are varied at most."""


@dataclass(frozen=True, slots=True)
class Level:
    """One point of an axis, as it is written: `casual`, `10%`, `200`."""

    name: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Axis:
    """One way in which texts differ, with the levels that are tried, from the mildest on where they have an order."""

    name: str
    levels: tuple[Level, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """`text` says at `level` what `source` says; both show the same holes. A draft is not used until somebody has read it."""

    level: str
    source: Text
    text: Text
    draft: bool
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """`least` is the share of answers, in percent, that has to meet all that gates at every level; None where nothing is wanted.

    `seeds` says how many cases of each requirement are varied; the same `seed` gives the same texts.
    """

    name: str
    axes: tuple[Axis, ...]
    least: Decimal | None = None
    seed: int = 1
    seeds: int = 3
    span: Span = field(compare=False, repr=False)

    @property
    def owner(self) -> str:
        """What origins call it."""
        return f"stress {self.name}"

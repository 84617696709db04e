"""Cases whose user writes in another way: what a stress makes of the cases of a feature."""

from decimal import Decimal

from ..source.records import dataclass
from .case import Turn
from .origin import Origin

At = tuple[str, str]
"""An axis and a level of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The case `seed` with other `turns`: `at` says of which axes it has which level, in the order in which they were applied.

    `requirement` is the seed's, `covers` are all that speak on it. `origin` is the axis, of several the stress.
    """

    id: str
    seed: str
    requirement: str
    covers: tuple[str, ...]
    at: tuple[At, ...]
    turns: tuple[Turn, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A level at which `cases` seeds have no variant: no rule can make it, and nobody has written `texts` for it yet.

    Without `texts`, the level leaves these messages as they are: there is nothing in them that it changes.
    """

    at: At
    cases: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stressed:
    """One stress of a feature. `levels` are those that are tried, axis by axis; `least` is a percentage.

    `seeds` are the cases that are varied. `apart` pairs levels that no text has together, since the rules of one know English only.
    """

    name: str
    seed: int
    least: Decimal | None
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    seeds: tuple[str, ...]
    variants: tuple[Variant, ...]
    lacks: tuple[Lack, ...]
    apart: tuple[tuple[At, At], ...]
    origin: Origin

"""One drill of a fallback as data: what is made to fail, where that has to end, and what has to hold there."""

from decimal import Decimal

from ..source.records import dataclass
from .case import Case
from .origin import Origin


@dataclass(frozen=True, slots=True)
class Break:
    """`of` is a tool, a target, or `model`, the one that is asked first; it fails as `how` says.

    `after` is how many seconds it is waited for, where the tier that comes next tells.
    """

    of: str
    how: str
    after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Where a drill has to end, one of three: an answer by `target`, the text `says`, or a call of `tool`."""

    target: str = ""
    says: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """`id` is fallback, tier and failure: `outage/canned/model.timeout`. `case` is the request that is sent meanwhile.

    `breaks` are the failure, and all tiers before. `every` is how many seconds may pass until it is drilled again; None where nothing is
    told. `must_hold` are the requirements that have to hold in the tier.
    """

    id: str
    fallback: str
    tier: str
    failure: str
    breaks: tuple[Break, ...]
    end: End
    every: Decimal | None
    must_hold: tuple[str, ...]
    case: Case
    origin: Origin

    @property
    def cases(self) -> tuple[str, ...]:
        """Its cases by ID: one for each requirement that has to hold."""
        return tuple(f"{self.id}/{id}" for id in self.must_hold)

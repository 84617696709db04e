"""What comes of the drafts of one requirement: cases, and what stands in the way of others.

Invariant: data only; what is found is worded elsewhere.
"""

from collections.abc import Mapping

from ...logic.errors import Witness
from ...model.requirement import Requirement
from ...plan.case import Case, Expected
from ...plan.draft import Unmet
from ...source.records import dataclass
from ...values.types import Datum
from .against import RuledOut
from .verdicts import Clash

Values = Mapping[str, Datum]


@dataclass(frozen=True, slots=True)
class Gap:
    """An input of a case of `requirement` that no requirement decides; `size` orders inputs by how plain they are."""

    requirement: Requirement
    case: str
    values: Values
    focus: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """An input on which two requirements are at odds."""

    clash: Clash
    values: Values
    size: int


@dataclass(frozen=True, slots=True)
class Odds:
    """A conversation written by hand expects `expects`, and the rules ask for `asked`, each with who asks for it."""

    requirement: Requirement
    expects: tuple[str, ...]
    asked: tuple[Expected, ...]
    witness: Witness


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one requirement's drafts.

    No input meets what was `missed`; of the input of what is `lost` nothing can be expected.
    """

    cases: tuple[Case, ...]
    gaps: tuple[Gap, ...]
    conflicts: tuple[Conflict, ...]
    odds: tuple[Odds | RuledOut, ...] = ()
    missed: tuple[Unmet, ...] = ()
    lost: tuple[Unmet, ...] = ()

"""What happens when the model or a tool does not answer: tiers that are tried in their order.

Invariant: data only; what breaks is injected, and what holds is graded, where a fallback is drilled.
"""

from decimal import Decimal

from ..source.records import dataclass, field
from ..source.span import Span
from .outcome import Calls
from .requirement import Ref
from .text import Text

MODEL = "model"
"""In the place of a tool's name: the model that the application asks first."""

MODEL_FAILS = ("timeout", "server_error", "unreachable", "null", "empty", "malformed")
"""How a model can fail: it does not answer in time, answers with a 5xx, breaks the connection off, or answers without a text, with an
empty one, or with half of a reply."""


@dataclass(frozen=True, slots=True)
class Failure:
    """`of` fails as `how` says: a tool as it declares, or the `model`."""

    of: str
    how: str
    span: Span = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """As drills name it: `model.timeout`."""
        return f"{self.of}.{self.how}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One thing to fall back on: another `target`, a text that is ready (`says`), or a call that hands over (`calls`).

    `after` is how many seconds are waited for what was tried before, where that is told. One of the three is set, `target` is "" else.
    """

    name: str
    span: Span = field(compare=False, repr=False)
    target: str = ""
    says: Text | None = None
    calls: Calls | None = None
    after: Decimal | None = None

    @property
    def ends(self) -> bool:
        """Whether nothing comes after it: a text that is ready is always there."""
        return self.says is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """`must_hold` names what has to hold in every tier; `holds_all` adds whatever code can hold against any answer.

    `every` is the most seconds since the last drill, `at_most` the most percent of answers that may come from a tier; None where none is
    told.
    """

    name: str
    failures: tuple[Failure, ...]
    tiers: tuple[Tier, ...]
    must_hold: tuple[Ref, ...]
    holds_all: bool
    every: Decimal | None
    at_most: Decimal | None
    span: Span = field(compare=False, repr=False)

    @property
    def owner(self) -> str:
        """What origins call it."""
        return f"fallback {self.name}"

"""A requirement as logic sees it: under which condition it asks for which effects."""

from ..model.outcome import Effect
from ..model.requirement import Level
from ..source.records import dataclass, field
from ..source.span import Span
from ..values.expression import Expr


@dataclass(frozen=True, slots=True)
class Norm:
    """`requirement` asks, at `level`, for `effects`, where `when` holds (None: always) and none of `unless` does.

    `over` are the IDs that it beats where both apply. A `default` norm counts only where no other norm that reaches an
    outcome applies.
    """

    requirement: str
    level: Level
    effects: tuple[Effect, ...]
    when: Expr | None
    unless: tuple[Expr, ...]
    over: tuple[str, ...]
    default: bool
    span: Span = field(compare=False, repr=False)

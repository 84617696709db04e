"""A requirement as logic sees it: under which condition it asks for which effects."""

from typing import assert_never

from ..model.outcome import Avoids, Calls, Effect, Mentions, Omits, Reach
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


def said(level: Level, effect: Effect) -> str:
    """What is asked for, as the spec says it: `approve`, `not calls issue_refund`."""
    match effect:
        case Reach(outcome):
            wanted = outcome
        case Calls(tool):
            wanted = f"calls {tool}"
        case Avoids(tool):
            wanted = f"avoids {tool}"
        case Mentions(text):
            wanted = f'mentions "{text.plain}"'
        case Omits(text):
            wanted = f'omits "{text.plain}"'
        case _:
            assert_never(effect)
    return f"not {wanted}" if level in (Level.MUST_NOT, Level.SHOULD_NOT) else wanted

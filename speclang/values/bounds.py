"""The bounds that a requirement's own condition sets, as holes of its texts: `{age.limit}`, `{age.from}`, `{age.to}`.

In: the conditions of one requirement. Out: for each given that they compare with a constant, the constant and its side.
`.from` is the lower end, `.to` the upper one, `.limit` the only one that there is.
Invariant: a hole shows exactly one constant of the condition, at the place where the condition says it.
"""

from collections.abc import Sequence

from ..source.records import dataclass
from ..source.span import Span
from .expression import And, Between, Compare, Expr, Literal, Not, Or, Var
from .types import Numeric

WORDS = ("limit", "from", "to")
"""What a hole may ask of a given."""

_SIDES = {"<": "to", "<=": "to", ">": "from", ">=": "from", "=": "", "!=": ""}
_OTHER = {"to": "from", "from": "to", "": ""}


@dataclass(frozen=True, slots=True)
class Bound:
    """`given` is compared with `literal`, on the side `from`, `to` or neither; `field` is the condition that says it."""

    given: str
    side: str
    literal: Literal
    field: str

    @property
    def dimension(self) -> str | None:
        """What it is a number of; None for a date or a word."""
        return self.literal.type.dimension if isinstance(self.literal.type, Numeric) else None

    @property
    def span(self) -> Span:
        """Where it is written."""
        return self.literal.span


def bounds(conditions: Sequence[tuple[str, Expr]]) -> tuple[Bound, ...]:
    """The bounds in `conditions`, each with the name of its field, in order; each value of a given once."""
    found: list[Bound] = []
    for field, condition in conditions:
        waiting: list[tuple[Expr, bool]] = [(condition, False)]
        while waiting:
            expr, denied = waiting.pop()
            match expr:
                case And(parts=parts) | Or(parts=parts):
                    waiting.extend((part, denied) for part in reversed(parts))
                case Not(operand=operand):
                    waiting.append((operand, not denied))
                case Compare(op=op, left=Var(name=name), right=Literal() as literal):
                    side = _SIDES[op]
                    found.append(Bound(name, _OTHER[side] if denied else side, literal, field))
                case Between(left=Var(name=name), low=low, high=high):
                    found.append(Bound(name, "from", low, field))
                    found.append(Bound(name, "to", high, field))
                case _:
                    pass
    return tuple({(one.given, one.side, one.literal.value): one for one in reversed(found)}.values())[::-1]


def asked(name: str, word: str, among: Sequence[Bound]) -> tuple[Bound, ...]:
    """The bounds that `{name.word}` may mean: one, if the hole is sound."""
    own = [one for one in among if one.given == name and word in ("limit", one.side)]
    return tuple({one.literal.value: one for one in reversed(own)}.values())[::-1]


def hole(bound: Bound, among: Sequence[Bound]) -> str | None:
    """The hole that shows `bound` and nothing else, if there is one."""
    for word in ("limit", bound.side):
        if word and asked(bound.given, word, among) == (bound,):
            return f"{{{bound.given}.{word}}}"
    return None

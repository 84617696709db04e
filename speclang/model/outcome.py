"""What the system is to do, in terms that a grader can see."""

from typing import TypeAlias

from ..source.records import dataclass, field
from ..source.span import Span
from ..values.expression import Expr
from .text import Text


@dataclass(frozen=True, slots=True)
class Calls:
    """The tool is called with these arguments (others are free); each argument is an expression over the givens."""

    tool: str
    arguments: tuple[tuple[str, Expr], ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Avoids:
    """The tool is not called."""

    tool: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Mentions:
    """The answer contains the text (holes filled from the case's input)."""

    text: Text
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Omits:
    """The answer does not contain the text."""

    text: Text
    span: Span = field(compare=False, repr=False)


Observable: TypeAlias = Calls | Avoids | Mentions | Omits


@dataclass(frozen=True, slots=True)
class Outcome:
    """`wording` continues a sentence: "approve the refund"."""

    name: str
    wording: Text
    observables: tuple[Observable, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reach:
    """An effect that names an outcome."""

    outcome: str
    span: Span = field(compare=False, repr=False)


Effect: TypeAlias = Reach | Observable
"""What a `must` can ask for: an outcome by name, or something observable in place."""

"""What an outcome may depend on, and where the system learns it."""

from typing import TypeAlias

from ..source.records import dataclass, field
from ..source.span import Span
from ..values.types import Datum, Type
from .text import Text


@dataclass(frozen=True, slots=True)
class FromUser:
    """The user says it."""


@dataclass(frozen=True, slots=True)
class FromContext:
    """The caller of the model knows it: a variable of the prompt."""


@dataclass(frozen=True, slots=True)
class FromTool:
    """It is the field `path` of what `tool` returns."""

    tool: str
    path: tuple[str, ...]


Source: TypeAlias = FromUser | FromContext | FromTool


@dataclass(frozen=True, slots=True)
class Given:
    """One input of the feature.

    `label` is its name in sentences ("the order total"; for a `bool` a whole clause, "the customer has the receipt") and
    `negated` that clause denied. `sayings` are the user's words for a value (`true`/`false` for a `bool`, else members);
    `typical` is the value that a case takes when nothing else asks for another. `said` is how the user says any value that
    has no saying of its own, usually with the given's own name as a hole ("We are {travellers} in all."). `clauses` say what
    a value means in a sentence: "the customer wants to cancel", where `label` alone would make it "the request is cancel".
    """

    name: str
    type: Type
    label: Text
    negated: Text | None
    source: Source
    sayings: tuple[tuple[Datum, Text], ...]
    typical: Datum
    span: Span = field(compare=False, repr=False)
    said: Text | None = None
    clauses: tuple[tuple[Datum, Text], ...] = ()

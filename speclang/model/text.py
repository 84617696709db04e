"""A text of the spec with its holes resolved.

`span` of a piece is where its characters stand in the spec, so that what is rendered from it can be traced back.
"""

from typing import TypeAlias

from ..source.records import dataclass, field
from ..source.span import Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters as they will be shown.

    `of` names the field that says them where it is another than the one that holds the text: the value of a hole.
    """

    text: str
    span: Span = field(compare=False, repr=False)
    of: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """A hole that names a given or a tool's parameter: filled with a value in a case, shown as a name in a prompt."""

    name: str
    span: Span = field(compare=False, repr=False)


Piece: TypeAlias = Chunk | Slot


@dataclass(frozen=True, slots=True)
class Text:
    """A resolved text; `span` covers it with its quotes."""

    pieces: tuple[Piece, ...]
    span: Span = field(compare=False, repr=False)

    @property
    def plain(self) -> str:
        """The text with each hole as `{name}`."""
        return "".join(piece.text if isinstance(piece, Chunk) else "{" + piece.name + "}" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Word:
    """A name as a value of a field: an owner, a tag, a tool."""

    text: str
    span: Span = field(compare=False, repr=False)

"""A source file as text, and the way from an offset to a line and a column.

In: a name and the characters. Out: positions.
Invariant: offsets are code points into `text`; nothing here reads a file.
"""

from bisect import bisect_right
from typing import NamedTuple

from .records import dataclass


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file: `name` is its path from the project root, with `/`; `text` is what it holds."""

    name: str
    text: str


class Position(NamedTuple):
    """A place a person can find: `line` and `column` count from 1, in code points."""

    line: int
    column: int


class LineIndex:
    """Finds the line of an offset; built once for a text by the pass that needs it."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        """Index `text`; a line ends at a line feed."""
        starts = [0]
        at = text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._starts = starts
        self._text = text

    @property
    def count(self) -> int:
        """How many lines there are; an empty text has one."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """The line and column of `offset`, which may be the end of the text."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int) -> int:
        """Where line `line` (from 1) starts."""
        return self._starts[line - 1]

    def line(self, number: int) -> str:
        """The text of line `number` (from 1) without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")

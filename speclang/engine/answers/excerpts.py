"""Lines of a file that is never held as a whole, as a text in which findings can lie.

In: lines that something is said of, in order. Out: spans, and a text in which each of them stands on its own line.
Invariant: what is kept is bounded: lines are clipped, and far down a file only their number is told.
"""

from ...project.lines import Line
from ...source.span import Span, whole_file
from ...source.text import SourceText

_FARTHEST = 100_000
"""The last line that is shown: the lines before it are empty in the text, but they are there."""

_WIDEST, _DEEPEST, _AROUND = 400, 10_000, 60
"""How much of a line is shown, how far into one, and how much on either side of a place further on."""


class Excerpts:
    """The lines of the file `name` that something is said of."""

    __slots__ = ("_end", "_line", "_pieces", "_start", "_text", "name")

    def __init__(self, name: str) -> None:
        """Keep no line yet."""
        self.name = name
        self._pieces: list[str] = []
        self._line = 1
        self._start = 0
        self._end = 0
        self._text = ""

    @property
    def whole(self) -> Span:
        """The file as a whole."""
        return whole_file(self.name)

    @property
    def source(self) -> SourceText:
        """The lines that are kept, each with its number."""
        return SourceText(self.name, "".join(self._pieces))

    def place(self, line: Line, at: int) -> Span:
        """The place `at` in `line`, which comes after all that were asked for before, or is the last of these."""
        if line.number > _FARTHEST or line.number < self._line:
            return whole_file(f"{self.name}:{line.number}")
        if line.number > self._line or not self._pieces:
            gap = "\n" * (line.number - self._line)
            self._text = _shown(line.data or b"", at)
            self._pieces += [gap, self._text]
            self._start = self._end + len(gap)
            self._end = self._start + len(self._text)
            self._line = line.number
        first = min(at, len(self._text))
        last = first + 1 if at else len(self._text)
        return whole_file(self.name, self._start + first, self._start + min(last, len(self._text)))


def _shown(data: bytes, at: int) -> str:
    """The beginning of a line; where something is said of a place further on, what stands there in its column."""
    text = data[: 4 * (_WIDEST + at)].decode("utf-8", "replace").replace("\r", " ")
    if at <= _WIDEST or at > _DEEPEST:
        return text[:_WIDEST]
    return " " * (at - _AROUND) + text[at - _AROUND : at + _AROUND]

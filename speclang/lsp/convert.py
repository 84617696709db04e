r"""The only place that knows how the protocol counts and what it calls things.

In: offsets, ranges and findings of ours. Out: positions and records of the protocol; and back.
Invariant: a line ends at `\n`, `\r\n` or `\r` and nowhere else; columns count in the encoding that was agreed; a position past the end
of its line is the end of that line.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from lsprotocol import types

from ..diagnostics import pages
from ..diagnostics.code import Severity
from ..diagnostics.diagnostic import Diagnostic
from ..source.differing import differing
from ..source.records import dataclass
from ..source.span import Range, Span

_ENDS = re.compile(r"\r\n|\n|\r")

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


class Lines:
    """The lines of one text: offsets to positions, and back."""

    __slots__ = ("_ascii", "_ends", "_starts", "encoding", "text")

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        """Index `text`; columns count in `encoding`: `utf-8`, `utf-16` or `utf-32`."""
        self.text = text
        self.encoding = encoding
        if "\r" in text:
            found = [one.span() for one in _ENDS.finditer(text)]
            self._ends = [start for start, _ in found]
            self._starts = [0, *(end for _, end in found)]
        else:
            self._ends = [*accumulate(map(len, text.split("\n")), lambda end, length: end + 1 + length)][:-1]
            self._starts = [0, *(end + 1 for end in self._ends)]
        self._ends.append(len(text))
        self._ascii = text.isascii()

    def offset(self, position: types.Position) -> int:
        """The code point at `position`; one past the end of the text is its end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[position.line], self._ends[position.line]
        if self._ascii or self.encoding == "utf-32":
            return min(start + position.character, end)
        line = self.text[start:end]
        if line.isascii():
            return min(start + position.character, end)
        return start + _characters(line, position.character, self.encoding)

    def position(self, offset: int) -> types.Position:
        """Where the code point `offset` stands."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        column = min(offset, self._ends[line]) - start
        if not self._ascii and self.encoding != "utf-32":
            column = _length(self.text[start : start + column], self.encoding)
        return types.Position(line, column)

    def range(self, start: int, end: int) -> types.Range:
        """The range of the code points `start` to `end`."""
        return types.Range(self.position(start), self.position(max(start, end)))

    def length(self, start: int, end: int) -> int:
        """How long the code points `start` to `end` of one line are."""
        return end - start if self._ascii else _length(self.text[start:end], self.encoding)

    @property
    def everything(self) -> types.Range:
        """The range of the whole text."""
        return self.range(0, len(self.text))


def _length(text: str, encoding: str) -> int:
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(char > "\uffff" for char in text)


def _characters(line: str, column: int, encoding: str) -> int:
    """How many code points of `line` end at or before `column`; the middle of a character is its start."""
    done = 0
    for number, char in enumerate(line):
        width = _length(char, encoding)
        if done + width > column:
            return number
        done += width
    return len(line)


def changed(lines: Lines, text: str) -> list[types.TextEdit]:
    """The edits, line by line, that make `text` of what `lines` hold: what stays is not touched, nor the cursor in it."""
    return [types.TextEdit(lines.range(start, end), new) for start, end, new in differing(lines.text, text)]


Find = Callable[[Span], Range | None]
"""Where a span stands today."""

Index = Callable[[str], Lines | None]
"""The lines of a file, by its name."""


@dataclass(frozen=True, slots=True)
class Converter:
    """Turns what is about one project into what the protocol says; `uri`, `find` and `index` know its files."""

    uri: Callable[[str], str]
    find: Find
    index: Index

    def location(self, at: Range) -> types.Location:
        """A place in a file."""
        lines = self.index(at.file)
        return types.Location(self.uri(at.file), lines.range(at.start, at.end) if lines else _NOWHERE)

    def locations(self, found: tuple[Range, ...]) -> list[types.Location]:
        """Places in files."""
        return [self.location(one) for one in found]

    def diagnostic(self, one: Diagnostic) -> types.Diagnostic:
        """A finding, with its other places, its page, and what to do about it."""
        at = self.find(one.primary.span) or Range(one.primary.span.unit.file, 0, 0)
        related = [
            types.DiagnosticRelatedInformation(self.location(place), label.text or "see here")
            for label in one.labels
            if (place := self.find(label.span)) is not None
        ]
        page = pages.path(one.code.id)
        return types.Diagnostic(
            range=self.location(at).range,
            message=said(one),
            severity=SEVERITIES[one.level],
            code=one.code.id,
            code_description=types.CodeDescription(page.as_uri()) if page else None,
            source="specc",
            related_information=related or None,
        )


_NOWHERE = types.Range(types.Position(0, 0), types.Position(0, 0))


def said(one: Diagnostic) -> str:
    """A finding in words: the sentence, what is here, an input that shows it, why it matters, what to do."""
    rows = [one.title]
    if one.primary.text:
        rows.append(one.primary.text)
    if one.witness:
        rows.append("for example " + ", ".join(f"{name} = {value}" for name, value in one.witness))
    rows.extend(one.told)
    if one.fix is not None:
        rows.append(f"to do: {one.fix.title}")
    return "\n".join(rows)

"""The lines of source that a finding is about, with marks under what is meant.

In: labels, the first of which is primary. Out: lines of text with a gutter. A label of several lines is drawn at its first,
with a mark that says how far it goes; lines between two labels of one file are left out with `…`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..source.records import dataclass
from ..source.span import Places, Range, Span
from ..source.text import LineIndex
from .diagnostic import Edit, Label
from .width import columns, safe

_FRAME = "1;34"
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Palette:
    """Paints text, or leaves it plain."""

    colour: bool

    def paint(self, text: str, style: str) -> str:
        """`text` in the SGR style `style`."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text


class Sheet:
    """The sources of one run with their lines; each file is indexed once, when it is first drawn."""

    __slots__ = ("_indexes", "_places", "width")

    def __init__(self, places: Places, width: int) -> None:
        """Draw on `width` columns."""
        self._places = places
        self._indexes: dict[str, LineIndex | None] = {}
        self.width = width

    def where(self, span: Span) -> Range:
        """The absolute range of `span`."""
        return self._places.locate(span)

    def lines(self, file: str) -> LineIndex | None:
        """The lines of `file`; None where its text is not known."""
        if file not in self._indexes:
            source = self._places.sources.get(file)
            self._indexes[file] = LineIndex(source.text) if source is not None else None
        return self._indexes[file]

    def gutter(self, spans: Iterable[Span]) -> int:
        """How many columns line numbers take."""
        last = 1
        for span in spans:
            where = self.where(span)
            lines = self.lines(where.file)
            if lines is not None:
                last = max(last, lines.position(where.start).line)
        return len(str(last))

    def rewritten(self, edit: Edit) -> str | None:
        """The line that `edit` is in as it would read, or what is around the edit; None where it is not within one line of a known file."""
        where = self.where(edit.span)
        lines = self.lines(where.file)
        if lines is None:
            return None
        start, end = lines.position(where.start), lines.position(where.end)
        if start.line != end.line:
            return None
        line = lines.line(start.line)
        new = line[: start.column - 1] + edit.text + line[end.column - 1 :]
        indent, shown = len(new) - len(new.lstrip()), new.strip()
        at = min(max(start.column - 1 - indent, 0), len(shown))
        return _clipped(shown, (_Mark(1, at, 0, "", primary=True, further=0),), self.width)[0]


class _Mark(NamedTuple):
    """A label on one line: columns from 0 in the text of the line, and how many further lines it covers."""

    line: int
    start: int
    end: int
    text: str
    primary: bool
    further: int


def excerpt(
    labels: Sequence[tuple[Label, bool]], sheet: Sheet, palette: Palette, tone: str, gutter: int
) -> Iterator[str]:
    """The excerpts of every file that `labels` lie in, that of the first label first."""
    files: dict[str, list[tuple[Label, bool]]] = {}
    for label, primary in labels:
        files.setdefault(sheet.where(label.span).file, []).append((label, primary))
    pad = " " * gutter
    drawn = False
    for number, (file, members) in enumerate(files.items()):
        if drawn:
            yield f"{pad} {palette.paint('|', _FRAME)}"
        arrow = palette.paint(":::" if number else "-->", _FRAME)
        lines = sheet.lines(file)
        drawn = lines is not None
        if lines is None:
            words = "".join(f" ({safe(label.text)})" for label, _ in members if label.text)
            yield f"{pad}{arrow} {safe(file)}{words}"
        else:
            first = lines.position(sheet.where(members[0][0].span).start)
            yield f"{pad}{arrow} {safe(file)}:{first.line}:{first.column}"
            yield f"{pad} {palette.paint('|', _FRAME)}"
            marks = [_mark(label, lines, sheet, primary=primary) for label, primary in members]
            yield from _file(sorted(marks, key=lambda one: one[:2]), lines, sheet.width, palette, tone, gutter)


def _file(
    marks: Sequence[_Mark], lines: LineIndex, width: int, palette: Palette, tone: str, gutter: int
) -> Iterator[str]:
    """The marked lines of one file; a single line between two of them is shown, more are left out."""
    last = 0
    for line in dict.fromkeys(mark.line for mark in marks):
        if last and line == last + 2:
            yield _line(_clipped(lines.line(last + 1), (), width - gutter - 3)[0], last + 1, gutter, palette)
        elif last and line > last + 1:
            yield f"{' ' * gutter} {palette.paint('…', _FRAME)}"
        here = [mark for mark in marks if mark.line == line]
        yield from _drawn(lines.line(line), line, here, width - gutter - 3, gutter, palette, tone)
        last = line


def _mark(label: Label, lines: LineIndex, sheet: Sheet, *, primary: bool) -> _Mark:
    where = sheet.where(label.span)
    start, end = lines.position(where.start), lines.position(max(where.end, where.start))
    text = lines.line(start.line)
    if end.line == start.line:
        stop, further = end.column - 1, 0
    else:
        stop = len(text)
        further = end.line - start.line - (end.column == 1)
    return _Mark(start.line, min(start.column - 1, len(text)), stop, label.text, primary, further)


def _line(text: str, number: int, gutter: int, palette: Palette) -> str:
    return f"{palette.paint(str(number).rjust(gutter), _FRAME)} {palette.paint('|', _FRAME)} {safe(text)}"


def _drawn(
    text: str, number: int, marks: Sequence[_Mark], width: int, gutter: int, palette: Palette, tone: str
) -> Iterator[str]:
    """One line of source and what is marked in it: the marks on one line, the words of all but the last below."""
    text, marks = _clipped(text, marks, width)
    yield _line(text, number, gutter, palette)
    lead = f"{' ' * gutter} {palette.paint('|', _FRAME)} "
    placed = [
        (columns(safe(text[: mark.start])), max(1, columns(safe(text[mark.start : mark.end]))), mark) for mark in marks
    ]
    row, at = "", 0
    for start, length, mark in placed:
        if start < at:
            continue
        row += " " * (start - at) + palette.paint(
            ("^" if mark.primary else "-") * length, tone if mark.primary else _FRAME
        )
        at = start + length
    last = placed[-1]
    yield lead + row + _words(last[2], palette, tone)
    for start, _, mark in reversed(placed[:-1]):
        if mark.text or mark.further:
            yield lead + " " * start + _words(mark, palette, tone).lstrip()


def _words(mark: _Mark, palette: Palette, tone: str) -> str:
    more = f" (and {mark.further:,} more line{'s' if mark.further > 1 else ''})" if mark.further else ""
    text = f" {safe(mark.text)}" if mark.text else ""
    return palette.paint(text + more, tone if mark.primary else _FRAME)


def _clipped(text: str, marks: Sequence[_Mark], width: int) -> tuple[str, Sequence[_Mark]]:
    """A line that takes more than `width` columns, cut to what is around its marks; `…` stands for what is left out."""
    if len(text) <= width and columns(safe(text)) <= width:
        return text, marks
    start = next((mark.start for mark in marks if mark.primary), marks[0].start if marks else 0)
    low, spent = _reach(text, start, -1, _MARGIN)
    high, more = _reach(text, start, 1, width - 2 - spent)
    low, _ = _reach(text, low, -1, width - 2 - spent - more)
    head = "…" if low else ""
    shift = low - len(head)
    clipped = head + text[low:high] + ("…" if high < len(text) else "")
    return clipped, [
        mark._replace(
            start=max(mark.start - shift, 0), end=min(max(mark.end - shift, mark.start - shift), len(clipped))
        )
        for mark in marks
        if low <= mark.start < high or mark.primary
    ]


def _reach(text: str, at: int, step: int, most: int) -> tuple[int, int]:
    """How far one can go in `text` from `at`, forward or back, within `most` columns, and how many columns that takes."""
    spent = 0
    while at < len(text) if step > 0 else at > 0:
        wide = columns(safe(text[at if step > 0 else at - 1]))
        if spent + wide > most:
            break
        spent += wide
        at += step
    return at, spent

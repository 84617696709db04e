"""Sheets for a terminal: rules below each other where they fit, else beside each other, a few at a time.

In: sheets and a width. Out: lines, each of parts with a style.
Invariant: no line is wider than the width, and nothing that a terminal obeys is in it.
"""

from collections.abc import Iterator, Sequence

from ...analysis.regions.cells import ANY
from ...diagnostics.width import columns, safe
from ...source.records import dataclass
from .sheets import Line, Note, Sheet, Sheets

_GAP = 2
_LONGEST = 16
"""A longer word may be broken."""
_WIDEST = 26
"""Beside each other, a rule takes no more columns than this."""
_STYLES = {"C": "red", "S": "dim", "Q": "yellow", "G": "yellow"}

Part = tuple[str, str]
"""Text and its style."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    style: str = ""


_Grid = Sequence[Sequence[_Cell]]


def lines(found: Sheets, width: int) -> Iterator[Sequence[Part]]:
    """Everything there is to say, line by line."""
    name, title = safe(found.name), safe(found.title)
    if columns(name) + _GAP + columns(title) <= width:
        yield [(name, "bold"), (f"{' ' * _GAP}{title}", "")]
    else:
        yield [(name, "bold")]
        yield from ([(line, "")] for line in _wrapped(title, width))
    for said in found.says:
        yield from ([(line, "dim")] for line in _wrapped(safe(said), width))
    for sheet in found.sheets:
        yield []
        if sheet.title:
            yield [(safe(sheet.title), "bold")]
        yield from _sheet(sheet, width)
    for note in found.notes:
        if note is found.notes[0]:
            yield []
        yield from _note(note, width)
    yield []
    yield from ([(line, "")] for line in _wrapped(found.sums, width))


def _sheet(sheet: Sheet, width: int) -> Iterator[Sequence[Part]]:
    """The sheet with a line for each row, or with a column for each row where that is too wide."""
    heads = ["" if sheet.gaps else "rule", *(head.name for head in sheet.heads), *sheet.columns]
    grid = [
        [_Cell(head, "dim") for head in heads],
        *(
            [_id(line), *map(_tested, line.cells), *(_of(line, name, once=True) for name in sheet.columns)]
            for line in sheet.lines
        ),
    ]
    if not any(cell.text for row in grid for cell in row[:1]):
        grid = [row[1:] for row in grid]
    widths = _widths(grid, width)
    if widths is not None:
        yield from _drawn(grid, widths)
        return
    yield from _beside(sheet, width)


def _beside(sheet: Sheet, width: int) -> Iterator[Sequence[Part]]:
    """Panels in which the rows stand beside each other, each with the givens that one of them names."""
    at = 0
    while at < len(sheet.lines):
        count = len(sheet.lines) - at
        while True:
            grid = _turned(sheet, sheet.lines[at : at + count])
            widths = _widths(grid, width, _WIDEST)
            if widths is not None or count == 1:
                break
            count -= 1
        if at:
            yield []
        yield from _drawn(grid, widths or [width // 3, width - width // 3 - _GAP])
        at += count


def _turned(sheet: Sheet, found: Sequence[Line]) -> _Grid:
    tests = [
        [_Cell(head.name, "dim"), *(_tested(line.cells[at]) for line in found)]
        for at, head in enumerate(sheet.heads)
        if any(line.cells[at] != ANY for line in found)
    ]
    rest = [
        [_Cell(name, "dim"), *(_of(line, name, once=False) for line in found)]
        for name in sheet.columns
        if any(line.said(name) for line in found)
    ]
    ids = [_Cell(line.id or " ".join(line.marks), "bold") for line in found]
    return [[_Cell("rule", "dim"), *ids], *tests, *rest]


def _id(line: Line) -> _Cell:
    return _Cell(line.id, "bold") if line.first else _Cell("  or", "dim")


def _tested(text: str) -> _Cell:
    return _Cell(text, "dim" if text == ANY else "")


def _of(line: Line, name: str, *, once: bool) -> _Cell:
    """What follows the givens of a row; what is true of a rule is said in its first row only, if `once`."""
    if once and name != "and also" and not line.first:
        return _Cell("")
    text = line.said(name)
    if name == "marks":
        worst = next((mark for letter in "CQGS" for mark in line.marks if mark.startswith(letter)), "")
        return _Cell(text, _STYLES.get(worst[:1], ""))
    return _Cell(text, "yellow" if line.gap else "")


def _note(note: Note, width: int) -> Iterator[Sequence[Part]]:
    lead = f"{note.mark:<4} "
    for number, line in enumerate(_wrapped(safe(note.text), width - len(lead))):
        yield [(" " * len(lead) if number else lead, _STYLES.get(note.mark[:1], "")), (line, "")]
    shown = safe(", ".join(f"{name} = {value}" for name, value in note.input))
    if shown:
        for line in _wrapped(f"for example {shown}", width - len(lead)):
            yield [(f"{' ' * len(lead)}{line}", "dim")]


def _widths(grid: _Grid, room: int, widest: int = 0) -> list[int] | None:
    """How wide each column is: as its longest text if there is room, else narrower; None where it can't be narrow enough."""
    texts = [[safe(row[at].text) for row in grid] for at in range(len(grid[0]))]
    wanted = [max(columns(text) for text in some) for some in texts]
    least = [max((min(columns(word), _LONGEST) for text in some for word in text.split()), default=1) for some in texts]
    found = [max(min(want, widest), low) if widest else want for want, low in zip(wanted, least, strict=True)]
    while sum(found) + _GAP * (len(found) - 1) > room:
        slack = [have - low for have, low in zip(found, least, strict=True)]
        if max(slack) <= 0:
            return None
        found[max(range(len(found)), key=lambda at: (slack[at] > 0, found[at]))] -= 1
    return found


def _drawn(grid: _Grid, widths: Sequence[int]) -> Iterator[Sequence[Part]]:
    """Rows of cells, a rule below the first."""
    for number, row in enumerate(grid):
        wrapped = [_wrapped(safe(cell.text), width) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(len(some) for some in wrapped)):
            parts: list[Part] = []
            for cell, some, width in zip(row, wrapped, widths, strict=True):
                text = some[at] if at < len(some) else ""
                parts += [(text, cell.style), (" " * (width - columns(text) + _GAP), "")]
            while parts and not parts[-1][0].strip():
                parts.pop()
            yield parts
        if number == 0:
            yield [("─" * (sum(widths) + _GAP * (len(widths) - 1)), "dim")]


def _wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken between words where that is possible."""
    lines = [""]
    lead = text[: len(text) - len(text.lstrip())]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else f"{lead if len(lines) == 1 else ''}{word}"
        if columns(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and columns(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return lines

"""Findings as pictures: what is wrong, where, the line drawn, what it breaks and what to do.

In: findings, the places of the run. Out: text for a terminal or a file. The excerpt is in `excerpt.py`.
Invariant: pure; nothing of the user's text reaches the terminal that a terminal would obey.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..source.span import Places
from .code import Severity
from .diagnostic import Diagnostic, Edit, Fix
from .excerpt import Palette, Sheet, excerpt
from .width import safe

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_PLURAL = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


def draw_all(found: Sequence[Diagnostic], places: Places, *, colour: bool, width: int) -> str:
    """All of `found` in their order, a line that counts them, and how to learn more."""
    sheet = Sheet(places, width)
    pictures = [_picture(one, sheet, Palette(colour)) for one in found]
    return "\n".join([*pictures, *_last(found, Palette(colour))]) + "\n"


def draw(one: Diagnostic, places: Places, *, colour: bool = False, width: int = 100) -> str:
    """One finding."""
    return _picture(one, Sheet(places, width), Palette(colour))


def _picture(one: Diagnostic, sheet: Sheet, palette: Palette) -> str:
    tone = _COLOURS[one.level]
    title = f"{palette.paint(f'{one.level}[{one.code.id}]', tone)}{palette.paint(': ' + safe(one.title), '1')}"
    labels = [(one.primary, True), *((label, False) for label in one.labels)]
    gutter = sheet.gutter(label.span for label, _ in labels)
    lines = [title, *excerpt(labels, sheet, palette, tone, gutter)]
    remarks = [f"{' ' * gutter} {palette.paint('=', '1;34')} {line}" for line in _remarks(one, sheet, palette)]
    lines.extend([f"{' ' * gutter} {palette.paint('|', '1;34')}", *remarks] if remarks and len(lines) > 2 else remarks)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _remarks(one: Diagnostic, sheet: Sheet, palette: Palette) -> Iterator[str]:
    if one.witness:
        name = max(len(safe(key)) for key, _ in one.witness)
        for number, (key, value) in enumerate(one.witness):
            lead = palette.paint("input:", "1") if not number else " " * len("input:")
            yield f"{lead} {safe(key).ljust(name)} = {safe(value)}"
    for note in one.told:
        yield f"{palette.paint('note:', '1')} {safe(note)}"
    if one.fix is not None:
        yield f"{palette.paint('fix:', '1;32')} {safe(one.fix.title)}"
        yield from _preview(one.fix, sheet, palette)


def _preview(fix: Fix, sheet: Sheet, palette: Palette) -> Iterator[str]:
    """The line as it would read, where a fix rewrites a part of one line."""
    if len(fix.edits) != 1 or not fix.title:
        return
    edit = fix.edits[0]
    line = sheet.rewritten(edit)
    if line and _is_small(edit):
        yield f"     {palette.paint(safe(line), '32')}"


def _is_small(edit: Edit) -> bool:
    return "\n" not in edit.text and len(edit.text) <= 80


def _last(found: Iterable[Diagnostic], palette: Palette) -> Iterator[str]:
    found = tuple(found)
    if not found:
        return
    counts = Counter(one.level for one in found)
    said = [
        f"{counts[level]:,} {level if counts[level] == 1 else _PLURAL[level]}" for level in Severity if counts[level]
    ]
    yield palette.paint(", ".join(said), "1")
    yield palette.paint(f"`specc explain {found[0].code.id}` tells more", "2")

"""Sheets for a review: tables of Markdown, with the notes below."""

from collections.abc import Iterator

from ..markup import in_markdown as text
from ..sheets import Line, Note, Sheet, Sheets


def render(found: Sheets) -> str:
    """A piece of Markdown that stands by itself."""
    parts = [f"### {text(found.name)}: {text(found.title)}", "", *(f"{text(one)}  " for one in found.says)]
    for sheet in found.sheets:
        parts += ["", *([f"**{text(sheet.title)}**", ""] if sheet.title else []), *_sheet(sheet)]
    if found.notes:
        parts += ["", *map(_note, found.notes)]
    return "\n".join([*parts, "", text(found.sums)]) + "\n"


def _sheet(sheet: Sheet) -> Iterator[str]:
    heads = ["rule", *(text(head.name) for head in sheet.heads), *sheet.columns]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for line in sheet.lines:
        cells = [_id(line), *(text(cell) for cell in line.cells), *(text(line.said(name)) for name in sheet.columns)]
        yield f"| {' | '.join(cells)} |"


def _id(line: Line) -> str:
    return f"{text(line.id)} {text(line.title)}".strip() if line.first else "or"


def _note(note: Note) -> str:
    shown = ", ".join(f"{name} = {value}" for name, value in note.input)
    example = f", for example {text(shown)}" if shown else ""
    return f"- **{note.mark}** {text(note.text)}{example}"

"""The prompt as Markdown: a heading per section, clauses as bullets or paragraphs.

In: sections. Out: runs, in order. Invariant: changing one clause changes no character outside of it.
"""

from collections.abc import Iterator, Sequence

from ...plan.clause import Clause, Section
from ..runs import Run

_BULLET = "- "
_INDENT = "  "


def lay_out(sections: Sequence[Section]) -> Iterator[Run]:
    """The characters of the prompt."""
    number = 0
    for index, section in enumerate(section for section in sections if section.clauses):
        if index:
            yield Run("\n", section.origin)
        if section.title:
            yield Run(f"## {section.title}\n\n", section.origin)
        for place, clause in enumerate(section.clauses):
            if place and not section.listed:
                yield Run("\n", section.origin)
            if section.listed:
                yield Run(_BULLET, clause.pieces[0].origin, number)
            yield from _clause(clause, number, _INDENT if section.listed else "")
            number += 1


def _clause(clause: Clause, number: int, indent: str) -> Iterator[Run]:
    """The clause's characters; further lines of a bullet are indented, blank ones stay blank."""
    pending = ""
    for piece in clause.pieces:
        for line in piece.text.splitlines(keepends=True) if indent else (piece.text,):
            start = pending if line.strip("\r\n") else ""
            yield Run(start + line, piece.origin, number)
            pending = indent if line.endswith("\n") else ""
    yield Run("\n", clause.pieces[-1].origin, number)

"""The prompt as Markdown: a heading per section, clauses as bullets or paragraphs.

In: sections. Out: runs, in order. Invariant: changing one clause changes no character outside of it.
"""

from collections.abc import Iterator, Sequence

from ...plan.clause import Section
from ..runs import Run, lines

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
            yield from lines(clause, number, _INDENT if section.listed else "")
            number += 1

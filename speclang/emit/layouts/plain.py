"""The prompt as plain text: no mark but the names of the sections, for models and channels that show or say what they read.

In: sections. Out: runs, in order. Invariant: changing one clause changes no character outside of it.
"""

from collections.abc import Iterator, Sequence

from ...plan.clause import Section
from ..runs import Run, lines


def lay_out(sections: Sequence[Section]) -> Iterator[Run]:
    """The characters of the prompt: a title and a colon, and each clause on lines of its own."""
    number = 0
    for index, section in enumerate(section for section in sections if section.clauses):
        if index:
            yield Run("\n", section.origin)
        if section.title:
            yield Run(f"{section.title}:\n", section.origin)
        for place, clause in enumerate(section.clauses):
            if place and not section.listed:
                yield Run("\n", section.origin)
            yield from lines(clause, number)
            number += 1

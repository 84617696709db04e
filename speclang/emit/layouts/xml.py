"""The prompt with its sections in tags, as models that are trained on tags read it best.

In: sections. Out: runs, in order. A section is an element named after it, its clauses are lines, each example an element of
its own; what has no title (the role) stands before all of them.

Invariant: changing one clause changes no character outside of it, and no clause can close the element that it stands in.
"""

import re
from collections.abc import Iterator, Sequence

from ...plan.clause import Clause, Section
from ...source.records import replace
from ..runs import Run, lines


def lay_out(sections: Sequence[Section]) -> Iterator[Run]:
    """The characters of the prompt."""
    number = 0
    shown = [section for section in sections if section.clauses]
    own = {name for section in shown if section.title for name in (section.name, _one(section.name))}
    tag = re.compile(rf"<(?=/?(?:{'|'.join(map(re.escape, sorted(own)))})\s*>)") if own else None
    for index, section in enumerate(shown):
        if index:
            yield Run("\n", section.origin)
        if section.title:
            yield Run(f"<{section.name}>\n", section.origin)
        for place, clause in enumerate(section.clauses):
            if place and not section.title:
                yield Run("\n", section.origin)
            yield from _clause(section, _guarded(clause, tag), number)
            number += 1
        if section.title:
            yield Run(f"</{section.name}>\n", section.origin)


def _clause(section: Section, clause: Clause, number: int) -> Iterator[Run]:
    """A point of a list, a text without a title, or an element where it is one of several texts."""
    head, tail = clause.pieces[0].origin, clause.pieces[-1].origin
    if section.listed:
        yield Run("- ", head, number)
        yield from lines(clause, number, "  ")
    elif not section.title:
        yield from lines(clause, number)
    else:
        yield Run(f"<{_one(section.name)}>\n", head, number)
        yield from lines(clause, number)
        yield Run(f"</{_one(section.name)}>\n", tail, number)


def _guarded(clause: Clause, tag: re.Pattern[str] | None) -> Clause:
    """`clause` without a text that reads as one of our own tags; everything else stays as the model is to read it."""
    if tag is None or "<" not in clause.text:
        return clause
    return replace(clause, pieces=tuple(replace(one, text=tag.sub("&lt;", one.text)) for one in clause.pieces))


def _one(many: str) -> str:
    """The name of one of many: `example` of `examples`, `policy` of `policies`."""
    return re.sub(r"ies$", "y", many) if many.endswith("ies") else many.removesuffix("s")

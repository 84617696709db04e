"""A prompt as a sequence of characters that know where they come from, and how it falls into parts.

In: the runs that a layout gives, in order. Out: parts without gaps. A clause takes the whole of its lines where nothing
else stands on them, so that a clause that moves takes its bullet along.

Invariant: the parts, joined, are the runs, joined; every character of a part lies under exactly one mark.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..plan.artifact import Mark, Part
from ..plan.clause import Clause, Section
from ..plan.origin import Origin
from ..source.records import dataclass

LAYOUT = -1
"""The clause number of characters that belong to no clause."""


_LINE_END = re.compile(r"[^\S\n]*+\n")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST_ID = 40


class Run(NamedTuple):
    """Characters with one origin; `clause` counts the plan's clauses in order, or is `LAYOUT`."""

    text: str
    origin: Origin
    clause: int = LAYOUT


@dataclass(slots=True)
class _Group:
    clause: int
    runs: list[Run]


def lines(clause: Clause, number: int, indent: str = "") -> Iterator[Run]:
    """The clause and the end of its line; further lines are indented, blank ones stay blank."""
    pending = ""
    for piece in clause.pieces:
        for line in piece.text.splitlines(keepends=True) if indent else (piece.text,):
            start = pending if line.strip("\r\n") else ""
            yield Run(start + line, piece.origin, number)
            pending = indent if line.endswith("\n") else ""
    yield Run("\n", clause.pieces[-1].origin, number)


def stacked(sections: Sequence[Section], heading: str, bullet: str = "") -> Iterator[Run]:
    """Sections below each other, each under its title in `heading`; listed clauses line by line after a `bullet`, others as paragraphs."""
    number = 0
    for index, section in enumerate(section for section in sections if section.clauses):
        if index:
            yield Run("\n", section.origin)
        if section.title:
            yield Run(heading.format(section.title), section.origin)
        mark = bullet if section.listed else ""
        for place, clause in enumerate(section.clauses):
            if place and not section.listed:
                yield Run("\n", section.origin)
            if mark:
                yield Run(mark, clause.pieces[0].origin, number)
            yield from lines(clause, number, " " * len(mark))
            number += 1


def parts(runs: Iterable[Run], owners: Sequence[str]) -> tuple[Part, ...]:
    """`runs` as parts: one per clause (`owners[clause]` is its owner), layout between."""
    seen: dict[str, int] = {}
    return tuple(_part(group, owners, seen) for group in _whole_lines(_groups(runs)))


def _groups(runs: Iterable[Run]) -> list[_Group]:
    groups: list[_Group] = []
    for run in runs:
        if not run.text:
            continue
        if groups and groups[-1].clause == run.clause:
            groups[-1].runs.append(run)
        else:
            groups.append(_Group(run.clause, [run]))
    return groups


def _whole_lines(groups: list[_Group]) -> Iterator[_Group]:
    """Move what stands before a clause on its line (`- `), and the space or line end after it, from the layout to the clause."""
    for index, group in enumerate(groups):
        if group.clause == LAYOUT:
            continue
        before = groups[index - 1] if index else None
        after = groups[index + 1] if index + 1 < len(groups) else None
        if before is not None and before.clause == LAYOUT:
            _give_line_start(before, group, opens=index == 1 or groups[index - 2].runs[-1].text.endswith("\n"))
        if after is not None and after.clause == LAYOUT:
            _give_line_end(group, after)
    return (group for group in groups if group.runs)


def _give_line_start(layout: _Group, clause: _Group, *, opens: bool) -> None:
    taken: list[Run] = []
    for at in range(len(layout.runs) - 1, -1, -1):
        text, origin, _ = layout.runs[at]
        cut = text.rfind("\n") + 1
        if cut:
            kept = [Run(text[:cut], origin)]
            taken.append(Run(text[cut:], origin, clause.clause))
            break
        taken.append(Run(text, origin, clause.clause))
    else:
        if not opens:
            return
        kept, at = [], 0
    layout.runs[at:] = kept
    clause.runs[:0] = [run for run in reversed(taken) if run.text]


def _give_line_end(clause: _Group, layout: _Group) -> None:
    """The end of the line, or the space before what else stands on it."""
    text, origin, _ = layout.runs[0]
    end = _LINE_END.match(text)
    if end is None and (text.strip() or len(layout.runs) > 1):
        return
    cut = end.end() if end else len(text)
    clause.runs.append(Run(text[:cut], origin, clause.clause))
    layout.runs[:1] = [Run(text[cut:], origin)] if text[cut:] else []


def _part(group: _Group, owners: Sequence[str], seen: dict[str, int]) -> Part:
    marks: list[Mark] = []
    at = 0
    for text, origin, _ in group.runs:
        marks.append(Mark(at, at + len(text), origin))
        at += len(text)
    text = "".join(run.text for run in group.runs)
    owner = owners[group.clause] if group.clause != LAYOUT else group.runs[0].origin.owner
    base = owner if group.clause != LAYOUT else _SIGNS.sub("-", text.casefold()).strip("-")[:_LONGEST_ID] or "break"
    count = seen[base] = seen.get(base, 0) + 1
    kind = "clause" if group.clause != LAYOUT else "layout"
    return Part(kind, base if count == 1 else f"{base}#{count}", owner, text, tuple(marks))

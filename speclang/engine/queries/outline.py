"""What a file holds, as a tree and as foldable blocks; and what a project declares, by name.

In: a file, or part of a name. Out: plain data. Invariant: what can't be read is left out, and its neighbours stay.
"""

import re
from collections.abc import Iterator

from ...source.records import dataclass
from ...source.span import Range
from ...syntax import tree
from .lookup import Lookup
from .names import Declared, block_of

_MOST = 200
"""The most names that a search answers with."""

_COMMENTS = re.compile(r"(?:^[ \t]*#[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration or requirement: `sort` is its head, or "requirement"; `whole` all of it, `name_range` its name."""

    name: str
    sort: str
    detail: str
    whole: Range
    name_range: Range
    members: "tuple[Entry, ...]" = ()


def outline(lookup: Lookup, name: str) -> tuple[Entry, ...]:
    """The declarations and requirements of a file, those of a feature or policy inside of it."""
    file = lookup.session.file(name)
    if file is None:
        return ()
    rows: list[Entry] = []
    units = [unit for unit in file.units if unit.item is not None]
    for unit in units:
        if unit.parent:
            continue
        own = _entry(name, unit)
        inner = tuple(one for other in units if other.parent == unit.name.key and (one := _entry(name, other)))
        if own is not None:
            end = max(_end(file, unit), own.whole.end)
            rows.append(Entry(own.name, own.sort, own.detail, own.whole._replace(end=end), own.name_range, inner))
    return tuple(rows)


def _end(file: tree.File, opener: tree.Unit) -> int:
    """Where the block that `opener` opens ends: at its brace, where that is there."""
    members = [unit for unit in file.units if unit.parent == opener.name.key]
    if not block_of(opener):
        return opener.start + len(opener.text)
    last = members[-1] if members else opener
    end = last.start + len(last.text)
    brace = file.source.text.find("}", end)
    following = next((unit.start for unit in file.units if unit.start >= end), len(file.source.text))
    return brace + 1 if 0 <= brace < following else end


def _entry(name: str, unit: tree.Unit) -> Entry | None:
    item = unit.item
    if item is None:
        return None
    whole = Range(name, unit.start + item.start, unit.start + len(unit.text))
    title = next((" ".join(one.plain.split()) for one in _texts(item)), "")
    if item.id is not None:
        at = Range(name, unit.start + item.id.start, unit.start + item.id.end)
        return Entry(item.id.text, "requirement", f"{item.head.text}  {title}".strip(), whole, at)
    words = [value for value in item.values if isinstance(value, tree.Name)]
    first = _first(item)
    at = Range(name, unit.start + (first or item.head).start, unit.start + (first or item.head).end)
    if first is not None:
        return Entry(first.text, item.head.text, title, whole, at)
    said = ", ".join(one.text for one in words) or title[:60]
    return Entry(f"{item.head.text} {said}".strip(), item.head.text, "", whole, at)


def _first(item: tree.Item) -> tree.Name | None:
    from ...bind.names import NAMED, declared_name

    return declared_name(item) if item.head.text in (*NAMED, "feature", "policy") else None


def _texts(item: tree.Item) -> Iterator[tree.Text]:
    for value in item.values:
        for part in value.parts if isinstance(value, tree.Run) else (value,):
            if isinstance(part, tree.Text):
                yield part


def search(lookup: Lookup, part: str) -> tuple[tuple[Declared, Range], ...]:
    """The declarations of the project in whose names the letters of `part` occur in this order, the closest first."""
    letters = part.casefold()
    found: list[tuple[bool, int, Declared]] = []
    for one in lookup.names.everything():
        if one.what in ("called", "argument", "result", "value", "parameter"):
            continue
        name = one.name.casefold()
        rest = iter(name)
        if all(letter in rest for letter in letters):
            found.append((letters not in name, len(name), one))
    best = sorted(found, key=lambda row: row[:2])[:_MOST]
    return tuple((one, at) for _, _, one in best if (at := lookup.place(one.span)) is not None)


def folds(lookup: Lookup, name: str) -> tuple[tuple[Range, bool], ...]:
    """What can be folded: blocks, and comments of several lines (told by True)."""
    file = lookup.session.file(name)
    if file is None:
        return ()
    found: list[tuple[Range, bool]] = []
    for unit in file.units:
        end = _end(file, unit)
        if "\n" in file.source.text[unit.start : end]:
            found.append((Range(name, unit.start, end), False))
    found.extend((Range(name, one.start(), one.end()), True) for one in _COMMENTS.finditer(file.source.text))
    return tuple(sorted(found))

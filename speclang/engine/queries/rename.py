"""Another name for a declaration, wherever it is used; or why it can't have it.

In: a place and a name. Out: edits of specs, or a refusal in words. A requirement that was built before also says which ID it had (`was`),
so that its cases and their results follow it.
Invariant: what is renamed is what the new texts resolve to; nothing that meant something else before means it afterwards.
"""

import re
from collections.abc import Iterator

from ...bind.expressions.types import BUILT_IN
from ...bind.names import RESERVED
from ...lock import lockfile
from ...model.identity import is_id, is_name
from ...source.records import dataclass
from ...source.span import Range
from ..fresh import LOCK
from .lookup import Lookup
from .names import CANDIDATES, MEMBERS, Declared, block_of
from .references import references, target


class Refused(Exception):
    """A name can't be given; the reason is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Change:
    """Write `text` in place of a range."""

    range: Range
    text: str


def renamable(lookup: Lookup, name: str, offset: int) -> Range:
    """The word at a place that can be given another name. Raises `Refused`."""
    spot = lookup.spot(name, offset)
    if spot is None or spot.declared is None:
        raise Refused("there is no name here that a spec of this project declares")
    _sure(lookup, spot.declared)
    return Range(name, spot.unit.start + spot.start, spot.unit.start + spot.end)


def rename(lookup: Lookup, name: str, offset: int, new: str) -> tuple[Change, ...]:
    """What is to be changed so that the word at a place is called `new`. Raises `Refused`."""
    declared = target(lookup, name, offset)
    if declared is None:
        raise Refused("there is no name here that a spec of this project declares")
    if new == declared.name:
        return ()
    _sure(lookup, declared)
    _fits(declared, new)
    found = list(references(lookup, declared))
    places = {(declared.span.unit.file, block_of(declared.unit))}
    places.update((one.range.file, block_of(one.unit)) for one in found)
    for file, block in sorted(places):
        _free(lookup, declared, new, file, block)
    own = lookup.place(declared.span)
    changes = [Change(own, new)] if own is not None else []
    changes.extend(Change(one.range, new) for one in found)
    changes.extend(_former(lookup, declared))
    return tuple(sorted(changes, key=lambda one: one.range))


def _sure(lookup: Lookup, declared: Declared) -> None:
    """Refuse where some use could not be seen: in a line that can't be read, or because two things have the name."""
    word = re.compile(rf"(?<![\w-]){re.escape(declared.name)}(?![\w-])")
    names = lookup.names
    for name, file in names.files.items():
        if declared.span.unit.file in names.used(name) and word.search(file.source.text) and lookup.broken(name):
            raise Refused(f"{name} has lines that can't be read, and one may use `{declared.name}`; mend them first")
    if declared.what == "value":
        others = {one.span for one in names.everything() if one.what == "value" and one.name == declared.name}
        if len(others) > 1:
            raise Refused(
                f"several types have a value `{declared.name}`; which one a condition means is not told apart"
            )


def _fits(declared: Declared, new: str) -> None:
    if declared.what == "requirement":
        if not is_id(new):
            raise Refused(f"`{new}` is no ID: words joined by hyphens, as `REF-1`")
    elif not is_name(new):
        raise Refused(f"`{new}` is no name: letters, digits and `_`, at most 64 of them, as `order_total`")
    elif new in RESERVED or (declared.what == "type" and new in BUILT_IN):
        raise Refused(f"`{new}` has a meaning of its own")


def _free(lookup: Lookup, declared: Declared, new: str, file: str, block: str) -> None:
    """Refuse where `new` means something else already, where the declaration is written or used."""
    table = lookup.names.visible(file, block).table
    if declared.what in MEMBERS or declared.what == "called":
        keys = [(what, f"{declared.of}.{new}") for what in MEMBERS]
    else:
        beside = {what for some in CANDIDATES.values() if declared.what in some for what in some}
        keys = [(what, new) for what in sorted({declared.what, *beside})]
    if declared.what == "parameter":
        keys.append(("given", new))
    for key in keys:
        if key in table:
            raise Refused(f"`{new}` is the name of a {table[key].what} that can be seen in `{block or file}`")


def _former(lookup: Lookup, declared: Declared) -> Iterator[Change]:
    """`was OLD` in a requirement that is in the lock."""
    item = declared.unit.item
    if declared.what != "requirement" or item is None or not item.body or not _built(lookup, declared.name):
        return
    unit, last = declared.unit, item.body[-1]
    for field in item.body:
        if field.head.text == "was":
            yield Change(Range(unit.name.file, unit.start + field.end, unit.start + field.end), f", {declared.name}")
            return
    before = unit.text[: last.start]
    line = before.rpartition("\n")[2]
    one_line = "\n" not in unit.text[item.start : item.end] or line.strip() != ""
    text = f"; was {declared.name}" if one_line else f"\n{line}was {declared.name}"
    yield Change(Range(unit.name.file, unit.start + last.end, unit.start + last.end), text)


def _built(lookup: Lookup, id: str) -> bool:
    source = lookup.session.source(f"{lookup.session.settings.generated}/{LOCK}")
    if source is None:
        return False
    lock, _ = lockfile.read(source.text)
    return any(one.id == id for one in lock.requirements)

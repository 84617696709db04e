"""Which requirement gives way to which: `over`, followed in both directions.

In: a requirement. Out: those that it is over, or that are over it, with the places that say so.
"""

from collections.abc import Iterator

from ...source.span import Range
from .lookup import Lookup
from .names import Declared, block_of
from .references import references
from .uses import uses


def beaten(lookup: Lookup, declared: Declared) -> Iterator[tuple[Declared, Range]]:
    """The requirements that `declared` is over."""
    unit = declared.unit
    visible = lookup.names.visible(unit.name.file, block_of(unit))
    fields = [one for one in (unit.item.body or ()) if one.head.text == "over"] if unit.item is not None else []
    for use in uses(unit, lookup.kinds):
        inside = any(field.start <= use.start < field.end for field in fields)
        found = visible.find(use) if use.what == "requirement" and inside else None
        if found is not None:
            yield found, Range(unit.name.file, unit.start + use.start, unit.start + use.end)


def beating(lookup: Lookup, declared: Declared) -> Iterator[tuple[Declared, Range]]:
    """The requirements that are over `declared`."""
    for one in references(lookup, declared):
        own = [other for other in lookup.names.in_file(one.unit.name.file) if other.unit.name == one.unit.name]
        for other in own:
            if any(found.span == declared.span and at == one.range for found, at in beaten(lookup, other)):
                yield other, one.range

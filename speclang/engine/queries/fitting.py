"""What fits beside a given: its values, the units that it is counted in; and how a tool can fail.

In: a declaration. Out: names. Invariant: read from the declaration's tree, so that it answers while a spec is wrong.
"""

from collections.abc import Iterator

from ...syntax import tree
from ...values import units
from .names import Declared, Visible


def type_of(given: Declared | None) -> tree.Value | None:
    """The type of a given as it is written, without its range."""
    item = given.unit.item if given is not None else None
    value = item.values[0] if item is not None and item.values else None
    parts = value.parts if isinstance(value, tree.Run) else ()
    return parts[1] if len(parts) > 1 else None


def values_of(given: Declared | None, visible: Visible) -> Iterator[tuple[str, str]]:
    """The values of a given that is an enumeration, each after the name of the type or given that declares it."""
    type = type_of(given)
    if given is None or not isinstance(type, tree.Name | tree.Binary):
        return
    owner = type.text if isinstance(type, tree.Name) else given.name
    for one in visible.of("value"):
        if one.of == owner:
            yield owner, one.name


def units_of(given: Declared | None) -> Iterator[tuple[str, str]]:
    """The units in which a value of a given can be written, its own first, each with what it counts."""
    type = type_of(given)
    if isinstance(type, tree.Call) and type.arguments and isinstance(type.arguments[0].value, tree.Name):
        yield type.arguments[0].value.text, "its currency"
    own = units.find(type.text) if isinstance(type, tree.Name) else None
    if own is None:
        return
    for name in dict.fromkeys((own.many, *units.UNIT_NAMES)):
        found = units.find(name)
        if found is not None and found.dimension == own.dimension and name == found.many:
            yield name, own.dimension


def failures_of(tool: Declared | None) -> Iterator[str]:
    """The failures that a tool declares."""
    item = tool.unit.item if tool is not None else None
    for field in (item.body or ()) if item is not None else ():
        for value in field.values if field.head.text == "fails" else ():
            if isinstance(value, tree.Name):
                yield value.text

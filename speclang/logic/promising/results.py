"""What can be named of a tool's results: fields by their paths, lists, sums, and what was sent.

In: the types that a tool declares, and values of them. Out: names with their types, and with their values.
Invariant: total; a name whose value is not known is left out, and a condition on it is neither kept nor broken.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ...model.promise import SENT
from ...model.tool import Tool
from ...source.records import dataclass, replace
from ...values.types import Date, Datum, ListOf, Numeric, Optional, Record, Type
from ...values.units import EXACT, integer


@dataclass(frozen=True, slots=True)
class Shape:
    """`names` are all that a condition may say, with their types; `each` gives the list of those that speak of every item.

    `lists` are the lists of the result and of what is sent, by name, with the type of an item.
    """

    names: Mapping[str, Type]
    each: Mapping[str, str]
    lists: Mapping[str, Type]

    def fields(self, items: str) -> Mapping[str, Type]:
        """The fields of an item of the list `items`, if it is a record."""
        of = self.lists[items]
        return dict(of.fields) if isinstance(of, Record) else {}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one call: values by the names of a shape, and the items of each list."""

    values: Mapping[str, Datum]
    items: Mapping[str, tuple[Datum, ...]]


def shape(tool: Tool) -> Shape:
    """What can be named of the results of `tool`."""
    names: dict[str, Type] = {}
    each: dict[str, str] = {}
    lists: dict[str, Type] = {}
    declared = [*_flat("", tool.returns)] if tool.returns is not None else []
    declared.extend((f"{SENT}{one.name}", one.type) for one in tool.parameters)
    for name, type in declared:
        of = type.of if isinstance(type, Optional) else type
        if not isinstance(of, ListOf):
            names[name] = type
            continue
        lists[name] = of.of
        names[f"size({name})"] = integer()
        inner = of.of.fields if isinstance(of.of, Record) else (("", of.of),)
        for field, item in inner:
            path = f"{name}.{field}" if field else name
            if not isinstance(item, Record | ListOf):
                names[path], each[path] = item, name
            bare = item.of if isinstance(item, Optional) else item
            if isinstance(bare, Numeric):
                names[f"sum({path})"] = replace(bare, low=None, high=None)
    return Shape(names, each, lists)


def facts(tool: Tool, returned: Datum, sent: Mapping[str, Datum]) -> Facts:
    """All that is known of a call that was answered with `returned`, a value of the type that `tool` declares."""
    known: dict[str, Datum] = dict(_values("", tool.returns, returned)) if tool.returns is not None else {}
    known.update((f"{SENT}{name}", value) for name, value in sent.items())
    return settled(tool, known)


def settled(tool: Tool, known: Mapping[str, Datum]) -> Facts:
    """What follows from the fields that are `known`, by their paths."""
    values: dict[str, Datum] = {}
    items: dict[str, tuple[Datum, ...]] = {}
    lists = shape(tool).lists
    for name, value in known.items():
        if name not in lists:
            values[name] = value
        elif isinstance(value, tuple):
            items[name] = found = tuple(one for one in value)
            values[f"size({name})"] = Decimal(len(found))
            of = lists[name]
            fields = [field for field, _ in of.fields] if isinstance(of, Record) else [""]
            for field in fields:
                numbers = [part(one, field) for one in found]
                whole = [number for number in numbers if isinstance(number, Decimal)]
                if len(whole) == len(numbers):
                    values[f"sum({name}.{field})" if field else f"sum({name})"] = _sum(whole)
    return Facts(values, items)


def part(item: Datum, field: str) -> Datum:
    """The `field` of an item that is a record, or the item itself where that is ""."""
    if not field or not isinstance(item, tuple):
        return item
    for pair in item:
        if isinstance(pair, tuple) and len(pair) == 2 and pair[0] == field:
            return pair[1]
    return None


def ordered(type: Type) -> bool:
    """Whether values of `type` have an order."""
    return isinstance(type.of if isinstance(type, Optional) else type, Numeric | Date)


def _sum(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for one in numbers:
        total = EXACT.add(total, one)
    return total


def _flat(path: str, type: Record) -> Iterator[tuple[str, Type]]:
    for name, of in type.fields:
        here = f"{path}.{name}" if path else name
        if isinstance(of, Record):
            yield from _flat(here, of)
        else:
            yield here, of


def _values(path: str, type: Record, value: Datum) -> Iterator[tuple[str, Datum]]:
    for name, of in type.fields:
        here = f"{path}.{name}" if path else name
        held = part(value, name)
        if isinstance(of, Record):
            yield from _values(here, of, held)
        else:
            yield here, held

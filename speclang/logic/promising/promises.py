"""Whether what a tool returned keeps what it promises.

In: a property and what is known of one call, or of two. Out: why it is broken, in the fewest values that show it, or "".
Invariant: exact: no tolerance but the one that the spec states; what is not known breaks nothing.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import assert_never

from ...model.promise import (
    SENT,
    Called,
    ClassRate,
    Condition,
    Narrows,
    Pin,
    Property,
    Repeatable,
    Rounded,
    Sorted,
    Unique,
    Unordered,
)
from ...values.evaluate import compare, evaluate, variables
from ...values.showing import show
from ...values.types import Datum, Type
from ...values.units import EXACT
from .results import Facts, Shape, part

_MOST = 4
"""So many values are shown of what is broken."""


def broken(says: Property, known: Facts, shape: Shape) -> str:
    """Why one call breaks `says`, or ""; a property that takes two calls to show is not broken by one."""
    match says:
        case Condition():
            return _condition(says, known, shape)
        case Sorted(items, by, descending):
            values = [part(one, by) for one in known.items.get(items, ())]
            for at, (one, other) in enumerate(pairwise(values)):
                if compare("<" if descending else ">", one, other):
                    first, second = _item(items, at, by), _item(items, at + 1, by)
                    type = _type(shape, items, by)
                    return f"{first} = {show(one, type)} stands before {second} = {show(other, type)}"
            return ""
        case Unique(items, by):
            return _repeated(items, by, known, shape)
        case Rounded(field, to):
            for name, value in _each(field, known, shape):
                if isinstance(value, Decimal) and EXACT.remainder(value, to):
                    return f"{name} = {show(value, shape.names[field])}"
            return ""
        case Repeatable() | Narrows() | Unordered():
            return ""
    assert_never(says)


def differing(first: Facts, second: Facts, shape: Shape) -> str:
    """The first value that two calls do not have in common, or ""."""
    for name, type in shape.names.items():
        if name.removeprefix("size(").removeprefix("sum(").startswith(SENT):
            continue
        if name in first.values and name in second.values and first.values[name] != second.values[name]:
            return f"{name} = {show(first.values[name], type)}, then {show(second.values[name], type)}"
    for name, items in first.items.items():
        if name.startswith(SENT):
            continue
        other = second.items.get(name, ())
        for at, (one, then) in enumerate(zip(items, other, strict=False)):
            if one != then:
                return _parted(name, at, one, then, shape)
    return ""


def added(says: Narrows, narrow: Facts, wide: Facts, shape: Shape) -> str:
    """An item that the narrower call has and the wider one has not, or ""."""
    there = [part(one, says.by) for one in wide.items.get(says.items, ())]
    for at, one in enumerate(narrow.items.get(says.items, ())):
        value = part(one, says.by)
        if value not in there:
            shown = show(value, _type(shape, says.items, says.by))
            return f"{_item(says.items, at, says.by)} = {shown} is there only with `{says.argument}`"
    return ""


def unpinned(example: Called, known: Mapping[str, Datum]) -> tuple[tuple[Pin, Datum], ...]:
    """The fields of an example that are now other than they are pinned, each with what it is."""
    found: list[tuple[Pin, Datum]] = []
    for pin in example.pins:
        value = known.get(pin.name)
        within = value == pin.low.value or (
            bool(compare(">=", value, pin.low.value)) and bool(compare("<=", value, pin.high.value))
        )
        if not within:
            found.append((pin, value))
    return tuple(found)


def so(rate: ClassRate, known: Facts) -> bool:
    """Whether the condition of a rate holds of one call."""
    return evaluate(rate.holds, known.values) is True


def _condition(says: Condition, known: Facts, shape: Shape) -> str:
    if not says.each:
        return _shown(says, known.values, shape) if evaluate(says.holds, known.values) is False else ""
    fields = shape.fields(says.each)
    for at, item in enumerate(known.items.get(says.each, ())):
        own = {f"{says.each}.{name}": part(item, name) for name in fields} or {says.each: item}
        values = {**known.values, **own}
        if evaluate(says.holds, values) is False:
            return _shown(says, values, shape, at)
    return ""


def _shown(says: Condition, values: Mapping[str, Datum], shape: Shape, at: int = -1) -> str:
    """The values that a condition looks at."""
    said: list[str] = []
    for name in variables(says.holds)[:_MOST]:
        own = shape.each.get(name)
        called = _item(own, at, name.removeprefix(own).removeprefix(".")) if own else name
        if name in values:
            said.append(f"{called} = {show(values[name], shape.names[name])}")
    return ", ".join(said) or "it holds for no result"


def _repeated(items: str, by: str, known: Facts, shape: Shape) -> str:
    seen: dict[Datum, int] = {}
    for at, one in enumerate(known.items.get(items, ())):
        value = part(one, by)
        first = seen.setdefault(value, at)
        if first != at:
            shown = show(value, _type(shape, items, by))
            return f"{_item(items, first, by)} and {_item(items, at, by)} are both {shown}"
    return ""


def _each(field: str, known: Facts, shape: Shape) -> Iterator[tuple[str, Datum]]:
    items = shape.each.get(field)
    if items is None:
        if field in known.values:
            yield field, known.values[field]
        return
    by = field.removeprefix(items).removeprefix(".")
    for at, one in enumerate(known.items.get(items, ())):
        yield _item(items, at, by), part(one, by)


def _parted(items: str, at: int, one: Datum, other: Datum, shape: Shape) -> str:
    """The first field in which two items differ."""
    for name, type in (shape.fields(items) or {"": shape.lists[items]}).items():
        before, after = part(one, name), part(other, name)
        if before != after:
            return f"{_item(items, at, name)} = {show(before, type)}, then {show(after, type)}"
    return ""


def _item(items: str, at: int, by: str) -> str:
    """An item, counted from 1 as people count, or a field of it."""
    return f"{items}[{at + 1}].{by}" if by else f"{items}[{at + 1}]"


def _type(shape: Shape, items: str, by: str) -> Type:
    return shape.fields(items).get(by, shape.lists[items])

"""Examples of a tool's calls: `example look(id: "A1") returns { total: 40 USD, age: 0 days .. 400 days } recorded 2026-11-01 from "4.2"`.

In: the field `example` of a tool. Out: a `model.promise.Called`. What is pinned is a value, or a range that it lies in.
Invariant: the call is one of the tool itself, with its own arguments and fields.
"""

import datetime

from ...model.promise import Called, Pin
from ...model.tool import Tool
from ...source.records import replace
from ...syntax import tree
from ...values.evaluate import compare
from ...values.expression import Literal
from ...values.types import Date, Optional, Type
from ..errors import names as wrong_name
from ..errors import shapes
from ..errors import types as wrong
from ..expressions.literals import literal
from ..names import Site

_EXPECTED = "a call of the tool, and what comes back of it"


def called(site: Site, item: tree.Item, tool: Tool) -> Called | None:
    """The call that `item` gives as an example; None once reported."""
    match item.values:
        case (tree.Call() | tree.Name() as call,):
            rest: tuple[tree.Value, ...] = ()
        case (tree.Run(parts=(tree.Call() | tree.Name() as call, *more)),):
            rest = tuple(more)
        case _:
            _refused(site, item, tool)
            return None
    name = call.name.text if isinstance(call, tree.Call) else call.text
    if name != tool.name:
        _refused(site, item, tool)
        return None
    pins: tuple[Pin, ...] | None = ()
    recorded: datetime.date | None = None
    version = ""
    match rest:
        case (tree.Name(text="returns"), tree.Record() as told, *more):
            pins, rest = _pins(site, told, tool), tuple(more)
        case _:
            pass
    match rest:
        case (tree.Name(text="recorded"), tree.Id() as day, *more):
            read = literal(site, day, Date(), ("`recorded`", None))
            if read is None or not isinstance(read.value, datetime.date):
                return None
            recorded, rest = read.value, tuple(more)
        case _:
            pass
    match rest:
        case (tree.Name(text="from"), tree.Text() as text) if recorded is not None:
            version, rest = text.plain, ()
        case _:
            pass
    if rest:
        _refused(site, item, tool)
        return None
    arguments = _arguments(site, call.arguments if isinstance(call, tree.Call) else (), tool, item)
    if arguments is None or pins is None:
        return None
    return Called(arguments, pins, recorded, version, site.source(call), site.span(item.head))


def _refused(site: Site, item: tree.Item, tool: Tool) -> None:
    parameters = ", ".join(f"{one.name}: …" for one in tool.parameters)
    example = f"example {tool.name}({parameters}) returns {{ … }} recorded 2026-11-01"
    site.add(shapes.wrong_shape("example", _EXPECTED, example, site.span(item)))


def _arguments(
    site: Site, written: tuple[tree.Argument, ...], tool: Tool, item: tree.Item
) -> tuple[tuple[str, Literal], ...] | None:
    """The arguments of a call, each of the type that the tool declares; one that is optional may be left out."""
    types: dict[str, Type] = {one.name: one.type for one in tool.parameters}
    found: dict[str, Literal] = {}
    sound = True
    for one in written:
        name = site.span(one)._replace(end=one.start + len(one.name))
        type = types.get(one.name)
        if one.name in found:
            site.add(wrong_name.member_taken("argument", one.name, name, found[one.name].span))
            sound = False
        elif type is None:
            place = name if one.name else site.span(one)
            site.add(shapes.unknown_argument(one.name or site.source(one), tool.name, place, list(types)))
            sound = False
        else:
            value = literal(site, one.value, type, (f"`{one.name}`", tool.span))
            sound = sound and value is not None
            if value is not None:
                found[one.name] = value
    missing = [name for name, type in types.items() if name not in found and not isinstance(type, Optional)]
    if sound and missing:
        example = f"example {tool.name}({', '.join(f'{name}: …' for name in types)})"
        needed = ", ".join(f"`{name}`" for name in missing)
        site.add(shapes.wrong_shape("example", f"a value for {needed}", example, site.span(item)))
        sound = False
    return tuple(found.items()) if sound else None


def _pins(site: Site, told: tree.Record, tool: Tool) -> tuple[Pin, ...] | None:
    """What is pinned of a result, field by field."""
    types: dict[str, Type] = dict(tool.returns.fields) if tool.returns is not None else {}
    pins: dict[str, Pin] = {}
    sound = True
    for one in told.entries:
        name = site.span(one)._replace(end=one.start + len(one.name))
        type = types.get(one.name)
        if one.name in pins:
            site.add(wrong_name.member_taken("result", one.name, name, pins[one.name].low.span))
            sound = False
        elif type is None:
            site.add(wrong_name.unknown_result(tool.name, one.name, name, tuple(types), tool.span))
            sound = False
        else:
            pin = _pin(site, one, type, tool)
            sound = sound and pin is not None
            if pin is not None:
                pins[one.name] = pin
    return tuple(pins.values()) if sound else None


def _pin(site: Site, one: tree.Argument, type: Type, tool: Tool) -> Pin | None:
    owner = (f"`{one.name}`", tool.span)
    match one.value:
        case tree.Binary(op="..", left=first, right=last):
            if isinstance(first, tree.Number) and isinstance(last, tree.Quantity) and not first.text.endswith("%"):
                first = tree.Quantity(first, last.unit, first.start, first.end)
            low, high = literal(site, first, type, owner), literal(site, last, type, owner)
            if low is None or high is None:
                return None
            if not compare("<=", low.value, high.value):
                site.add(wrong.empty_range(site.source(first), site.source(last), site.span(one.value)))
                return None
            if isinstance(first, tree.Quantity) and first is not one.value.left:
                low = replace(low, written=f"{low.written} {first.unit.text}")
            return Pin(one.name, low, high)
        case value:
            exact = literal(site, value, type, owner)
            return None if exact is None else Pin(one.name, exact, exact)

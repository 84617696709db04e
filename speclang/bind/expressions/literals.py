"""Literals of the tree as typed values, and types in words.

In: a node and the type that its place asks for. Out: a `Literal` in base units, or None with a finding.
Invariant: a number is converted exactly or refused; nothing is rounded.
"""

import datetime
import re
from decimal import Decimal
from typing import TypeAlias, assert_never

from ...source.span import Span
from ...source.suggest import nearest
from ...syntax import tree
from ...values import units
from ...values.domain import dense, on_step, within
from ...values.expression import Literal
from ...values.money import CODES
from ...values.pattern import matches, samples
from ...values.types import Bool, Date, Enum, ListOf, Numeric, Optional, Record, Text, Type
from ..errors import shapes
from ..errors import types as wrong
from ..names import Site

TRUTH = {"yes": True, "true": True, "no": False, "false": False}
_DIGITS = 60
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Owner: TypeAlias = tuple[str, Span | None]
"""What a literal belongs to, in words (`` `age` ``), and where that is declared."""


def describe(type: Type) -> str:
    """`type` in words that continue "this is"."""
    match type:
        case Bool():
            return "yes or no"
        case Enum():
            return (
                f"a value of `{type.name}`" if type.name else "one of " + ", ".join(f"`{m}`" for m in type.members[:6])
            )
        case Numeric():
            return _describe_number(type)
        case Date():
            return "a date"
        case Text():
            return "a text"
        case Optional():
            return describe(type.of)
        case ListOf():
            return "a list"
        case Record():
            return "a record"
    assert_never(type)


def _describe_number(type: Numeric) -> str:
    match type.dimension:
        case "":
            return "a whole number" if type.step == 1 else "a plain number"
        case "percent":
            return "a percentage"
        case "duration":
            return f"a duration in {type.unit}"
        case "bytes":
            return f"a size in {type.unit}"
        case _:
            return f"an amount in {type.unit}"


def plain_type(type: Type) -> Type:
    """`type` without the `optional` around it and without bounds: what a literal compared with it has."""
    match type:
        case Optional():
            return plain_type(type.of)
        case Numeric(low=None, high=None) | Date(low=None, high=None):
            return type
        case Numeric():
            return Numeric(type.dimension, type.unit, type.step)
        case Date():
            return Date()
        case _:
            return type


def shown(value: Decimal, type: Numeric) -> str:
    """`value` as a spec would say it in the type's unit."""
    fit = units.fitting(value, type)
    if fit is None:
        return units.plain(value)
    number, unit = fit
    if unit is units.PERCENT:
        return f"{units.plain(number)}%"
    return f"{units.plain(number)} {unit.one if number == 1 else unit.many}"


def number_of(site: Site, node: tree.Number) -> Decimal | None:
    """The number that `node` says, without its percent sign."""
    digits = node.text.replace("_", "").removesuffix("%")
    if len(digits) > _DIGITS:
        site.add(shapes.wrong_shape(f"{digits[:12]}…", f"at most {_DIGITS} digits", "10_000", site.span(node)))
        return None
    return Decimal(digits)


def unit_of(site: Site, node: tree.Name) -> units.Unit | None:
    """The unit called `node`."""
    unit = units.find(node.text)
    if unit is None:
        if nearest(node.text, units.CALENDAR) and not nearest(node.text, units.UNIT_NAMES):
            site.add(wrong.calendar_unit(node.text, site.span(node)))
        else:
            known = (*units.UNIT_NAMES, *(CODES if node.text.isupper() and len(node.text) == 3 else ()))
            site.add(wrong.unknown_unit(node.text, site.span(node), known))
    return unit


def free_number(site: Site, node: tree.Number | tree.Quantity) -> Literal | None:
    """A number by itself: its own unit is its type."""
    if isinstance(node, tree.Number):
        number = number_of(site, node)
        if number is None:
            return None
        if node.text.endswith("%"):
            value = units.to_base(number, units.PERCENT)
            return Literal(value, units.percent(), site.source(node), site.span(node))
        type = units.integer() if number == number.to_integral_value() else units.decimal()
        return Literal(number, type, site.source(node), site.span(node))
    unit = unit_of(site, node.unit)
    number = number_of(site, node.number)
    if unit is None or number is None:
        return None
    if node.number.text.endswith("%"):
        site.add(shapes.wrong_shape(site.source(node), "either a percent sign or a unit", "20%", site.span(node)))
        return None
    return Literal(units.to_base(number, unit), units.quantity(unit), site.source(node), site.span(node))


def number(
    site: Site, node: tree.Number | tree.Quantity, type: Numeric, owner: Owner, *, lenient: bool = False
) -> Literal | None:
    """A number where `type` is wanted; `lenient` lets a bare number have the type's unit, as in ranges."""
    own = units.own_unit(type)
    if isinstance(node, tree.Number) and own is not None and not node.text.endswith("%"):
        count = number_of(site, node)
        if count is None:
            return None
        if not lenient:
            better = f"{node.text}%" if own is units.PERCENT else f"{node.text} {own.one if count == 1 else own.many}"
            site.add(wrong.unit_missing(node.text, better, site.span(node), owner[0]))
            return None
        return _fitted(site, units.to_base(count, own), node, type, owner)
    read = free_number(site, node)
    if read is None or not isinstance(read.type, Numeric) or not isinstance(read.value, Decimal):
        return None
    if read.type.dimension != type.dimension:
        _mismatch(site, node, describe(read.type), type, owner)
        return None
    return _fitted(site, read.value, node, type, owner)


def _fitted(
    site: Site, value: Decimal, node: tree.Number | tree.Quantity, type: Numeric, owner: Owner
) -> Literal | None:
    """`value` as `node` says it, refused beyond the bounds of `type` or between its steps."""
    written, span = site.source(node), site.span(node)
    if not within(type, value):
        low = "" if type.low is None else shown(type.low, type)
        high = "" if type.high is None else shown(type.high, type)
        site.add(wrong.out_of_range(written, low, high, span, owner[0], owner[1]))
        return None
    if not dense(type) and not on_step(type, value):
        site.add(wrong.too_fine(written, shown(type.step, type), span, owner[0]))
        return None
    return Literal(value, plain_type(type), written, span)


def _mismatch(site: Site, node: tree.Value, is_a: str, type: Type, owner: Owner) -> None:
    written = site.source(node)
    span = site.span(node)
    side = (owner[1] or span, owner[0].strip("`"), describe(type))
    site.add(wrong.mismatch(side, (span, written, is_a)))


def literal(site: Site, node: tree.Value, type: Type, owner: Owner, *, lenient: bool = False) -> Literal | None:
    """The value of `type` that `node` says, or None once reported."""
    argument = site.argument(node)
    if argument is not None and not (isinstance(type, Enum) and argument.name in type.members):
        if argument.value is None or argument.node is None:
            return None
        return literal(site.at(argument), argument.node, type, owner, lenient=lenient)
    match type:
        case Optional():
            return literal(site, node, type.of, owner, lenient=lenient)
        case Numeric() if isinstance(node, tree.Number | tree.Quantity):
            return number(site, node, type, owner, lenient=lenient)
        case Bool() if isinstance(node, tree.Name) and node.text in TRUTH:
            return Literal(TRUTH[node.text], type, node.text, site.span(node))
        case Enum() if isinstance(node, tree.Name | tree.Id):
            if node.text in type.members:
                return Literal(node.text, type, node.text, site.span(node))
            site.add(wrong.unknown_member(node.text, site.span(node), type.members, owner[0]))
            return None
        case Enum() if isinstance(node, tree.Text) and node.plain in type.members:
            site.add(wrong.quoted_member(node.plain, site.span(node), owner[0]))
            return None
        case Text() if isinstance(node, tree.Text):
            return _text(site, node, type, owner)
        case Date() if isinstance(node, tree.Text | tree.Id | tree.Number):
            return _date(site, node, type, owner)
        case ListOf() | Record():
            return _several(site, node, type, owner)
        case _:
            _mismatch(site, node, _is_a(site, node), type, owner)
            return None


def _several(site: Site, node: tree.Value, type: ListOf | Record, owner: Owner) -> Literal | None:
    """A list, or a record."""
    if isinstance(type, ListOf) and isinstance(node, tree.Listed):
        items = [literal(site, one, type.of, owner) for one in node.items]
        held = tuple(one.value for one in items if one is not None)
        return Literal(held, type, site.source(node), site.span(node)) if len(held) == len(items) else None
    if isinstance(type, Record) and isinstance(node, tree.Record):
        return _record(site, node, type, owner)
    _mismatch(site, node, _is_a(site, node), type, owner)
    return None


def _record(site: Site, node: tree.Record, type: Record, owner: Owner) -> Literal | None:
    """A record with all of its fields, in whatever order they are written."""
    written = {one.name: one.value for one in node.entries}
    names = [name for name, _ in type.fields]
    if len(written) != len(node.entries) or written.keys() != set(names):
        expected = f"a record with {', '.join(f'`{name}`' for name in names)}"
        example = f"{{ {', '.join(f'{name}: …' for name in names)} }}"
        site.add(shapes.not_a(site.source(node), expected, example, site.span(node)))
        return None
    values = [(name, literal(site, written[name], of, owner)) for name, of in type.fields]
    held = tuple((name, one.value) for name, one in values if one is not None)
    return Literal(held, type, site.source(node), site.span(node)) if len(held) == len(values) else None


def _is_a(site: Site, node: tree.Value) -> str:
    match node:
        case tree.Number() | tree.Quantity():
            read = free_number(Site(site.unit, site.scope, type(site.found)()), node)
            return describe(read.type) if read is not None else "a number"
        case tree.Text():
            return "a text"
        case tree.Name() if node.text in TRUTH:
            return "yes or no"
        case tree.Name():
            return "a name"
        case tree.Pattern():
            return "a pattern"
        case tree.Listed():
            return "a list"
        case tree.Record():
            return "a record"
        case _:
            return "not a single value"


def _text(site: Site, node: tree.Text, type: Text, owner: Owner) -> Literal | None:
    value = node.plain
    if type.pattern and not matches(type.pattern, value):
        example = next(samples(type.pattern, 1), "")
        site.add(wrong.no_match(value, type.pattern, site.span(node), owner[0], example))
        return None
    return Literal(value, Text(type.pattern), site.source(node), site.span(node))


def _date(site: Site, node: tree.Text | tree.Id | tree.Number, type: Date, owner: Owner) -> Literal | None:
    written = node.plain if isinstance(node, tree.Text) else node.text
    value = None
    if _DATE.fullmatch(written):
        try:
            value = datetime.date.fromisoformat(written)
        except ValueError:
            value = None
    if value is None:
        site.add(shapes.not_a(written, "a date", "2025-01-31", site.span(node)))
        return None
    if (type.low is not None and value < type.low) or (type.high is not None and value > type.high):
        low = type.low.isoformat() if type.low else ""
        high = type.high.isoformat() if type.high else ""
        site.add(wrong.out_of_range(written, low, high, site.span(node), owner[0], owner[1]))
        return None
    return Literal(value, Date(), written, site.span(node))

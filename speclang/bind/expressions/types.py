"""Type expressions: `days 0 .. 365`, `money(USD)`, `text /A[0-9]{6}/`, `small | large`, `{ total: money(USD) }`.

In: the values after a declaration's name. Out: a `Type`, or None with a finding.
Invariant: bounds are in base units; a bare bound has the type's unit.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ...source.records import replace
from ...source.span import Span
from ...syntax import tree
from ...values import units
from ...values.money import CODES
from ...values.pattern import supported
from ...values.types import Bool, Date, Enum, ListOf, Numeric, Optional, Record, Text, Type
from ..errors import names as wrong_name
from ..errors import shapes
from ..errors import types as wrong
from ..names import RESERVED, Entry, Site
from .literals import describe, literal

BUILT_IN: Mapping[str, Type] = {
    "bool": Bool(),
    "int": units.integer(),
    "decimal": units.decimal(),
    "percent": units.percent(),
    "date": Date(),
    "text": Text(),
}
_CALLS = ("money", "optional", "list")
_DEPTH = 16

Named = Callable[[str], "Entry[Type] | None"]
"""Finds a named type; declares it first where it is still to be read."""


def read_type(site: Site, parts: Sequence[tree.Value], whole: Span, named: Named, depth: int = 0) -> Type | None:
    """The type that `parts`, side by side, say; `whole` is where it stands if there are none."""
    if not parts or depth > _DEPTH:
        site.add(wrong.not_a_type("" if not parts else "…", whole))
        return None
    if len(parts) == 1 and isinstance(parts[0], tree.Group):
        return read_type(site, _side_by_side(parts[0].value), whole, named, depth + 1)
    base = _base(site, parts[0], named, depth)
    if base is None:
        return None
    rest = parts[1:]
    if len(rest) == 1 and isinstance(rest[0], tree.Pattern) and isinstance(base, Text):
        return _pattern(site, rest[0])
    if len(rest) == 1 and isinstance(rest[0], tree.Binary) and rest[0].op == "..":
        return ranged(site, base, rest[0])
    if rest:
        site.add(wrong.not_a_type(_source(site, parts), Span(site.unit.name, parts[0].start, parts[-1].end)))
        return None
    return base


def _side_by_side(value: tree.Value) -> tuple[tree.Value, ...]:
    return value.parts if isinstance(value, tree.Run) else (value,)


def _source(site: Site, parts: Sequence[tree.Value]) -> str:
    return " ".join(site.source(part) for part in parts)


def _base(site: Site, node: tree.Value, named: Named, depth: int) -> Type | None:
    match node:
        case tree.Name():
            return _by_name(site, node, named)
        case tree.Binary(op="|"):
            return _enum(site, node)
        case tree.Call():
            return _call(site, node, named, depth)
        case tree.Record():
            return record(site, node, named, depth)
        case tree.Binary(op=".."):
            site.add(wrong.bare_range(site.source(node), _fitting(node), site.span(node)))
            return None
        case _:
            site.add(wrong.not_a_type(site.source(node), site.span(node)))
            return None


def _fitting(node: tree.Binary) -> str:
    """The type of which the ends of `node` are values, as it is written; "" where they are of none."""
    match node.right:
        case tree.Number(text) if text.endswith("%"):
            return "percent"
        case tree.Number(text):
            return "decimal" if "." in text else "int"
        case tree.Quantity(_, tree.Name(name)) if (unit := units.find(name)) is not None:
            return name if unit.dimension in ("duration", "bytes") else f"money({name})"
        case _:
            return ""


def _by_name(site: Site, node: tree.Name, named: Named) -> Type | None:
    built_in = BUILT_IN.get(node.text)
    if built_in is not None:
        return built_in
    entry = named(node.text)
    if entry is not None:
        return entry.value
    unit = units.find(node.text)
    if unit is not None and unit.dimension in ("duration", "bytes"):
        return units.quantity(unit)
    if "type" in site.scope.open:
        return None
    if node.text in units.CALENDAR:
        site.add(wrong.calendar_unit(node.text, site.span(node)))
    elif unit is not None:
        site.add(wrong.money_type(node.text, site.span(node)))
    else:
        known = (*site.scope.types, *BUILT_IN, *_CALLS, *(name for name in units.UNIT_NAMES if len(name) > 2))
        site.add(wrong.unknown_type(node.text, site.span(node), known))
    return None


def _enum(site: Site, node: tree.Value) -> Enum | None:
    members: dict[str, tree.Value] = {}
    sound = True
    for leaf in alternatives(node):
        if not isinstance(leaf, tree.Name | tree.Id):
            site.add(wrong.not_a_type(site.source(leaf), site.span(leaf)))
            sound = False
        elif leaf.text in RESERVED:
            site.add(wrong_name.reserved_name(leaf.text, "value", site.span(leaf)))
            sound = False
        elif leaf.text in members:
            site.add(wrong_name.member_taken("value", leaf.text, site.span(leaf), site.span(members[leaf.text])))
            sound = False
        else:
            members[leaf.text] = leaf
    return Enum(tuple(members)) if sound else None


def alternatives(node: tree.Value) -> tuple[tree.Value, ...]:
    """The parts of `a | b | c` in order; a value that is no choice is its own only part."""
    parts: list[tree.Value] = []
    while isinstance(node, tree.Binary) and node.op == "|":
        parts.append(node.right)
        node = node.left
    return (node, *reversed(parts))


def _call(site: Site, node: tree.Call, named: Named, depth: int) -> Type | None:
    name = node.name.text
    if name not in _CALLS:
        site.add(wrong.unknown_type(name, site.span(node.name), (*_CALLS, *BUILT_IN)))
        return None
    match node.arguments:
        case (tree.Argument(name="", value=value),):
            pass
        case _:
            example = "money(USD)" if name == "money" else f"{name}(text)"
            site.add(shapes.wrong_shape(name, "one argument", example, site.span(node)))
            return None
    if name == "money":
        money = units.money(value.text) if isinstance(value, tree.Name) else None
        if money is None:
            site.add(wrong.unknown_currency(site.source(value), site.span(value), CODES))
        return money
    of = read_type(site, _side_by_side(value), site.span(node), named, depth + 1)
    if of is None:
        return None
    if name == "list":
        return ListOf(of)
    return of if isinstance(of, Optional) else Optional(of)


def record(site: Site, node: tree.Record, named: Named, depth: int = 0) -> Record | None:
    """The record type `{ name: type, … }`."""
    fields: dict[str, Type] = {}
    places: dict[str, tree.Argument] = {}
    sound = True
    for entry in node.entries:
        if entry.name in places:
            site.add(wrong_name.member_taken("field", entry.name, site.span(entry), site.span(places[entry.name])))
            sound = False
            continue
        places[entry.name] = entry
        of = read_type(site, _side_by_side(entry.value), site.span(entry), named, depth + 1)
        if of is None:
            sound = False
        else:
            fields[entry.name] = of
    return Record(tuple(fields.items())) if sound else None


def _pattern(site: Site, node: tree.Pattern) -> Text | None:
    if not supported(node.text):
        site.add(shapes.bad_pattern(node.text, "malformed, or more than this syntax allows", site.span(node)))
        return None
    return Text(node.text)


def ranged(site: Site, base: Type, node: tree.Binary) -> Type | None:
    """`base` within the ends that `node` (`low .. high`) gives."""
    match base:
        case Optional():
            of = ranged(site, base.of, node)
            return None if of is None else Optional(of)
        case Numeric() | Date():
            pass
        case _:
            site.add(wrong.range_refused(describe(base), site.span(node)))
            return None
    owner = ("this type", None)
    free = replace(base, step=_finest(base, node)) if isinstance(base, Numeric) else base
    low = literal(site, node.left, free, owner, lenient=True)
    high = literal(site, node.right, free, owner, lenient=True)
    if low is None or high is None:
        return None
    match base, low.value, high.value:
        case Numeric(), Decimal() as first, Decimal() as last if first <= last:
            return replace(base, step=_finest(base, node), low=first, high=last)
        case Date(), datetime.date() as first, datetime.date() as last if first <= last:
            return Date(first, last)
        case _:
            site.add(wrong.empty_range(low.written, high.written, site.span(node)))
            return None


def _finest(base: Numeric, node: tree.Binary) -> Decimal:
    """The step of a plain decimal, which its bounds may refine; any other type keeps its own."""
    if base.dimension or base.step == 1:
        return base.step
    digits = [end.text for end in (node.left, node.right) if isinstance(end, tree.Number) and "%" not in end.text]
    found = [units.quantum(Decimal(text.replace("_", ""))) for text in digits if len(text) <= 60]
    return min((base.step, *found))


def agrees(wanted: Type, got: Type) -> bool:
    """Whether a value of `got` can stand where `wanted` is: one dimension, the same members; bounds may differ."""
    match wanted, got:
        case Optional(), _:
            return agrees(wanted.of, got.of if isinstance(got, Optional) else got)
        case _, Optional():
            return agrees(wanted, got.of)
        case Numeric(), Numeric():
            return wanted.dimension == got.dimension
        case Enum(), Enum():
            return set(wanted.members) == set(got.members)
        case ListOf(), ListOf():
            return agrees(wanted.of, got.of)
        case Record(), Record():
            theirs = dict(got.fields)
            return all(name in theirs and agrees(of, theirs[name]) for name, of in wanted.fields)
        case _:
            return type(wanted) is type(got)

"""Values as text: as people read them (`10,000 USD`), as a spec spells them, as JSON, and as part of a case's ID.

`reading` goes the other way.
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from ..source.hashing import Json, digest
from .expression import Literal
from .money import minor
from .types import Bool, Datum, Enum, ListOf, Numeric, Optional, Record, Type
from .units import PERCENT, find, fitting, in_unit, own_unit, plain, quantity

MISSING = "missing"
"""How the absence of an optional value is written."""

_GROUPED_FROM = 10_000
_SLUG_MARKS = frozenset("._+-")
_SLUG_LENGTH = 40


def show(value: Datum, type: Type) -> str:
    """`value` as people read it: `30 days`, `1 day`, `500.01 USD`, `10,000`, `20%`, `yes`, `2025-01-31`."""
    return _show(value, type, ",")


def spell(value: Datum, type: Type) -> str:
    """`value` as a spec spells it: `10_000 USD`, `30 days`, `"text"`."""
    if isinstance(value, str) and not _is_enum(type):
        return _quoted(value)
    return _show(value, type, "_")


def to_json(value: Datum, type: Type) -> Json:
    """`value` as a tool returns it: numbers in the declared unit, dates as ISO 8601 text, records as objects.

    A number is an integer or a float whose shortest digits are the exact number; where no float is, it is text.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(type, Optional):
        return to_json(value, type.of)
    if isinstance(value, Decimal):
        return _json_number(value, type)
    if isinstance(type, Record):
        return {name: to_json(item, of) for (name, item), of in _fields(value, type)}
    if isinstance(type, ListOf):
        return [to_json(item, type.of) for item in _items(value)]
    return show(value, type)


def spoken(literal: Literal) -> str:
    """A constant in words: a quantity in the unit in which it is written, a member of an enum without underscores."""
    value, type = literal.value, literal.type.of if isinstance(literal.type, Optional) else literal.type
    if isinstance(type, Enum):
        return show(value, type).replace("_", " ")
    unit = find(literal.written.rpartition(" ")[2]) if isinstance(type, Numeric) else None
    if isinstance(value, Decimal) and unit is not None and in_unit(value, unit) is not None:
        return show(value, quantity(unit))
    return show(value, literal.type)


def slug(value: Datum, type: Type) -> str:
    """`value` as the last part of a case's ID: `30`, `500.01`, `no`, `gold`; no spaces, no slashes.

    A text that had to be changed or cut ends in four digits of its hash, so that two texts stay apart.
    """
    if value is None:
        return MISSING
    if isinstance(type, Optional):
        return slug(value, type.of)
    if isinstance(value, Decimal) and isinstance(type, Numeric):
        return _slug_number(value, type)
    text = _show(value, type, "_")
    kept = "".join(c if c.isalnum() or c in _SLUG_MARKS else "-" for c in text)[:_SLUG_LENGTH]
    kept = "-".join(part for part in kept.split("-") if part)
    if kept == text or isinstance(type, Enum):
        return kept
    return f"{kept}~{digest(text)[:4]}" if kept else digest(text)[:8]


def _show(value: Datum, type: Type, separator: str) -> str:
    if isinstance(type, Optional):
        if value is None:
            return MISSING
        text = _show(value, type.of, separator)
        return _quoted(text) if text.strip() == MISSING or text.lstrip().startswith('"') else text
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _show_number(value, type, separator)
    if isinstance(type, Record):
        inner = ", ".join(f"{name}: {_item(item, of)}" for (name, item), of in _fields(value, type))
        return "{ " + inner + " }" if inner else "{}"
    inner = ", ".join(_item(item, type.of if isinstance(type, ListOf) else Bool()) for item in _items(value))
    return f"[{inner}]"


def _item(value: Datum, type: Type) -> str:
    """A value inside a list or record, where a comma would end it."""
    if isinstance(type, Optional):
        return MISSING if value is None else _item(value, type.of)
    return spell(value, type)


def _show_number(value: Decimal, type: Type, separator: str) -> str:
    if not isinstance(type, Numeric) or not type.unit:
        return _grouped(plain(value), separator)
    found = fitting(value, type)
    if found is None:
        return _grouped(plain(value), separator)
    number, unit = found
    digits = plain(number)
    if unit.dimension == PERCENT.dimension:
        return _grouped(digits, separator) + "%"
    places = minor(unit.many)
    whole, point, rest = digits.partition(".")
    if places is not None and point and len(rest) < places:
        digits = f"{whole}.{rest.ljust(places, '0')}"
    return f"{_grouped(digits, separator)} {unit.one if number == 1 else unit.many}"


def _grouped(digits: str, separator: str) -> str:
    """`digits` with thousands set apart from 10,000 on."""
    whole, point, rest = digits.partition(".")
    if len(whole.lstrip("-")) < len(str(_GROUPED_FROM)):
        return digits
    return f"{int(whole):,}".replace(",", separator) + point + rest


def _json_number(value: Decimal, type: Type) -> Json:
    if isinstance(type, Numeric):
        own = own_unit(type)
        if own is not None:
            number = in_unit(value, own)
            if number is None:
                return show(value, type)
            value = number
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else plain(value)


def _slug_number(value: Decimal, type: Numeric) -> str:
    own = own_unit(type)
    number = value if own is None else in_unit(value, own)
    if number is not None:
        return plain(number)
    return "".join(_show_number(value, type, "_").split())


def _quoted(text: str) -> str:
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + inner.replace("{", "\\{").replace("}", "\\}") + '"'


def _is_enum(type: Type) -> bool:
    return isinstance(type, Enum) or (isinstance(type, Optional) and _is_enum(type.of))


def _items(value: Datum) -> tuple[Datum, ...]:
    return tuple(item for item in value) if isinstance(value, tuple) else ()


def _fields(value: Datum, type: Record) -> Iterable[tuple[tuple[str, Datum], Type]]:
    """The pairs of a record's value, each with the type of its field."""
    types = dict(type.fields)
    for pair in _items(value):
        if isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str) and pair[0] in types:
            yield (pair[0], pair[1]), types[pair[0]]

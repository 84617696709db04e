"""Text and JSON to values, by type: the reader of literals in tests, of edited holes and of edited cases.

Invariant: total; whatever the text, the answer is a value of the type or a `Problem` that says what to write instead.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar, assert_never

from ..source.hashing import Json
from ..source.suggest import nearest
from . import errors
from .domain import contains, dense, on_step, sample, within
from .errors import Problem
from .money import CODES
from .showing import MISSING, show
from .types import Bool, Date, Datum, Enum, ListOf, Numeric, Optional, Record, Text, Type
from .units import CALENDAR, PERCENT, UNIT_NAMES, Unit, find, own_unit, to_base

T = TypeVar("T")

_DIGITS = 40
_DEPTH = 16
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+(?:_\d+)*)(?:\.\d+)?", re.ASCII)
_QUANTITY = re.compile(r"([+-]?[\d_.,]+)\s*(.*)", re.ASCII | re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TRUE, _FALSE = ("yes", "true"), ("no", "false")
_ESCAPED = {"n": "\n", "t": "\t"}


def read(text: str, type: Type) -> "Datum | Problem":
    """The value of `type` that `text` says, in words as `show` writes them or as a spec spells them."""
    return _read(text, type, 0)


def number(text: str) -> Decimal | None:
    """The exact number that `text` says, with or without separators of thousands; None if it is none."""
    if len(text) > 2 * _DIGITS or _NUMBER.fullmatch(text) is None:
        return None
    return Decimal(text.replace("_", "").replace(",", ""))


def _read(text: str, type: Type, depth: int) -> "Datum | Problem":
    if depth > _DEPTH:
        return errors.too_deep(text)
    match type:
        case Bool():
            word = text.strip().lower()
            return True if word in _TRUE else False if word in _FALSE else errors.not_yes_or_no(text.strip())
        case Enum(members):
            word = text.strip()
            return word if word in members else errors.not_a_member(word, members, nearest(word, members))
        case Numeric():
            return _read_number(text.strip(), type)
        case Date():
            return _read_date(text.strip(), type)
        case Text(pattern):
            if contains(type, text):
                return text
            example = sample(type)
            return errors.no_match(text, pattern, str(example) if contains(type, example) else "")
        case Optional():
            return _read_optional(text, type, depth)
        case ListOf():
            return _read_list(text.strip(), type, depth)
        case Record():
            return _read_record(text.strip(), type, depth)
    assert_never(type)


def _read_optional(text: str, type: Optional, depth: int) -> "Datum | Problem":
    word = text.strip()
    if word == MISSING:
        return None
    return _read(_unquoted(word) if _is_quoted(word) else text, type.of, depth + 1)


def _read_number(text: str, type: Numeric) -> "Datum | Problem":
    example = _example(type)
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return errors.not_a_number(text, example)
    digits, name = found[1], found[2].strip()
    if sum(digit.isdigit() for digit in digits) > _DIGITS:
        return errors.long_number(digits, _DIGITS)
    value = number(digits)
    if value is None:
        return errors.bad_number(digits, example)
    if name:
        unit = _unit(text, name, type, example)
        if isinstance(unit, Problem):
            return unit
        value = to_base(value, unit)
    elif type.unit:
        return errors.no_unit(text, f"{digits}%" if type.unit == PERCENT.many else f"{digits} {type.unit}")
    return _in_bounds(text, value, type)


def _unit(text: str, name: str, type: Numeric, example: str) -> Unit | Problem:
    unit = find(name)
    if unit is None:
        if name in CALENDAR:
            return errors.calendar_unit(name)
        known = CODES if type.dimension.startswith("money:") else UNIT_NAMES
        return errors.unknown_unit(name, nearest(name, known), example)
    if not type.dimension:
        return errors.unit_not_wanted(text, example)
    if unit.dimension != type.dimension:
        return errors.other_dimension(text, _kind(type), example)
    return unit


def _in_bounds(text: str, value: Decimal, type: Numeric) -> "Datum | Problem":
    if not within(type, value):
        low = "" if type.low is None else show(type.low, type)
        high = "" if type.high is None else show(type.high, type)
        return errors.out_of_range(text, low, high)
    if not on_step(type, value):
        return errors.off_step(text, show(type.step, type))
    return value


def _kind(type: Numeric) -> str:
    """The dimension of `type` in words."""
    code = type.dimension.removeprefix("money:")
    if code != type.dimension:
        return f"an amount in {code}"
    return {"duration": "a duration", "bytes": "a size in bytes", "percent": "a percentage"}.get(code, "a plain number")


def _example(type: Numeric) -> str:
    unit = own_unit(type)
    if unit is None:
        return "1" if dense(type) or type.step == 1 else str(type.step)
    if unit is PERCENT:
        return "20%"
    return f"5 {unit.many}"


def _read_date(text: str, type: Date) -> "Datum | Problem":
    if _ISO.fullmatch(text) is None:
        return errors.not_a_date(text)
    try:
        value = datetime.date.fromisoformat(text)
    except ValueError:
        return errors.not_a_date(text)
    if not contains(type, value):
        return errors.out_of_range(text, *("" if end is None else end.isoformat() for end in (type.low, type.high)))
    return value


def _read_list(text: str, type: ListOf, depth: int) -> "Datum | Problem":
    if not (text.startswith("[") and text.endswith("]")):
        return errors.not_a_list(text)
    values: list[Datum] = []
    for part in _split(text[1:-1]):
        value = _read_item(part, type.of, depth + 1)
        if isinstance(value, Problem):
            return value
        values.append(value)
    return tuple(values)


def _read_record(text: str, type: Record, depth: int) -> "Datum | Problem":
    names = tuple(name for name, _ in type.fields)
    if not (text.startswith("{") and text.endswith("}")):
        return errors.not_a_record(text, names)
    parts = [part.partition(":") for part in _split(text[1:-1])]
    if tuple(name.strip() for name, _, _ in parts) != names:
        return errors.not_a_record(text, names)
    values: list[tuple[str, Datum]] = []
    for (_, _, part), (name, of) in zip(parts, type.fields, strict=True):
        value = _read_item(part, of, depth + 1)
        if isinstance(value, Problem):
            return value
        values.append((name, value))
    return tuple(values)


def _read_item(text: str, type: Type, depth: int) -> "Datum | Problem":
    """A value inside a list or record, where texts stand in quotes."""
    word = text.strip()
    if isinstance(type, Optional):
        return None if word == MISSING else _read_item(word, type.of, depth + 1)
    return _read(_unquoted(word) if isinstance(type, Text) and _is_quoted(word) else word, type, depth)


def _split(text: str) -> list[str]:
    """`text` at its commas, but for those in quotes or brackets."""
    parts: list[str] = []
    start = depth = 0
    quoted = escaped = False
    for at, sign in enumerate(text):
        if quoted:
            quoted = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            quoted = True
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    if parts or text.strip():
        parts.append(text[start:])
    return parts


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text.startswith('"') and text.endswith('"')


def _unquoted(text: str) -> str:
    out: list[str] = []
    escaped = False
    for sign in text[1:-1]:
        if escaped:
            out.append(_ESCAPED.get(sign, sign))
            escaped = False
        elif sign == "\\":
            escaped = True
        else:
            out.append(sign)
    return "".join(out)


def from_json(data: Json, type: Type) -> "Datum | Problem":
    """The value of `type` that `data` says, as `to_json` writes it."""
    match type:
        case Optional():
            return None if data is None else from_json(data, type.of)
        case Bool():
            return data if isinstance(data, bool) else errors.wrong_json(_shown(data), "true or false")
        case Numeric():
            return _number_of_json(data, type)
        case Enum() | Date() | Text():
            return read(data, type) if isinstance(data, str) else errors.wrong_json(_shown(data), "a text")
        case ListOf():
            if isinstance(data, str) or not isinstance(data, Sequence):
                return errors.wrong_json(_shown(data), "a list")
            return _all(data, lambda item: from_json(item, type.of))
        case Record():
            if not isinstance(data, Mapping) or tuple(data) != tuple(name for name, _ in type.fields):
                return errors.not_a_record(_shown(data), tuple(name for name, _ in type.fields))
            values = _all([(name, of) for name, of in type.fields], lambda field: from_json(data[field[0]], field[1]))
            if isinstance(values, Problem):
                return values
            return tuple((name, value) for (name, _), value in zip(type.fields, values, strict=True))
    assert_never(type)


def _all(items: Sequence[T], reader: Callable[[T], "Datum | Problem"]) -> "tuple[Datum, ...] | Problem":
    values: list[Datum] = []
    for item in items:
        value = reader(item)
        if isinstance(value, Problem):
            return value
        values.append(value)
    return tuple(values)


def _number_of_json(data: Json, type: Numeric) -> "Datum | Problem":
    if isinstance(data, bool) or not isinstance(data, int | float | str):
        return errors.wrong_json(_shown(data), "a number")
    if isinstance(data, str):
        bare = number(data)
        if bare is None:
            return read(data, type)
    else:
        bare = Decimal(repr(data))
        if not bare.is_finite():
            return errors.wrong_json(_shown(data), "a number")
    unit = own_unit(type)
    return _in_bounds(_shown(data), bare if unit is None else to_base(bare, unit), type)


def _shown(data: Json) -> str:
    return str(data)[:40]

"""Which values a type has: its ends, its members, the neighbours of a value, one value that stands for all.

Invariant: what is returned lies in the type; the same type gives the same values everywhere.
"""

import datetime
from decimal import Decimal
from typing import assert_never

from .pattern import matches, samples
from .types import Bool, Date, Datum, Enum, ListOf, Numeric, Optional, Record, Text, Type
from .units import EXACT

_DAY = datetime.timedelta(days=1)
_SAMPLE_DATE = datetime.date(2025, 1, 15)
_SAMPLE_TEXT = "sample"


def contains(type: Type, value: Datum) -> bool:
    """Whether `value` is one of `type`: of its shape, within its bounds, on its steps."""
    match type:
        case Numeric():
            return isinstance(value, Decimal) and value.is_finite() and within(type, value) and on_step(type, value)
        case Bool():
            return isinstance(value, bool)
        case Enum():
            return isinstance(value, str) and value in type.members
        case Date():
            return isinstance(value, datetime.date) and _between(value, type.low, type.high)
        case Text():
            return isinstance(value, str) and (not type.pattern or matches(type.pattern, value))
        case Optional():
            return value is None or contains(type.of, value)
        case ListOf():
            return isinstance(value, tuple) and all(contains(type.of, _datum(item)) for item in value)
        case Record():
            return _is_record(type, value)
    assert_never(type)


def within(type: Numeric, value: Decimal) -> bool:
    """Whether `value` lies between the bounds of `type`."""
    return (type.low is None or value >= type.low) and (type.high is None or value <= type.high)


def on_step(type: Numeric, value: Decimal) -> bool:
    """Whether `value` is a whole number of steps; a decimal or percentage may be finer than its step."""
    if dense(type):
        return True
    return not EXACT.remainder(value, type.step)


def dense(type: Numeric) -> bool:
    """Whether `type` is `decimal` or `percent`, whose step says how far neighbours are apart and not what is allowed."""
    return type.dimension == "percent" or (not type.dimension and type.step < 1)


def members(type: Type) -> tuple[Datum, ...] | None:
    """Every value of a type that lists them (`bool`, an enum, an optional of one), in the order declared; else None."""
    match type:
        case Bool():
            return (True, False)
        case Enum():
            return type.members
        case Optional():
            inner = members(type.of)
            return None if inner is None else (*inner, None)
        case Numeric() | Date() | Text() | ListOf() | Record():
            return None
    assert_never(type)


def smallest(type: Type) -> Datum:
    """The value that comes first: the lower bound (else 0, else the upper bound), the first member, `yes`."""
    match type:
        case Bool():
            return True
        case Enum():
            return type.members[0]
        case Numeric():
            return _lowest(type)
        case Date():
            return type.low or _clamp_date(_SAMPLE_DATE, type)
        case Text():
            return sample(type)
        case Optional():
            return smallest(type.of)
        case ListOf():
            return ()
        case Record():
            return tuple((name, smallest(of)) for name, of in type.fields)
    assert_never(type)


def sample(type: Type) -> Datum:
    """One value that stands for the type where nothing else asks for another.

    A text whose pattern is beyond the generator gives `sample`, which then does not match it: `contains` tells.
    """
    match type:
        case Text():
            if not type.pattern:
                return _SAMPLE_TEXT
            return next(samples(type.pattern, 1), _SAMPLE_TEXT)
        case ListOf():
            return (sample(type.of),)
        case Record():
            return tuple((name, sample(of)) for name, of in type.fields)
        case Optional():
            return sample(type.of)
        case Bool() | Enum() | Numeric() | Date():
            return smallest(type)
    assert_never(type)


def neighbours(value: Datum, type: Type) -> tuple[Datum, Datum]:
    """The values of `type` just below and just above `value`; None where there is none, or the type has no order."""
    match type:
        case Optional():
            return neighbours(value, type.of)
        case Numeric() if isinstance(value, Decimal):
            return _number_below(value, type), _number_above(value, type)
        case Date() if isinstance(value, datetime.date):
            below = value - _DAY if value > datetime.date.min else None
            above = value + _DAY if value < datetime.date.max else None
            return (
                below if below is not None and contains(type, below) else None,
                above if above is not None and contains(type, above) else None,
            )
    return None, None


def floor(value: Decimal, step: Decimal) -> Decimal:
    """The largest whole number of `step`s that is at most `value`."""
    rest = EXACT.remainder(value, step)
    whole = EXACT.subtract(value, rest)
    return EXACT.subtract(whole, step) if rest < 0 else whole


def _number_below(value: Decimal, type: Numeric) -> Decimal | None:
    grid = floor(value, type.step)
    below = EXACT.subtract(value, type.step) if dense(type) or grid == value else grid
    if type.high is not None and below > type.high:
        below = type.high
    return below if within(type, below) and on_step(type, below) else None


def _number_above(value: Decimal, type: Numeric) -> Decimal | None:
    base = value if dense(type) else floor(value, type.step)
    above = EXACT.add(base, type.step)
    if type.low is not None and above < type.low:
        above = type.low
    return above if within(type, above) and on_step(type, above) else None


def _lowest(type: Numeric) -> Decimal:
    zero = Decimal(0)
    if type.low is not None:
        below = floor(type.low, type.step)
        return type.low if dense(type) or below == type.low else EXACT.add(below, type.step)
    if type.high is not None and type.high < 0:
        return floor(type.high, type.step)
    return zero


def _clamp_date(value: datetime.date, type: Date) -> datetime.date:
    return type.high if type.high is not None and value > type.high else value


def _between(value: datetime.date, low: datetime.date | None, high: datetime.date | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _is_record(type: Record, value: Datum) -> bool:
    if not isinstance(value, tuple) or len(value) != len(type.fields):
        return False
    for pair, (name, of) in zip(value, type.fields, strict=True):
        if not isinstance(pair, tuple) or len(pair) != 2 or pair[0] != name or not contains(of, _datum(pair[1])):
            return False
    return True


def _datum(item: "Datum | tuple[str, Datum]") -> Datum:
    return item

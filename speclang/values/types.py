"""The closed union of types that a spec can give to a value, and the values themselves.

Values are exact and plain: `bool`, `str` (enum members and text), `Decimal` (every number, money, percent and quantity,
in the *base unit* of its dimension), `date`, `None` (an optional that is absent), `tuple` (lists, records as pairs).
Invariant: no float anywhere.
"""

import datetime
from decimal import Decimal
from typing import TypeAlias

from ..source.records import dataclass

Datum: TypeAlias = "bool | str | Decimal | datetime.date | tuple[Datum, ...] | tuple[tuple[str, Datum], ...] | None"


@dataclass(frozen=True, slots=True)
class Bool:
    """`bool`."""


@dataclass(frozen=True, slots=True)
class Enum:
    """`standard | gold | platinum`; `members` in the order declared. `name` is that of the named type, or ""."""

    members: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Numeric:
    """Every exact number: `int`, `decimal`, `percent`, `money(USD)`, durations, sizes in bytes.

    `dimension` is `""` (plain), `"percent"`, `"duration"`, `"bytes"` or `"money:USD"`; two numbers compare only within
    one. `unit` is how the type was declared and is shown (`days`, `USD`, `%`, `""`). `step` is the smallest difference
    between two values, in the base unit: 1 for `int`, 0.01 for `money(USD)`, 86400 (seconds) for `days`. `low` and
    `high` are inclusive bounds in the base unit, or None where there is none. The base unit of percent is 1: 20% is 0.2.
    """

    dimension: str
    unit: str
    step: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """`date`, ISO 8601; `low` and `high` are inclusive bounds or None. Its step is a day."""

    low: datetime.date | None = None
    high: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """`text`, or `text /pattern/`; `pattern` is "" or a regular expression that the whole text matches."""

    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Optional:
    """`optional(T)`: a value of `of`, or nothing."""

    of: "Type"


@dataclass(frozen=True, slots=True)
class ListOf:
    """`list(T)`."""

    of: "Type"


@dataclass(frozen=True, slots=True)
class Record:
    """`{ total: money(USD), age: days }`: field names and their types, in the order declared."""

    fields: "tuple[tuple[str, Type], ...]"


Type: TypeAlias = Bool | Enum | Numeric | Date | Text | Optional | ListOf | Record

"""Dimensions and units: from what a spec writes (`30 days`, `8 KiB`, `20%`) to exact numbers in base units, and back.

Base units are the second, the byte, one unit of a currency, and 1 for plain numbers and percent (`20%` is 0.2).
Invariant: every conversion is exact or refused; nothing is ever rounded.
"""

from decimal import Context, Decimal

from ..source.records import dataclass
from .money import minor
from .types import Numeric

EXACT = Context(prec=400)
"""Arithmetic on the numbers of a spec, which syntax keeps far shorter than this many digits."""

_PLACES = 6
"""Most decimals that a quantity is shown with; what needs more is shown in a smaller unit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`size` base units of `dimension`; `one` and `many` are its names beside 1 and beside other numbers."""

    one: str
    many: str
    dimension: str
    size: Decimal


def _unit(one: str, many: str, dimension: str, size: str) -> Unit:
    return Unit(one, many, dimension, Decimal(size))


PERCENT = _unit("%", "%", "percent", "0.01")

SECOND = _unit("second", "seconds", "duration", "1")

_DURATIONS = (
    _unit("week", "weeks", "duration", "604800"),
    _unit("day", "days", "duration", "86400"),
    _unit("hour", "hours", "duration", "3600"),
    _unit("h", "h", "duration", "3600"),
    _unit("minute", "minutes", "duration", "60"),
    _unit("min", "min", "duration", "60"),
    SECOND,
    _unit("s", "s", "duration", "1"),
    _unit("millisecond", "milliseconds", "duration", "0.001"),
    _unit("ms", "ms", "duration", "0.001"),
)
_SIZES = (
    _unit("TiB", "TiB", "bytes", "1099511627776"),
    _unit("TB", "TB", "bytes", "1000000000000"),
    _unit("GiB", "GiB", "bytes", "1073741824"),
    _unit("GB", "GB", "bytes", "1000000000"),
    _unit("MiB", "MiB", "bytes", "1048576"),
    _unit("MB", "MB", "bytes", "1000000"),
    _unit("KiB", "KiB", "bytes", "1024"),
    _unit("KB", "KB", "bytes", "1000"),
    _unit("byte", "bytes", "bytes", "1"),
    _unit("B", "B", "bytes", "1"),
)
_UNITS = {name: unit for unit in (*_DURATIONS, *_SIZES, PERCENT) for name in (unit.one, unit.many)}

UNIT_NAMES = tuple(name for name in _UNITS if name != "%")
"""Every unit that may stand after a number, largest first; currencies are in `money.CODES`."""

CALENDAR = frozenset({"month", "months", "quarter", "quarters", "year", "years"})
"""Words for spans of time that have no fixed length, and therefore are no units."""


def find(name: str) -> Unit | None:
    """The unit that `name` says, singular or plural, or the currency with that code."""
    known = _UNITS.get(name)
    if known is not None or minor(name) is None:
        return known
    return Unit(name, name, f"money:{name}", Decimal(1))


def to_base(number: Decimal, unit: Unit) -> Decimal:
    """`number` units in base units, exactly."""
    return EXACT.multiply(number, unit.size)


def in_unit(value: Decimal, unit: Unit) -> Decimal | None:
    """`value`, in base units, counted in `unit`; None where that needs more than six decimals."""
    scaled = EXACT.scaleb(value, _PLACES)
    if EXACT.remainder(scaled, unit.size):
        return None
    return EXACT.scaleb(EXACT.divide_int(scaled, unit.size), -_PLACES)


def own_unit(type: Numeric) -> Unit | None:
    """The unit in which `type` was declared; None for plain numbers."""
    return find(type.unit) if type.unit else None


def fitting(value: Decimal, type: Numeric) -> tuple[Decimal, Unit] | None:
    """`value` counted in the type's own unit, or else in the largest unit that counts it exactly; None if none does.

    Whole numbers go before decimals, and units spelled out like the type's own before symbols.
    """
    own = own_unit(type)
    if own is None:
        return None
    number = in_unit(value, own)
    if number is not None:
        return number, own
    smaller = [unit for unit in (*_DURATIONS, *_SIZES) if unit.dimension == own.dimension and unit.size < own.size]
    counted = [(in_unit(value, unit), unit) for unit in smaller]
    exact = [(number, unit) for number, unit in counted if number is not None]
    spelled = own.one != own.many
    whole = [(number, unit) for number, unit in exact if number == number.to_integral_value()]
    return next((pair for pair in whole if (pair[1].one != pair[1].many) is spelled), next(iter(whole or exact), None))


def integer(low: Decimal | None = None, high: Decimal | None = None) -> Numeric:
    """The type `int`."""
    return Numeric("", "", Decimal(1), low, high)


def decimal(low: Decimal | None = None, high: Decimal | None = None) -> Numeric:
    """The type `decimal`, whose neighbours are a hundredth apart unless a bound is written with more decimals."""
    written = [bound for bound in (low, high) if bound is not None]
    return Numeric("", "", min((Decimal("0.01"), *(quantum(bound) for bound in written))), low, high)


def quantity(unit: Unit, low: Decimal | None = None, high: Decimal | None = None) -> Numeric:
    """The type named by a unit (`days`, `KiB`, `%`, a currency); bounds in base units."""
    digits = minor(unit.many) if unit.dimension.startswith("money:") else None
    step = unit.size if digits is None else Decimal(1).scaleb(-digits)
    return Numeric(unit.dimension, unit.many, step, low, high)


def money(code: str, low: Decimal | None = None, high: Decimal | None = None) -> Numeric | None:
    """The type `money(code)`, or None where no such currency is known."""
    unit = find(code) if minor(code) is not None else None
    return None if unit is None else quantity(unit, low, high)


def percent(low: Decimal | None = None, high: Decimal | None = None) -> Numeric:
    """The type `percent`, whose neighbours are 1% apart; bounds in base units (20% is 0.2)."""
    return quantity(PERCENT, low, high)


def quantum(value: Decimal) -> Decimal:
    """The place of the last written decimal of `value` that is not zero: 0.01 for 5.25, 1 for 30 and 300."""
    digits = plain(value).partition(".")[2]
    return Decimal(1).scaleb(-len(digits))


def plain(value: Decimal) -> str:
    """`value` in digits, without exponent and without zeros that say nothing."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

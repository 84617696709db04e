"""Brute force over small domains: the oracle by which the clever parts are judged, and an answer where few inputs exist."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from ..values.domain import dense, members
from ..values.types import Date, Datum, Numeric, Optional, Type
from ..values.units import EXACT
from .variables import Variable, known

MOST = 1_000
"""The most values of one type that are listed."""


def every(type: Type) -> tuple[Datum, ...] | None:
    """All values of `type`, smallest first; None where there are more than `MOST`, or no end."""
    listed = members(type)
    if listed is not None:
        return listed
    if isinstance(type, Optional):
        inner = every(type.of)
        return None if inner is None else (*inner, None)
    if isinstance(type, Numeric) and type.low is not None and type.high is not None and not dense(type):
        return _steps(type.low, type.high, type.step)
    if isinstance(type, Date) and type.low is not None and type.high is not None:
        days = range(type.low.toordinal(), type.high.toordinal() + 1)
        return tuple(type.low.fromordinal(day) for day in days) if len(days) <= MOST else None
    return None


def inputs(among: Sequence[Variable]) -> Iterator[Mapping[str, Datum]]:
    """Every input over `among`, with what is unknown left out; no input twice. Needs types with few values."""
    domains = [every(variable.type) for variable in among]
    if any(domain is None for domain in domains):
        raise ValueError("a variable has too many values to list")
    seen: set[tuple[tuple[str, Datum], ...]] = set()
    for values in product(*(domain or () for domain in domains)):
        given = known({variable.name: value for variable, value in zip(among, values, strict=True)}, among)
        key = tuple(given.items())
        if key not in seen:
            seen.add(key)
            yield given


def first(among: Sequence[Variable], wanted: Callable[[Mapping[str, Datum]], bool]) -> Mapping[str, Datum] | None:
    """The first input over `among` for which `wanted` says yes."""
    return next((given for given in inputs(among) if wanted(given)), None)


def _steps(low: Decimal, high: Decimal, step: Decimal) -> tuple[Datum, ...] | None:
    count = int(EXACT.divide_int(EXACT.subtract(high, low), step)) + 1
    if count > MOST:
        return None
    start = low if not EXACT.remainder(low, step) else None
    if start is None:
        return None
    return tuple(EXACT.add(start, EXACT.multiply(step, Decimal(nth))) for nth in range(count))

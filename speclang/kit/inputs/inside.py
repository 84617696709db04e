"""A nominal input is a plain one: what a requirement is tried with first lies well inside of its condition.

In: an input on which a requirement applies, found by a search that stays as near as it can to the usual values and so often ends
on an edge. Out: the same input with the numbers and dates of the condition moved to round values between the edges.
Invariant: deterministic; a value that lies inside already stays, and what is moved depends on the condition and its givens only.
"""

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from math import ceil, floor
from typing import TypeAlias

from ...logic.variables import Variable
from ...values.domain import contains, neighbours
from ...values.evaluate import UNKNOWN, evaluate, value_of, variables
from ...values.expression import Among, Between, Compare, Expr, Literal, Var
from ...values.types import Date, Datum, Numeric, Optional, Type
from ...values.units import EXACT, own_unit
from .frame import Frame, Values

_FAR = 4
"""A range is looked at up to so many times its edge: what lies farther is no longer usual."""

_LEAST = 20
"""The least stretch beside an edge that is looked at, in units of the type."""

_HALF = Decimal("0.5")
_DAYS = 60
"""The days beside an edge that are looked at."""

Ordered: TypeAlias = Decimal | datetime.date

Meets = Callable[[Values], bool]
"""Whether an input is still what is wanted."""


def moved_inside(frame: Frame, values: Values, givens: Mapping[str, Variable], meets: Meets) -> Values:
    """`values` with each number and date of the condition away from the edges, where that still `meets` what is wanted."""
    found = values
    for name in frame.named:
        one = givens[name]
        type = one.type.of if isinstance(one.type, Optional) else one.type
        value = found.get(name)
        if not isinstance(type, Numeric | Date) or not isinstance(value, Decimal | datetime.date):
            continue
        marks = _marks(name, type, frame.atoms, found)
        if not _at_edge(name, type, marks, frame.atoms, found):
            continue
        for low, high in _stretches(value, marks):
            inside = _inside(low, high, type)
            if inside is not None and contains(type, inside):
                moved = {**found, name: inside}
                if _alike(frame.atoms, found, moved) and meets(moved):
                    found = moved
                    break
    return found


def _marks(name: str, type: Numeric | Date, atoms: Sequence[Expr], values: Values) -> tuple[Ordered, ...]:
    """The values of the given `name` at which some part of the condition changes, with the ends of its range, rising."""
    found: list[Datum] = [type.low, type.high]
    for atom in atoms:
        if name not in variables(atom):
            continue
        match atom:
            case Compare(_, Var(left), right) if left == name:
                edge = right.value if isinstance(right, Literal) else value_of(right, values)
                found.extend([] if edge is UNKNOWN else [edge])
            case Compare(_, left, Var(right)) if right == name:
                edge = value_of(left, values)
                found.extend([] if edge is UNKNOWN else [edge])
            case Among(Var(), members):
                found.extend(one.value for one in members)
            case Between(Var(), low, high):
                found.extend((low.value, high.value))
            case _:
                pass
    if isinstance(type, Date):
        return tuple(sorted({one for one in found if isinstance(one, datetime.date)}))
    return tuple(sorted({one for one in found if isinstance(one, Decimal)}))


def _at_edge(name: str, type: Type, marks: Sequence[Datum], atoms: Sequence[Expr], values: Values) -> bool:
    """Whether the value of the given `name` is one of `marks`, or the first beside one where a part changes."""
    if values[name] in marks:
        return True
    beside = [one for one in neighbours(values[name], type) if one in marks]
    return any(not _alike(atoms, values, {**values, name: one}) for one in beside)


def _alike(atoms: Sequence[Expr], values: Values, others: Values) -> bool:
    """Whether every part of the condition is on `others` what it is on `values`."""
    return all(evaluate(one, values) is evaluate(one, others) for one in atoms)


def _stretches(value: Ordered, marks: Sequence[Ordered]) -> Iterator[tuple[Ordered | None, Ordered | None]]:
    """The stretches between two of `marks` that `value` lies in or next to, the lower one first; None is no end."""
    at = bisect_left(marks, value)
    ends = (None, *marks, None)
    yield ends[at], ends[at + 1]
    if ends[at + 1] == value:
        yield value, ends[at + 2]


def _inside(low: Ordered | None, high: Ordered | None, type: Numeric | Date) -> Ordered | None:
    """A round value well between `low` and `high`; None where there is no room for one."""
    if isinstance(type, Date):
        return _date(low, high)
    if isinstance(low, datetime.date) or isinstance(high, datetime.date):
        return None
    unit = own_unit(type)
    size = Decimal(1) if unit is None else unit.size
    start, end = (None if one is None else EXACT.divide(one, size) for one in (low, high))
    if start is not None:
        most = EXACT.add(start, _stretch(start))
        end = most if end is None else min(end, most)
    elif end is not None:
        start = Decimal(0) if end > 0 else EXACT.subtract(end, _stretch(end))
    if start is None or end is None:
        return None
    found = _round(start, end, EXACT.divide(type.step, size))
    return None if found is None else EXACT.multiply(found, size)


def _stretch(edge: Decimal) -> Decimal:
    """How far beside `edge` values are usual."""
    return max(EXACT.multiply(EXACT.abs(edge), Decimal(_FAR - 1)), Decimal(_LEAST))


def _round(low: Decimal, high: Decimal, step: Decimal) -> Decimal | None:
    """The roundest number in the middle half between `low` and `high`; of several the one nearest to the middle."""
    quarter = EXACT.divide(EXACT.subtract(high, low), Decimal(4))
    if quarter <= 0:
        return None
    first, last = EXACT.add(low, quarter), EXACT.subtract(high, quarter)
    middle = EXACT.add(first, quarter)
    for place in range(max(first.adjusted(), last.adjusted()), step.adjusted() - 1, -1):
        for size in (Decimal(1).scaleb(place), Decimal(5).scaleb(place - 1)):
            least, most = ceil(EXACT.divide(first, size)), floor(EXACT.divide(last, size))
            if size >= step and least <= most:
                near = EXACT.divide(middle, size)
                chosen = min(max(ceil(EXACT.subtract(near, _HALF)), least), most)
                return EXACT.multiply(Decimal(chosen), size)
    return None


def _date(low: Ordered | None, high: Ordered | None) -> datetime.date | None:
    """The day in the middle between `low` and `high`, a month beside the one that there is."""
    far = datetime.timedelta(days=_DAYS)
    start = low if isinstance(low, datetime.date) else None
    end = high if isinstance(high, datetime.date) else None
    if start is not None:
        most = start + far if start < datetime.date.max - far else datetime.date.max
        end = most if end is None else min(end, most)
    elif end is not None:
        start = end - far if end > datetime.date.min + far else datetime.date.min
    if start is None or end is None or (end - start).days < 4:
        return None
    return start + (end - start) // 2

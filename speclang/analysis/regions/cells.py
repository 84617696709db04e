"""What a condition asks of one given: values that it may have, as data and in a few characters.

In: a comparison of one given with constants. Out: a `Cell`, or None for what is no test of one given.
Invariant: a cell holds a value exactly where the comparison is definitely true on it.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ...logic.region import DENIED, PRESENT, TURNED, Cut, Slice, intersection
from ...logic.variables import Variable
from ...source.records import dataclass
from ...values.domain import members
from ...values.evaluate import UNKNOWN, value_of, variables
from ...values.expression import Absent, Among, Between, Compare, Expr, Literal, Var
from ...values.showing import MISSING, show, spell
from ...values.types import Bool, Datum, Optional, Text, Type

ANY = "–"
"""A given that may be anything."""
NEVER = "never"
KNOWN = "known"

_ORDERS = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Cell:
    """The values of `part` but for those in one of `but`; a given that is not known has no value."""

    part: Slice
    but: tuple[Slice, ...] = ()

    def holds(self, value: Datum) -> bool:
        """Whether `value` is one of these."""
        return self.part.holds(value) and not any(one.holds(value) for one in self.but)

    @property
    def empty(self) -> bool:
        """Whether no value is one of these."""
        return self.part.empty


def cell_of(atom: Expr, *, wanted: bool) -> tuple[str, Cell] | None:
    """The given that `atom` tests, and the values on which it is definitely true, or false if that is what is `wanted`."""
    match atom:
        case Var(name):
            return name, Cell(Slice(frozenset((wanted,))))
        case Absent(Var(name)):
            return name, Cell(Slice(frozenset(), absent=True) if wanted else PRESENT)
        case Among(Var(name), items):
            return name, _listed([item.value for item in items], wanted=wanted)
        case Between(Var(name), Literal(low), Literal(high)):
            ends = _cut(low), _cut(high)
            if ends[0] is None or ends[1] is None:
                return None
            between = Slice(None, *ends)
            return name, Cell(between) if wanted else Cell(PRESENT, () if between.empty else (between,))
        case Compare(op, left, right):
            return _compare(op if wanted else DENIED[op], left, right)
        case _:
            return None


def both(one: Cell, other: Cell) -> Cell:
    """The values in both."""
    return Cell(intersection(one.part, other.part), (*one.but, *other.but))


def tidy(cell: Cell, variable: Variable) -> Cell | None:
    """`cell` in the one form that its values have; None where every input has one of them."""
    part, but = cell.part, cell.but
    listed = members(variable.type)
    if part.members is None and listed is not None:
        part = Slice(frozenset(one for one in listed if one is not None and part.holds(one)), absent=part.absent)
    if part.members is not None:
        kept = frozenset(one for one in part.members if not any(each.holds(one) for each in but))
        every = listed is not None and kept == frozenset(one for one in listed if one is not None)
        certain = every and not variable.state and part.absent is isinstance(variable.type, Optional)
        return None if certain else Cell(Slice(kept, absent=part.absent))
    but = tuple(dict.fromkeys(one for one in but if not intersection(part, one).empty))
    part, but = _closed(part, but)
    if part == PRESENT and not but and not variable.state and not isinstance(variable.type, Optional):
        return None
    return Cell(part, tuple(sorted(but, key=repr)))


def union(one: Cell, other: Cell) -> Cell | None:
    """The values in either, where one cell can hold them."""
    if one == other:
        return one
    if one.but or other.but:
        return None
    a, b = one.part, other.part
    absent = a.absent or b.absent
    if a.members is not None and b.members is not None:
        return Cell(Slice(a.members | b.members, absent=absent))
    for listed, range in ((a, b), (b, a)):
        if listed.members == frozenset():
            return Cell(Slice(range.members, range.low, range.high, absent=absent))
    if a.members is not None or b.members is not None or a.absent is not b.absent or not _touch(a, b):
        return None
    low = None if a.low is None or b.low is None else min(a.low, b.low)
    high = None if a.high is None or b.high is None else max(a.high, b.high)
    return Cell(Slice(None, low, high, absent))


def say(cell: Cell, type: Type) -> str:
    """`cell` as a table shows it: `<= 30 days`, `gold | platinum`, `not platinum`, `yes`, `> 30 days and <= 45 days`."""
    if cell.empty:
        return NEVER
    said = _members(cell.part.members, type) if cell.part.members is not None else _range(cell.part, type)
    absent = isinstance(type, Optional) and cell.part.absent
    if absent:
        said = MISSING if not said else f"{said} | {MISSING}"
    if not cell.but:
        return said or KNOWN
    without = " | ".join(_range(one, type) if one.members is None else _members(one.members, type) for one in cell.but)
    return f"{said} but not {without}" if said else f"not {without}"


def value(datum: Datum, type: Type) -> str:
    """One value as a cell shows it; a text stands in quotes."""
    of = type.of if isinstance(type, Optional) else type
    return spell(datum, type) if isinstance(of, Text) and datum is not None else show(datum, type)


def _compare(op: str, left: Expr, right: Expr) -> tuple[str, Cell] | None:
    if isinstance(right, Var) and not variables(left):
        left, right, op = right, left, TURNED[op]
    if not isinstance(left, Var) or variables(right):
        return None
    found = value_of(right, {})
    if found is UNKNOWN or found is None:
        return None
    if op in ("=", "!="):
        return left.name, _listed([found], wanted=op == "=")
    at = _cut(found)
    if at is None or op not in _ORDERS:
        return None
    side = {"<": -1, ">": 1}.get(op, 0)
    end = (at[0], side)
    return left.name, Cell(Slice(None, None, end) if op in ("<", "<=") else Slice(None, end, None))


def _listed(values: Iterable[Datum], *, wanted: bool) -> Cell:
    """The values themselves, or all but these; a number or a date is a range of its own."""
    found = list(values)
    if wanted:
        ends = [_cut(one) for one in found]
        if len(set(found)) == 1 and ends[0] is not None:
            return Cell(Slice(None, ends[0], ends[0]))
        return Cell(Slice(frozenset(found)))
    return Cell(PRESENT, tuple(_listed([one], wanted=True).part for one in dict.fromkeys(found)))


def _cut(datum: Datum) -> Cut | None:
    return (datum, 0) if isinstance(datum, Decimal | datetime.date) else None


def _closed(part: Slice, but: Sequence[Slice]) -> tuple[Slice, tuple[Slice, ...]]:
    """`part` without the values of `but` that lie at one of its ends."""
    kept = list(but)
    for one in list(kept):
        if one.low is None or one.low != one.high:
            continue
        if one.low == part.low:
            part = Slice(None, (one.low[0], 1), part.high, part.absent)
            kept.remove(one)
        elif one.high == part.high:
            part = Slice(None, part.low, (one.low[0], -1), part.absent)
            kept.remove(one)
    return part, tuple(kept)


def _touch(a: Slice, b: Slice) -> bool:
    """Whether no value lies between the two ranges."""
    return all(
        low is None or high is None or low <= high or (low[0] == high[0] and low[1] - high[1] == 1)
        for low, high in ((a.low, b.high), (b.low, a.high))
    )


def _members(values: frozenset[Datum] | None, type: Type) -> str:
    listed = [one for one in members(type) or () if one is not None]
    held = values or frozenset()
    rest = [one for one in listed if one not in held]
    of = type.of if isinstance(type, Optional) else type
    if len(rest) == 1 and len(listed) > 2 and not isinstance(of, Bool):
        return f"not {value(rest[0], type)}"
    if listed:
        return " | ".join(value(one, type) for one in listed if one in held)
    numbers = sorted(one for one in held if isinstance(one, Decimal))
    dates = sorted(one for one in held if isinstance(one, datetime.date))
    others = sorted(one for one in held if isinstance(one, str))
    ordered: list[Datum] = [*numbers, *dates, *others]
    return " | ".join(value(one, type) for one in ordered)


def _without_unit(one: str, other: str) -> str:
    """`one` without the unit that `other` has too: of `20 days` and `50 days` the `20`."""
    number, space, unit = one.rpartition(" ")
    return number if space and other.endswith(f" {unit}") else one


def _range(part: Slice, type: Type) -> str:
    """The ends of a range; "" for one without."""
    low, high = part.low, part.high
    if low is not None and high is not None and low[1] == high[1] == 0:
        ends = value(low[0], type), value(high[0], type)
        return ends[0] if low == high else f"{_without_unit(*ends)} .. {ends[1]}"
    said: list[str] = []
    if low is not None:
        said.append(f"{'>' if low[1] > 0 else '>='} {value(low[0], type)}")
    if high is not None:
        said.append(f"{'<' if high[1] < 0 else '<='} {value(high[0], type)}")
    return " and ".join(said)

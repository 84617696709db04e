"""Boxes around conditions: for each given, values outside which the condition can't hold.

A region is never too small: where the condition is definitely true, the input lies in its box. Where `exact`, the
converse is true as well. A given that a box names has a value there; one that it does not name may be unknown.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias, assert_never

from ..source.records import dataclass
from ..values.domain import members
from ..values.evaluate import value_of, variables
from ..values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from ..values.types import Datum, Type

Cut: TypeAlias = tuple["Decimal | datetime.date", int]
"""A place on an axis: at a value (0), just above it (1) or just below it (-1)."""

DENIED = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Slice:
    """Values of one given: the listed `members`, or, where None, all from `low` to `high` (None: no end).

    `absent` says that an optional may have no value.
    """

    members: frozenset[Datum] | None = None
    low: Cut | None = None
    high: Cut | None = None
    absent: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        if self.absent:
            return False
        if self.members is not None:
            return not self.members
        return self.low is not None and self.high is not None and self.low > self.high

    def holds(self, value: Datum) -> bool:
        """Whether `value` is one of these."""
        if value is None:
            return self.absent
        if self.members is not None:
            return value in self.members
        if isinstance(value, Decimal | datetime.date):
            at = (value, 0)
            return (self.low is None or self.low <= at) and (self.high is None or at <= self.high)
        return True


PRESENT = Slice()
"""Any value, but not none."""
NOTHING = Slice(frozenset())


@dataclass(frozen=True, slots=True)
class Region:
    """`slices` by given, sorted by name; `empty` where no input can make the condition definitely true."""

    slices: tuple[tuple[str, Slice], ...]
    exact: bool
    empty: bool = False


EVERYWHERE = Region((), exact=True)
NOWHERE = Region((), exact=True, empty=True)


def region(expr: Expr, *, wanted: bool = True) -> Region:
    """The region in which `expr` is definitely true, or definitely false where `wanted` is False."""
    match expr:
        case And(parts) | Or(parts):
            found = [region(part, wanted=wanted) for part in parts]
            return meet(found) if isinstance(expr, And) is wanted else join(found)
        case Not(operand):
            return region(operand, wanted=not wanted)
        case Compare(op, left, right):
            return _compare(op if wanted else DENIED[op], left, right, expr)
        case Among(Var(name, type), items):
            return _among(name, type, [item.value for item in items], wanted=wanted)
        case Between(Var(name), Literal(low), Literal(high)):
            ends = _cut(low, 0), _cut(high, 0)
            if not wanted or ends[0] is None or ends[1] is None:
                return _one(name, PRESENT, exact=False)
            return _one(name, Slice(None, *ends), exact=True)
        case Absent(Var(name)):
            return _one(name, Slice(frozenset(), absent=True) if wanted else PRESENT, exact=True)
        case Var(name):
            return _one(name, Slice(frozenset((wanted,))), exact=True)
        case Literal(value):
            return EVERYWHERE if value is wanted else NOWHERE
        case Among() | Between() | Arithmetic():
            return _present(expr)
    assert_never(expr)


def meet(regions: Iterable[Region]) -> Region:
    """The inputs in all of `regions`."""
    slices: dict[str, Slice] = {}
    exact = True
    for one in regions:
        if one.empty:
            return NOWHERE
        exact = exact and one.exact
        for name, part in one.slices:
            held = slices.get(name)
            slices[name] = part if held is None else intersection(held, part)
            if slices[name].empty:
                return NOWHERE
    return Region(tuple(sorted(slices.items(), key=_name)), exact)


def join(regions: Sequence[Region]) -> Region:
    """A region around all of `regions`."""
    parts = [one for one in regions if not one.empty]
    if not parts:
        return NOWHERE
    if len(parts) == 1:
        return parts[0]
    if any(one == EVERYWHERE for one in parts):
        return EVERYWHERE
    maps = [dict(one.slices) for one in parts]
    shared = [name for name, _ in parts[0].slices if all(name in one for one in maps)]
    slices = tuple((name, _hull([one[name] for one in maps])) for name in shared)
    only = [name for one in maps for name in one] == shared * len(maps) and len(shared) == 1
    listed = only and all(one[shared[0]].members is not None for one in maps)
    return Region(slices, exact=listed and all(one.exact for one in parts))


def intersection(a: Slice, b: Slice) -> Slice:
    """The values in both."""
    absent = a.absent and b.absent
    if a.members is not None or b.members is not None:
        listed, other = (a, b) if a.members is not None else (b, a)
        kept = frozenset(one for one in listed.members or () if other.holds(one))
        return Slice(kept, absent=absent)
    low = b.low if a.low is None else a.low if b.low is None else max(a.low, b.low)
    high = b.high if a.high is None else a.high if b.high is None else min(a.high, b.high)
    if low is not None and high is not None and low > high:
        return Slice(frozenset(), absent=absent)
    return Slice(None, low, high, absent)


def _hull(slices: Sequence[Slice]) -> Slice:
    absent = any(one.absent for one in slices)
    if all(one.members is not None for one in slices):
        return Slice(frozenset(item for one in slices for item in one.members or ()), absent=absent)
    low: Cut | None = None
    high: Cut | None = None
    first = True
    for one in slices:
        if one.members == frozenset():
            continue
        if one.members is not None:
            return Slice(absent=absent)
        low = one.low if first else None if low is None or one.low is None else min(low, one.low)
        high = one.high if first else None if high is None or one.high is None else max(high, one.high)
        first = False
    return Slice(None, low, high, absent)


def _compare(op: str, left: Expr, right: Expr, whole: Expr) -> Region:
    if isinstance(right, Var) and not isinstance(left, Var):
        left, right, op = right, left, TURNED[op]
    if not isinstance(left, Var) or (not isinstance(right, Literal) and variables(right)):
        return _present(whole)
    value = right.value if isinstance(right, Literal) else value_of(right, {})
    if isinstance(value, Decimal | datetime.date):
        return _ordered(left.name, op, value)
    if isinstance(value, bool | str) and op in ("=", "!="):
        return _among(left.name, left.type, [value], wanted=op == "=")
    return _present(whole)


def _ordered(name: str, op: str, value: Decimal | datetime.date) -> Region:
    match op:
        case "=":
            return _one(name, Slice(None, (value, 0), (value, 0)), exact=True)
        case "<":
            return _one(name, Slice(None, None, (value, -1)), exact=True)
        case "<=":
            return _one(name, Slice(None, None, (value, 0)), exact=True)
        case ">":
            return _one(name, Slice(None, (value, 1)), exact=True)
        case ">=":
            return _one(name, Slice(None, (value, 0)), exact=True)
        case _:
            return _one(name, PRESENT, exact=False)


def _among(name: str, type: Type, values: Sequence[Datum], *, wanted: bool) -> Region:
    cuts = [cut for cut in (_cut(value, 0) for value in values) if cut is not None]
    if cuts:
        if not wanted:
            return _one(name, PRESENT, exact=False)
        return _one(name, Slice(None, min(cuts), max(cuts)), exact=len(set(cuts)) == 1)
    if wanted:
        return _one(name, Slice(frozenset(values)), exact=True)
    known = members(type)
    if known is None:
        return _one(name, PRESENT, exact=False)
    return _one(name, Slice(frozenset(one for one in known if one is not None and one not in values)), exact=True)


def _present(expr: Expr) -> Region:
    """Where `expr` has a truth at all, unless it is made of conditions: everything that it names has a value."""
    if isinstance(expr, Compare | Among | Between | Arithmetic) and _plain(expr):
        return Region(tuple((name, PRESENT) for name in sorted(variables(expr))), exact=False)
    return Region((), exact=False)


def _plain(expr: Expr) -> bool:
    """Whether `expr` compares values and no conditions, so that one unknown makes it unknown."""
    match expr:
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return isinstance(left, Var | Literal | Arithmetic) and isinstance(right, Var | Literal | Arithmetic)
        case Among(left) | Between(left):
            return isinstance(left, Var | Literal | Arithmetic)
        case _:
            return False


def _one(name: str, part: Slice, *, exact: bool) -> Region:
    return NOWHERE if part.empty else Region(((name, part),), exact)


def _cut(value: Datum, side: int) -> Cut | None:
    return (value, side) if isinstance(value, Decimal | datetime.date) else None


def _name(pair: tuple[str, Slice]) -> str:
    return pair[0]

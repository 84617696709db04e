"""The values of each given between which conditions can tell: a finite choice that stands for all values.

In: the conditions and the variables. Out: for each variable its candidates, the preferred first: the base value, then
the nearest to it. Between two neighbouring thresholds of a given no condition tells values apart: one stands for all.
Invariant: where `complete`, an input that meets any goal over these conditions exists only if one does on the grid.
"""

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice, pairwise
from typing import TypeAlias

from ..source.records import dataclass, field
from ..values.domain import contains, dense, floor, members
from ..values.evaluate import UNKNOWN, leaves, nodes, value_of, variables, with_constant
from ..values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from ..values.pattern import samples
from ..values.types import Date, Datum, Numeric, Optional, Text, Type
from ..values.units import EXACT, plain, quantum
from .variables import Variable

Ordered: TypeAlias = "Decimal | datetime.date"

_FINEST = Decimal("1e-9")
"""The smallest distance at which values of a plain decimal are tried."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`candidates` of each variable; `complete` says whether they stand for all values.

    Whatever conditions calculate, they do so for what compares a variable with constants, but for the `unlisted` ones.
    """

    candidates: Mapping[str, tuple[Datum, ...]]
    complete: bool
    unlisted: frozenset[str] = field(default=frozenset())


@dataclass(slots=True)
class _Findings:
    """What the conditions say about the variables; lives no longer than one call."""

    constants: dict[str, dict[Datum, None]]
    links: list[tuple[str, str]]
    complete: bool = True


def grid(conditions: Iterable[Expr], among: Sequence[Variable]) -> Grid:
    """The candidates of every variable of `among` that `conditions` use."""
    known = {variable.name: variable for variable in among}
    found = _Findings({}, [])
    for atom in _each(conditions):
        if isinstance(atom, Compare) and isinstance(atom.left, Var) and isinstance(atom.right, Literal):
            found.constants.setdefault(atom.left.name, {})[atom.right.value] = None
            continue
        for name in variables(atom):
            found.constants.setdefault(name, {})
        _look(atom, known, found)
    used = [variable for variable in among if variable.name in found.constants]
    groups = _linked(found.links)
    candidates: dict[str, tuple[Datum, ...]] = {}
    unlisted: set[str] = set()
    for variable in used:
        group = groups.get(variable.name, ())
        if group:
            parts = [known[name] for name in group if name in known]
            constants = [one for part in parts for one in (*found.constants[part.name], *_marks(part))]
            found.complete = found.complete and _alike([part.type for part in parts])
        else:
            constants = [*found.constants[variable.name]]
        values, whole = choice(variable, constants, len(group))
        if not whole:
            unlisted.add(variable.name)
        candidates[variable.name] = values
    return Grid(candidates, found.complete and not unlisted, frozenset(unlisted))


def _each(conditions: Iterable[Expr]) -> Iterator[Expr]:
    """The comparisons in `conditions`, also those inside the sides of another; of those that take time to look at, each once."""
    seen: set[Expr] = set()
    for condition in conditions:
        for atom in leaves(condition):
            if with_constant(atom):
                yield atom
                continue
            for node in nodes(atom):
                compares = isinstance(node, Compare | Among | Between | Absent | Not | And | Or)
                if (node is atom or compares) and node not in seen:
                    seen.add(node)
                    yield node


def _look(atom: Expr, known: Mapping[str, Variable], found: _Findings) -> None:
    """Note the constants with which `atom` compares each given, and which givens it compares with each other."""
    match atom:
        case Compare(_, Var(left), Var(right)):
            found.links.append((left, right))
        case Compare(_, left, right):
            _note(left, right, known, found)
        case Among(left, items):
            for item in items:
                _note(left, item, known, found)
        case Between(left, low, high):
            _note(left, low, known, found)
            _note(left, high, known, found)
        case Absent() | Var() | Literal():
            pass
        case _:
            found.complete = False


def _note(left: Expr, right: Expr, known: Mapping[str, Variable], found: _Findings) -> None:
    if isinstance(right, Var) and not variables(left):
        left, right = right, left
    if isinstance(left, Var) and not variables(right):
        value = value_of(right, {})
        if value is not UNKNOWN:
            found.constants[left.name][value] = None
        return
    names = tuple(dict.fromkeys((*variables(left), *variables(right))))
    if not names:
        return  # constants, in the place of a given that has a value here
    found.complete = found.complete and len(names) == 1
    for name in names:
        others = {other: known[other].base for other in names if other != name and other in known}
        exact = _solve(left, right, name, others, found.constants[name])
        found.complete = found.complete and exact


def _solve(left: Expr, right: Expr, name: str, others: Mapping[str, Datum], constants: dict[Datum, None]) -> bool:
    """Add the value of `name` at which `left` equals `right`, the rest being `others`; whether that is all of them."""
    a, b = _line(left, name, others), _line(right, name, others)
    if a is None or b is None:
        return False
    slope, offset = a[0] - b[0], b[1] - a[1]
    if slope:
        at = offset / slope
        exact = EXACT.divide(Decimal(at.numerator), Decimal(at.denominator))
        constants[exact] = None
    return True


def _line(expr: Expr, name: str, others: Mapping[str, Datum]) -> tuple[Fraction, Fraction] | None:
    """`expr` as slope and offset in `name`; None where it is no straight line of numbers."""
    if isinstance(expr, Var) and expr.name == name:
        return Fraction(1), Fraction(0)
    if not isinstance(expr, Arithmetic):
        value = value_of(expr, others)
        return (Fraction(0), Fraction(value)) if isinstance(value, Decimal) else None
    steps: list[Arithmetic] = []
    node: Expr = expr
    while isinstance(node, Arithmetic):
        steps.append(node)
        node = node.left
    found = _line(node, name, others)
    for step in reversed(steps):
        right = _line(step.right, name, others)
        if found is None or right is None:
            return None
        found = _combined(step.op, found, right)
    return found


def _combined(
    op: str, left: tuple[Fraction, Fraction], right: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction] | None:
    if op == "+":
        return left[0] + right[0], left[1] + right[1]
    if op == "-":
        return left[0] - right[0], left[1] - right[1]
    if left[0] and right[0]:
        return None
    return left[0] * right[1] + right[0] * left[1], left[1] * right[1]


def _linked(links: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """For each name that is compared with another, all names that such comparisons join, in the order met."""
    groups: dict[str, dict[str, None]] = {}
    for left, right in links:
        first, second = groups.get(left, {left: None}), groups.get(right, {right: None})
        if first is not second:
            first.update(second)
        for name in first:
            groups[name] = first
    return {name: tuple(group) for name, group in groups.items()}


def _alike(types: Sequence[Type]) -> bool:
    """Whether the values of `types` lie on one grid."""
    bare = [one.of if isinstance(one, Optional) else one for one in types]
    first = bare[0]
    if isinstance(first, Numeric):
        return all(isinstance(one, Numeric) and one.step == first.step and not dense(one) for one in bare)
    return True


def _marks(variable: Variable) -> tuple[Datum, ...]:
    """The base value and the ends of a variable's type: where another one compared with it may have to go."""
    of = variable.type.of if isinstance(variable.type, Optional) else variable.type
    ends: tuple[Datum, ...] = (of.low, of.high) if isinstance(of, Numeric | Date) else members(of) or ()
    return tuple(one for one in (variable.base, *ends) if one is not None)


def choice(variable: Variable, constants: Sequence[Datum], linked: int = 0) -> tuple[tuple[Datum, ...], bool]:
    """The candidates of a variable that is compared with `constants`, the preferred first, and whether they stand for all.

    `linked` is how many variables are compared with each other, if this is one of them.
    """
    of, base = variable.type, variable.base
    if isinstance(of, Optional):
        inner, whole = choice(Variable(variable.name, of.of, base), constants, linked)
        if base is None:
            return (None, *inner), whole
        return (*inner, None), whole
    listed = members(of)
    if listed is not None:
        return tuple(dict.fromkeys((base, *listed)) if base is not None else listed), True
    if isinstance(of, Numeric):
        numbers = [one for one in constants if isinstance(one, Decimal)]
        return _of_axis(of, base, _near_numbers(of, numbers, linked), () if linked else numbers), True
    if isinstance(of, Date):
        dates = [one for one in constants if isinstance(one, datetime.date)]
        return _of_axis(of, base, _near_dates(of, dates, linked), () if linked else dates), True
    named = [one for one in constants if one is not None and contains(of, one)]
    values = named if base is None else [base, *named]
    if isinstance(of, Text):
        return tuple(dict.fromkeys((*values, *_fresh(of, values, max(linked, 1))))), True
    return tuple(dict.fromkeys(values)), False


def _near_numbers(type: Numeric, marks: Sequence[Decimal], linked: int) -> Iterator[Decimal]:
    """Values at, just below and just above `marks`, and at the ends; as many steps away as there are linked givens."""
    step = max(min((type.step, *(quantum(one) for one in marks))), _FINEST) if dense(type) else type.step
    ends = [one for one in (type.low, type.high) if one is not None]
    steps = [EXACT.multiply(step, Decimal(away)) for away in range(-max(linked, 1), max(linked, 1) + 2)]
    for mark in (*marks, *ends):
        under = floor(mark, step)
        for away in steps:
            yield EXACT.add(under, away)
    if dense(type):
        rising = sorted({*marks, *ends})
        for low, high in pairwise(rising):
            yield EXACT.multiply(EXACT.add(low, high), Decimal("0.5"))


def _near_dates(type: Date, marks: Sequence[datetime.date], linked: int) -> Iterator[datetime.date]:
    ends = [one for one in (type.low, type.high) if one is not None]
    last = datetime.date.max.toordinal()
    for mark in (*marks, *ends):
        for away in range(-max(linked, 1), max(linked, 1) + 1):
            at = mark.toordinal() + away
            if 1 <= at <= last:
                yield datetime.date.fromordinal(at)


def _of_axis(type: Type, base: Datum, near: Iterable[Ordered], marks: Sequence[Ordered]) -> tuple[Datum, ...]:
    """The values of `near` that `type` has, nearest to `base` first; with `marks`, one for each stretch between."""
    start: Sequence[Ordered] = [base] if isinstance(base, Decimal | datetime.date) else []
    inside = [one for one in dict.fromkeys((*start, *near)) if contains(type, one)]
    if marks:
        inside = _one_for_each(sorted(set(marks)), inside, base)
    return tuple(sorted(inside, key=lambda one: (_distance(one, base), one)))


def _one_for_each(rising: Sequence[Ordered], values: Iterable[Ordered], base: Datum) -> list[Ordered]:
    """Of the `values` at each mark of `rising`, and between two of them, the one nearest to `base`."""
    held: dict[tuple[int, bool], list[Ordered]] = {}
    for one in sorted(values):
        at = bisect_left(rising, one)
        held.setdefault((at, at < len(rising) and rising[at] == one), []).append(one)
    return [_nearest(some, base) for some in held.values()]


def _nearest(rising: Sequence[Ordered], base: Datum) -> Ordered:
    """The one nearest to `base`, of two the lesser; the least where `base` lies on another axis, or is none."""
    least, most = rising[0], rising[-1]
    if isinstance(base, Decimal) and isinstance(least, Decimal) and base <= least:
        return least
    if isinstance(base, Decimal) and isinstance(most, Decimal) and base >= most:
        return most
    return min(rising, key=lambda one: (_distance(one, base), one))


def _distance(value: Ordered, base: Datum) -> Decimal:
    if isinstance(value, Decimal):
        return abs(EXACT.subtract(value, base)) if isinstance(base, Decimal) else Decimal(0)
    return Decimal(abs((value - base).days)) if isinstance(base, datetime.date) else Decimal(0)


def _fresh(type: Text, taken: Sequence[Datum], count: int) -> Iterator[str]:
    """`count` texts of `type` that no condition names, if there are so many."""
    if type.pattern:
        made = samples(type.pattern, len(taken) + count)
    else:
        made = ("other" if nth == 1 else f"other-{plain(Decimal(nth))}" for nth in range(1, len(taken) + count + 1))
    return islice((one for one in made if one not in taken), count)

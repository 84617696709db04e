"""Sets of inputs as boxes: for each given some of its values, in a row where it has an order.

In: the inputs of a grid that show something. Out: boxes that together hold these inputs and no others of the grid.
Invariant: deterministic; every box is as large as can be, and none is held by the others.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from ...logic.region import Cut, Slice
from ...logic.variables import Variable
from ...source.records import dataclass
from ...values.domain import members
from ...values.evaluate import atoms, variables
from ...values.expression import Expr
from ...values.types import Datum
from .cells import Cell, cell_of, tidy

MOST = 40
"""So many boxes are looked for at most."""

_Point = tuple[int, ...]
_Sides = tuple[tuple[int, ...], ...]

_UNKNOWN = -1
"""The place of a value that is not known."""


@dataclass(frozen=True, slots=True)
class Box:
    """`cells` by given, those left out that may be anything."""

    cells: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """`boxes` hold inputs that were asked for and no others; where `whole`, all of them."""

    boxes: tuple[Box, ...]
    whole: bool


def can_be_boxed(conditions: Iterable[Expr]) -> bool:
    """Whether all that the conditions compare are single givens with constants, so that between two of these nothing changes."""
    return all(
        cell_of(atom, wanted=True) is not None or not variables(atom)
        for condition in conditions
        for atom in atoms(condition)
    )


def marks(conditions: Iterable[Expr]) -> dict[str, tuple[Datum, ...]]:
    """The constants with which conditions that can be boxed compare each given, least first."""
    found: dict[str, dict[Datum, None]] = {}
    for condition in conditions:
        for atom in atoms(condition):
            # Of `!=` the values that are left out are the constants.
            for wanted in (True, False):
                cell = cell_of(atom, wanted=wanted)
                if cell is not None:
                    found.setdefault(cell[0], {}).update(dict.fromkeys(_constants(cell[1])))
    return {name: tuple(sorted(ends, key=lambda one: (_place(one), str(one)))) for name, ends in found.items()}


class Space:
    """The values that stand for all values of each given, and what lies between them."""

    __slots__ = ("_choices", "_marks", "_orders", "_values", "_variables")

    def __init__(
        self,
        choices: Mapping[str, tuple[Datum, ...]],
        among: Sequence[Variable],
        marks: Mapping[str, tuple[Datum, ...]],
    ) -> None:
        """`choices` are the values of the grid, numbers and dates from the least."""
        self._choices = choices
        self._variables = {one.name: one for one in among}
        self._marks = marks
        self._values = tuple(choices.values())
        self._orders = [any(isinstance(one, Decimal | datetime.date) for one in values) for values in self._values]

    def cover(self, found: Sequence[Mapping[str, Datum]], most: int = MOST) -> Cover:
        """Boxes that hold `found` and nothing else of the grid, at most `most`."""
        inside = {self._point(one) for one in found}
        left = set(inside)
        sides: list[_Sides] = []
        while left and len(sides) < most:
            sides.append(self._grown(min(left), inside, left))
            left -= set(product(*sides[-1]))
        kept = list(_needed(sides))
        return Cover(tuple(self._box(one) for one in kept), whole=not left)

    def _point(self, values: Mapping[str, Datum]) -> _Point:
        return tuple(
            choices.index(values[name]) if name in values else _UNKNOWN for name, choices in self._choices.items()
        )

    def _grown(self, start: _Point, inside: set[_Point], left: set[_Point]) -> _Sides:
        """The box around `start` that holds most of what is `left`: it grows by one given after the other, from either end."""
        order = range(len(start))
        tried = [self._grow(start, inside, each) for each in (order, order[::-1])]
        return max(tried, key=lambda sides: (sum(point in left for point in product(*sides)), _size(sides)))

    def _grow(self, start: _Point, inside: set[_Point], order: Sequence[int]) -> _Sides:
        sides: list[tuple[int, ...]] = [(at,) for at in start]
        for dimension in order:
            for at in self._reach(dimension, start[dimension]):
                if not self._touches(dimension, at, sides[dimension]):
                    continue
                slab = product(*((at,) if nth == dimension else side for nth, side in enumerate(sides)))
                if all(point in inside for point in slab):
                    sides[dimension] = tuple(sorted((*sides[dimension], at)))
        return tuple(sides)

    def _touches(self, dimension: int, at: int, side: Sequence[int]) -> bool:
        """Whether `side` stays in a row with the value at `at`; what is missing has no place in it."""
        values = self._values[dimension]
        row = [one for one in side if values[one] is not None]
        return not self._orders[dimension] or values[at] is None or not row or at - 1 in row or at + 1 in row

    def _reach(self, dimension: int, start: int) -> Iterator[int]:
        """The places of one given's values, from `start` upwards and then downwards."""
        if start == _UNKNOWN:
            return
        yield from range(start + 1, len(self._values[dimension]))
        yield from range(start - 1, -1, -1)

    def _box(self, sides: _Sides) -> Box:
        cells: list[tuple[str, Cell]] = []
        for (name, choices), side in zip(self._choices.items(), sides, strict=True):
            if side == (_UNKNOWN,):
                continue
            cell = tidy(self._cell(name, choices, side), self._variables[name])
            if cell is not None and len(side) < len(choices):
                cells.append((name, cell))
        return Box(tuple(cells))

    def _cell(self, name: str, choices: Sequence[Datum], side: Sequence[int]) -> Cell:
        values = [choices[at] for at in side]
        ordered = [one for one in values if isinstance(one, Decimal | datetime.date)]
        absent = None in values
        if not ordered:
            return self._unordered(name, [one for one in values if one is not None], absent=absent)
        rising = [one for one in choices if isinstance(one, Decimal | datetime.date)]
        return Cell(Slice(None, self._low(name, ordered[0], rising), self._high(name, ordered[-1], rising), absent))

    def _unordered(self, name: str, values: Sequence[Datum], *, absent: bool) -> Cell:
        """Members, or texts: a text that no condition names stands for all such texts."""
        named = self._marks.get(name, ())
        if members(self._variables[name].type) is not None or all(one in named for one in values):
            return Cell(Slice(frozenset(values), absent=absent))
        return Cell(Slice(absent=absent), tuple(Slice(frozenset((one,))) for one in named if one not in values))

    def _low(self, name: str, value: Decimal | datetime.date, rising: Sequence[Datum]) -> Cut | None:
        """Where the stretch begins in which `value` lies; None for the first one."""
        known = self._marks.get(name, ())
        if value == rising[0]:
            return None
        if value in known:
            return value, 0
        below = [one for one in known if isinstance(one, Decimal | datetime.date) and _place(one) < _place(value)]
        return (below[-1], 1) if below else None

    def _high(self, name: str, value: Decimal | datetime.date, rising: Sequence[Datum]) -> Cut | None:
        known = self._marks.get(name, ())
        if value == rising[-1]:
            return None
        if value in known:
            return value, 0
        above = [one for one in known if isinstance(one, Decimal | datetime.date) and _place(one) > _place(value)]
        return (above[0], -1) if above else None


def _needed(sides: Sequence[_Sides]) -> Iterator[_Sides]:
    """Those boxes that hold something which no other one does, the largest kept first."""
    kept = list(sides)
    for one in sorted(sides, key=_size):
        others: set[_Point] = set()
        for other in kept:
            if other is not one:
                others.update(product(*other))
        if all(point in others for point in product(*one)):
            kept.remove(one)
    yield from kept


def _size(sides: _Sides) -> int:
    return prod(len(side) for side in sides)


def _constants(cell: Cell) -> Iterator[Datum]:
    for part in (cell.part, *cell.but):
        yield from (end[0] for end in (part.low, part.high) if end is not None)
        yield from part.members or ()


def _place(value: Datum) -> Decimal:
    if isinstance(value, datetime.date):
        return Decimal(value.toordinal())
    return value if isinstance(value, Decimal) else Decimal(0)

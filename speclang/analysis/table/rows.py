"""Conditions as rows of a table: alternatives, each of which asks something of single givens, and maybe something more.

In: a condition. Out: `Row`s, of which one holds exactly where the condition is definitely true.
Invariant: what no cell can hold is kept as it is; where the alternatives are too many, there is one row that says the condition.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from ...logic.variables import Variable
from ...source.records import dataclass
from ...values.evaluate import evaluate
from ...values.expression import And, Expr, Literal, Not, Or
from ...values.types import Datum
from ..regions.cells import Cell, both, cell_of, tidy, union

MOST = 24
"""A condition with more alternatives than this is said in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by given, in the order declared, and what must hold besides; `never` for one that no input meets."""

    cells: tuple[tuple[str, Cell], ...]
    more: tuple[Expr, ...] = ()
    never: bool = False

    def holds(self, values: Mapping[str, Datum]) -> bool:
        """Whether the row holds on `values`, in which what is not known is left out."""
        if self.never:
            return False
        tested = all(name in values and cell.holds(values[name]) for name, cell in self.cells)
        return tested and all(evaluate(one, values) is True for one in self.more)


_Alternative = tuple[dict[str, Cell], tuple[Expr, ...]]


def rows(condition: Expr | None, among: Sequence[Variable]) -> tuple[Row, ...]:
    """The alternatives of `condition`, one at least."""
    if condition is None:
        return (Row(()),)
    split = _split(condition, wanted=True)
    if split is None:
        return (Row((), (condition,)),)
    known = {one.name: one for one in among}
    met = [one for one in (_met(parts, known) for parts in split) if one is not None]
    if not met:
        return (Row((), never=True),)
    order = {name: at for at, name in enumerate(known)}
    merged = _merged(met, known)
    return tuple(Row(tuple(sorted(cells.items(), key=lambda cell: order[cell[0]])), more) for cells, more in merged)


def _split(expr: Expr, *, wanted: bool) -> list[list[tuple[Expr, bool]]] | None:
    """The alternatives of `expr`, each as comparisons with the truth that they are to have; None if there are too many."""
    match expr:
        case Not(operand):
            return _split(operand, wanted=not wanted)
        case And(parts) | Or(parts):
            each = [_split(part, wanted=wanted) for part in parts]
            found = [one for one in each if one is not None]
            if len(found) < len(each):
                return None
            if isinstance(expr, Or) is wanted:
                split = [one for some in found for one in some]
                return split if len(split) <= MOST else None
            return _crossed(found)
        case Literal(value):
            return [[]] if value is wanted else []
        case _:
            return [[(expr, wanted)]]


def _crossed(each: Sequence[Sequence[Sequence[tuple[Expr, bool]]]]) -> list[list[tuple[Expr, bool]]] | None:
    count = 1
    for some in each:
        count *= len(some)
    if count > MOST:
        return None
    return [[one for some in chosen for one in some] for chosen in product(*each)]


def _met(parts: Sequence[tuple[Expr, bool]], known: Mapping[str, Variable]) -> _Alternative | None:
    """One alternative; None where no input meets it."""
    cells: dict[str, Cell] = {}
    more: dict[Expr, None] = {}
    for atom, wanted in parts:
        found = cell_of(atom, wanted=wanted)
        if found is None or found[0] not in known:
            more[atom if wanted else Not(atom, atom.span)] = None
            continue
        name, cell = found
        cells[name] = both(cells[name], cell) if name in cells else cell
    tidied: dict[str, Cell] = {}
    for name, cell in cells.items():
        kept = tidy(cell, known[name])
        if kept is None:
            continue
        if kept.empty:
            return None
        tidied[name] = kept
    return tidied, tuple(more)


def _merged(found: Sequence[_Alternative], known: Mapping[str, Variable]) -> list[_Alternative]:
    """Alternatives that differ in one given joined where one cell can say both; what another one holds left out."""
    kept = list(found)
    while True:
        pair = next(_joined(kept, known), None)
        if pair is None:
            return kept
        first, second, one = pair
        kept[first] = one
        del kept[second]


def _joined(found: Sequence[_Alternative], known: Mapping[str, Variable]) -> Iterator[tuple[int, int, _Alternative]]:
    for second in range(len(found)):
        for first in range(second):
            one = _one(found[first], found[second], known)
            if one is not None:
                yield first, second, one


def _one(one: _Alternative, other: _Alternative, known: Mapping[str, Variable]) -> _Alternative | None:
    """Both alternatives as one, if that is possible."""
    if one[1] != other[1]:
        return None
    differ = [name for name in {**one[0], **other[0]} if one[0].get(name) != other[0].get(name)]
    if not differ:
        return one
    if len(differ) > 1:
        return None
    name = differ[0]
    a, b = one[0].get(name), other[0].get(name)
    if a is None or b is None:
        return one if a is None else other
    joined = union(a, b)
    if joined is None:
        return None
    cell = tidy(joined, known[name])
    rest = {given: held for given, held in one[0].items() if given != name}
    return (rest if cell is None else {**rest, name: cell}), one[1]

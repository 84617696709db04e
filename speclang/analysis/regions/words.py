"""Cells as a sentence says them: "age is more than 30 days and at most 45 days", "tier is not platinum"."""

from collections.abc import Iterable, Sequence

from ...logic.region import Slice
from ...logic.variables import Variable
from ...model.tool import WORKS
from ...values.domain import members
from ...values.showing import MISSING, show
from ...values.types import Bool, Datum, Optional, Type
from .boxes import Box
from .cells import Cell


def words(box: Box, among: Iterable[Variable], tried: Iterable[str]) -> tuple[str, ...]:
    """What a box asks of each given; that a tool works goes without saying, that it may fail does not where that was `tried`."""
    known = {one.name: one for one in among}
    cells = dict(box.cells)
    said = [_said(cell, known[name]) for name, cell in box.cells]
    said += [f"{_tool(name)} works or not" for name in tried if known[name].is_state and name not in cells]
    return tuple(one for one in said if one)


def _said(cell: Cell, variable: Variable) -> str:
    if variable.is_state:
        return _state(cell, variable)
    return f"{variable.name} is {_cell(cell, variable.type)}"


def _state(cell: Cell, variable: Variable) -> str:
    """`lookup_order fails with timeout or late`."""
    held = [str(one) for one in members(variable.type) or () if cell.holds(one)]
    faults = [one for one in held if one != WORKS]
    if not faults:
        return ""
    return f"{_tool(variable.name)} {'works or ' if WORKS in held else ''}fails with {listed(faults)}"


def _tool(name: str) -> str:
    return name.removesuffix(" fails")


def _cell(cell: Cell, type: Type) -> str:
    said = _part(cell.part, type)
    if cell.but:
        without = listed([_part(one, type) for one in cell.but])
        said = f"{said} and not {without}" if said else f"not {without}"
    if not (isinstance(type, Optional) and cell.part.absent):
        return said or "known"
    return f"{said} or {MISSING}" if said else MISSING


def _part(part: Slice, type: Type) -> str:
    if part.members is not None:
        return _members(part.members, type)
    low, high = part.low, part.high
    if low is not None and low == high:
        return show(low[0], type)
    ends: list[str] = []
    if low is not None:
        ends.append(f"{'more than' if low[1] > 0 else 'at least'} {show(low[0], type)}")
    if high is not None:
        ends.append(f"{'less than' if high[1] < 0 else 'at most'} {show(high[0], type)}")
    return " and ".join(ends)


def _members(values: frozenset[Datum], type: Type) -> str:
    of = type.of if isinstance(type, Optional) else type
    listing = [one for one in members(type) or () if one is not None]
    rest = [one for one in listing if one not in values]
    if len(rest) == 1 and len(listing) > 2 and not isinstance(of, Bool):
        return f"not {show(rest[0], type)}"
    shown = (
        [show(one, type) for one in listing if one in values] if listing else sorted(show(one, type) for one in values)
    )
    return listed(shown)


def listed(said: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return f"{', '.join(said[:-1])} or {said[-1]}" if len(said) > 1 else "".join(said)

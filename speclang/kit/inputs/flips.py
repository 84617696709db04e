"""The values on either side of one atom of a condition.

In: an atom and an input. Out: values of one of its variables to try: at an edge, the last value inside and the first outside;
elsewhere one value that changes the atom's truth, and each further value that the atom stands for: the members of a list,
every way in which a tool fails.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from ...logic.variables import Variable
from ...model.tool import WORKS
from ...source.records import dataclass
from ...values.domain import contains, members, neighbours
from ...values.evaluate import UNKNOWN, evaluate, value_of, variables
from ...values.expression import Among, Between, Compare, Expr, Literal, Var
from ...values.types import Date, Datum, Numeric, Optional, Type

BOUNDARY, MCDC, VALUE = "boundary", "mcdc", "value"

_MANY = 8
"""The most values that are tried because an atom names them together."""


@dataclass(frozen=True, slots=True)
class Flip:
    """Give `name` the value `value`: `boundary` lies next to a bound, `mcdc` changes the atom's truth, `value` keeps it."""

    name: str
    value: Datum
    technique: str


def flips(atom: Expr, values: Mapping[str, Datum], givens: Mapping[str, Variable]) -> Iterator[Flip]:
    """The flips of `atom` around `values`: for an ordered comparison its edge, else a value that changes its truth."""
    edges = tuple(_edges(atom, values, givens))
    if edges:
        yield from edges
        return
    truth = evaluate(atom, values)
    for name in variables(atom):
        variable = givens[name]
        for candidate in _candidates(variable, atom):
            if evaluate(atom, {**values, name: candidate}) is (not truth):
                yield Flip(name, candidate, MCDC)
                yield from _further(atom, name, values, givens)
                return


def _further(atom: Expr, name: str, values: Mapping[str, Datum], givens: Mapping[str, Variable]) -> Iterator[Flip]:
    """The values, beside the present one, for which `atom` holds because it names them together."""
    match atom:
        case Among(Var(), listed):
            together: Sequence[Datum] = [one.value for one in listed]
        case Compare("!=", Var(), Literal(value)) if value == WORKS and givens[name].is_state:
            together = [one for one in members(givens[name].type) or () if one != WORKS]
        case _:
            return
    for one in islice(dict.fromkeys(together), _MANY):
        if one != values.get(name):
            yield Flip(name, one, VALUE)


def _edges(atom: Expr, values: Mapping[str, Datum], givens: Mapping[str, Variable]) -> Iterator[Flip]:
    match atom:
        case Compare(op, Var(name), right) if op in ("<", "<=", ">", ">=", "=", "!=") and _ordered(givens[name].type):
            edge = right.value if isinstance(right, Literal) else value_of(right, values)
            if edge is not UNKNOWN:
                yield from _around(name, edge, op, givens[name].type)
        case Compare(op, Literal(edge), Var(name)) if _ordered(givens[name].type):
            yield from _around(name, edge, _TURNED.get(op, op), givens[name].type)
        case Between(Var(name), low, high):
            yield from _around(name, low.value, ">=", givens[name].type)
            yield from _around(name, high.value, "<=", givens[name].type)
        case _:
            return


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _around(name: str, edge: Datum, op: str, type: Type) -> Iterator[Flip]:
    below, above = neighbours(edge, type)
    wanted = {"<": (below, edge), ">=": (below, edge), "<=": (edge, above), ">": (edge, above)}.get(
        op, (below, edge, above)
    )
    for value in wanted:
        if value is not None and contains(type, value):
            yield Flip(name, value, BOUNDARY)


def _candidates(variable: Variable, atom: Expr) -> tuple[Datum, ...]:
    listed = members(variable.type)
    if variable.is_state:
        return (WORKS, *(one for one in listed or () if one != WORKS))
    if listed is not None:
        return listed
    from ...logic.grid import grid

    return grid([atom], [variable]).candidates.get(variable.name, ())


def _ordered(type: Type) -> bool:
    return isinstance(type.of if isinstance(type, Optional) else type, Numeric | Date)

"""The inputs that stand for all inputs of a few norms: every value between which their conditions can tell.

In: norms and variables. Out: the values to try of each variable that the norms name, and the inputs made of them.
Invariant: what is unknown while a tool fails makes no difference, so that no input is tried twice.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from ...logic.grid import grid
from ...logic.variables import Variable, base_input, known
from ...source.records import dataclass
from ...values.evaluate import variables as named
from ...values.expression import Expr
from ...values.types import Datum

LIMIT = 20_000
"""So many inputs are tried at most."""

Values = Mapping[str, Datum]


@dataclass(frozen=True, slots=True)
class Tried:
    """`choices` of each variable that conditions name, numbers and dates from the least; `whole` if they stand for all values
    and are few enough to try every input.
    """

    choices: Mapping[str, tuple[Datum, ...]]
    whole: bool


def tried(conditions: Sequence[Expr], among: Sequence[Variable]) -> Tried:
    """What to try of the variables that `conditions` name."""
    names = {name for one in conditions for name in named(one)}
    table = grid(list(conditions), among)
    choices = {one.name: _rising(table.candidates.get(one.name, (one.base,))) for one in among if one.name in names}
    return Tried(choices, table.complete and prod(len(values) for values in choices.values()) <= LIMIT)


def every(choices: Mapping[str, tuple[Datum, ...]], among: Sequence[Variable]) -> Iterator[Values]:
    """Every input that the choices allow, each once."""
    base = base_input(among)
    seen: set[tuple[tuple[str, Datum], ...]] = set()
    for values in product(*choices.values()):
        one = known(base | dict(zip(choices, values, strict=True)), among)
        key = tuple((name, one[name]) for name in choices if name in one)
        if key not in seen:
            seen.add(key)
            yield one


def _rising(values: Iterable[Datum]) -> tuple[Datum, ...]:
    """Numbers and dates from the least, all else as it comes."""
    found = list(values)
    numbers = sorted(one for one in found if isinstance(one, Decimal))
    dates = sorted(one for one in found if isinstance(one, datetime.date))
    return (*numbers, *dates, *(one for one in found if not isinstance(one, Decimal | datetime.date)))

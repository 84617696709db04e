"""The smallest input that still shows something: the same for everyone, whatever input it was found with.

In: an input and a test that it passes. Out: one that passes too, in which no given could be smaller with the rest as it
is. Givens are taken in the order declared; a number falls to the least value on its side of a threshold.
Invariant: without randomness, clock or solver; counts its work, and stops with a passing input where that is too much.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from ..source.records import replace
from ..values.domain import contains, members
from ..values.evaluate import leaves, nodes, variables, with_constant
from ..values.expression import Arithmetic, Expr
from ..values.types import Date, Datum, Numeric, Optional, Type
from .grid import grid
from .ruleset import RuleSet
from .variables import Variable

LIMIT = 30_000
"""How many inputs one rule set is asked about, over all of its findings: about a second."""


class Smallest:
    """Makes inputs of one rule set smaller; `least` is the least value of each given, before any rule is asked."""

    def __init__(self, rules: RuleSet, *, limit: int = LIMIT) -> None:
        """Find the values between which the conditions of `rules` can tell, the least first."""
        among = tuple(replace(one, base=_least(one)) for one in rules.among)
        conditions = [
            one for norm in rules.norms for one in (*(() if norm.when is None else (norm.when,)), *norm.unless)
        ]
        table = grid(conditions, among)
        self.least = {one.name: one.base for one in among}
        self._among = among
        self._joined = _joined(conditions)
        self._values = [(one.name, table.candidates.get(one.name, (one.base,))) for one in among if not one.is_state]
        self._left = limit

    def __call__(
        self,
        values: Mapping[str, Datum],
        passes: Callable[[Mapping[str, Datum]], bool],
        beside: Sequence[Mapping[str, Datum]] = (),
    ) -> dict[str, Datum]:
        """An input as small as can be that passes, from `values`, which do; tools stay in the states that they are in.

        `passes` looks at the input, and at it with each of `beside` in place.
        """
        found = dict(values)
        moved = True
        while moved:
            moved = False
            for name, candidates in self._values:
                if name in found:
                    tried = self._told_apart(found, name, ({}, *beside)) if name in self._joined else candidates
                    moved = self._lowered(found, name, tried, passes) or moved
        return found

    def _told_apart(
        self, found: Mapping[str, Datum], name: str, beside: Sequence[Mapping[str, Datum]]
    ) -> tuple[Datum, ...]:
        """The values of a given that conditions can tell apart while the rest is as it is, the least first."""
        tried: dict[Datum, None] = {}
        for changed in beside:
            values = {**found, **changed}
            among = [
                one if one.name == name else replace(one, base=values.get(one.name, one.base)) for one in self._among
            ]
            tried.update(dict.fromkeys(grid(self._joined[name], among).candidates[name]))
        least = self.least[name]
        start = least if isinstance(least, Decimal) else Decimal(0)
        numbers = sorted((one for one in tried if isinstance(one, Decimal)), key=lambda one: (abs(one - start), one))
        return (*numbers, *(one for one in tried if not isinstance(one, Decimal)))

    def _lowered(
        self,
        found: dict[str, Datum],
        name: str,
        candidates: tuple[Datum, ...],
        passes: Callable[[Mapping[str, Datum]], bool],
    ) -> bool:
        """Put the first of `candidates` that passes in the place of the value of `name`, if it comes before that."""
        for candidate in candidates:
            if candidate == found[name] or self._left <= 0:
                return False
            self._left -= 1
            if passes(found | {name: candidate}):
                found[name] = candidate
                return True
        return False


def _least(variable: Variable) -> Datum:
    """The value to start from: the least one, or the first that its type lists; where there is no end, the base value."""
    if variable.is_state:
        return variable.base
    found = _start(variable.type)
    return variable.base if found is None else found


def _start(type: Type) -> Datum:
    if isinstance(type, Optional):
        return _start(type.of)
    if isinstance(type, Numeric | Date) and type.low is not None and contains(type, type.low):
        return type.low
    listed = members(type)
    return listed[0] if listed else None


def _joined(conditions: Iterable[Expr]) -> Mapping[str, tuple[Expr, ...]]:
    """For each given that is calculated with together with others, all comparisons that name it."""
    every = [atom for one in conditions for atom in leaves(one)]
    several = [
        atom for atom in every if not with_constant(atom) and any(isinstance(node, Arithmetic) for node in nodes(atom))
    ]
    calculated = {name for names in map(variables, several) if len(names) > 1 for name in names}
    atoms = dict.fromkeys(every) if calculated else ()
    return {name: tuple(atom for atom in atoms if name in variables(atom)) for name in calculated}

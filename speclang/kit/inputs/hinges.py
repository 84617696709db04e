"""Inputs on which one part of a condition alone decides, and the two sides of it.

In: the condition of a requirement, one of its parts, and an input near which to stay. Out: the input and the flips that try
the part there: the last value inside and the first outside of its edge, or another value of one of its givens.
Invariant: between the sides nothing differs but one given that the part is about, and the condition does.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise, product
from typing import Protocol

from ...logic.goal import All, Conditions, Fails, Goal, Holds, Some
from ...logic.grid import grid
from ...logic.variables import Variable
from ...logic.witness import find
from ...model.tool import WORKS
from ...source.records import replace
from ...values.evaluate import variables
from ...values.expression import Expr
from ...values.fixing import fixed
from ...values.types import Datum
from .flips import BOUNDARY, MCDC, Flip, flips
from .frame import Frame, Values

_TRIES = 64
"""The most pairs of values of one given that are tried to let a part decide."""


class Search(Protocol):
    """Finds an input that meets goals, as near as can be to another one, or to the usual one."""

    def __call__(self, goals: Sequence[Goal], base: Mapping[str, Datum] | None = None) -> Values | None:
        """The input; None if there is none."""
        ...


def searching(among: Sequence[Variable], conditions: Conditions) -> Search:
    """The search among the variables of one feature, whose `conditions` are those that were looked into before.

    It belongs to nobody who holds it: without a collector, a circle of those who hold each other would stay until the end of a build.
    """
    typical: Values = {one.name: one.base for one in among if not one.is_state}

    def search(goals: Sequence[Goal], base: Mapping[str, Datum] | None = None) -> Values | None:
        found = find(goals, among, base, conditions=conditions).found
        if found is None:
            return None
        values = dict(found)
        works = all(values.get(one.name, WORKS) == WORKS for one in conditions.states)
        return {**typical, **values} if works else values

    return search


class Hinges:
    """The search for such inputs among the variables of one feature."""

    __slots__ = ("_among", "_base", "_givens", "_search", "_stateful")

    def __init__(self, among: Sequence[Variable], search: Search) -> None:
        """Search among `among` by `search`."""
        self._among = among
        self._givens: Mapping[str, Variable] = {one.name: one for one in among}
        self._base = {one.name: one.base for one in among}
        self._stateful = any(one.is_state for one in among)
        self._search = search

    def find(self, frame: Frame, part: Expr, nominal: Values) -> tuple[Values, Sequence[Flip]] | None:
        """An input on which `part` alone decides, with its flips: `nominal` if it does, else one as near as can be."""
        around = tuple(flips(part, nominal, self._givens))
        if self._decides(frame, nominal, around):
            return nominal, around
        edges = [flip for flip in around if flip.technique == BOUNDARY]
        for one, other in pairwise(edges):
            hinge = self._between(frame, one.name, one.value, other.value, nominal) if one.name == other.name else None
            if hinge is not None:
                around = tuple(flips(part, hinge, self._givens))
                if self._decides(frame, hinge, around):
                    return hinge, _both(hinge, around)
        for name, here, there in self._pairs(frame, part):
            hinge = self._between(frame, name, here, there, nominal, part)
            if hinge is not None:
                return hinge, _both(hinge, (Flip(name, there, MCDC),))
        return None

    def settled(self, values: Values) -> Values:
        """`values` without givens whose tool does not work, and with those of a tool that does."""
        if not self._stateful:
            return {**self._base, **values}
        found: Values = {}
        for one in self._among:
            if one.is_state:
                if one.name in values:
                    found[one.name] = values[one.name]
            elif not one.state or values.get(one.state, WORKS) == WORKS:
                found[one.name] = values.get(one.name, one.base)
        return found

    def _pairs(self, frame: Frame, part: Expr) -> Iterator[tuple[str, Datum, Datum]]:
        """Two values of one given of `part` that conditions can tell apart."""
        candidates = grid(frame.atoms, self._among).candidates
        for name in variables(part):
            values = candidates.get(name, ())
            pairs = ((name, one, other) for one, other in product(values, values) if one != other)
            yield from islice(pairs, _TRIES)

    def _between(
        self, frame: Frame, name: str, one: Datum, other: Datum, nominal: Values, part: Expr | None = None
    ) -> Values | None:
        """An input with the value `one` of the given `name` on which the condition differs from the one with `other`.

        Where a `part` is to be alone in that, no other part differs.
        """
        if frame.whole is None:
            return None
        same: list[Goal] = []
        for atom in frame.atoms if part is not None else ():
            if atom != part and name in variables(atom):
                sides = Holds(fixed(atom, name, one)), Holds(fixed(atom, name, other))
                same.append(Some((All(sides), All(tuple(Fails(side) for side in sides)))))
        here, there = (fixed(frame.whole, name, value) for value in (one, other))
        for truth in (True, False):
            found = self._search([Holds(here, truth), Holds(there, not truth), *same], nominal)
            if found is not None:
                inputs = [self.settled({**found, name: value}) for value in (one, other)]
                if {frame.truth(values) for values in inputs} == {True, False}:
                    return inputs[0]
        return None

    def _decides(self, frame: Frame, values: Values, around: Sequence[Flip]) -> bool:
        """Whether the flips `around`, and nothing else, decide: the sides of an edge differ, or a flip changes what held."""
        truths = [frame.truth(self.settled({**values, flip.name: flip.value})) for flip in around]
        if any(flip.technique == BOUNDARY for flip in around):
            return True in truths and False in truths
        truth = frame.truth(values)
        return truth is not None and (not truth) in truths


def _both(hinge: Values, around: Sequence[Flip]) -> tuple[Flip, ...]:
    """The flips of a hinge that is not an input tried anyway: it is itself one side of the pair."""
    found: list[Flip] = []
    for flip in around:
        if flip.technique == MCDC and flip.name in hinge:
            found.append(replace(flip, value=hinge[flip.name]))
        found.append(flip)
    return tuple(found)

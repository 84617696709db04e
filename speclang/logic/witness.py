"""An input that meets goals, if there is one.

The search is complete on the grid of `grid`: it starts from the base value of everything, looks for a goal that is not
met, and tries the values of a variable in that goal; first without leaving the preferred values, then with one departure,
two and so on, so that what it finds differs from the base in as little as possible. What can't be met any more is cut off.
Invariant: deterministic; the work is bounded, and where the bound is reached the answer is "undecided", not "none".
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from ..model.tool import WORKS
from ..source.records import dataclass
from ..values.expression import Expr
from ..values.types import Datum
from .goal import All, Condition, Conditions, Goal, Holds, Status, expressions, meets, status
from .grid import Grid
from .region import Region, Slice, meet
from .ruleset import indices
from .variables import Variable, known

LIMIT = 100_000
"""How many times a goal is looked at before a search gives up: a few tenths of a second."""

_MOST = 400
"""How many variables one search may have to settle: bounds its depth."""

Wanted: TypeAlias = Goal | tuple[Expr, bool]


@dataclass(frozen=True, slots=True)
class Search:
    """`found` is the input by name, in the order of the variables, or None; `decided` is False where nobody knows."""

    found: tuple[tuple[str, Datum], ...] | None
    decided: bool

    @property
    def input(self) -> dict[str, Datum] | None:
        """The input found, as a mapping."""
        return None if self.found is None else dict(self.found)


Finder: TypeAlias = Callable[[Sequence[Wanted], Sequence[Variable]], Search]
"""Whoever finds an input that meets what is wanted: `find`, or somebody who knows more."""

NONE = Search(None, decided=True)
UNDECIDED = Search(None, decided=False)


def find(
    wanted: Sequence[Wanted],
    among: Sequence[Variable],
    base: Mapping[str, Datum] | None = None,
    *,
    limit: int = LIMIT,
    conditions: Conditions | None = None,
) -> Search:
    """An input that meets all of `wanted`, goals or conditions with the truth that they are to have.

    Variables that no goal names keep the value of `base`, or else their own base value; so a tool fails only where a
    goal speaks of its state. Looks at a goal at most `limit` times. Complete for conditions that compare a given with
    constants, and givens of one step with each other. `conditions` are those over `among` that were looked into before.
    """
    goals = _each_once(opened(wanted))
    about = Conditions(among) if conditions is None else conditions
    start: Mapping[str, Datum] = {} if base is None else base
    box = meet([about.of(goal.expr).box(wanted=goal.truth) for goal in goals if isinstance(goal, Holds)])
    if box.empty:
        return NONE
    named = [[about.of(expr) for expr in expressions(goal)] for goal in goals]
    table = about.grid([one for some in named for one in some], start)
    plainest = None if about.states else _plainest(table, box)
    if plainest is not None and all(meets(goal, plainest, about) for goal in goals):
        return _told(plainest, among, start, about)
    task = _Task(goals, named, among, start, table, box, limit, about)
    if len(task.among) > _MOST:
        return UNDECIDED
    empty = [name for name, values in zip(task.names, task.values, strict=True) if not values]
    if empty:
        return Search(None, decided=any(name not in table.unlisted for name in empty))
    found = task.run()
    if found is None:
        return Search(None, decided=table.complete and task.work <= limit)
    return _told(found, among, start, about)


def _plainest(table: Grid, box: Region) -> dict[str, Datum] | None:
    """The preferred value of each variable within `box`: what a search begins with, where no tool can fail; None if one has none."""
    slices = dict(box.slices)
    found: dict[str, Datum] = {}
    for name, values in table.candidates.items():
        part = slices.get(name)
        for one in values:
            if part is None or part.holds(one):
                found[name] = one
                break
        else:
            return None
    return found


def _told(found: dict[str, Datum], among: Sequence[Variable], start: Mapping[str, Datum], about: Conditions) -> Search:
    """What was `found` as an input; what it says nothing about is as in `start`, or has its base value."""
    if start.keys() <= about.base.keys():
        seen = {**about.base, **start, **found}
    else:
        seen = {one.name: start.get(one.name, one.base) for one in among} | found
    if about.states:
        seen = known(seen, among)
        return Search(tuple([(one.name, seen[one.name]) for one in among if one.name in seen]), decided=True)
    return Search(tuple(seen.items()), decided=True)


def flat(wanted: Sequence[Wanted]) -> list[Goal]:
    """`wanted` as goals, each once, with every `All` opened."""
    return list(dict.fromkeys(opened(wanted)))


def opened(wanted: Sequence[Wanted]) -> list[Goal]:
    """`wanted` as goals, with every `All` opened."""
    found: list[Goal] = []
    stack = [Holds(*one) if isinstance(one, tuple) else one for one in reversed(wanted)]
    while stack:
        one = stack.pop()
        if isinstance(one, All):
            stack.extend(reversed(one.goals))
        else:
            found.append(one)
    return found


def _each_once(goals: Sequence[Goal]) -> list[Goal]:
    """`goals` without those of a condition that is there already: by identity, for hashing conditions takes as long as a search."""
    return list({(id(one.expr), one.truth) if isinstance(one, Holds) else id(one): one for one in goals}.values())


class _Task:
    """One search; lives no longer than it. Variables go by their places among those that the goals use."""

    def __init__(
        self,
        goals: Sequence[Goal],
        named: Sequence[Sequence[Condition]],
        among: Sequence[Variable],
        start: Mapping[str, Datum],
        table: Grid,
        box: Region,
        limit: int,
        about: Conditions,
    ) -> None:
        self.among = [variable for variable in among if variable.name in table.candidates]
        self.names = [variable.name for variable in self.among]
        self.places = {name: place for place, name in enumerate(self.names)}
        self.states = [self.places.get(variable.state, -1) for variable in self.among]
        self.fixed = {one.name: start.get(one.name, one.base) for one in about.states if one.name not in self.places}
        self.unknown = [self._is_unknown(variable) for variable in self.among]
        slices = dict(box.slices)
        needed = {variable.state for variable in self.among if variable.name in slices and variable.state}
        self.values = [
            self._allowed(variable, table.candidates[variable.name], slices.get(variable.name), needed)
            for variable in self.among
        ]
        self.goals: list[Status] = [status(goal, self.places, about) for goal in goals]
        self.masks = [self._mask(some) for some in named]
        self.limit = limit
        self.work = 0
        self.cut = False

    def _is_unknown(self, variable: Variable) -> bool:
        """Whether the tool on which `variable` depends does not work, and nothing here can change that."""
        return bool(variable.state) and self.fixed.get(variable.state, WORKS) != WORKS

    def _allowed(
        self, variable: Variable, values: Sequence[Datum], part: Slice | None, needed: set[str]
    ) -> tuple[Datum, ...]:
        if variable.name in needed:
            return tuple([one for one in values if one == WORKS])
        if part is None:
            return tuple(values)
        if self._is_unknown(variable):
            return ()
        return tuple([one for one in values if part.holds(one)])

    def _mask(self, conditions: Sequence[Condition]) -> int:
        mask = 0
        for one in conditions:
            for name in one.names:
                if name in self.places:
                    mask |= 1 << self.places[name]
        return mask

    def run(self) -> dict[str, Datum] | None:
        """The best input over the variables used; None if there is none or the work is too much."""
        for departures in range(len(self.among) + 1):
            self.cut = False
            chosen: list[int] = [-1] * len(self.among)
            found = self._search(chosen, departures)
            if found is not None or not self.cut or self.work > self.limit:
                return found
        return None

    def _search(self, chosen: list[int], departures: int) -> dict[str, Datum] | None:
        tentative, partial, unset = self._inputs(chosen)
        target = self._unmet(tentative, partial, unset)
        if target is None:
            return tentative
        if target < 0:
            return None
        for nth in range(len(self.values[target])):
            if nth and not departures:
                self.cut = True
                break
            chosen[target] = nth
            found = self._search(chosen, departures - (nth > 0))
            if found is not None or self.work > self.limit:
                return found
        chosen[target] = -1
        return None

    def _inputs(self, chosen: Sequence[int]) -> tuple[dict[str, Datum], dict[str, Datum], int]:
        """The input with preferred values for what is open, the one without them, and the bits of what is open."""
        tentative, partial, unset = dict(self.fixed), dict(self.fixed), 0
        for place, name in enumerate(self.names):
            state = self.states[place]
            if self.unknown[place] or (state >= 0 and self._state(chosen, state) != WORKS):
                if state >= 0 and chosen[state] < 0:
                    unset |= 1 << place
                continue
            tentative[name] = self.values[place][max(chosen[place], 0)]
            if chosen[place] < 0 or (state >= 0 and chosen[state] < 0):
                unset |= 1 << place
            else:
                partial[name] = tentative[name]
        return tentative, partial, unset

    def _state(self, chosen: Sequence[int], state: int) -> Datum:
        return self.values[state][max(chosen[state], 0)]

    def _unmet(self, tentative: Mapping[str, Datum], partial: Mapping[str, Datum], unset: int) -> int | None:
        """A variable to settle next; None where every goal is met, -1 where one can't be met any more."""
        best = 0
        for goal, mask in zip(self.goals, self.masks, strict=True):
            self.work += 1
            if goal(tentative, 0):
                continue
            free = mask & unset
            if not free or goal(partial, unset) is False:
                return -1
            if not best or free.bit_count() < best.bit_count():
                best = free
        if self.work > self.limit:
            return -1
        if not best:
            return None
        place = next(indices(best))
        state = self.states[place]
        return state if state >= 0 and unset >> state & 1 else place

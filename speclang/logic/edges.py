"""Boundary values that two norms share by mistake, or both leave out: `<` where `<=` was meant, or the other way round.

One norm ends at the value and another begins there: just below it the first decides, just above it the second. At the value
itself either both decide and exclude each other, or nothing does.
Invariant: what the conditions say elsewhere plays no part; every verdict comes with an input at the value.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, assert_never

from ..source.records import dataclass, replace
from ..values.domain import contains, dense, floor
from ..values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from ..values.types import Date, Datum, Numeric, Optional, Type
from ..values.units import EXACT
from .conflict import Apart, Outcomes, decides, unbeaten
from .goal import All, Fails, Goal, Holds, Some
from .region import Cut, Slice, intersection
from .ruleset import RuleSet, indices
from .witness import Finder, find

Ordered: TypeAlias = Decimal | datetime.date

WORK = 30_000
"""How many times a norm is looked at because two others meet at a value: a few seconds."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Norm `first` ends at `value` of the given, norm `second` begins there; `shared` by both or left out by all.

    `below` and `above` are its neighbours; `input` is one at the value.
    """

    given: str
    value: Datum
    below: Datum
    above: Datum
    first: int
    second: int
    shared: bool
    input: tuple[tuple[str, Datum], ...] = ()

    def shows(self, rules: RuleSet, values: Mapping[str, Datum]) -> bool:
        """Whether `values`, at the value, show the slip."""
        if values.get(self.given) != self.value:
            return False
        at, low, high = (rules.deciding({**values, self.given: one}) for one in (self.value, self.below, self.above))
        both = low >> self.first & 1 and high >> self.second & 1
        if not both:
            return False
        if not self.shared:
            return not at & rules.reaching
        return bool(
            at >> self.first & at >> self.second & 1 and not low >> self.second & 1 and not high >> self.first & 1
        )


def slips(rules: RuleSet, outcomes: Outcomes, *, search: Finder = find) -> Iterator[Edge]:
    """Every boundary that two norms which ask for outcomes share or leave out by mistake.

    One without an input is undecided, and the last one: there are too many.
    """
    most = WORK // max(len(rules.norms), 20)
    apart = Apart(outcomes)
    for nth, edge in enumerate(_meeting(rules)):
        if nth >= most:
            yield edge
            return
        if edge.shared:
            if apart.against(rules.norms[edge.first], rules.norms[edge.second]) is None:
                continue
        elif _decided(rules, edge):
            continue
        found = search(_wanted(rules, edge), rules.among).input
        if found is not None:
            values = {**found, edge.given: edge.value}
            if edge.shows(rules, values):
                yield replace(edge, input=tuple(values.items()))


def _decided(rules: RuleSet, edge: Edge) -> bool:
    """Whether the regions tell that something decides at the value wherever the two norms decide beside it."""
    if not isinstance(edge.value, Decimal | datetime.date):
        return False
    here = dict(rules.regions[edge.first].slices) | dict(rules.regions[edge.second].slices)
    here[edge.given] = Slice(None, (edge.value, 0), (edge.value, 0))
    near = rules.around((edge.first, edge.second), edge.given, edge.value)
    return any(
        rules.regions[place].exact
        and not rules.norms[place].unless
        and not rules.beaters(place) & near
        and all(
            name in here and intersection(here[name], part) == here[name] for name, part in rules.regions[place].slices
        )
        for place in indices(rules.reaching & near)
    )


def _wanted(rules: RuleSet, edge: Edge) -> Sequence[Goal]:
    """What an input must be like for `edge` to be a slip, the given left out of it."""
    first, second = edge.first, edge.second

    def at(goal: Goal, value: Datum) -> Goal:
        return _moved(goal, lambda expr: _put(expr, edge.given, value))

    goals = [at(decides(rules, first), edge.below), at(decides(rules, second), edge.above)]
    if edge.shared:
        goals += [at(decides(rules, one), edge.value) for one in (first, second)]
        goals += [at(Fails(decides(rules, one)), value) for one, value in ((second, edge.below), (first, edge.above))]
        return goals
    near = rules.around((first, second), edge.given, edge.value)
    goals += [at(Fails(unbeaten(rules, place)), edge.value) for place in indices(rules.reaching & near)]
    return goals


def _meeting(rules: RuleSet) -> Iterator[Edge]:
    """Pairs of norms of which one ends where the other begins, or a value before it."""
    types = {one.name: _bare(one.type) for one in rules.among}
    ends: dict[tuple[str, Ordered, int], list[int]] = {}
    starts: dict[tuple[str, Ordered, int], list[int]] = {}
    for place in indices(rules.reaching & ~rules.defaults):
        for name, part in rules.regions[place].slices:
            of = types.get(name)
            if part.members is None and isinstance(of, Numeric | Date):
                if part.high is not None:
                    ends.setdefault((name, *last_of(part.high, of)), []).append(place)
                if part.low is not None:
                    starts.setdefault((name, *first_of(part.low, of)), []).append(place)
    met = [
        (name, value, side, shared, starts[name, *cut])
        for name, value, side in ends
        for shared, cut in ((True, (value, side)), (False, _beyond(value, side, types[name])))
        if (name, *cut) in starts and not (shared and side)
    ]
    for name, value, side, shared, after in sorted(met, key=lambda one: repr(one[:3])):
        of = types[name]
        edge = _edge(name, of, value if shared or side else _step(value, of, 1), shared=shared)
        for second in after if edge is not None else ():
            for first in ends[name, value, side]:
                if edge is not None and _pair(rules, edge, first, second):
                    yield replace(edge, first=first, second=second)


def _edge(name: str, of: Type, value: Ordered | None, *, shared: bool) -> Edge | None:
    """The boundary `value` between its neighbours, if the type has all three."""
    if value is None:
        return None
    below, above = _step(value, of, -1), _step(value, of, 1)
    if not all(one is not None and contains(of, one) for one in (below, value, above)):
        return None
    return Edge(name, value, below, above, 0, 0, shared)


def _pair(rules: RuleSet, edge: Edge, first: int, second: int) -> bool:
    """Whether the two norms lie on both sides of `edge`, and may apply to one input but for the given."""
    one, two = rules.norms[first], rules.norms[second]
    if one.requirement == two.requirement:
        return False
    slices = dict(rules.regions[first].slices)
    for name, part in rules.regions[second].slices:
        other = slices.get(name)
        if name == edge.given:
            if other is None or not (other.holds(edge.below) and part.holds(edge.above)):
                return False
        elif other is not None and intersection(other, part).empty:
            return False
    return True


def last_of(cut: Cut, of: Type) -> tuple[Ordered, int]:
    """The last value up to `cut`; where values lie densely, the cut itself."""
    value, side = cut
    if isinstance(of, Numeric) and dense(of):
        return value, min(side, 0)
    down = _floor(value, of)
    return (down if side >= 0 or down != value else _next(down, of, -1)), 0


def first_of(cut: Cut, of: Type) -> tuple[Ordered, int]:
    """The first value from `cut` on; where values lie densely, the cut itself."""
    value, side = cut
    if isinstance(of, Numeric) and dense(of):
        return value, max(side, 0)
    down = _floor(value, of)
    return (value if side <= 0 and down == value else _next(down, of, 1)), 0


def _beyond(value: Ordered, side: int, of: Type) -> tuple[Ordered, int]:
    """Where a norm begins that leaves out one value after another one's end."""
    if isinstance(of, Numeric) and dense(of):
        return value, 1 if side < 0 else 2
    return _next(_next(value, of, 1), of, 1), 0


def _floor(value: Ordered, of: Type) -> Ordered:
    return floor(value, of.step) if isinstance(value, Decimal) and isinstance(of, Numeric) else value


def _next(value: Ordered, of: Type, by: int) -> Ordered:
    """The neighbour of `value`, or it itself where the calendar ends."""
    found = _step(value, of, by)
    return value if found is None else found


def _step(value: Ordered, of: Type, by: int) -> Ordered | None:
    """The neighbour of `value`; None where the calendar ends."""
    if isinstance(value, Decimal):
        return EXACT.add(value, EXACT.multiply(of.step, Decimal(by))) if isinstance(of, Numeric) else None
    at = value.toordinal() + by
    return datetime.date.fromordinal(at) if 1 <= at <= datetime.date.max.toordinal() else None


def _bare(of: Type) -> Type:
    return of.of if isinstance(of, Optional) else of


def _moved(goal: Goal, change: Callable[[Expr], Expr]) -> Goal:
    """`goal` with its conditions changed."""
    match goal:
        case Holds(expr, truth):
            return Holds(change(expr), truth)
        case Fails(inner):
            return Fails(_moved(inner, change))
        case All(goals):
            return All(tuple(_moved(one, change) for one in goals))
        case Some(goals):
            return Some(tuple(_moved(one, change) for one in goals))
    assert_never(goal)


def _put(expr: Expr, name: str, value: Datum) -> Expr:
    """`expr` with `value` in the place of `name`; itself where it does not name it."""
    match expr:
        case Var():
            return Literal(value, expr.type, "", expr.span) if expr.name == name else expr
        case Literal():
            return expr
        case Not():
            operand = _put(expr.operand, name, value)
            return expr if operand is expr.operand else replace(expr, operand=operand)
        case And() | Or():
            parts = tuple([_put(part, name, value) for part in expr.parts])
            changed = any(one is not other for one, other in zip(parts, expr.parts, strict=True))
            return replace(expr, parts=parts) if changed else expr
        case Compare() | Arithmetic():
            left, right = _put(expr.left, name, value), _put(expr.right, name, value)
            return expr if left is expr.left and right is expr.right else replace(expr, left=left, right=right)
        case Among() | Between():
            left = _put(expr.left, name, value)
            return expr if left is expr.left else replace(expr, left=left)
        case Absent(left):
            return Literal(value is None, left.type, "", expr.span) if left.name == name else expr
    assert_never(expr)

"""An input that nothing decides, looked for in areas: where only few norms can apply, and others cost nothing.

In: a rule set. Out: an input for which no norm that stands reaches an outcome; none; or that nobody knows.
Invariant: every input lies in one area; areas follow the order in which values are declared, that of the base first.
"""

from collections.abc import Iterator, Sequence

from ..source.span import whole_file
from ..values.domain import members
from ..values.expression import Compare, Literal, Var
from ..values.types import Bool, Datum, Enum
from .goal import Goal, Holds, Some, applies, negated
from .ruleset import RuleSet, indices
from .variables import Variable
from .witness import NONE, UNDECIDED, Finder, Search, find

FEW = 20
"""So few norms are asked about in one go."""

_NOWHERE = whole_file("")

_EVERY = -1
"""All norms, as bits."""

_Area = tuple[dict[str, Holds], int]
"""Values of givens, and the norms that may apply there, as bits."""


def gap(rules: RuleSet, *, search: Finder = find, few: int = FEW) -> Search:
    """An input for which no norm that stands reaches an outcome, in the first area that has one.

    So a norm costs nothing where it can't apply, and one that changed is asked about where it can. Up to `few` norms are not parted.
    """
    known = True
    for here, near in _areas(rules, ({}, _EVERY), few, once=False):
        if _always(rules, near, here):
            continue
        found = search((*here.values(), *_unreached(rules, near)), rules.among)
        if found.found is not None:
            return found
        known = known and found.decided
    return NONE if known else UNDECIDED


def certain(rules: RuleSet) -> bool:
    """Whether some norm decides every input that no other one decides."""
    return _always(rules, _EVERY, {})


def _always(rules: RuleSet, near: int, here: dict[str, Holds]) -> bool:
    """Whether one of the norms `near` applies to all inputs that have the values `here`, and nothing there beats it."""
    return any(
        rules.regions[place].exact
        and not rules.regions[place].empty
        and all(name in here for name, _ in rules.regions[place].slices)
        and not rules.norms[place].unless
        and not rules.beaters(place) & near
        for place in indices(rules.reaching & near)
    )


def _unreached(rules: RuleSet, near: int) -> list[Goal]:
    """What an input must be like for none of the norms `near` to stand and reach an outcome."""
    goals: list[Goal] = []
    for place in indices(rules.reaching & near):
        beaters = [applies(one) for one in rules.pick(rules.beaters(place) & rules.overlapping(place) & near)]
        never = negated(applies(rules.norms[place]))
        goals.append(Some((never, *beaters)) if beaters else never)
    return goals


def _areas(rules: RuleSet, area: _Area, few: int, *, once: bool) -> Iterator[_Area]:
    """`area` parted by the given that most norms name by its values, each part again; with `once`, only if few norms are in several."""
    here, near = area
    best = _telling(rules, near & rules.reaching, few, here)
    parts = [] if best is None else list(_parts(rules, best, area))
    held = sum((part & rules.reaching).bit_count() for _, part in parts)
    if not parts or (once and held > 2 * (near & rules.reaching).bit_count()):
        yield area
        return
    for part in parts:
        yield from _areas(rules, part, few, once=True)


def _telling(rules: RuleSet, near: int, few: int, but: dict[str, Holds]) -> Variable | None:
    """The given that most of the norms `near` name by its values, if these are more than half of them and than `few`."""
    named: dict[str, int] = {}
    for place in indices(near):
        for name, part in rules.regions[place].slices:
            named[name] = named.get(name, 0) + (part.members is not None)
    best, least = None, max(few, near.bit_count() // 2)
    for one in rules.among:
        listed = isinstance(one.type, Bool | Enum) and not one.state and not one.is_state and one.name not in but
        if listed and named.get(one.name, 0) > least:
            best, least = one, named[one.name]
    return best


def _parts(rules: RuleSet, given: Variable, area: _Area) -> Iterator[_Area]:
    """`area` at each value of `given`."""
    for value in _values(given):
        left, right = Var(given.name, given.type, _NOWHERE), Literal(value, given.type, "", _NOWHERE)
        here = Holds(Compare("=", left, right, _NOWHERE))
        yield {**area[0], given.name: here}, area[1] & rules.around((), given.name, value)


def _values(given: Variable) -> Sequence[Datum]:
    listed = members(given.type) or ()
    return tuple(dict.fromkeys((given.base, *listed))) if given.base in listed else listed

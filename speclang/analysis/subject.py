"""One feature as the checks look at it: its requirements, its rule set, and inputs that settle most questions at once.

Invariant: what is asked of all checks is computed once; a check keeps nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..logic.conflict import Outcomes, decides
from ..logic.dead import against
from ..logic.edges import first_of, last_of
from ..logic.errors import Witness
from ..logic.norm import Norm
from ..logic.region import Slice
from ..logic.ruleset import RuleSet, indices
from ..logic.settling.searches import Searches
from ..logic.settling.settle import Settler
from ..logic.smallest import Smallest
from ..logic.variables import Variable, known, variables
from ..model.feature import Feature
from ..model.requirement import Requirement, Status
from ..model.tool import WORKS
from ..source.span import Span
from ..values.domain import contains, members, neighbours
from ..values.evaluate import atoms, nodes
from ..values.evaluate import variables as named
from ..values.expression import Literal
from ..values.showing import show
from ..values.types import Date, Datum, Numeric, Optional, Text

Values = Mapping[str, Datum]

_MEMBERS = 3
"""How many values of an enumeration are tried as samples."""


class Subject:
    """A feature, its norms in order, and who owns them."""

    def __init__(
        self, feature: Feature, kinds: Mapping[str, Kind[RequirementFields]], known: Searches | None = None
    ) -> None:
        """Index the norms of `feature`; `known` is what came of searches at an earlier time."""
        self.feature = feature
        self.kinds = kinds
        norms = (norm for one in feature.requirements for norm in kinds[one.kind].norms(one))
        self.rules = RuleSet(norms, variables(feature.givens, feature.tools))
        self.requirements = {one.id: one for one in feature.requirements}
        owned: dict[str, int] = {}
        for place, norm in enumerate(self.rules.norms):
            owned[norm.requirement] = owned.get(norm.requirement, 0) | 1 << place
        self.owned: Mapping[str, int] = owned
        self.outcomes = Outcomes.of(feature)
        self.variables = {one.name: one for one in self.rules.among}
        self.search = Settler(known=known)
        self._seen: dict[int, tuple[int, Values | None]] = {}

    @cached_property
    def smallest(self) -> Smallest:
        """Makes inputs of this feature smaller."""
        return Smallest(self.rules)

    def requirement(self, norm: Norm) -> Requirement:
        """Whose norm it is."""
        return self.requirements[norm.requirement]

    def head(self, id: str) -> Span:
        """Where a requirement is named."""
        return self.requirements[id].head

    def boundary(self, id: str, given: str, values: Sequence[Datum]) -> Span:
        """Where the conditions of a requirement compare `given` with one of `values`; its head if they do not."""
        one = self.requirements[id]
        for expr in (*(() if one.when is None else (one.when,)), *one.unless):
            for atom in atoms(expr):
                constants = [node.value for node in nodes(atom) if isinstance(node, Literal)]
                if given in named(atom) and any(value in values for value in constants):
                    return atom.span
        return one.head

    def groups(self, places: int) -> Iterator[tuple[str, int]]:
        """The requirements that own `places`, in the order of their IDs, each with those that it owns."""
        found: dict[str, int] = {}
        for place in indices(places):
            id = self.rules.norms[place].requirement
            found[id] = found.get(id, 0) | 1 << place
        yield from found.items()

    def drafts(self, ids: Iterable[str]) -> bool:
        """Whether one of the requirements is a draft, which gates nothing."""
        return any(self.requirements[id].status is Status.DRAFT for id in ids)

    def hinging(self, ids: Iterable[str]) -> int:
        """The norms, as bits, that may keep the requirements `ids` from deciding."""
        rules, found = self.rules, 0
        for place in (one for id in ids for one in indices(self.owned.get(id, 0))):
            found |= rules.beaters(place)
            if rules.norms[place].default:
                found |= self.deciders
        return found

    @cached_property
    def deciders(self) -> int:
        """The norms, as bits, that say whether anything decides: those that reach an outcome, and what beats them."""
        found = self.rules.reaching
        for place in indices(self.rules.reaching):
            found |= self.rules.beaters(place)
        return found

    def witness(self, points: Sequence[Values], ids: Iterable[str], hinging: int, names: Iterable[str] = ()) -> Witness:
        """The first of `points` as a finding shows it, with all that what it shows hangs on.

        That are `names`, the givens that the requirements `ids` name, and those by which one of the `hinging` norms could come to
        apply on one of `points`, or cease to: whatever the others are, the input shows the same.
        """
        values = points[0]
        shown = dict.fromkeys(
            (*names, *(name for id in ids for place in indices(self.owned[id]) for name in self._named(place)))
        )
        while True:
            unsaid = [one.name for one in self.rules.among if one.name not in shown and not one.is_state]
            reach = 0
            for point in points:
                reach |= self.rules.within_reach(known(point, self.rules.among), unsaid) & hinging
            more = [name for place in indices(reach) for name in self._named(place) if name not in shown]
            if not more:
                break
            shown.update(dict.fromkeys(more))
        return tuple(
            (one.name.removesuffix(" fails") if one.is_state else one.name, show(values.get(one.name, WORKS), one.type))
            for one in self.rules.among
            if (one.name in shown and (one.name in values or one.is_state))
            or (one.is_state and values.get(one.name, WORKS) != WORKS)
        )

    def _named(self, place: int) -> Iterator[str]:
        norm = self.rules.norms[place]
        for expr in (*(() if norm.when is None else (norm.when,)), *norm.unless):
            yield from named(expr)

    def points(self, place: int) -> Iterator[Values]:
        """A few inputs that lie in the region of norm `place`."""
        region = self.rules.regions[place]
        if region.empty:
            return
        sides: dict[str, tuple[Datum, ...]] = {}
        for name, part in region.slices:
            sides[name] = _values(self.variables[name], part)
            if not sides[name]:
                return
        beside, longest = self._beside
        unnamed = max((count for name, count in longest.items() if name not in sides), default=1)
        for nth in range(max((unnamed, *(len(values) for values in sides.values())))):
            values = dict(beside[min(nth, len(beside) - 1)])
            values.update((name, some[min(nth, len(some) - 1)]) for name, some in sides.items())
            yield self.rules.seen(values)

    @cached_property
    def _beside(self) -> tuple[Sequence[Values], Mapping[str, int]]:
        """Inputs for the variables that a norm does not name, and how many values each has: tools work, nothing else is certain."""
        sides = {
            one.name: (one.base,) if one.is_state else _values(one, _any(one)) or (one.base,)
            for one in self.rules.among
        }
        counts = {name: len(values) for name, values in sides.items()}
        most = max(counts.values(), default=1)
        rows = [{name: some[min(nth, len(some) - 1)] for name, some in sides.items()} for nth in range(most)]
        return rows, counts

    def companions(self, place: int) -> int:
        """The norms that decide on every sample on which norm `place` does, as bits; 0 where it decides on none."""
        return self._tried(place)[0]

    def decided(self, place: int) -> Values | None:
        """An input on which norm `place` decides; None where there is none, or nobody knows."""
        found = self._tried(place)[1]
        return (
            found if found is not None else against(self.rules, (decides(self.rules, place),), search=self.search).input
        )

    def _tried(self, place: int) -> tuple[int, Values | None]:
        seen = self._seen.get(place)
        if seen is None:
            found, first = 0, None
            near = self.rules.overlapping(place) | 1 << place
            for values in self.points(place):
                deciding = self.rules.deciding(values, near)
                if deciding >> place & 1:
                    found, first = (found & deciding, first) if first is not None else (deciding, values)
            seen = self._seen[place] = (found, first)
        return seen

    def inside(self, variable: Variable, one: Slice, other: Slice) -> bool:
        """Whether every value of `variable` that lies in `one` lies in `other`; of a text with a pattern, whether that may be."""
        values = members(variable.type)
        if values is not None:
            return all(other.holds(value) for value in values if one.holds(value))
        of = variable.type.of if isinstance(variable.type, Optional) else variable.type
        if one.absent and not other.absent:
            return False
        if one.members is not None:
            return all(other.holds(value) for value in one.members)
        if other.members is not None:
            return isinstance(of, Text) and bool(of.pattern)
        if not isinstance(of, Numeric | Date):
            return other.low is None and other.high is None
        low = first_of(one.low, of) if one.low is not None else None if of.low is None else (of.low, 0)
        high = last_of(one.high, of) if one.high is not None else None if of.high is None else (of.high, 0)
        return (other.low is None or (low is not None and other.low <= low)) and (
            other.high is None or (high is not None and high <= other.high)
        )


def _any(variable: Variable) -> Slice:
    return Slice(absent=isinstance(variable.type, Optional))


def _values(variable: Variable, part: Slice) -> tuple[Datum, ...]:
    """Values of `variable` in `part`: the base value if it is there, the least and the greatest."""
    of = variable.type.of if isinstance(variable.type, Optional) else variable.type
    found: list[Datum] = [variable.base]
    if part.members is not None:
        found.extend(sorted(part.members, key=repr)[:_MEMBERS])
    elif (listed := members(of)) is not None:
        found.extend(listed[:_MEMBERS])
    elif isinstance(of, Numeric | Date):
        for cut, end in ((part.low, of.low), (part.high, of.high)):
            if cut is not None:
                found.extend((cut[0], *(() if cut[1] == 0 else neighbours(cut[0], of))))
            elif end is not None:
                found.append(end)
    if part.absent:
        found.append(None)
    return tuple(dict.fromkeys(one for one in found if part.holds(one) and contains(variable.type, one)))

"""The norms of a feature with an index, so that deciding an input looks at few of them.

For each given, a table says which norms a value of it leaves possible, as the bits of one integer; the bits that remain
over all givens are a superset of the norms that apply, and only those whose region is not exact are evaluated.
Invariant: `RuleSet(norms, among).decide(values) == decide(norms, values, among)`.
"""

import datetime
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import compress

from ..values.evaluate import Truth, compiled
from ..values.types import Datum
from .decide import Decision, ordered, reaches
from .norm import Norm
from .region import EVERYWHERE, Region, Slice, region
from .variables import Variable, known

_REMEMBERED = 50_000
"""How many values of one given are looked up once only."""

_SPARSE = 24
"""Up to so many bits, walking them is faster than looking at all."""

_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


class _Axis:
    """Which norms each value of one given leaves possible; `naming` are those that say something about it, `free` the others."""

    def __init__(self, slices: Mapping[int, Slice], every: int) -> None:
        self.slices = slices
        self.naming = bits(slices)
        self.free = every & ~self.naming
        self.absent = bits(index for index, part in slices.items() if part.absent)
        self.listed: dict[Datum, int] = {}
        spans: dict[int, Slice] = {}
        for index, part in slices.items():
            if part.members is None:
                spans[index] = part
            else:
                for member in part.members:
                    self.listed[member] = self.listed.get(member, 0) | 1 << index
        self.spanned = bits(index for index, part in spans.items() if part.low is None and part.high is None)
        ends = [end[0] for part in spans.values() for end in (part.low, part.high) if end is not None]
        self.marks = sorted(set(ends))
        self.started, self.alive = self._sweep(spans)
        self.seen: dict[Datum, int] = {}

    def _sweep(self, spans: Mapping[int, Slice]) -> tuple[list[int], list[int]]:
        """For each position, the norms that start at or before it, and those that end at or after it."""
        positions = 2 * len(self.marks) + 1
        starts, stops = [0] * positions, [0] * positions
        for index, part in spans.items():
            starts[self._first(part)] |= 1 << index
            stops[self._last(part)] |= 1 << index
        for at in range(1, positions):
            starts[at] |= starts[at - 1]
        for at in range(positions - 2, -1, -1):
            stops[at] |= stops[at + 1]
        return starts, stops

    def _first(self, part: Slice) -> int:
        return 0 if part.low is None else 2 * bisect_left(self.marks, part.low[0]) + 1 + part.low[1]

    def _last(self, part: Slice) -> int:
        return (
            2 * len(self.marks) if part.high is None else 2 * bisect_left(self.marks, part.high[0]) + 1 + part.high[1]
        )

    def possible(self, value: Datum) -> int:
        """The norms that `value` leaves possible."""
        found = self.seen.get(value)
        if found is None:
            found = self.free | self._matching(value)
            if len(self.seen) < _REMEMBERED:
                self.seen[value] = found
        return found

    def _matching(self, value: Datum) -> int:
        if value is None:
            return self.absent
        if not self.marks or not isinstance(value, Decimal | datetime.date):
            return self.spanned | self.listed.get(value, 0)
        left = bisect_left(self.marks, value)
        at = 2 * left + (left < len(self.marks) and self.marks[left] == value)
        return self.started[at] & self.alive[at] | self.listed.get(value, 0)

    def meeting(self, index: int) -> int:
        """The norms that some value of this given leaves possible together with norm `index`."""
        part = self.slices.get(index)
        if part is None:
            return -1
        found = self.free | (self.absent if part.absent else 0)
        if part.members is not None:
            for member in part.members:
                found |= self.possible(member)
            return found
        found |= self.started[self._last(part)] & self.alive[self._first(part)]
        for member, held in self.listed.items():
            if part.holds(member):
                found |= held
        return found


class RuleSet:
    """Decides inputs by a fixed set of norms; `norms` in the order of their IDs."""

    def __init__(self, norms: Iterable[Norm], among: Sequence[Variable] = ()) -> None:
        """Index `norms`; `among` says which givens depend on which tool."""
        self.norms = tuple(ordered(norms))
        self.among = tuple(among)
        self.regions = tuple(_region(norm) for norm in self.norms)
        self._every = (1 << len(self.norms)) - 1
        self._possible = bits(index for index, one in enumerate(self.regions) if not one.empty)
        self._sure = bits(i for i, norm in enumerate(self.norms) if self.regions[i].exact and not norm.unless)
        self.defaults = bits(i for i, norm in enumerate(self.norms) if norm.default)
        self.reaching = bits(i for i, norm in enumerate(self.norms) if reaches(norm))
        self._beats = self._beaten_by_each()
        self._beating = bits(i for i, mask in enumerate(self._beats) if mask)
        self._beaten_by = [0] * len(self.norms)
        for other in indices(self._beating):
            for index in indices(self._beats[other]):
                self._beaten_by[index] |= 1 << other
        self._tests: dict[int, tuple[Truth | None, tuple[Truth, ...]]] = {}
        self.stated = tuple(one for one in self.among if one.state or one.is_state)
        by_name: dict[str, dict[int, Slice]] = {}
        for index, one in enumerate(self.regions):
            for name, part in one.slices:
                by_name.setdefault(name, {})[index] = part
        # A given that most norms name leaves the fewest for all that follow.
        self._axes = {
            name: _Axis(slices, self._every)
            for name, slices in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
        }
        self._overlapping: dict[int, int] = {}

    def decide(self, values: Mapping[str, Datum]) -> Decision:
        """What the norms decide on `values`."""
        applicable = self.applying(values)
        beaten = self.beaten(applicable)
        standing = applicable & ~beaten
        idle = standing & self.defaults if standing & self.reaching & ~self.defaults else 0
        return Decision(self.pick(applicable), self.pick(beaten), self.pick(idle), self.pick(standing & ~idle))

    def applicable(self, values: Mapping[str, Datum], near: int = -1) -> int:
        """Which of the norms `near` apply on `values`, as bits; what is not known is left out of `values`."""
        found = self._possible & near
        for name, axis in self._axes.items():
            if found & axis.naming:
                found &= axis.possible(values[name]) if name in values else axis.free
                if not found:
                    return 0
        for index in indices(found & ~self._sure):
            if not self._holds(index, values):
                found ^= 1 << index
        return found

    def within_reach(self, values: Mapping[str, Datum], unsaid: Collection[str]) -> int:
        """The norms, as bits, that apply on `values` or could if the givens named in `unsaid` had other values."""
        found = self._possible
        for name, axis in self._axes.items():
            if name not in unsaid and found & axis.naming:
                found &= axis.possible(values[name]) if name in values else axis.free
                if not found:
                    return 0
        heard = {name: value for name, value in values.items() if name not in unsaid}
        for index in indices(found & ~self._sure):
            when, unless = self._compiled(index)
            if (when is not None and when(heard) is False) or any(one(heard) for one in unless):
                found ^= 1 << index
        return found

    def beaten(self, applicable: int) -> int:
        """The norms among `applicable` that another one beats."""
        found = 0
        for index in indices(applicable & self._beating):
            found |= self._beats[index]
        return found & applicable

    def beaters(self, index: int) -> int:
        """The norms that beat norm `index` where both apply."""
        return self._beaten_by[index]

    def beats(self, index: int) -> int:
        """The norms that norm `index` beats where both apply."""
        return self._beats[index]

    def applying(self, values: Mapping[str, Datum]) -> int:
        """The norms, as bits, that apply on `values`; what a tool that does not work would say is not known."""
        return self.applicable(self.seen(values))

    def seen(self, values: Mapping[str, Datum]) -> Mapping[str, Datum]:
        """`values` as the norms see them: without what a tool that does not work would tell."""
        return known(values, self.stated) if self.stated else values

    def deciding(self, values: Mapping[str, Datum], near: int = -1) -> int:
        """The norms, as bits, that decide `values`; give `near` if only these may apply there."""
        applicable = self.applicable(self.seen(values), near)
        standing = applicable & ~self.beaten(applicable)
        return standing & ~self.defaults if standing & self.reaching & ~self.defaults else standing

    def overlapping(self, index: int) -> int:
        """The norms whose region meets that of norm `index`: a superset of those that apply together with it."""
        found = self._overlapping.get(index)
        if found is None:
            found = 0 if self.regions[index].empty else self._possible
            for name, _ in self.regions[index].slices:
                found &= self._axes[name].meeting(index)
            found = self._overlapping[index] = found & ~(1 << index)
        return found

    def around(self, places: Iterable[int], name: str, value: Datum) -> int:
        """The norms that may apply where `name` has `value` and all other givens are as the regions of `places` want them."""
        found = self._possible
        for index in places:
            for other, _ in self.regions[index].slices:
                if other != name:
                    found &= self._axes[other].meeting(index)
        return found & self._axes[name].possible(value) if name in self._axes else found

    def pick(self, chosen: int) -> tuple[Norm, ...]:
        """The norms that `chosen` stands for."""
        if chosen.bit_count() <= _SPARSE:
            return tuple([self.norms[index] for index in indices(chosen)])
        flags = f"{chosen:b}".encode().translate(_FLAGS)[::-1]
        return tuple(compress(self.norms, flags))

    def _holds(self, index: int, values: Mapping[str, Datum]) -> bool:
        when, unless = self._compiled(index)
        if when is not None and when(values) is not True:
            return False
        return all(one(values) is not True for one in unless)

    def _compiled(self, index: int) -> tuple[Truth | None, tuple[Truth, ...]]:
        """The condition of norm `index` and its exceptions as functions; most norms are told by their region alone."""
        found = self._tests.get(index)
        if found is None:
            norm = self.norms[index]
            when = None if norm.when is None else compiled(norm.when)
            found = self._tests[index] = when, tuple(compiled(one) for one in norm.unless)
        return found

    def _beaten_by_each(self) -> tuple[int, ...]:
        """For each norm, the bits of those that it beats: all norms of the requirements it names, but for its own."""
        owned: dict[str, int] = {}
        for index, norm in enumerate(self.norms):
            owned[norm.requirement] = owned.get(norm.requirement, 0) | 1 << index
        return tuple(bits_of(owned.get(one, 0) for one in norm.over if one != norm.requirement) for norm in self.norms)


def bits(places: Iterable[int]) -> int:
    """The integer with these bits."""
    found = 0
    for at in places:
        found |= 1 << at
    return found


def bits_of(masks: Iterable[int]) -> int:
    """All bits of `masks`."""
    found = 0
    for mask in masks:
        found |= mask
    return found


def indices(mask: int) -> Iterator[int]:
    """The places of the bits of `mask`, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _region(norm: Norm) -> Region:
    return EVERYWHERE if norm.when is None else region(norm.when)

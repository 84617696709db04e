"""Spans in the order in which one caused the other, whatever the clocks of those who wrote them say.

In: the spans of one conversation, and which of them must come before which. Out: the same in order, and how far the clocks differ.
A parent begins before its child and ends after it; what is known besides (a result comes after its call) is said by `before`. Each
resource has one clock. From these bounds follows how far a clock may be from the first one's: the middle of what is possible is taken.

Invariant: no span stands before one that caused it, whatever the times are; the same spans give the same order, however they are listed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from math import inf

from ...source.records import dataclass
from .names import SERVICE
from .otlp import Span

Edge = tuple[int, int]

MOST_CLOCKS = 50
"""How many clocks are held against each other; with more, times are taken as they are."""


@dataclass(frozen=True, slots=True)
class Skew:
    """How many nanoseconds a clock is ahead of the first one's, at `least` and at `most`, by what must have come before what.

    `told` says that it can't be none: some times contradict their order.
    """

    clock: str
    least: float
    most: float

    @property
    def told(self) -> bool:
        """Whether the clocks can't be equal."""
        return self.least > 0 or self.most < 0

    @property
    def by(self) -> float:
        """The nanoseconds that are taken off its times."""
        if not self.told:
            return 0.0
        if self.least == -inf or self.most == inf:
            return self.least if self.most == inf else self.most
        return (self.least + self.most) / 2


@dataclass(frozen=True, slots=True)
class Ordered:
    """`spans` in order, and the `skews` of clocks that can't agree with the first one's.

    `torn` says that what must come before what goes in a circle: then the order is by times, as far as it goes.
    """

    spans: tuple[Span, ...]
    skews: tuple[Skew, ...]
    torn: bool = False


def ordered(spans: Sequence[Span], before: Iterable[Edge] = ()) -> Ordered:
    """`spans` in order; `before` are pairs of places in `spans` of which the first ended before the second began."""
    known = {one.id: place for place, one in enumerate(spans)}
    parents = [
        (known[one.parent], place) for place, one in enumerate(spans) if one.parent in known and one.parent != one.id
    ]
    said = tuple(before)
    skews = _skews(spans, parents, said)
    off = {clock: skew.by for clock, skew in skews.items()}
    ranks = [(one.start - off.get(one.clock, 0.0), one.id) for one in spans]
    causes = [*parents, *said]
    for edges in ([*causes, *_same_clock(spans)], causes):
        found = _sorted(len(spans), edges, ranks)
        if found is not None:
            return Ordered(tuple(spans[place] for place in found), _told(skews))
    rest = sorted(range(len(spans)), key=lambda place: ranks[place])
    return Ordered(tuple(spans[place] for place in rest), _told(skews), torn=True)


def _told(skews: Mapping[str, Skew]) -> tuple[Skew, ...]:
    return tuple(sorted((one for one in skews.values() if one.told), key=lambda one: one.clock))


def _same_clock(spans: Sequence[Span]) -> Iterator[Edge]:
    """What one clock says by itself: of two spans the one that began first."""
    by_clock: dict[str, list[int]] = {}
    for place, one in enumerate(spans):
        by_clock.setdefault(one.clock, []).append(place)
    for places in by_clock.values():
        places.sort(key=lambda place: (spans[place].start, spans[place].id))
        for first, second in pairwise(places):
            if spans[first].start < spans[second].start:
                yield first, second


def _sorted(count: int, edges: Iterable[Edge], ranks: Sequence[tuple[float, str]]) -> list[int] | None:
    """The places by `edges`, of those that may come next the one of the least rank; None where the edges go in a circle."""
    after: list[list[int]] = [[] for _ in range(count)]
    waits = [0] * count
    for one, other in set(edges):
        after[one].append(other)
        waits[other] += 1
    ready: list[tuple[tuple[float, str], int]] = []
    for place in range(count):
        if not waits[place]:
            heappush(ready, (ranks[place], place))
    found: list[int] = []
    while ready:
        _, place = heappop(ready)
        found.append(place)
        for other in after[place]:
            waits[other] -= 1
            if not waits[other]:
                heappush(ready, (ranks[other], other))
    return found if len(found) == count else None


def _skews(spans: Sequence[Span], parents: Sequence[Edge], before: Sequence[Edge]) -> dict[str, Skew]:
    """How far each clock is from that of the first span without a parent; where children outlive parents, by the beginnings alone."""
    clocks = list(dict.fromkeys(one.clock for one in sorted(spans, key=lambda one: (one.parent != "", one.id))))
    if not 1 < len(clocks) <= MOST_CLOCKS:
        return {}
    for whole in (True, False):
        bounds = _bounds(spans, parents, before, clocks, whole=whole)
        far = _shortest(bounds)
        if all(far[place][place] >= 0 for place in range(len(clocks))):
            names = _names(spans, clocks)
            return {
                clock: Skew(names[clock], -far[place][0], far[0][place]) for place, clock in enumerate(clocks) if place
            }
    return {}


def _bounds(
    spans: Sequence[Span], parents: Sequence[Edge], before: Sequence[Edge], clocks: Sequence[str], *, whole: bool
) -> list[list[float]]:
    """`[a][b]`: by how much clock b is ahead of clock a at most. With `whole`, a child ends before its parent does."""
    place_of = {clock: place for place, clock in enumerate(clocks)}
    most = [[0.0 if one == other else inf for other in range(len(clocks))] for one in range(len(clocks))]

    def not_after(one: Span, first: int, other: Span, second: int) -> None:
        """`first` by the clock of `one` is no later than `second` by that of `other`."""
        a, b = place_of[one.clock], place_of[other.clock]
        if a != b:
            # first - skew(one) <= second - skew(other), so skew(other) - skew(one) <= second - first
            most[a][b] = min(most[a][b], second - first)

    for one, other in parents:
        parent, child = spans[one], spans[other]
        not_after(parent, parent.start, child, child.start)
        if whole and parent.end >= parent.start and child.end >= child.start:
            not_after(child, child.end, parent, parent.end)
    for one, other in before:
        first, second = spans[one], spans[other]
        not_after(first, max(first.start, first.end) if whole else first.start, second, second.start)
    return most


def _shortest(most: list[list[float]]) -> list[list[float]]:
    """The tightest bounds that follow from `most` (Floyd and Warshall)."""
    far = [list(row) for row in most]
    count = len(far)
    for over in range(count):
        for one in range(count):
            if far[one][over] == inf:
                continue
            for other in range(count):
                far[one][other] = min(far[one][other], far[one][over] + far[over][other])
    return far


def _names(spans: Sequence[Span], clocks: Sequence[str]) -> dict[str, str]:
    """What each clock is called: by its service, with what else tells it from another of that name."""
    resources = {one.clock: dict(one.resource) for one in spans}
    found: dict[str, str] = {}
    for clock in clocks:
        said = resources[clock]
        name = str(said.get(SERVICE) or "a resource without a name")
        same = [one for one in clocks if resources[one].get(SERVICE) == said.get(SERVICE)]
        for key in ("service.instance.id", "host.name", "process.pid") if len(same) > 1 else ():
            if said.get(key) is not None and len({str(resources[one].get(key)) for one in same}) == len(same):
                name = f"{name} ({key} {said[key]})"
                break
        else:
            name = name if len(same) == 1 else f"{name} ({same.index(clock) + 1})"
        found[clock] = name
    return found

"""The smallest set of cases that keeps every kill and every obligation.

In: for each case what it has to be kept for: the group of near copies that it belongs to, and the mutants that it kills. Out: the cases
that are kept, and how far from the smallest that can be.
Invariant: the same cases in the same order give the same choice. Every group keeps a case, every mutant a case that kills it.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

from ..source.records import dataclass

_EXACT = 16
"""Of how many cases every choice is tried."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One case: its `group`, what it `kills`, and what an answer to it costs; of equals, the cheaper is kept, then the first."""

    id: str
    group: int
    kills: frozenset[Hashable]
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """`kept` are the IDs of the cases that are kept, in order; no suite that keeps as much has more than `beyond` cases fewer."""

    kept: tuple[str, ...]
    beyond: int = 0


def choose(pieces: Sequence[Piece]) -> Choice:
    """The smallest choice, or nearly: exact where few cases are left to choose from, greedy else."""
    left = _undominated(pieces)
    groups: dict[int, list[Piece]] = {}
    for one in left:
        groups.setdefault(one.group, []).append(one)
    kept = [some[0] for some in groups.values() if len(some) == 1]
    open_ones = [one for some in groups.values() if len(some) > 1 for one in some]
    done = frozenset[Hashable]().union(*(one.kills for one in kept))
    wanted = frozenset[Hashable]().union(*(one.kills for one in open_ones)) - done
    exact = len(open_ones) <= _EXACT
    chosen = _smallest(open_ones, wanted) if exact else _greedy(open_ones, wanted)
    least = len({one.group for one in open_ones})  # one of each group, whatever it kills
    ids = {one.id for one in (*kept, *chosen)}
    return Choice(tuple(one.id for one in pieces if one.id in ids), 0 if exact else len(chosen) - least)


def _undominated(pieces: Sequence[Piece]) -> list[Piece]:
    """Those of which no other of their group kills all that they kill, for no more."""
    by: dict[int, list[Piece]] = {}
    for one in pieces:
        by.setdefault(one.group, []).append(one)
    found: list[Piece] = []
    for some in by.values():
        kept: list[Piece] = []
        for one in sorted(some, key=lambda one: (-len(one.kills), one.cost)):  # stable: of equals the first
            if not any(one.kills <= other.kills for other in kept):
                kept.append(one)
        found += kept
    order = {one.id: place for place, one in enumerate(pieces)}
    return sorted(found, key=lambda one: order[one.id])


def _smallest(pieces: Sequence[Piece], wanted: frozenset[Hashable]) -> tuple[Piece, ...]:
    """The first of the smallest choices, by trying all; of those of one size, the cheapest."""
    groups = {one.group for one in pieces}
    for size in range(len(groups), len(pieces) + 1):
        enough = [some for some in combinations(pieces, size) if _keeps(some, groups, wanted)]
        if enough:
            return min(enough, key=lambda some: sum(one.cost for one in some))
    return tuple(pieces)


def _keeps(some: Iterable[Piece], groups: set[int], wanted: frozenset[Hashable]) -> bool:
    chosen = tuple(some)
    return {one.group for one in chosen} == groups and wanted <= frozenset[Hashable]().union(
        *(one.kills for one in chosen)
    )


def _greedy(pieces: Sequence[Piece], wanted: frozenset[Hashable]) -> tuple[Piece, ...]:
    """Again and again the case that adds most: kills that are left, and a group that has none yet."""
    chosen: list[Piece] = []
    left, groups = set(wanted), {one.group for one in pieces}
    while left or groups:
        best = max(
            (one for one in pieces if one not in chosen),
            key=lambda one: (len(one.kills & left) + (one.group in groups), -one.cost),
        )
        chosen.append(best)
        left -= best.kills
        groups.discard(best.group)
    return tuple(chosen)

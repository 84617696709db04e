"""The smallest sets of changes that break something: what is asked, in which order, and what follows from it.

In: names of changes, and a test that tells of any set of them whether it breaks what is watched. Out: sets that break, of which no
change can be left out. After Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input" (2002): `ddmin`, with a third
verdict for what nobody can tell.
Invariant: a set that is told was itself seen to break; it is called sure only if every set that lacks one of it was seen not to. Nothing is
taken for granted of sets that were not tested.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import combinations, pairwise

from ...source.records import dataclass


class Verdict(StrEnum):
    """What a set of changes does: nothing, or break what is watched, or nobody can tell from so few answers."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


Test = Callable[[frozenset[str]], Verdict]
"""Tells what a set of changes does; one that is asked again must say the same."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """A set that breaks; `sure` says that each of its changes is shown to be needed: without it, nothing breaks."""

    names: tuple[str, ...]
    sure: bool


def fewest(groups: Sequence[Sequence[str]], test: Test) -> tuple[int, ...]:
    """The fewest of `groups` all of whose changes together break, by their places: one at a time first, then two, and so on.

    All of them, where no smaller number is seen to.
    """
    for size in range(1, len(groups)):
        for places in combinations(range(len(groups)), size):
            if test(frozenset(name for place in places for name in groups[place])) is Verdict.BAD:
                return places
    return tuple(range(len(groups)))


def minimal(names: Sequence[str], test: Test) -> Breaking:
    """A part of `names`, which break together, none of which can be left out."""
    held = tuple(names)
    parts = 2
    while len(held) > 1:
        chunks = _chunks(held, parts)
        smaller = next((one for one in chunks if test(frozenset(one)) is Verdict.BAD), None)
        if smaller is not None:
            held, parts = smaller, 2
            continue
        rests = [tuple(name for name in held if name not in one) for one in chunks] if parts > 2 else []
        smaller = next((one for one in rests if test(frozenset(one)) is Verdict.BAD), None)
        if smaller is not None:
            held, parts = smaller, max(parts - 1, 2)
        elif parts >= len(held):
            break
        else:
            parts = min(len(held), 2 * parts)
    lacking = [frozenset(held) - {name} for name in held] if len(held) > 1 else []
    return Breaking(held, all(test(one) is Verdict.GOOD for one in lacking))


def _chunks(held: Sequence[str], parts: int) -> list[tuple[str, ...]]:
    """`held` in so many parts of about one size, none of them empty."""
    bounds = [len(held) * number // parts for number in range(parts + 1)]
    return [tuple(held[low:high]) for low, high in pairwise(bounds) if low < high]


def causes(groups: Sequence[Sequence[str]], test: Test, most: int) -> tuple[Breaking, ...]:
    """The sets that break, each for itself, at most so many: the smallest of the fewest groups first, then one among what is left, and
    so on, as long as what is left breaks.
    """
    found: list[Breaking] = []
    left = [tuple(one) for one in groups]
    while len(found) < most:
        left = [one for one in left if one]
        every = frozenset(name for one in left for name in one)
        if not every or test(every) is not Verdict.BAD:
            break
        among = [name for place in fewest(left, test) for name in left[place]]
        one = minimal(among, test)
        found.append(one)
        left = [tuple(name for name in group if name not in one.names) for group in left]
    return tuple(found)

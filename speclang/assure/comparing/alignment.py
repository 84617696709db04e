"""Two sequences laid side by side: what is the same, what stands elsewhere, what was changed in its place, what only one has.

In: two sequences of items, each of a family and with a content. Out: rows. Items with one content are the same; those of one family can
stand for each other, changed. What is wanted of an alignment, in this order: that as much as possible is the same in its place; that of
what has no equal on the other side, as much as possible stands beside something of its family; that these are as like as possible.
What is left and has an equal that is left is moved.
Invariant: no alignment is better by this measure; every item stands in exactly one row; the same input gives the same rows.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from enum import StrEnum

from ...source.records import dataclass

MOST = 1000
"""How many items of each side are aligned, after those with which both begin and end alike; further ones are told as left over."""

UNLIKE = 1000
"""How unlike two items can be at most."""

_CHANGED = 10**7
_SAME = _CHANGED**2


class How(StrEnum):
    """What a row says."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    BEFORE = "only before"
    AFTER = "only after"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is aligned."""

    family: Hashable
    content: Hashable


@dataclass(frozen=True, slots=True)
class Row:
    """`before` and `after` are places in the two sequences, from 0; None where only the other has it."""

    how: How
    before: int | None
    after: int | None


Unlike = Callable[[int, int], int]
"""How unlike two items of a family are, by their places: from 0 to `UNLIKE`."""


def aligned(before: Sequence[Item], after: Sequence[Item], unlike: Unlike) -> tuple[Row, ...]:
    """The best alignment; a moved item stands where the second sequence has it."""
    chain = _chain(before, after, unlike)
    left = [place for place in range(len(before)) if place not in {i for i, _ in chain}]
    right = [place for place in range(len(after)) if place not in {j for _, j in chain}]
    moved = _moved(before, after, left, right)
    return tuple(_rows(before, after, chain, moved))


def _rows(
    before: Sequence[Item], after: Sequence[Item], chain: Sequence[tuple[int, int]], moved: dict[int, int]
) -> Iterator[Row]:
    gone = set(moved.values())
    i = j = 0
    for low, high in (*chain, (len(before), len(after))):
        yield from (Row(How.BEFORE, place, None) for place in range(i, low) if place not in gone)
        for place in range(j, high):
            yield Row(How.MOVED, moved[place], place) if place in moved else Row(How.AFTER, None, place)
        if low < len(before):
            yield Row(How.SAME if before[low].content == after[high].content else How.CHANGED, low, high)
        i, j = low + 1, high + 1


def _moved(before: Sequence[Item], after: Sequence[Item], left: Sequence[int], right: Sequence[int]) -> dict[int, int]:
    """For places of the second sequence those in the first where the same stood; of several, the first for the first."""
    waiting: dict[Hashable, list[int]] = {}
    for place in reversed(left):
        waiting.setdefault(before[place].content, []).append(place)
    return {place: found.pop() for place in right if (found := waiting.get(after[place].content))}


def _chain(before: Sequence[Item], after: Sequence[Item], unlike: Unlike) -> list[tuple[int, int]]:
    """The pairs that stand side by side, in order. What both begin or end with alike is in every best chain, and is not searched."""
    low = 0
    while low < min(len(before), len(after)) and before[low].content == after[low].content:
        low += 1
    high = 0
    while high < min(len(before), len(after)) - low and before[-1 - high].content == after[-1 - high].content:
        high += 1
    one, other = range(low, len(before) - high)[:MOST], range(low, len(after) - high)[:MOST]
    ends = zip(range(len(before) - high, len(before)), range(len(after) - high, len(after)), strict=True)
    return [*((place, place) for place in range(low)), *_searched(before, after, one, other, unlike), *ends]


def _searched(
    before: Sequence[Item], after: Sequence[Item], one: range, other: range, unlike: Unlike
) -> list[tuple[int, int]]:
    """The best chain of places in `one` and `other`: by dynamic programming from the end, then read off from the beginning."""
    spare = _spare(before, after), _spare(after, before)
    width = len(other)
    took = [bytearray(width) for _ in one]
    below = [0] * (width + 1)
    for i in reversed(range(len(one))):
        item = before[one[i]]
        row = [0] * (width + 1)
        for j in reversed(range(width)):
            best, how = (below[j], 1) if below[j] > row[j + 1] else (row[j + 1], 2)
            worth = _worth(item, after[other[j]], spare)
            if worth:
                if worth < _SAME:
                    worth -= unlike(one[i], other[j])
                if worth + below[j + 1] >= best:
                    best, how = worth + below[j + 1], 0
            row[j] = best
            took[i][j] = how
        below = row
    return _read_off(took, one, other)


def _read_off(took: Sequence[bytearray], one: range, other: range) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(one) and j < len(other):
        how = took[i][j]
        if how == 0:
            found.append((one[i], other[j]))
        i += how != 2
        j += how != 1
    return found


def _worth(one: Item, other: Item, spare: tuple[set[Hashable], set[Hashable]]) -> int:
    """What it is worth that two items stand side by side; 0 where they can't."""
    if one.content == other.content:
        return _SAME
    changed = one.family == other.family and one.content in spare[0] and other.content in spare[1]
    return _CHANGED if changed else 0


def _spare(one: Sequence[Item], other: Sequence[Item]) -> set[Hashable]:
    """The contents that `one` has more often than `other`."""
    return set(Counter(item.content for item in one) - Counter(item.content for item in other))

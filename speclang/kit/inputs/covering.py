"""Few inputs that hold every pair of values of any two givens: a covering array of strength two.

Greedy, one row at a time, each row taking for every given the value that covers most pairs not covered yet (the AETG idea,
Cohen et al. 1997, without its randomness). Invariant: deterministic; ties go to the value declared first.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from ...values.domain import members
from ...values.types import Date, Datum, Numeric, Optional, Type

_MANY = 4
"""How many members of a long enum are tried."""

_SHAPES = 256
"""How many numbers of values are remembered with their rows."""

Choice = tuple[str, tuple[Datum, ...]]
Row = tuple[tuple[str, Datum], ...]


def representatives(type: Type, base: Datum) -> tuple[Datum, ...]:
    """The values that stand for `type` in a combination: its members, or its ends; the typical one first."""
    if isinstance(type, Optional):
        return tuple(dict.fromkeys((base, None, *representatives(type.of, base))))[:_MANY]
    listed = members(type)
    if listed is not None:
        return tuple(dict.fromkeys((base, *listed)))[:_MANY]
    if isinstance(type, Numeric | Date):
        return tuple(dict.fromkeys(one for one in (base, type.low, type.high) if one is not None))
    return (base,)


def levels(counts: Sequence[int], apart: frozenset[frozenset[tuple[int, int]]]) -> Iterator[tuple[int, ...]]:
    """Rows of places of values that together hold every pair of two values that are not the first ones, of any two of these `counts`.

    A row takes the first value where another makes no new pair; it holds no pair of `apart`, which are pairs of a place and a value.
    """
    return iter(_rows(tuple(counts), sum(counts) ** 2, apart, usual=True))


def covering(choices: Sequence[Choice], most: int) -> Iterator[Row]:
    """The first `most` rows that together hold every pair; for a single given, a row for each value."""
    for row in _rows(tuple(len(values) for _, values in choices), most):
        yield tuple((name, values[at]) for (name, values), at in zip(choices, row, strict=True))


@lru_cache(maxsize=_SHAPES)
def _rows(
    counts: tuple[int, ...],
    most: int,
    apart: frozenset[frozenset[tuple[int, int]]] = frozenset(),
    *,
    usual: bool = False,
) -> tuple[tuple[int, ...], ...]:
    """Rows of places of values. They hang on how many values each given has, which the requirements of a feature have in common.

    Where the first value is the `usual` one, pairs with it need no row.
    """
    if len(counts) == 1 and not usual:
        return tuple((at,) for at in range(min(counts[0], most)))
    open_pairs = {
        ((a, x), (b, y)): None
        for a, b in combinations(range(len(counts)), 2)
        for x in range(usual, counts[a])
        for y in range(usual, counts[b])
        if not apart or frozenset(((a, x), (b, y))) not in apart
    }
    found: list[tuple[int, ...]] = []
    while open_pairs and len(found) < most:
        row = dict(next(iter(open_pairs)))
        for at, count in enumerate(counts):
            if at not in row:
                allowed = [value for value in range(count) if not apart or _together(at, value, row, apart)]
                gains = [(_gain(at, value, row, open_pairs), -value) for value in allowed]
                row[at] = -max(gains)[1]
        for a, b in combinations(sorted(row), 2):
            open_pairs.pop(((a, row[a]), (b, row[b])), None)
        found.append(tuple(row[at] for at in range(len(counts))))
    return tuple(found)


def _together(at: int, value: int, row: dict[int, int], apart: frozenset[frozenset[tuple[int, int]]]) -> bool:
    """Whether `value` of the given `at` may stand beside what the row holds already."""
    return all(frozenset((one, (at, value))) not in apart for one in row.items())


def _gain(
    at: int, value: int, row: dict[int, int], open_pairs: dict[tuple[tuple[int, int], tuple[int, int]], None]
) -> int:
    """How many open pairs `value` of the given `at` makes with what the row holds already."""
    found = 0
    for other, chosen in row.items():
        pair = ((other, chosen), (at, value)) if other < at else ((at, value), (other, chosen))
        found += pair in open_pairs
    return found

"""The nearest name, for "did you mean".

Distance is Damerau-Levenshtein in its optimal string alignment form (Boytsov 2011, section 2.1): insertions, deletions,
substitutions and swaps of neighbours each cost one.
"""

from collections.abc import Iterable


def distance(a: str, b: str) -> int:
    """The number of single edits from `a` to `b`."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before = above
    return row[-1]


def certain(name: str, known: Iterable[str]) -> bool:
    """Whether `nearest` names the only one that was meant: no other is near, and more than digits tell the two apart."""
    wanted = name.casefold()
    limit = max(1, len(name) // 3)
    near = [
        one
        for one in dict.fromkeys(known)
        if abs(len(one) - len(name)) <= limit and distance(wanted, one.casefold()) <= limit
    ]
    return len(near) == 1 and (near[0].casefold() == wanted or _letters(near[0].casefold()) != _letters(wanted))


def _letters(name: str) -> str:
    return "".join(letter for letter in name if not letter.isdigit())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `name` was probably meant to be, or None; ties go to the alphabetically first."""
    wanted = name.casefold()
    limit = max(1, len(name) // 3)
    best: tuple[int, str] | None = None
    for candidate in known:
        if abs(len(candidate) - len(name)) > limit:
            continue
        found = (distance(wanted, candidate.casefold()), candidate)
        if found[0] <= limit and (best is None or found < best):
            best = found
    return best[1] if best else None

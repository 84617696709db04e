"""Counts of which each is possible, and all together are not: sets of any size.

In: what graders count. Out: the smallest sets of them that no text has. What one count takes of others only pushes counts up; so the least
counts that follow from all of them meet every limit, or nothing that obeys the tables does.
Invariant: every line of the tables holds of every text, by the definitions of the checks.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from .facts import Clash, Counted

TAKES: Mapping[str, Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "characters": {
            "words": (2, 1), "bullets": (2, 1), "spaced_words": (2, 1), "lines": (2, 1), "unique_words": (2, 1), "numbers": (2, 1),
            "headings": (2, 1), "commas": (1, 0), "letter": (1, 0), "sentences": (1, 0), "emojis": (1, 0), "placeholders": (2, 0),
            "paragraphs": (3, 2), "conjunctions": (3, 1), "links": (7, 0), "code_blocks": (3, 0),
        },
        "lines": {"bullets": (1, 0), "headings": (1, 0), "code_blocks": (1, 0), "paragraphs": (1, 0)},
        "spaced_words": {
            "lines": (1, 0), "bullets": (1, 0), "headings": (1, 0), "code_blocks": (1, 0), "paragraphs": (1, 0),
            "unique_words": (1, 0), "conjunctions": (1, 0),
        },
        "words": {"conjunctions": (1, 0)},
    }
)  # fmt: skip
"""For what is limited, how many of it each of another thing takes, and how many fewer all of them together."""

SUMS: Mapping[str, tuple[tuple[str, ...], int]] = MappingProxyType(
    {
        "lines": (("bullets", "headings", "code_blocks"), 0),
        "characters": (("words", "commas", "bullets", "headings", "lines"), 1),
    }
)
"""What has no part in common, and how many fewer all take: a line of its own for each; a letter, a comma, a mark, and what ends a line."""

_UPWARDS = ("words", "lines", "spaced_words", "characters")
"""What takes nothing of those after it."""

TRIED = 200
"""So many choices of terms that are left out are looked at for one limit."""


def least(some: Sequence[Counted]) -> dict[str, int]:
    """The least counts of a text that has as many as `some` ask for; no check accepts one that is blank."""
    found: dict[str, int] = {"lines": 1}
    for one in some:
        if not one.settings:
            found[one.of] = max(found.get(one.of, 0), one.at_least)
    for of in _UPWARDS:
        taken = [each * found.get(what, 0) - less for what, (each, less) in TAKES[of].items()]
        parts, fewer = SUMS.get(of, ((), 0))
        found[of] = max(found.get(of, 0), sum(found.get(what, 0) for what in parts) - fewer, *taken)
    return found


def parts(some: Sequence[Counted], limit: Counted) -> Sequence[Counted]:
    """Those of `some` that may have a part in a set that takes more than `limit` allows: none of them does alone, and all of them do."""
    if not _exceeds(some, limit):
        return ()
    found = [one for one in some if one.at_least and not _exceeds([one], limit)]
    return found if _exceeds(found, limit) else ()


def together(some: Sequence[Counted], limit: Counted) -> Iterator[tuple[tuple[int, ...], Clash]]:
    """The places of each smallest set of `some`, two or more, that takes more of a thing than `limit` allows, and why."""
    told: set[frozenset[int]] = set()
    waiting: list[frozenset[int]] = [frozenset()]
    seen = {waiting[0]}
    while waiting and len(seen) < TRIED:
        without = waiting.pop(0)
        kept = [at for at in range(len(some)) if at not in without]
        if not _exceeds([some[at] for at in kept], limit):
            continue
        for at in reversed(kept.copy()):
            fewer = [other for other in kept if other != at]
            kept = fewer if _exceeds([some[other] for other in fewer], limit) else kept
        if len(kept) > 1 and frozenset(kept) not in told:
            told.add(frozenset(kept))
            yield tuple(kept), _why([some[at] for at in kept], limit)
        for at in kept:
            further = without | {at}
            if further not in seen:
                seen.add(further)
                waiting.append(further)


def _exceeds(some: Sequence[Counted], limit: Counted) -> bool:
    return limit.at_most is not None and not limit.settings and least(some).get(limit.of, 0) > limit.at_most


def _why(some: Sequence[Counted], limit: Counted) -> Clash:
    said = [f"{one.at_least:,} {named(one)}" for one in some]
    verb = "are" if limit.of == "lines" else "take"
    return Clash(f"{', '.join(said[:-1])} and {said[-1]} {verb} {least(some)[limit.of]:,} {named(limit)} at least")


def named(one: Counted) -> str:
    """What is counted, as a sentence says it."""
    shown = ", ".join(f'"{text}"' for text in one.texts)
    return f"{one.of.replace('_', ' ')} {shown}".rstrip()

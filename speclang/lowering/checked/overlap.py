"""Conversations that the prompt shows, kept apart from those that cases try.

In: what users say first in shown conversations, and the cases. Out: a finding for each shown one that some case repeats.
Two messages are near copies if, apart from case, punctuation and white space, at most a tenth of their characters differs
(Levenshtein's distance; beyond 400 characters, of their words).
Invariant: linear in the number of cases; a message is compared only with those of nearly its length.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...model.requirement import Requirement
from ...plan.case import Case
from .. import errors

ALIKE = 10
"""Per cent of the characters, or words, that may differ between near copies."""

_LONG = 400


def repeated(
    requirements: Iterable[Requirement], kinds: Mapping[str, Kind[RequirementFields]], cases: Sequence[Case]
) -> Iterator[Diagnostic]:
    """A finding for each shown message with which a case opens."""
    shown = [(one, text) for one in requirements for text in kinds[one.kind].shown(one)]
    if not shown:
        return
    tried: dict[str, list[Case]] = {}
    for case in cases:
        first = next((turn.text for turn in case.turns if turn.role == "user"), "")
        tried.setdefault(plain(first), []).append(case)
    for requirement, text in shown:
        own = plain(text.plain)
        found = tried.get(own) or next((some for said, some in tried.items() if near(own, said)), None)
        if found and own:
            at = requirement.head if text.span.unit != requirement.head.unit else text.span
            case = found[0]
            more = len(found) - 1
            yield errors.shown_and_tried(requirement.id, at, case.id, case.origin.span, more, same=own in tried)


def plain(text: str) -> str:
    """`text` in small letters, without punctuation and with single spaces."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def near(one: str, other: str) -> bool:
    """Whether two plain texts differ in at most a tenth."""
    if one == other:
        return True
    first: Sequence[str] = one
    second: Sequence[str] = other
    if max(len(one), len(other)) > _LONG:
        first, second = one.split(), other.split()
    limit = max(len(first), len(second)) * ALIKE // 100
    if abs(len(first) - len(second)) > limit:
        return False
    apart = Counter(first)
    apart.subtract(Counter(second))
    if max(sum(n for n in apart.values() if n > 0), -sum(n for n in apart.values() if n < 0)) > limit:
        return False
    return _within(first, second, limit)


def _within(first: Sequence[str], second: Sequence[str], limit: int) -> bool:
    """Whether at most `limit` insertions, removals and exchanges make `second` of `first` (a band of Ukkonen's, 1985)."""
    beyond = limit + 1
    row = {at: at for at in range(min(limit, len(second)) + 1)}
    for index, item in enumerate(first, 1):
        low, high = max(0, index - limit), min(len(second), index + limit)
        fresh: dict[int, int] = {}
        for at in range(low, high + 1):
            if at == 0:
                fresh[0] = index
                continue
            exchanged = row.get(at - 1, beyond) + (item != second[at - 1])
            fresh[at] = min(exchanged, row.get(at, beyond) + 1, fresh.get(at - 1, beyond) + 1)
        row = fresh
        if min(row.values(), default=beyond) > limit:
            return False
    return row.get(len(second), beyond) <= limit

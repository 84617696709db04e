"""What kind of words an edit changed, where that decides what is asked for: a number, a unit, a negation, how binding it is, its scope.

In: the words before and after. Out: the kinds, as a few words. Invariant: says nothing of a whole sentence that came or went; that is told
by its text.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet

from ..values.units import find

_WORD = re.compile(r"[^\W\d_]\w*(?:-\d\w*)+|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*")
_MANY = 8
"""So many words are a statement of their own."""

_NEGATIONS = frozenset(
    "not no never none nor neither without cannot nothing nobody nowhere don't doesn't can't won't mustn't isn't aren't"
    " shouldn't".split()
)
_MODALS = frozenset(
    "must shall should ought may might can could will would need needs required mandatory recommended optional".split()
)
_SCOPES = frozenset(
    "all any every each some only always ever most few both either unless except if when while until before after than"
    " least more less over under above below within".split()
)
_LOOSE = frozenset("at from to or and".split())
"""Words that say a scope only where one of them takes the place of another."""


def nature(old: str, new: str) -> str:
    """`number`, `unit`, `negation`, `modality`, `scope`, or several of them, as "number and unit"; "" for other words."""
    before, after = (Counter(_plain(word) for word in _WORD.findall(text)) for text in (old, new))
    gone, come = before - after, after - before
    if (not before or not after) and max(before.total(), after.total()) >= _MANY:
        return ""
    changed = set(gone) | set(come)
    swapped = _LOOSE & changed if gone.keys() & _LOOSE and come.keys() & _LOOSE else frozenset()
    return " and ".join(name for name, words in _kinds(changed, swapped).items() if words)


def _plain(word: str) -> str:
    """`word` as it is compared: a currency keeps its capitals, all else has none."""
    return word if word.isupper() and find(word) is not None else word.lower().replace("’", "'")


def _kinds(words: AbstractSet[str], swapped: AbstractSet[str]) -> dict[str, AbstractSet[str]]:
    return {
        "number": {one for one in words if one[0].isdigit()},
        "unit": {one for one in words if not one[0].isdigit() and find(one) is not None},
        "negation": words & _NEGATIONS,
        "modality": words & _MODALS,
        "scope": words & _SCOPES | swapped,
    }

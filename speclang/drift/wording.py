"""Names parts of artifacts in the user's words, and says what an edit changed."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..plan.artifact import Part

_LONGEST = 60
_WORD = re.compile(r"\S+")


def named(path: str, parts: Sequence[Part]) -> str:
    """`the clause of `REF-1``, `the case `REF-1/nominal``, `7 cases of `REF-1``, `the layout of `prompt.md``."""
    kinds = {part.kind for part in parts}
    first = parts[0]
    if len(parts) == 1:
        match first.kind:
            case "clause":
                return f"the clause of `{first.owner}`"
            case "layout":
                return f"the layout of `{path}`" if first.id != "trace" else f"`{path}`"
            case kind:
                return f"the {kind} `{first.id}`"
    if len(kinds) == 1:
        return f"{len(parts)} {first.kind}s of `{first.owner}`"
    return f"what `{first.owner}` adds to `{path}`"


class Change(NamedTuple):
    """What was changed, by words: ``"30" became "45"``; and where the new words stand in the edited text."""

    text: str
    start: int
    end: int


def change(ours: str, theirs: str) -> Change:
    """The words in which `theirs` differs from `ours`, from the first to the last."""
    a, b = [one[0] for one in _WORD.finditer(ours)], list(_WORD.finditer(theirs))
    words = [one[0] for one in b]
    changed = [one for one in SequenceMatcher(None, a, words, autojunk=False).get_opcodes() if one[0] != "equal"]
    if not changed:
        return Change(_laid_out(ours, theirs), 0, len(theirs.rstrip("\n")))
    first, last = changed[0], changed[-1]
    old, new = " ".join(a[first[1] : last[2]]), " ".join(words[first[3] : last[4]])
    if new:
        start, end = b[first[3]].start(), b[last[4] - 1].end()
        return Change(f"{_quoted(old)} became {_quoted(new)}" if old else f"{_quoted(new)} was added", start, end)
    at = b[first[3] - 1].end() if first[3] else 0
    return Change(f"{_quoted(old)} was taken out", at, at)


def _laid_out(ours: str, theirs: str) -> str:
    """What was done to the lines of a text whose words are as they were."""
    one, other = ours.strip().split("\n"), theirs.strip().split("\n")
    if [line.strip() for line in one] == [line.strip() for line in other]:
        return (
            "the indentation was changed" if "\n" in theirs.strip() or theirs[:1] in " \t" else "it ran into the next"
        )
    return "a line was split" if len(other) > len(one) else "lines were joined"


def _quoted(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[: _LONGEST - 1]}…"'

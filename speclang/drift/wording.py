"""Names parts of artifacts in the user's words, and says what an edit changed."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from ..plan.artifact import Part

_LONGEST = 60


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


def change(ours: str, theirs: str) -> str:
    """What was changed, by words: ``"30 days" became "45 days"``."""
    a, b = ours.split(), theirs.split()
    changed = [one for one in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if one[0] != "equal"]
    if not changed:
        return "white space was changed"
    first, last = changed[0], changed[-1]
    old, new = " ".join(a[first[1] : last[2]]), " ".join(b[first[3] : last[4]])
    if not old:
        return f"{_quoted(new)} was added"
    if not new:
        return f"{_quoted(old)} was taken out"
    return f"{_quoted(old)} became {_quoted(new)}"


def _quoted(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[: _LONGEST - 1]}…"'

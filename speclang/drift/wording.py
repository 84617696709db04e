"""Names parts of artifacts in the user's words, and says what an edit changed."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..diagnostics.diagnostic import Fix
from ..plan.artifact import Part
from .lookalikes import lookalike, odd_characters
from .nature import nature

_LONGEST = 60
_MOST = 4
"""So many cases are named."""
_WORD = re.compile(r"[^ \t\r\n]+")
_ITEMS = ("-", "*", "+")
"""Words with which an item of a list begins."""
JOINED = "it shares a line with its neighbour"
_TOLD = re.compile(r'^  (?:why: "?(.*?)"?|check: (\S+))$', re.MULTILINE)
_FIELD = re.compile(r"^  ([A-Za-z_]\w*):", re.MULTILINE)


def named(path: str, parts: Sequence[Part]) -> str:
    """`the clause of `REF-1``, `the case `REF-1/nominal``, `7 cases of `REF-1``, `the layout of `prompt.md``."""
    kinds = {part.kind for part in parts}
    first = parts[0]
    if len(parts) == 1:
        match first.kind:
            case "clause":
                return f"the clause of `{first.owner}`"
            case "layout" if first.id == "trace":
                return f"`{path}`"
            case "layout" if not first.text.strip():
                return f"what stands between the clauses of `{path}`"
            case "layout" if path.endswith(".md") and "\n" not in first.text.strip():
                return f"the heading `{first.text.strip()}`"
            case "layout":
                return f"the layout of `{path}`"
            case kind:
                return f"the {kind} `{first.id}`"
    if len(kinds) == 1:
        return f"{len(parts)} {first.kind}s of `{first.owner}`"
    return f"what `{first.owner}` adds to `{path}`"


def lost(part: Part) -> str:
    """What nobody is sure of any more where a case or grader is gone; "" for what is none."""
    told = _TOLD.search(part.text)
    if told is None or part.kind not in ("case", "grader"):
        return ""
    if part.kind == "grader":
        return f"no answer fails `{part.owner}` by the check `{told[2]}` any more"
    return f"nothing shows any more whether `{part.owner}` is kept: {told[1]}"


class Change(NamedTuple):
    """What was changed, by words: ``"30" became "45"``; and where the new words stand in the edited text."""

    text: str
    start: int
    end: int


def change(ours: str, theirs: str) -> Change:
    """The words in which `theirs` differs from `ours`, from the first to the last."""
    a, b = [one[0] for one in _WORD.finditer(ours)], list(_WORD.finditer(theirs))
    words = [one[0] for one in b]
    if a and a[0] in _ITEMS and words[:1] == a[1:2]:
        if words == a[1:]:
            return Change(JOINED, 0, len(theirs.rstrip("\r\n")))
        a = a[1:]
    changed = [one for one in SequenceMatcher(None, a, words, autojunk=False).get_opcodes() if one[0] != "equal"]
    if not changed:
        alike = lookalike(ours, theirs)
        said = f"it looks the same: {alike}" if alike else _laid_out(ours, theirs)
        return Change(said, 0, len(theirs.rstrip("\r\n")))
    first, last = changed[0], changed[-1]
    old, new = " ".join(a[first[1] : last[2]]), " ".join(words[first[3] : last[4]])
    if not new:
        at = b[first[3] - 1].end() if first[3] else 0
        return Change(f"{_field(theirs, at)}{_quoted(old)} was taken out{_kind(old, '')}", at, at)
    start, end = b[first[3]].start(), b[last[4] - 1].end()
    where = _field(theirs, start)
    if not old:
        return Change(f"{where}{_quoted(new)} was added{_kind('', new)}{odd(ours, new)}", start, end)
    before, after = _shared(old, new)
    shown = new[before : len(new) - after]
    start, end = start + before, end - after
    said = f"{where}{_quoted(old[before : len(old) - after])} became {_quoted(shown)}"
    alike = lookalike(old, new)
    if alike:
        return Change(f"{said}, which looks the same: {alike}", start, end)
    return Change(f"{said}{_kind(old, new)}{odd(ours, shown)}", start, end)


def _kind(old: str, new: str) -> str:
    """What kind of words was changed, as " (number)"; "" where that decides nothing."""
    said = nature(old, new)
    return f" ({said})" if said else ""


def _shared(old: str, new: str) -> tuple[int, int]:
    """How many signs, but no letters or digits, two texts begin and end with alike; at least one character of each is left."""
    most = min(len(old), len(new)) - 1
    before = 0
    while before < most and old[before] == new[before] and not old[before].isalnum():
        before += 1
    after = 0
    while after < most - before and old[-1 - after] == new[-1 - after] and not old[-1 - after].isalnum():
        after += 1
    return before, after


def _field(text: str, at: int) -> str:
    """In which field of a case or grader the change lies: "in `expect`, "."""
    if not text.lstrip().startswith(("- case:", "- grader:")):
        return ""
    names = _FIELD.findall(text[:at])
    return f"in `{names[-1]}`, " if names else ""


def odd(ours: str, new: str) -> str:
    """The characters of `new` that a reader can't see or takes for others, where `ours` has none of them: " (with …)"."""
    found = [said for said in odd_characters(new) if said not in odd_characters(ours)]
    return f" (with {', '.join(found[:3])})" if found else ""


def _laid_out(ours: str, theirs: str) -> str:
    """What was done to the lines of a text whose words are as they were."""
    one, other = ours.strip().split("\n"), theirs.strip().split("\n")
    if [line.strip() for line in one] == [line.strip() for line in other]:
        return "the indentation was changed" if "\n" in theirs.strip() or theirs[:1] in " \t" else JOINED
    return "a line was split" if len(other) > len(one) else "lines were joined"


def _quoted(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[: _LONGEST - 1]}…"'


def untrue(then: str, now: str, expecting: Sequence[str], saying: Sequence[str]) -> str:
    """What an edited value is at odds with: cases and graders that still expect the former, and requirements that say it."""
    parts = []
    if expecting:
        parts.append(f'{listed(expecting)} still {"expects" if len(expecting) == 1 else "expect"} "{then}"')
    if saying:
        verb = "says" if len(saying) == 1 else "say"
        parts.append(f"{listed(saying)} {verb} so, too" if expecting else f'{listed(saying)} still {verb} "{then}"')
    return f'the prompt now says "{now}"; {", and ".join(parts)}'


def both_ways(then: str, now: str) -> Fix:
    """The two commands that end a disagreement about a quantity that several requirements say."""
    return Fix(
        f'`specc absorb --everywhere` makes the specs say "{now}" wherever they say "{then}"; '
        f'`specc build --discard` puts "{then}" back'
    )


APART = Fix(
    "put each on a line of its own, by hand or with `specc build --discard`, or word one requirement that says both"
)
"""What to do about two clauses that were joined: nothing in a spec says so."""


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(f"`{name}`" for name in names[:_MOST]) + more

"""Two prompts as one row of slots, out of which either can be had again, and any mixture of both.

In: two prompts, each with what its characters are owed to. Out: slots, each with its text in the one and in the other.
Invariant: with nothing chosen the row reads as the first prompt, with all chosen as the second, byte for byte.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from ...plan.artifact import Part
from ...source.records import dataclass, replace

Owed = tuple[str, str, int]
"""A run of characters of a prompt: the kind of the part, its ID, and how many there are."""

LAYOUT = "layout"
"""The kind of what is owed to the layout, and the unit of white space that nothing else accounts for."""

BY_HAND = "by hand"
"""What a text is called that no part of a build accounts for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a prompt that one requirement, declaration or the layout accounts for, with the white space before them."""

    kind: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in both prompts: what stands there in each, "" where nothing does. `unit` is what is swapped as a whole, "" for nothing."""

    unit: str
    kind: str
    before: str
    after: str


def owed(prompt: str, parts: Sequence[Part]) -> tuple[Owed, ...]:
    """To what the characters of `prompt` are owed, of which `parts` is what was built: a clause that was edited stays its requirement's,
    where only that one can be meant.
    """
    found: list[Owed] = []
    lost: list[Part] = []
    at = 0
    for part in parts:
        where = prompt.find(part.text, at)
        if where < 0 or not part.text:
            lost.append(part)
            continue
        if where > at:
            found.append((*_meant(lost), where - at))
        lost.clear()
        found.append((part.kind, part.id, len(part.text)))
        at = where + len(part.text)
    if at < len(prompt):
        found.append((*_meant(lost), len(prompt) - at))
    return tuple(found)


def _meant(lost: Sequence[Part]) -> tuple[str, str]:
    """Whose text was edited, of the parts that are not found at a place."""
    return (lost[0].kind, lost[0].id) if len(lost) == 1 else ("", BY_HAND)


def pieces(prompt: str, found: Sequence[Owed]) -> tuple[Piece, ...]:
    """The pieces of `prompt`. White space belongs to what follows it, so that a clause that comes or goes takes its line along."""
    made: list[Piece] = []
    space, at = "", 0
    for kind, id, length in (*found, (LAYOUT, "end", len(prompt) - sum(one[2] for one in found))):
        text = space + prompt[at : at + length]
        at += length
        kept = text.rstrip()
        space = text[len(kept) :]
        if kept.strip():
            made.append(Piece(kind, id, kept))
        else:
            space = text
    if space:
        made.append(Piece(LAYOUT, "end", space))
    return tuple(made)


def slots(
    before: Sequence[Piece], after: Sequence[Piece], renamed: Mapping[str, str] | None = None
) -> tuple[Slot, ...]:
    """Both prompts as one row; `renamed` tells today's ID of a requirement by the one that it had."""
    old, new = _keys(before, renamed or {}), _keys(after, {})
    row: list[Slot] = []
    for what, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pairs = zip(range(low, high), range(first, last), strict=True)
            row.extend(_slot(old[i], before[i].kind, before[i].text, after[j].text) for i, j in pairs)
        else:
            row.extend(_slot(old[i], before[i].kind, before[i].text, "") for i in range(low, high))
            row.extend(_slot(new[j], after[j].kind, "", after[j].text) for j in range(first, last))
    return tuple(_settled(row))


def _keys(found: Sequence[Piece], renamed: Mapping[str, str]) -> list[str]:
    """What each piece is called; the second of one name, and so on, has a number, and what nobody accounts for has its text."""
    seen: dict[str, int] = {}
    keys: list[str] = []
    for one in found:
        name = one.text.strip() if not one.kind else f"{LAYOUT} {one.id}" if one.kind == LAYOUT else one.id
        name = renamed.get(name, name)
        seen[name] = seen.get(name, 0) + 1
        keys.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return keys


def _slot(unit: str, kind: str, before: str, after: str) -> Slot:
    return Slot(unit if before != after else "", kind, before, after)


def _settled(row: Sequence[Slot]) -> Iterator[Slot]:
    """`row`, in which white space that changed belongs to the change before it, if that stands beside it, and else to the layout."""
    last = LAYOUT
    for one in row:
        if one.unit and one.before.strip() == one.after.strip():
            yield replace(one, unit=last)
            continue
        last = one.unit or LAYOUT
        yield one


def units(row: Sequence[Slot]) -> tuple[str, ...]:
    """What differs, each once, in the order of the row."""
    return tuple(dict.fromkeys(one.unit for one in row if one.unit))


def mixed(row: Sequence[Slot], chosen: Collection[str]) -> str:
    """The prompt in which the units that are `chosen` read as in the second, and the others as in the first."""
    return "".join(one.after if one.unit and one.unit in chosen else one.before for one in row)

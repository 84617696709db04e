"""What an edit of a source map breaks: of which clause, grader, case or declaration it says another origin.

In: `trace.json` as a build makes it, and as it is. Out: one `Link` for each entry that is not as it was built.
Invariant: lines are compared, so that a file that is no JSON any more is told about as well; decides nothing about what to do.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLOCK = re.compile(r'^\{?"([\w.]+)":')
_ENTRY = re.compile(r'^\{?"((?:[^"\\]|\\.)*)":(.*)', re.DOTALL)
_PART = re.compile(r'^\["(\w+)","((?:[^"\\]|\\.)*)","((?:[^"\\]|\\.)*)"')
_OWNER = re.compile(r'^\[+(?:\d+,\[)?"(?:[^"#\\]*#)?((?:[^"\\]|\\.)*)"')
_TOKEN = re.compile(r"[\w.-]+|.", re.DOTALL)
_LONGEST = 40


class Link(NamedTuple):
    """`what` has another origin than `owner` gives it; the words stand at `start` to `end` of the edited file."""

    owner: str
    what: str
    start: int
    end: int
    change: str


class _Line(NamedTuple):
    """A line of the map: the block it is in, and where it begins."""

    block: str
    text: str
    start: int


def broken(ours: str, theirs: str, feature: str) -> tuple[Link, ...]:
    """The entries that `theirs` tells otherwise, or not at all, each owner's first; what is about nothing else is about `feature`."""
    mine, held = list(_lines(ours)), list(_lines(theirs))
    first = next((at for at, (one, other) in enumerate(zip(mine, held, strict=False)) if one.text != other.text), None)
    if first is None:
        first = min(len(mine), len(held))
    last = 0
    while last < min(len(mine), len(held)) - first and mine[-1 - last].text == held[-1 - last].text:
        last += 1
    mine, held = mine[first : len(mine) - last], held[first : len(held) - last]
    found: dict[str, Link] = {}
    same = {one.text for one in held}
    at = held[0].start if held else len(theirs)
    for number, one in enumerate(mine):
        if one.text in same:
            continue
        owner, what = _about(one, feature)
        other = held[number] if len(mine) == len(held) else _counterpart(one, held)
        if owner not in found:
            found[owner] = _changed(owner, what, one, other, at)
    if not found and held:
        owner, what = _about(held[0], feature)
        found[owner] = Link(owner, what, held[0].start, held[0].start + len(held[0].text), "this was added")
    return tuple(found.values())


def _lines(text: str) -> Iterator[_Line]:
    block, start = "", 0
    for line in text.split("\n"):
        head = _BLOCK.match(line)
        if head is not None and line[-1:] in "[{":
            block = head[1]
        yield _Line(block, line, start)
        start += len(line) + 1


def _about(line: _Line, feature: str) -> tuple[str, str]:
    """Of whom a line speaks, and of what of theirs."""
    part, entry = _PART.match(line.text), _ENTRY.match(line.text)
    if line.block.startswith("prompt") and part is not None:
        kind, _, owner = part.groups()
        return owner, f"the clause of `{owner}`" if kind == "clause" else "the layout of the prompt"
    if entry is None or line.text[-1:] in "[{":
        return feature, f"`{feature}`"
    key, value = entry.groups()
    match line.block:
        case "graders":
            return key.partition("/")[0], f"the grader `{key}`"
        case "cases":
            return key.partition("/")[0], f"the case `{key}`"
        case "units":
            owner = key.rpartition("#")[2] if key.rpartition("#")[0].endswith(".spec") else key.partition("#")[0]
            return owner or feature, f"`{owner or feature}`"
        case "fields":
            named = _OWNER.match(value)
            return (named[1] if named else feature), f"the field `{key}` of the cases"
        case _:
            return feature, f"`{feature}`"


def _counterpart(line: _Line, held: list[_Line]) -> _Line | None:
    """The line of the same entry, where lines came or went."""
    about = _about(line, "")
    return next((one for one in held if one.block == line.block and _about(one, "") == about), None)


def _changed(owner: str, what: str, line: _Line, other: _Line | None, at: int) -> Link:
    """From what to what a line was changed, told in the words that differ."""
    if other is None:
        return Link(owner, what, at, at, "its entry was taken out")
    a, b = _TOKEN.findall(line.text), _TOKEN.findall(other.text)
    most = min(len(a), len(b))
    before = next((n for n in range(most) if a[n] != b[n]), most)
    after = next((n for n in range(most - before) if a[-1 - n] != b[-1 - n]), most - before)
    old, new = "".join(a[before : len(a) - after]), "".join(b[before : len(b) - after])
    start = other.start + len("".join(b[:before]))
    if not new:
        return Link(owner, what, start, start, f"`{_short(old)}` was taken out")
    said = f"`{_short(old)}` became `{_short(new)}`" if old else f"`{_short(new)}` was added"
    return Link(owner, what, start, start + len(new), said)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

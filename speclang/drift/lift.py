"""Takes an edit of a prompt back to the text of the spec that it came from.

In: a part as a build makes it, the text that stands in its place, and what the spec says at a span. Out: changes of the spec by
which a build might make that text, the closest to the edit first.
Invariant: proposes only; whether a proposal is right is found out by building it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, pairwise, product
from typing import NamedTuple

from ..diagnostics.diagnostic import Edit
from ..plan.artifact import Mark, Part
from ..source.span import Span

Said = Callable[[Span], str]
"""What the spec says at a span."""

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,_]*\d|\d|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(%| ?[^\W\d]\w*)?")
_MOST = 8
"""The most ways in which the holes of one edit are spelled."""


class Change(NamedTuple):
    """Characters `start` to `end` of what was built have become `text`."""

    start: int
    end: int
    text: str


class Lifted(NamedTuple):
    """Edits of the spec, and whether they say all of the change; where they do not, the rest is wording."""

    edits: tuple[Edit, ...]
    whole: bool


def changes(ours: str, theirs: str) -> tuple[Change, ...]:
    """By what `theirs` differs from `ours`: words, numbers and marks that were put in the place of others."""
    a, b = _TOKEN.findall(ours), _TOKEN.findall(theirs)
    at = [0]
    for token in a:
        at.append(at[-1] + len(token))
    return tuple(
        Change(at[first], at[last], "".join(b[start:end]))
        for kind, first, last, start, end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if kind != "equal"
    )


def lift(part: Part, theirs: str, said: Said) -> Iterator[Lifted]:
    """Ways to say in the holes of `part` what was changed in it; nothing where no change lies in a hole."""
    holes = [mark for mark in part.marks if _is_hole(mark, part, said)]
    made = changes(part.text, theirs)
    found = [(one, _around(one, holes)) for one in made]
    inside = [(one, held) for one, held in found if held]
    if not inside:
        return
    ways = [_spelled(one, held, part, made, said) for one, held in inside]
    for chosen in islice(product(*ways), _MOST):
        edits = tuple(dict.fromkeys(edit for edit in chosen if edit is not None))
        if edits:
            yield Lifted(edits, whole=len(inside) == len(made) and None not in chosen)


def computed(part: Part, theirs: str, said: Said) -> tuple[Edit, ...]:
    """Edits of the spec that may say what was changed in a case or grader, whose fields show a value that the spec says among others.

    Nothing where a change lies in no field, or where its place in the spec says the value not once.
    """
    edits: list[Edit] = []
    made = changes(part.text, theirs)
    for one in made:
        mark = next((mark for mark in part.marks if mark.start <= one.start and one.end <= mark.end), None)
        if mark is None:
            return ()
        shown, text = part.text[mark.start : mark.end].strip('"'), said(mark.origin.span)
        new = _applied(part.text, mark, made).strip('"')
        found = [*re.finditer(rf"(?<![\w.]){re.escape(shown)}(?![\w.])", text)] if shown and new else []
        if len(found) != 1:
            return ()
        span, inside = mark.origin.span, text[: found[0].start()].count('"') % 2
        at = Span(span.unit, span.start + found[0].start(), span.start + found[0].end())
        edits.append(Edit(at, quoted(new) if inside else new))
    return tuple(dict.fromkeys(edits))


def _is_hole(mark: Mark, part: Part, said: Said) -> bool:
    """Whether `mark` shows the spec's own text: letter for letter, or a number or name in its readable form."""
    shown, text = part.text[mark.start : mark.end], said(mark.origin.span)
    return bool(text) and _readable(shown) == _readable(text.replace("\\", ""))


def _readable(text: str) -> str:
    """`text` with what a number, a name or a line may differ in, shown or written, made alike."""
    return text.rstrip("\n").replace(",", "_").replace(" ", "_").casefold()


def _around(change: Change, holes: Sequence[Mark]) -> tuple[Mark, ...]:
    """The holes in which all of `change` lies: one, or neighbours that are one text of the spec."""
    first = next((one for one in holes if one.start <= change.start < one.end), None)
    first = first or next((one for one in holes if one.end == change.start), None)
    first = first or next((one for one in holes if one.start == change.start == change.end), None)
    if first is None:
        return ()
    last = first if change.end <= first.end else next((one for one in holes if one.start < change.end <= one.end), None)
    if last is None:
        return ()
    held = tuple(one for one in holes if first.start <= one.start <= last.start)
    origins = {(one.origin.owner, one.origin.field, one.origin.span.unit) for one in held}
    joined = all(one.end == other.start for one, other in pairwise(held))
    return held if joined and len(origins) == 1 else ()


def _spelled(
    change: Change, held: Sequence[Mark], part: Part, made: Sequence[Change], said: Said
) -> tuple[Edit | None, ...]:
    """The edits that may say `change`: as a number with its unit, as text, as a name."""
    first, last = held[0].origin.span, held[-1].origin.span
    text = said(first)
    if len(held) == 1 and text[:1].isdigit():
        shown = _applied(part.text, held[0], made)
        number = _NUMBER.fullmatch(shown)
        if number is not None:
            return (Edit(first, f"{number[1].replace(',', '_')}{number[2] or ''}"),)
    start = first.start + _offset(change.start - held[0].start, part.text[held[0].start : held[0].end], text)
    end = last.start + _offset(change.end - held[-1].start, part.text[held[-1].start : held[-1].end], said(last))
    at = Span(first.unit, start, max(start, end))
    margin = held[1].origin.span.start - first.end if len(held) > 1 else 0
    return tuple(Edit(at, one) for one in _spellings(change.text, margin))


def _spellings(text: str, margin: int) -> tuple[str, ...]:
    """`text` as it is written between quotes, in a block text whose lines are indented by `margin`, and as a name."""
    block = text.replace("{", "\\{").replace('"""', '\\"""').replace("\n", f"\n{' ' * margin}")
    return tuple(dict.fromkeys((quoted(text), block, text.replace(" ", "_"))))


def _applied(text: str, mark: Mark, made: Sequence[Change]) -> str:
    """What stands in the place of `mark` after all changes."""
    pieces: list[str] = []
    at = mark.start
    for one in made:
        if mark.start <= one.start and one.end <= mark.end and one.start >= at:
            pieces += (text[at : one.start], one.text)
            at = one.end
    return "".join([*pieces, text[at : mark.end]])


def _offset(at: int, shown: str, text: str) -> int:
    """Where character `at` of what is shown stands in the text of the spec, in which an escape takes two."""
    if len(shown) == len(text):
        return at
    place = 0
    for _ in range(at):
        place += 2 if text.startswith("\\", place) else 1
    return place


def quoted(text: str) -> str:
    """`text` as it is written between quotes."""
    return re.sub(r'[\\"{}]', lambda one: f"\\{one[0]}", text).replace("\n", "\\n")


def everywhere(before: str, after: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Where `text` says the quantity `before`, with what it says of `after`: a number before the same unit, however many.

    Nothing for a number without a unit, which may count anything, and for a quantity that takes another unit.
    """
    old, new = _NUMBER.fullmatch(before.replace("_", ",")), _NUMBER.fullmatch(after.replace("_", ","))
    if old is None or new is None or not old[2] or _stem(old[2]) != _stem(new[2] or ""):
        return
    number, written = old[1].replace(",", "[,_]?"), new[1].replace(",", "_")
    for found in re.finditer(rf"(?<![\w.,])({number})(?=[ -]?{re.escape(_stem(old[2]))}s?(?!\w))", text):
        yield found.start(), found.end(), written


def _stem(unit: str) -> str:
    return unit.strip().removesuffix("s")

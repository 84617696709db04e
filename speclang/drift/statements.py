"""What is written into a spec where an edit of a prompt can't be said by another value: a field, a requirement.

In: the unit of a requirement, as it was parsed. Out: edits of the spec that keep every comment and the layout around them.
"""

import re
from collections.abc import Collection, Sequence

from ..diagnostics.diagnostic import Edit
from ..source.span import Span, whole_file
from ..syntax import tree
from .lift import quoted

_WORD = re.compile(r"\w[\w'-]*")
_TITLE = 4
"""How many words of a line become the title of its requirement."""


def with_field(unit: tree.Unit, name: str, value: str) -> Edit | None:
    """Say `name value` in the requirement that `unit` holds; None where it has no body that could be read."""
    item = unit.item
    if item is None or item.body is None:
        return None
    for field in item.body:
        if field.head.text == name:
            return Edit(Span(unit.name, field.head.end, field.end), f"{_gap(unit.text, field)}{value}")
    if not item.body:
        inside = unit.text.rindex("{", 0, item.end) + 1
        return Edit(Span(unit.name, inside, item.end - 1), f" {name} {value} ")
    last = item.body[-1]
    if "\n" not in unit.text[item.body[0].start : item.end]:
        return Edit(Span(unit.name, last.end, last.end), f"; {name} {value}")
    line = unit.text.rfind("\n", 0, last.start) + 1
    margin = unit.text[line : line + len(unit.text[line:]) - len(unit.text[line:].lstrip(" \t"))]
    end = unit.text.find("\n", last.end)
    return Edit(Span(unit.name, end, end), f"\n{margin}{name}{_like(unit.text, last, name)}{value}")


def _gap(text: str, field: tree.Item) -> str:
    """The blanks between the name of `field` and its value."""
    rest = text[field.head.end : field.end]
    return rest[: len(rest) - len(rest.lstrip(" \t"))] or " "


def _like(text: str, field: tree.Item, name: str) -> str:
    """Blanks after `name` that put its value below that of `field`."""
    width = len(field.head.text) + len(_gap(text, field))
    return " " * max(1, width - len(name))


def phrase(unit: tree.Unit, text: str) -> Edit | None:
    """Word the clause of a requirement as `text`."""
    return with_field(unit, "phrase", f'"{quoted(text)}"')


def retired(unit: tree.Unit) -> Edit | None:
    """Retire a requirement whose clause was taken out."""
    return with_field(unit, "status", "retired")


def prose(unit: tree.Unit, id: str, text: str, *, before: bool = False) -> Edit:
    """State `text` as a requirement called `id`, after the one that `unit` holds, or `before` it."""
    title = " ".join(_WORD.findall(text)[:_TITLE])
    end = unit.item.end if unit.item else len(unit.text)
    at = 0 if before else end
    item = f'{id} prose "{quoted(title)}" {{ text "{quoted(text)}" }}'
    # A unit starts where its item does, so the blanks before it are those of its line.
    return Edit(Span(unit.name, at, at), f"{item}\n{MARGIN}" if before else f"\n{MARGIN}{item}")


def stated(unit: tree.Unit, lines: Sequence[str]) -> Edit:
    """State the requirement that `lines` say after the one that `unit` holds."""
    end = unit.item.end if unit.item else len(unit.text)
    return Edit(Span(unit.name, end, end), "".join(f"\n{MARGIN}{line}" for line in lines))


def moved(unit: tree.Unit, beside: tree.Unit, text: str, onto: str, *, before: bool = False) -> tuple[Edit, ...]:
    """State the requirement of `unit` after the one that `beside` holds, or `before` it.

    `text` and `onto` are the files of the two. Whole lines move, with what is noted on the last one; a requirement that shares a line
    with another stays.
    """
    one, other = _lines(unit, text), _lines(beside, onto)
    if one is None or other is None or unit.name == beside.name:
        return ()
    at = other[0] if before else other[1]
    put = text[one[0] : one[1]].removesuffix("\n")
    return (
        Edit(whole_file(unit.name.file, *one), ""),
        Edit(whole_file(beside.name.file, at, at), f"{put}\n" if at == 0 or onto[at - 1] == "\n" else f"\n{put}"),
    )


def _lines(unit: tree.Unit, text: str) -> tuple[int, int] | None:
    """From where to where the lines of `unit` reach in its file; None where something else stands on them."""
    start, end = text.rfind("\n", 0, unit.start) + 1, text.find("\n", unit.start + len(unit.text)) + 1
    end = end or len(text)
    rest = text[unit.start + len(unit.text) : end].strip()
    alone = not text[start : unit.start].strip() and (not rest or rest.startswith("#"))
    return (start, end) if alone else None


MARGIN = "  "
"""The indentation of a requirement, as `specc fmt` has it."""


def fresh_id(like: str, taken: Collection[str]) -> str:
    """An ID that nobody has: the next number after those that begin as `like` does."""
    stem = like.rpartition("-")[0] if "-" in like else "NEW"
    numbers = [
        int(number) for one in taken for head, _, number in [one.rpartition("-")] if head == stem and number.isdigit()
    ]
    return f"{stem}-{max(numbers, default=0) + 1}"

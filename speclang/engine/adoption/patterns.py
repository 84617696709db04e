"""What sentences of prompts are known to mean: one table, each row with sentences that it reads and sentences that it leaves alone.

In: a sentence, and where it stands. Out: the kind and the fields that say the same, as text of a spec, and what they leave open.
Invariant: a row reads a whole sentence, or a whole part of one that no condition and no exception reaches; what is left open is
told word for word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from .parts import Part, parts
from .reading import plain, read
from .rows.acts import ACTS
from .rows.calls import CALLS
from .rows.conditions import conditionals, refusal, wanted
from .rows.forms import Found, fits
from .rows.lengths import LENGTHS
from .rows.looks import LOOKS
from .rows.orders import ORDERS
from .rows.pattern import Pattern
from .rows.refusals import REFUSALS
from .rows.replies import REPLIES
from .rows.roles import ROLES
from .rows.samples import shape
from .rows.sayings import SAYINGS, TOOL_NAMES
from .rows.shapes import SHAPES
from .rows.topics import TOPICS
from .setting import NOWHERE, Setting
from .written import quoted

_LEVEL = re.compile(r"; (?=(?:must|should)(?:_not)? )")
_BLOCK = re.compile(r"```|~~~|\A\s*\|")
"""What only a block of code and a table have."""
PATTERNS = (*LENGTHS, *SHAPES, *LOOKS, *SAYINGS, *TOPICS, *REFUSALS, *ROLES, *ACTS, *ORDERS, *CALLS)
_REFUSES = re.compile(
    (
        "(?:then |you (?:must|should) |always )*(?:politely |kindly |gently )*(?:refuse|decline)(?: (?:the "
        "request|to (?:answer|respond|help|do so|comply)|it))*"
    ),
    re.IGNORECASE,
)
_LONGEST = 1_000
"""A passage of more characters is no sentence."""
_NAME = re.compile(r"[a-z0-9]_[a-z0-9]|[a-z][A-Z]")
"""What the name of a tool has that no word has."""
_GOES_ON = re.compile(r"(?:and|then|but (?:offer|suggest|explain))\b(?!.*\b(?:if|unless|when|except)\b)", re.IGNORECASE)
_CONDITIONAL = ("format", "content", "tool_use")
"""Kinds that are tried only where their condition holds."""
_LISTS = ("format", "content")
"""Kinds whose fields are lists of terms, so that two sentences can be said by one requirement."""


class Need(NamedTuple):
    """A given or a tool that a requirement names, and how a spec declares it."""

    name: str
    declared: str


class Typed(NamedTuple):
    """A kind with its fields; `unchecked` are the words of the sentence that no field says, `needs` is what the fields name.

    A `draft` is one whose names and types are a proposal, too; `holes` are words of the sentence, each with the hole that shows the same.
    """

    kind: str
    fields: str
    unchecked: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    draft: bool = False
    holes: tuple[tuple[str, str], ...] = ()


class _Said(NamedTuple):
    part: Part
    typed: tuple[Typed, ...]


def typed(sentence: str, setting: Setting = NOWHERE) -> Iterator[Typed]:
    """The kinds, each with its fields, that say what `sentence` says; the best first, none where nothing is known."""
    sample = "" if setting.is_conditional() else shape(sentence, setting.lead)
    if sample:
        yield Typed("format", sample)
        return
    odd = len(sentence) > _LONGEST or plain(sentence).count('"') % 2
    stands = setting.around(sentence) if not odd and not _BLOCK.search(sentence) else None
    if stands is None:
        return
    yield from _by_parts(stands, lambda part: (*_typed(part, setting, PATTERNS), *_conditional(part, setting)))


def _by_parts(text: str, meant: Callable[[str], Iterable[Typed]]) -> Iterator[Typed]:
    """What the first way to read `text` says of which something is known."""
    for way in parts(text):
        said = [_Said(part, tuple(meant(part.text))) for part in way]
        found = False
        for kind in dict.fromkeys(one.kind for each in said for one in each.typed):
            found = True
            yield _together(kind, said)
        if found:
            return


def _conditional(text: str, setting: Setting) -> Iterator[Typed]:
    """What the rows say of a sentence that holds under one condition."""
    for one in conditionals(plain(text)):
        rows = tuple(row for row in PATTERNS if row.kind in _CONDITIONAL)
        if one.word == "when":
            rows = (*REPLIES, *rows)
        refused = one.condition and _REFUSES.match(one.deed.rstrip(" .!"))
        if one.condition and refused:
            rest = one.deed[refused.end() :].strip(" .!,;")
            if not rest or _GOES_ON.match(rest):
                yield Typed("boundary", refusal(one.condition), (rest,) if rest else ())
                continue
        condition = one.condition or wanted(read(one.deed, setting.names))
        if condition is None:
            continue
        for meant in _by_parts(one.deed, partial(_typed, setting=setting, rows=rows)):
            need = Need(condition.name, condition.declared)
            yield meant._replace(fields=f"{one.word} {condition.name}; {meant.fields}", needs=(*meant.needs, need))


def _typed(text: str, setting: Setting, rows: Sequence[Pattern]) -> Iterator[Typed]:
    """What the rows say of a sentence as a whole."""
    reading = read(setting.named(text), setting.names)
    for pattern in rows:
        if pattern.denied not in (None, reading.denied) or (pattern.alone and not setting.of_answers(text)):
            continue
        for form in pattern.forms:
            found = fits(form, reading)
            fields = _with_tools(pattern.fields(found), setting) if found else ""
            tools = [name for name in (found["first"], found["second"]) if name] if found else []
            if found and fields and all("_" in name or name in setting.tools for name in tools):
                needs = tuple(Need(name, f"tool {name}() {{ silent }}") for name in tools)
                yield Typed(pattern.kind, fields, (*pattern.besides, *_open(found)), needs)
                break


def _with_tools(fields: str, setting: Setting) -> str:
    """`fields` with the names of the prompt's tools in their place; "" where it names none."""
    if TOOL_NAMES not in fields:
        return fields
    names = ", ".join(f"mention {quoted(name)}" for name in setting.tools if _NAME.search(name))
    return fields.replace(TOOL_NAMES, names) if names else ""


def _open(found: Found) -> Iterator[str]:
    """What is said in a place and no field says."""
    if found["such"]:
        yield "others of that sort"
    for place in ("more", "also"):
        if found[place]:
            yield found[place].strip(" ,")


def _together(kind: str, said: Sequence[_Said]) -> Typed:
    """One requirement of what several parts say, if the kind can say it; the others are left open."""
    fields: list[str] = []
    unchecked: list[str] = []
    needs: list[Need] = []
    for each in said:
        mine = next((one for one in each.typed if one.kind == kind), None)
        if mine is None or (fields and (kind not in _LISTS or mine.needs or needs)):
            unchecked.append(each.part.text)
        else:
            fields.append(mine.fields)
            unchecked.extend(mine.unchecked)
            needs.extend(mine.needs)
    return Typed(kind, _joined(fields) if len(fields) > 1 else fields[0], tuple(unchecked), tuple(dict.fromkeys(needs)))


def _joined(fields: Sequence[str]) -> str:
    """The terms of each level, once."""
    levels: dict[str, dict[str, None]] = {}
    for one in (each for several in fields for each in _LEVEL.split(several)):
        level, _, terms = one.partition(" ")
        levels.setdefault(level, {})[terms] = None
    return "; ".join(f"{level} {', '.join(terms)}" for level, terms in levels.items())


__all__ = ["PATTERNS", "Pattern", "Typed", "typed"]

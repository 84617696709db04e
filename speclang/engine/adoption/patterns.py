"""What sentences of prompts are known to mean: one table, each row with sentences that it reads and sentences that it leaves alone.

In: a sentence, and where it stands. Out: the kind and the fields that say the same, as text of a spec, and what they leave open.
Invariant: a row reads a whole sentence, or a whole part of one that no condition and no exception reaches; what is left open is
told word for word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .parts import Part, parts
from .reading import read
from .rows.calls import CALLS
from .rows.forms import Found, fits
from .rows.lengths import LENGTHS
from .rows.looks import LOOKS
from .rows.orders import ORDERS
from .rows.pattern import Pattern
from .rows.sayings import SAYINGS
from .rows.shapes import SHAPES
from .rows.topics import TOPICS
from .setting import NOWHERE, Setting

_BLOCK = re.compile(r"```|~~~|\A\s*\|")
"""What only a block of code and a table have."""
PATTERNS = (*LENGTHS, *SHAPES, *LOOKS, *SAYINGS, *TOPICS, *ORDERS, *CALLS)
_LISTS = ("format", "content")
"""Kinds whose fields are lists of terms, so that two sentences can be said by one requirement."""


class Typed(NamedTuple):
    """A kind with its fields; `unchecked` are the words of the sentence that no field says."""

    kind: str
    fields: str
    unchecked: tuple[str, ...] = ()


class _Said(NamedTuple):
    part: Part
    typed: tuple[Typed, ...]


def typed(sentence: str, setting: Setting = NOWHERE) -> Iterator[Typed]:
    """The kinds, each with its fields, that say what `sentence` says; the best first, none where nothing is known."""
    stands = setting.around(sentence) if not _BLOCK.search(sentence) else None
    if stands is None:
        return
    for way in parts(stands):
        said = [_Said(part, tuple(_typed(part.text, setting))) for part in way]
        found = False
        for kind in dict.fromkeys(one.kind for each in said for one in each.typed):
            found = True
            yield _together(kind, said)
        if found:
            return


def _typed(text: str, setting: Setting) -> Iterator[Typed]:
    """What the rows say of a sentence as a whole."""
    reading = read(setting.named(text), setting.names)
    for pattern in PATTERNS:
        if pattern.denied not in (None, reading.denied) or (pattern.alone and not setting.of_answers(text)):
            continue
        for form in pattern.forms:
            found = fits(form, reading)
            fields = pattern.fields(found) if found else ""
            if found and fields:
                yield Typed(pattern.kind, fields, (*pattern.besides, *_open(found)))
                break


def _open(found: Found) -> Iterable[str]:
    if found["such"]:
        return ("others of that sort",)
    return (found["more"].strip(" ,"),) if found["more"] else ()


def _together(kind: str, said: Sequence[_Said]) -> Typed:
    """One requirement of what several parts say, if the kind can say it; the others are left open."""
    fields: list[str] = []
    unchecked: list[str] = []
    for each in said:
        mine = next((one for one in each.typed if one.kind == kind), None)
        if mine is None or (fields and kind not in _LISTS):
            unchecked.append(each.part.text)
        else:
            fields.append(mine.fields)
            unchecked.extend(mine.unchecked)
    return Typed(kind, _joined(fields) if len(fields) > 1 else fields[0], tuple(unchecked))


def _joined(fields: Sequence[str]) -> str:
    """The terms of each level, once."""
    levels: dict[str, dict[str, None]] = {}
    for one in fields:
        level, _, terms = one.partition(" ")
        levels.setdefault(level, {})[terms] = None
    return "; ".join(f"{level} {', '.join(terms)}" for level, terms in levels.items())


__all__ = ["PATTERNS", "Pattern", "Typed", "typed"]

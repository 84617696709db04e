"""Texts of the spec in a case: each hole is filled with a value, and each part knows where it came from."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..model.text import Chunk, Slot, Text
from ..plan.origin import Origin
from ..source.span import Span

Filler = Callable[[str, Span], tuple[str, Origin]]
"""The text of a hole in one case, and where it comes from; given the hole's name and its place."""


class Ask(NamedTuple):
    """An opening message, with the origins of its words; `key` names its declaration."""

    key: str
    pieces: tuple[tuple[str, Origin] | Slot, ...]


def filled(text: Text, origin: Callable[[Span], Origin], fill: Filler) -> Iterator[tuple[str, Origin]]:
    """`text` for a case, with each hole filled; `origin` says whose the characters at a place are."""
    for piece in text.pieces:
        if isinstance(piece, Chunk):
            if piece.text:
                yield piece.text, origin(piece.span)
        else:
            yield fill(piece.name, piece.span)


def cut_up(ask: Text) -> Ask:
    """`ask`, with what is the same in all of its cases worked out."""
    key = ask.span.unit.key
    pieces = [one if isinstance(one, Slot) else (one.text, Origin(key, "", one.span)) for one in ask.pieces]
    return Ask(key, tuple(pieces))

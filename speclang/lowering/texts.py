"""Texts of the spec in a case: each hole is filled with a value, and each part knows where it came from."""

from collections.abc import Callable, Iterator

from ..model.text import Chunk, Text
from ..plan.origin import Origin
from ..source.span import Span

Filler = Callable[[str, Span], tuple[str, Origin]]
"""The text of a hole in one case, and where it comes from; given the hole's name and its place."""


def filled(text: Text, origin: Callable[[Span], Origin], fill: Filler) -> Iterator[tuple[str, Origin]]:
    """`text` for a case, with each hole filled; `origin` says whose the characters at a place are."""
    for piece in text.pieces:
        if isinstance(piece, Chunk):
            if piece.text:
                yield piece.text, origin(piece.span)
        else:
            yield fill(piece.name, piece.span)

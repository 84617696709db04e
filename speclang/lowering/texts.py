"""Texts of the spec as pieces with origins: for a prompt, where a hole shows a name, and for a case, where it is filled."""

from collections.abc import Callable, Iterator, Mapping

from ..model.given import FromContext, Given
from ..model.text import Chunk, Text
from ..plan.clause import Piece
from ..plan.origin import Origin
from ..source.span import Span


def variable(name: str) -> str:
    """How a prompt shows the value of a given `from context`: filled in by the caller of the model."""
    return f"{{{{ {name} }}}}"


def prompt_pieces(text: Text, owner: str, field: str, givens: Mapping[str, Given]) -> tuple[Piece, ...]:
    """`text` for a prompt: a hole for a given from context is a variable, any other the given's name in words.

    Line ends at its end are left out: the layout sets them.
    """
    pieces: list[Piece] = []
    for piece in text.pieces:
        if isinstance(piece, Chunk):
            pieces.append(Piece(piece.text, Origin(owner, field, piece.span), hole=True))
            continue
        given = givens.get(piece.name)
        if given is None:
            shown = f"the {piece.name.replace('_', ' ')}"
        elif isinstance(given.source, FromContext):
            shown = variable(given.name)
        else:
            shown = given.label.plain
        pieces.append(Piece(shown, Origin(owner, field, piece.span)))
    return _without_last_lines(pieces)


def _without_last_lines(pieces: list[Piece]) -> tuple[Piece, ...]:
    while pieces:
        last = pieces.pop()
        kept = last.text.rstrip("\r\n")
        if kept == last.text:
            pieces.append(last)
            break
        if kept:
            pieces.append(Piece(kept, last.origin, last.hole))
            break
    return tuple(piece for piece in pieces if piece.text)


Filler = Callable[[str, Span], tuple[str, Origin]]
"""The text of a hole in one case, and where it comes from; given the hole's name and its place."""


def filled(text: Text, owner: str, field: str, fill: Filler) -> Iterator[tuple[str, Origin]]:
    """`text` for a case, with each hole filled."""
    for piece in text.pieces:
        if isinstance(piece, Chunk):
            if piece.text:
                yield piece.text, Origin(owner, field, piece.span)
        else:
            yield fill(piece.name, piece.span)

"""Texts of the spec as they stand in a prompt: a hole shows what will fill it.

In: a text and the givens that its holes may name. Out: pieces with origins. Invariant: the characters of the spec come
through as they are; only line ends at the very end are left to the layout.
"""

from collections.abc import Mapping

from ..model.given import FromContext, Given
from ..model.text import Chunk, Text
from ..plan.clause import Piece
from ..plan.origin import Origin


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
            pieces.append(Piece(piece.text, Origin(owner, piece.of or field, piece.span), hole=True))
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

"""Words coloured by what they mean."""

from collections.abc import Iterable

from lsprotocol import types

from ...engine.queries.colours import SORTS, Colours, Word
from ..answering import Server
from ..convert import Lines
from ..desk import Desk


def register(server: Server) -> None:
    """Answer semantic tokens, of a whole spec or of what is to be seen of it."""
    legend = types.SemanticTokensLegend(list(SORTS), [])
    server.answers(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, _whole, legend)
    server.answers(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, _some, legend)


def _whole(desk: Desk, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    return _tokens(desk, params.text_document, None)


def _some(desk: Desk, params: types.SemanticTokensRangeParams) -> types.SemanticTokens | None:
    return _tokens(desk, params.text_document, params.range)


def _tokens(
    desk: Desk, document: types.TextDocumentIdentifier, within: types.Range | None
) -> types.SemanticTokens | None:
    place = desk.place(document.uri)
    lines = place.project.lines(place.name) if place is not None and place.is_spec else None
    if place is None or lines is None:
        return None
    first, last = (lines.offset(within.start), lines.offset(within.end)) if within else (0, None)
    return types.SemanticTokens(_encoded(lines, Colours(place.project.lookup).words(place.name, first, last)))


def _encoded(lines: Lines, words: Iterable[Word]) -> list[int]:
    """Five numbers for each word, counted from the one before."""
    numbers = {sort: number for number, sort in enumerate(SORTS)}
    data: list[int] = []
    line = column = 0
    for start, end, sort in words:
        at = lines.position(start)
        gone = at.line - line
        data += (gone, at.character if gone else at.character - column, lines.length(start, end), numbers[sort], 0)
        line, column = at.line, at.character
    return data

"""What can be folded away."""

from lsprotocol import types

from ...engine.queries.outline import folds
from ..answering import Server
from ..desk import Desk


def register(server: Server) -> None:
    """Answer the foldable blocks and comments of a spec."""
    server.answers(types.TEXT_DOCUMENT_FOLDING_RANGE, _folds)


def _folds(desk: Desk, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    place = desk.place(params.text_document.uri)
    lines = place.project.lines(place.name) if place is not None and place.is_spec else None
    if place is None or lines is None:
        return None
    found: list[types.FoldingRange] = []
    for one, is_comment in folds(place.project.lookup, place.name):
        start, end = lines.position(one.start).line, lines.position(max(one.start, one.end - 1)).line
        if start < end:
            found.append(types.FoldingRange(start, end, kind=types.FoldingRangeKind.Comment if is_comment else None))
    return found

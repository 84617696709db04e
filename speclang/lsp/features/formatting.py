"""`specc fmt`, in the editor."""

from lsprotocol import types

from ...syntax.format import format_source
from ..answering import Server
from ..convert import changed
from ..desk import Desk


def register(server: Server) -> None:
    """Answer formatting, of a whole spec or of some of its lines."""
    server.answers(types.TEXT_DOCUMENT_FORMATTING, _whole)
    server.answers(types.TEXT_DOCUMENT_RANGE_FORMATTING, _some)


def _whole(desk: Desk, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    return _edits(desk, params.text_document, None)


def _some(desk: Desk, params: types.DocumentRangeFormattingParams) -> list[types.TextEdit] | None:
    return _edits(desk, params.text_document, params.range)


def _edits(
    desk: Desk, document: types.TextDocumentIdentifier, within: types.Range | None
) -> list[types.TextEdit] | None:
    place = desk.place(document.uri)
    source = place.project.session.source(place.name) if place is not None and place.is_spec else None
    lines = place.project.lines(place.name) if place is not None else None
    if source is None or lines is None:
        return None
    edits = changed(lines, format_source(source).value)
    if within is None:
        return edits
    first, last = within.start.line, within.end.line
    return [one for one in edits if first <= one.range.start.line and one.range.end.line <= last + 1]

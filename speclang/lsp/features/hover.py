"""What there is to know of the word under the cursor."""

from lsprotocol import types

from ...engine.queries.hover import behind, hover
from ..answering import Server
from ..desk import Desk


def register(server: Server) -> None:
    """Answer hovers, in specs and in generated files."""
    server.answers_in_time(types.TEXT_DOCUMENT_HOVER, _hover)


def _hover(desk: Desk, params: types.HoverParams) -> types.Hover | None:
    place = desk.at(params.text_document, params.position)
    if place is None:
        return None
    find = hover if place.is_spec else behind
    found = find(place.project.lookup, place.name, place.offset)
    if found is None:
        return None
    text = types.MarkupContent(types.MarkupKind.Markdown, found.text)
    return types.Hover(text, place.project.converter.location(found.range).range)

"""From a name to where it is declared; from a generated text to where the spec says it."""

from lsprotocol import types

from ...engine.queries.definition import definition, stated
from ..answering import Server
from ..desk import Desk


def register(server: Server) -> None:
    """Answer where something is declared."""
    server.answers_in_time(types.TEXT_DOCUMENT_DEFINITION, _definition)


def _definition(desk: Desk, params: types.DefinitionParams) -> list[types.Location] | None:
    place = desk.at(params.text_document, params.position)
    if place is None:
        return None
    find = definition if place.is_spec else stated
    return place.project.converter.locations(find(place.project.lookup, place.name, place.offset))

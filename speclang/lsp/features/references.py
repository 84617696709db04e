"""Everywhere a name is used; and, for a requirement, what was made of it."""

from lsprotocol import types

from ...engine.queries.references import everywhere, made, target
from ..answering import Server
from ..desk import Desk


def register(server: Server) -> None:
    """Answer references, and implementations: the clauses and cases that speak for a name."""
    server.answers(types.TEXT_DOCUMENT_REFERENCES, _references)
    server.answers_in_time(types.TEXT_DOCUMENT_IMPLEMENTATION, _made)


def _references(desk: Desk, params: types.ReferenceParams) -> list[types.Location] | None:
    place = desk.at(params.text_document, params.position)
    if place is None or not place.is_spec:
        return None
    found = everywhere(place.project.lookup, place.name, place.offset, declaration=params.context.include_declaration)
    return place.project.converter.locations(found)


def _made(desk: Desk, params: types.ImplementationParams) -> list[types.Location] | None:
    place = desk.at(params.text_document, params.position)
    declared = target(place.project.lookup, place.name, place.offset) if place is not None and place.is_spec else None
    if place is None or declared is None:
        return None
    return place.project.converter.locations(made(place.project.lookup, declared))

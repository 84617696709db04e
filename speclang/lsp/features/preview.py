"""What a spec becomes, for an editor that shows it beside the spec.

`specc/preview` is a request of our own: a text and a position, as for a hover; its answer is described in `docs/editors.md`.
"""

from typing import Protocol

from lsprotocol import types

from ...engine.queries.preview import preview
from ...source.hashing import Json
from ...source.span import Range
from ..answering import Server
from ..convert import Converter
from ..desk import Desk

METHOD = "specc/preview"


class _Text(Protocol):
    uri: str


class _Position(Protocol):
    line: int
    character: int


class _Asked(Protocol):
    """The parameters as pygls gives those of a method that it does not know."""

    textDocument: _Text  # noqa: N815 - the protocol's own name
    position: _Position


def register(server: Server) -> None:
    """Answer previews."""
    server.answers_when(METHOD, _preview, lambda asked: server.desk.looked(asked.textDocument.uri, now=True))


def _preview(desk: Desk, asked: _Asked) -> Json:
    document = types.TextDocumentIdentifier(asked.textDocument.uri)
    place = desk.at(document, types.Position(asked.position.line, asked.position.character))
    found = preview(place.project.lookup, place.name, place.offset) if place is not None and place.is_spec else None
    if place is None or found is None:
        return None
    convert = place.project.converter
    return {
        "feature": found.feature,
        "title": found.title,
        "parts": [{"text": one.text, "owner": one.owner, "place": _place(convert, one.stated)} for one in found.prompt],
        "cases": [
            {
                "id": one.id,
                "requirement": one.requirement,
                "why": one.why,
                "turns": list(one.turns),
                "expect": list(one.expected),
                "place": _place(convert, one.stated),
            }
            for one in found.cases
        ],
    }


def _place(convert: Converter, at: Range | None) -> Json:
    if at is None:
        return None
    where = convert.location(at)
    start, end = where.range.start, where.range.end
    return {
        "uri": where.uri,
        "range": {
            "start": {"line": start.line, "character": start.character},
            "end": {"line": end.line, "character": end.character},
        },
    }

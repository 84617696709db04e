"""What there is to know of the word under the cursor."""

from collections.abc import Iterator

from lsprotocol import types

from ...engine.queries.hover import behind, hover
from ...engine.queries.references import target
from ...engine.queries.wording import plain
from .. import verdicts
from ..answering import Server
from ..desk import Desk, Place


def register(server: Server) -> None:
    """Answer hovers, in specs and in generated files."""

    async def ready(params: types.HoverParams) -> None:
        await server.desk.looked(params.text_document.uri)
        await server.desk.weighed(params.text_document.uri)

    server.answers_when(types.TEXT_DOCUMENT_HOVER, _hover, ready)


def _hover(desk: Desk, params: types.HoverParams) -> types.Hover | None:
    place = desk.at(params.text_document, params.position)
    if place is None:
        return None
    find = hover if place.is_spec else behind
    found = find(place.project.lookup, place.name, place.offset)
    if found is None:
        return None
    said = "\n\n".join((found.text, *_verdicts(place)))
    text = types.MarkupContent(types.MarkupKind.Markdown, said)
    return types.Hover(text, place.project.converter.location(found.range).range)


def _verdicts(place: Place) -> Iterator[str]:
    """What runs have shown of the requirement that is meant."""
    declared = target(place.project.lookup, place.name, place.offset) if place.is_spec else None
    if declared is None or declared.what != "requirement":
        return
    known = place.project.verdicts.told.get(declared.name, ())
    features = {one.feature for one in known}
    for one in known:
        yield plain(verdicts.said(one)) + (f" ({plain(one.feature)})" if len(features) > 1 else "")

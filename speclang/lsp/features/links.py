"""What `use` names can be opened."""

from lsprotocol import types

from ...engine.queries.uses import uses
from ..answering import Server
from ..desk import Desk


def register(server: Server) -> None:
    """Answer the links of a spec."""
    server.answers(types.TEXT_DOCUMENT_DOCUMENT_LINK, _links, types.DocumentLinkOptions(resolve_provider=False))


def _links(desk: Desk, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    place = desk.place(params.text_document.uri)
    file = place.project.session.file(place.name) if place is not None and place.is_spec else None
    lines = place.project.lines(place.name) if place is not None else None
    if place is None or file is None or lines is None:
        return None
    found: list[types.DocumentLink] = []
    for unit in file.units:
        if unit.item is None or unit.item.head.text != "use" or unit.parent:
            continue
        for use in uses(unit, place.project.lookup.kinds):
            target = place.project.lookup.names.target(place.name, use.name)
            if target is not None:
                range = lines.range(unit.start + use.start + 1, unit.start + use.end - 1)
                found.append(types.DocumentLink(range, place.project.uri(target), tooltip=target))
    return found

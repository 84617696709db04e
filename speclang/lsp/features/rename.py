"""Another name for a declaration, in every file that uses it."""

from lsprotocol import types

from ...engine.queries.rename import Refused, renamable, rename
from ..answering import Server, Unanswerable
from ..desk import Desk


def register(server: Server) -> None:
    """Answer renames; what can not be renamed is refused with the reason."""
    server.answers(types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare)
    server.answers(types.TEXT_DOCUMENT_RENAME, _rename, types.RenameOptions(prepare_provider=True))


def _prepare(desk: Desk, params: types.PrepareRenameParams) -> types.Range | None:
    place = desk.at(params.text_document, params.position)
    if place is None or not place.is_spec:
        return None
    try:
        found = renamable(place.project.lookup, place.name, place.offset)
    except Refused as refused:
        raise Unanswerable(str(refused)) from None
    return place.project.converter.location(found).range


def _rename(desk: Desk, params: types.RenameParams) -> types.WorkspaceEdit | None:
    place = desk.at(params.text_document, params.position)
    if place is None or not place.is_spec:
        return None
    try:
        changes = rename(place.project.lookup, place.name, place.offset, params.new_name)
    except Refused as refused:
        raise Unanswerable(str(refused)) from None
    return desk.edit(place.project, [(one.range, one.text) for one in changes])

"""Who gives way to whom: `over` as a hierarchy, in which a requirement calls those that it beats."""

from lsprotocol import types

from ...engine.queries.names import Declared
from ...engine.queries.precedence import beaten, beating
from ...engine.queries.references import target
from ...source.span import Range
from ..answering import Server
from ..desk import Desk, Place
from ..project import Project


def register(server: Server) -> None:
    """Answer the hierarchy of a requirement."""
    server.answers(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, _prepare)
    server.answers(types.CALL_HIERARCHY_OUTGOING_CALLS, _outgoing)
    server.answers(types.CALL_HIERARCHY_INCOMING_CALLS, _incoming)


def _prepare(desk: Desk, params: types.CallHierarchyPrepareParams) -> list[types.CallHierarchyItem] | None:
    place = desk.at(params.text_document, params.position)
    declared = _requirement(place)
    item = _item(place.project, declared) if place is not None and declared is not None else None
    return None if item is None else [item]


def _requirement(place: Place | None) -> Declared | None:
    if place is None or not place.is_spec:
        return None
    found = target(place.project.lookup, place.name, place.offset)
    return found if found is not None and found.what == "requirement" else None


def _item(project: Project, one: Declared) -> types.CallHierarchyItem | None:
    at = project.lookup.place(one.span)
    if at is None or one.unit.item is None:
        return None
    whole = Range(at.file, at.start, at.start + len(one.unit.text))
    convert = project.converter
    return types.CallHierarchyItem(
        name=one.name,
        kind=types.SymbolKind.Object,
        uri=project.uri(at.file),
        range=convert.location(whole).range,
        selection_range=convert.location(at).range,
        detail=one.unit.item.head.text,
    )


def _outgoing(
    desk: Desk, params: types.CallHierarchyOutgoingCallsParams
) -> list[types.CallHierarchyOutgoingCall] | None:
    place, declared = _asked(desk, params.item)
    if place is None or declared is None:
        return None
    return [
        types.CallHierarchyOutgoingCall(item, [place.project.converter.location(at).range])
        for one, at in beaten(place.project.lookup, declared)
        if (item := _item(place.project, one)) is not None
    ]


def _incoming(
    desk: Desk, params: types.CallHierarchyIncomingCallsParams
) -> list[types.CallHierarchyIncomingCall] | None:
    place, declared = _asked(desk, params.item)
    if place is None or declared is None:
        return None
    return [
        types.CallHierarchyIncomingCall(item, [place.project.converter.location(at).range])
        for one, at in beating(place.project.lookup, declared)
        if (item := _item(place.project, one)) is not None
    ]


def _asked(desk: Desk, item: types.CallHierarchyItem) -> tuple[Place | None, Declared | None]:
    place = desk.at(types.TextDocumentIdentifier(item.uri), item.selection_range.start)
    return place, _requirement(place)

"""Units and numbers of cases beside the text, and the lines above requirements that lead to their clauses and cases."""

from collections.abc import Iterator

from lsprotocol import types

from ...engine.queries.notes import lenses, notes
from ...source.span import Range
from .. import verdicts
from ..answering import Server
from ..desk import Desk, Place
from .commands import SHOW


def register(server: Server) -> None:
    """Answer inlay hints and code lenses, and have them asked for again once everything was looked at."""

    def looked() -> None:
        workspace = server.client_capabilities.workspace
        if workspace is not None and workspace.inlay_hint is not None and workspace.inlay_hint.refresh_support:
            server.workspace_inlay_hint_refresh(None)
        if workspace is not None and workspace.code_lens is not None and workspace.code_lens.refresh_support:
            server.workspace_code_lens_refresh(None)

    server.desk.after_look = looked
    server.answers_in_time(types.TEXT_DOCUMENT_INLAY_HINT, _notes, types.InlayHintOptions(resolve_provider=False))
    server.answers_in_time(types.TEXT_DOCUMENT_CODE_LENS, _lenses, types.CodeLensOptions(resolve_provider=False))


def _notes(desk: Desk, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    place = desk.place(params.text_document.uri)
    lines = place.project.lines(place.name) if place is not None and place.is_spec else None
    if place is None or lines is None:
        return None
    first, last = lines.offset(params.range.start), lines.offset(params.range.end)
    return [
        types.InlayHint(lines.position(one.at), one.text, padding_left=True, tooltip=one.about or None)
        for one in notes(place.project.lookup, place.name)
        if first <= one.at <= last
    ]


def _lenses(desk: Desk, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    place = desk.place(params.text_document.uri)
    if place is None or not place.is_spec:
        return None
    convert = place.project.converter
    found: list[types.CodeLens] = []
    for one in lenses(place.project.lookup, place.name):
        command = types.Command(one.text, SHOW)
        if one.target is not None:
            to = convert.location(one.target)
            command.arguments = [to.uri, to.range.start.line, to.range.start.character]
        found.append(types.CodeLens(convert.location(one.range).range, command))
    found.extend(_verdicts(place))
    return found


def _verdicts(place: Place) -> Iterator[types.CodeLens]:
    """What runs have shown of each requirement; a command without a name is a line that can't be clicked."""
    told = place.project.verdicts.told
    file = place.project.session.file(place.name) if told else None
    for unit in file.units if file is not None else ():
        if unit.item is None or unit.item.id is None:
            continue
        at = Range(place.name, unit.start + unit.item.id.start, unit.start + unit.item.id.end)
        for one in told.get(unit.item.id.text, ()):
            yield types.CodeLens(place.project.converter.location(at).range, types.Command(verdicts.said(one), ""))

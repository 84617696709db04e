"""What can be done about a finding: the fix that it comes with; for a hand edit, take it back into the spec, or undo it."""

from collections.abc import Iterator

from lsprotocol import types

from ...engine.queries.handiwork import edited, undone
from ..answering import Server
from ..desk import Desk, Place

ABSORB, BUILD = "specc.absorb", "specc.build"
_FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.specc"


def register(server: Server) -> None:
    """Answer code actions."""
    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
    server.answers(types.TEXT_DOCUMENT_CODE_ACTION, _actions, types.CodeActionOptions(kinds))


def _actions(desk: Desk, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    place = desk.place(params.text_document.uri)
    if place is None:
        return None
    wanted = [str(getattr(one, "value", one)) for one in params.context.only or ()]
    found: list[types.CodeAction] = []
    if not wanted or any("quickfix".startswith(one) for one in wanted):
        found.extend(_fixes(desk, place, params.range))
        found.extend(_by_hand(desk, place, params.range))
    if any(_FIX_ALL.startswith(one) for one in wanted):
        found.extend(_all_safe(desk, place))
    return found


def _fixes(desk: Desk, place: Place, range: types.Range) -> Iterator[types.CodeAction]:
    convert = place.project.converter
    for one in place.project.found.get(place.name, ()):
        at = place.project.lookup.place(one.primary.span)
        if one.fix is None or not one.fix.edits or at is None or not _meets(convert.location(at).range, range):
            continue
        edit = desk.edits(place.project, one.fix.edits)
        if edit is not None:
            yield types.CodeAction(
                title=f"{one.fix.title[0].upper()}{one.fix.title[1:]}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[convert.diagnostic(one)],
                is_preferred=True,
                edit=edit,
            )


def _all_safe(desk: Desk, place: Place) -> Iterator[types.CodeAction]:
    edits = [
        edit
        for one in place.project.found.get(place.name, ())
        if one.fix is not None and one.fix.safe
        for edit in one.fix.edits
    ]
    edit = desk.edits(place.project, edits) if edits else None
    if edit is not None:
        yield types.CodeAction("Make all fixes that change no meaning", types.CodeActionKind.SourceFixAll, edit=edit)


def _by_hand(desk: Desk, place: Place, range: types.Range) -> Iterator[types.CodeAction]:
    project, name = place.project, place.name
    if not project.session.is_generated(name) or not project.is_current():
        return
    lines = project.lines(name)
    stale = any(one.code.id == "E0701" for some in project.found.values() for one in some)
    for one in edited(project.lookup, name):
        at = one.said.primary.span
        if lines is None or not _meets(lines.range(at.start, at.end), range):
            continue
        about = [project.converter.diagnostic(one.said)]
        for title, wide in (("Absorb this edit into the spec", False), ("Absorb it wherever the spec says it", True)):
            command = types.Command(title, ABSORB, arguments=[project.uri(name), one.start, wide])
            yield types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=about, command=command)
        undo = desk.edit(project, [(change.range, change.text) for change in undone(project.lookup, one)])
        yield types.CodeAction(
            "Discard this edit", types.CodeActionKind.QuickFix, diagnostics=about, is_preferred=False, edit=undo
        )
    if stale:
        title = "Build: write what the specs say"
        command = types.Command(title, BUILD, arguments=[project.uri(name)])
        yield types.CodeAction(title, types.CodeActionKind.QuickFix, command=command)


def _meets(one: types.Range, other: types.Range) -> bool:
    return (one.start.line, one.start.character) <= (other.end.line, other.end.character) and (
        other.start.line,
        other.start.character,
    ) <= (one.end.line, one.end.character)

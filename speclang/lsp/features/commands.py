"""What an editor asks the server to do: take a hand edit back, build, open a file at a place.

A text that is open is changed in the editor, never behind its back; a build, which writes to the disk, waits until all is saved.
"""

import asyncio

from lsprotocol import types

from ...engine.build import build
from ...engine.queries.handiwork import taken
from ...engine.queries.rename import Refused
from ..answering import Server
from ..desk import Place
from .actions import ABSORB, BUILD

SHOW = "specc.show"


def register(server: Server) -> None:
    """Take the commands."""

    @server.command(ABSORB)
    async def _(uri: str, start: int, wide: bool) -> None:  # noqa: FBT001 - the protocol knows no names here
        await _absorb(server, uri, start, wide=wide)

    @server.command(BUILD)
    async def _(uri: str) -> None:
        await _build(server, uri)

    @server.command(SHOW)
    async def _(uri: str, line: int, character: int) -> None:
        at = types.Position(line, character)
        params = types.ShowDocumentParams(uri, take_focus=True, selection=types.Range(at, at))
        server.window_show_document(params)


async def _absorb(server: Server, uri: str, start: int, *, wide: bool) -> None:
    place = server.desk.place(uri)
    view = place.project.session.view if place is not None else None
    if place is None or view is None or not place.project.is_current():
        _say(server, "the texts have changed since; try again in a moment")
        return
    try:
        changes = await asyncio.get_running_loop().run_in_executor(
            None, lambda: taken(view, place.name, start, wide=wide)
        )
    except Refused as refused:
        _say(server, f"the edit can't be absorbed. {refused}")
        return
    if not place.project.is_current():
        _say(server, "the texts have changed meanwhile; nothing was absorbed")
        return
    edit = server.desk.edit(place.project, [(one.range, one.text) for one in changes])
    server.workspace_apply_edit(types.ApplyWorkspaceEditParams(edit, "Absorb a hand edit"))


async def _build(server: Server, uri: str) -> None:
    place = server.desk.place(uri)
    if place is None:
        return
    unsaved = server.desk.unsaved(place.project)
    if unsaved:
        _say(server, f"a build reads what is saved; save these first: {', '.join(unsaved)}")
        return
    report = await asyncio.get_running_loop().run_in_executor(None, build, place.project.session.root)
    if not report.done:
        _say(server, f"nothing was written: {report.diagnostics[0].title}")
    else:
        written = len(report.written) + len(report.removed)
        _say(server, f"{written} files were written", types.MessageType.Info)
    _rebuilt(server, place)


def _rebuilt(server: Server, place: Place) -> None:
    server.desk.disturbed([place.project.uri(place.name)])


def _say(server: Server, text: str, type: types.MessageType = types.MessageType.Warning) -> None:
    server.window_show_message(types.ShowMessageParams(type, f"specc: {text}"))

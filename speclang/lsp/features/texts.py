"""What the editor has open, and what changes on the disk beside it."""

from lsprotocol import types

from .. import log
from ..answering import Server
from ..desk import Desk

_WATCHED = (
    "**/*.spec",
    "**/specc.toml",
    "**/pyproject.toml",
    "**/accepted.toml",
    "**/specc.lock",
    "**/prompt*.md",
    "**/cases.yaml",
)


def register(server: Server) -> None:
    """Keep texts; watch the files that an editor can watch for us."""

    def initialized(desk: Desk, _: types.InitializedParams) -> None:
        desk.documents.encoding = server.encoding
        _watch(server)

    server.answers(types.INITIALIZED, initialized)
    server.answers(types.TEXT_DOCUMENT_DID_OPEN, _opened)
    server.answers(types.TEXT_DOCUMENT_DID_CHANGE, _changed)
    server.answers(types.TEXT_DOCUMENT_DID_CLOSE, _closed)
    server.answers(types.TEXT_DOCUMENT_DID_SAVE, _saved)
    server.answers(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _disturbed)
    server.answers(types.SHUTDOWN, _shutdown)


def _opened(desk: Desk, params: types.DidOpenTextDocumentParams) -> None:
    desk.opened(params.text_document)


def _changed(desk: Desk, params: types.DidChangeTextDocumentParams) -> None:
    desk.changed(params.text_document.uri, params.text_document.version, params.content_changes)


def _closed(desk: Desk, params: types.DidCloseTextDocumentParams) -> None:
    desk.closed(params.text_document.uri)


def _saved(desk: Desk, params: types.DidSaveTextDocumentParams) -> None:
    desk.disturbed([params.text_document.uri])


def _disturbed(desk: Desk, params: types.DidChangeWatchedFilesParams) -> None:
    desk.disturbed(change.uri for change in params.changes)


def _shutdown(desk: Desk, _: None) -> None:
    desk.stop()


def _watch(server: Server) -> None:
    """Ask the editor to tell what changes on the disk, if it can."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace is not None else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob) for glob in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    one = types.Registration("specc-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([one]), _registered)


def _registered(_: object) -> None:
    log.note("the editor watches the files of the project")

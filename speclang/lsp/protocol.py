"""The protocol as pygls speaks it, where it would lose something: texts are kept by `documents`, and every request is answered.

Invariant: a message that can't be read is answered with an error where it wants an answer, and is otherwise left out.
"""

from collections.abc import Generator

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

from . import log

_Steps = Generator[object, object, None]


class Protocol(LanguageServerProtocol):
    """pygls splits lines where Python does, and the protocol where it says; so texts are not kept by pygls."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> _Steps:
        """Hand on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> _Steps:
        """Hand on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> _Steps:
        """Hand on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: object) -> _Steps:
        """Give up what is under way, as pygls does, which trips over what ends meanwhile."""
        yield self.fm.features[types.SHUTDOWN], args, None
        for id, future in list(self._request_futures.items()):
            if id != self.msg_id and not future.done():
                future.cancel()
        self._shutdown = True

    def structure_message(self, data: dict[str, object]) -> object:
        """A message as a record; a request that can't be read is answered before it is left out."""
        try:
            return super().structure_message(data)
        except JsonRpcException as problem:
            method, id = data.get("method"), data.get("id")
            log.note(f"a message of the editor can't be read: {type(problem).__name__}")
            if isinstance(method, str) and isinstance(id, str | int):
                self._send_response(id, None, problem.to_response_error())
            raise

"""How a question of the editor is answered: by a function of what lies on the desk, and whatever happens in it.

In: methods of the protocol, each with its answer. Out: a server that gives them.
Invariant: an exception in an answer is told in the log, and costs that answer only.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from ..version import VERSION
from . import log, protocol
from .desk import Desk

P = TypeVar("P")
R = TypeVar("R")


class About(Protocol):
    """A question about a text."""

    text_document: types.TextDocumentIdentifier


A = TypeVar("A", bound=About)


class Unanswerable(JsonRpcException):
    """A question that can't be answered, with the reason: a sentence that the editor shows."""

    CODE = -32803
    MESSAGE = "it can't be done"


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        super().__init__("specc", VERSION, protocol_cls=protocol.Protocol)
        self.desk = Desk(self.text_document_publish_diagnostics)

    def answers(self, method: str, answer: Callable[[Desk, P], R], options: object = None) -> None:
        """Answer `method` by `answer`; what goes wrong in it is logged, and answered with nothing."""

        def guarded(params: P) -> R | None:
            try:
                return answer(self.desk, params)
            except Unanswerable:
                raise
            except Exception as problem:  # noqa: BLE001 - a bug of ours must not take the server away
                log.failed(method, problem)
                return None

        self.feature(method, options)(guarded)

    def answers_in_time(self, method: str, answer: Callable[[Desk, A], R], options: object = None) -> None:
        """As `answers`, once the project was looked at for the first time; the editor may give the question up until then."""
        self.answers_when(method, answer, lambda params: self.desk.looked(params.text_document.uri), options)

    def answers_when(
        self,
        method: str,
        answer: Callable[[Desk, P], R],
        ready: Callable[[P], Awaitable[None]],
        options: object = None,
    ) -> None:
        """As `answers`, once what is awaited with `ready` is there; with nothing where that takes longer than anybody waits."""

        async def guarded(params: P) -> R | None:
            try:
                await ready(params)
                return answer(self.desk, params)
            except Unanswerable:
                raise
            except TimeoutError:
                return None
            except Exception as problem:  # noqa: BLE001 - as above
                log.failed(method, problem)
                return None

        self.feature(method, options)(guarded)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Log what pygls could not handle, without its words."""
        log.note(f"{getattr(source, '__name__', 'message')}: {type(error).__name__}")

    @property
    def left(self) -> bool:
        """Whether the editor has said that it goes."""
        return self.protocol._shutdown  # noqa: SLF001 - pygls tells it to nobody

    @property
    def encoding(self) -> str:
        """How the editor and we count columns."""
        agreed = self.server_capabilities.position_encoding
        return str(getattr(agreed, "value", agreed) or "utf-16")

"""The editor server: which method is answered by what.

In: messages of the protocol on standard input. Out: answers on standard output, and a line on standard error where something is amiss.
Invariant: an exception in an answer is told in the log, and costs that answer only.
"""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from ..version import VERSION
from . import features, log, protocol
from .desk import Desk

P = TypeVar("P")
R = TypeVar("R")
A = TypeVar("A", bound="About")


class About(Protocol):
    """A question about a text."""

    text_document: types.TextDocumentIdentifier


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        super().__init__("specc", VERSION, protocol_cls=protocol.Protocol)
        self.desk = Desk(self.text_document_publish_diagnostics)
        for module in sorted(iter_modules(features.__path__), key=lambda one: one.name):
            import_module(f".features.{module.name}", __package__).register(self)

    def answers(self, method: str, answer: Callable[[Desk, P], R], options: object = None) -> None:
        """Answer `method` by `answer`; what goes wrong in it is logged, and answered with nothing."""

        def guarded(params: P) -> R | None:
            try:
                return answer(self.desk, params)
            except Exception as problem:  # noqa: BLE001 - a bug of ours must not take the editor's server away
                log.failed(method, problem)
                return None

        self.feature(method, options)(guarded)

    def answers_in_time(self, method: str, answer: Callable[[Desk, A], R], options: object = None) -> None:
        """As `answers`, once the project was looked at for the first time; the editor may give the question up until then."""

        async def guarded(params: A) -> R | None:
            try:
                await self.desk.looked(params.text_document.uri)
                return answer(self.desk, params)
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


def serve() -> bool:
    """Serve one editor until it goes; whether it took its leave first."""
    log.quiet()
    gc.disable()  # a walk over a million objects is felt by who types; `desk` has them cleared away while nobody does
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what anybody prints must not come between the answers
    server = Server()
    server.start_io(None, answers)
    server.desk.stop()
    return server.left

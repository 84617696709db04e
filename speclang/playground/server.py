"""The server of the playground: this machine only, one page, and the questions that it asks.

In: what can be opened. Out: an address with a token in it, and answers to whoever holds it.
Invariant: binds to the loopback address and to no other; what is not let in by `guard` reaches no project; an exception costs the
answer that it was in, and no text of the user's is ever told anywhere but to the page.
"""

import json
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self

from ..diagnostics.bug import place
from ..source.hashing import Json
from . import assets
from .answers import answer
from .asked import Asked, Refused
from .guard import Guard, headers_of
from .room import Stale
from .shelf import Shelf

HOST = "127.0.0.1"

_Wire = socket.socket | tuple[bytes, socket.socket]

_AT_ONCE = 32
"""So many questions are answered at one time."""

_PATIENCE = 30.0
"""Seconds that a connection may say nothing."""

_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)


class Server(ThreadingHTTPServer):
    """One playground. As a context, it ends with the block."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False

    def __init__(self, shelf: Shelf, port: int, tell: Callable[[str], None]) -> None:
        """Serve `shelf` at `port` (0: any that is free); `tell` is told of bugs. Raises `OSError` where the port is taken."""
        self._open: set[socket.socket] = set()
        super().__init__((HOST, port), _Handler)
        self.shelf = shelf
        self.tell = tell
        self.guard = Guard(self.server_port, token_urlsafe(32))
        self.room_for = BoundedSemaphore(_AT_ONCE)

    def server_bind(self) -> None:
        """Bind, and ask no one for the name of this machine."""
        if sys.platform != "win32":  # where it would let another program have the same port
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    @property
    def address(self) -> str:
        """Where the page is; the token is behind the `#`, which a browser sends to nobody."""
        return f"http://{HOST}:{self.server_port}/#{self.guard.token}"

    def process_request(self, request: "_Wire", client_address: object) -> None:
        """Remember a connection: a browser keeps it open for its next question."""
        if isinstance(request, socket.socket):
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: "_Wire") -> None:
        """A connection has ended."""
        if isinstance(request, socket.socket):
            self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Let go of the port and of every connection."""
        super().server_close()
        for one in tuple(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is no news."""
        del request, client_address

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the port."""
        self.server_close()

    def __enter__(self) -> Self:
        """Serve in the block."""
        return self


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "specc"
    sys_version = ""
    timeout = _PATIENCE

    def do_GET(self) -> None:
        """Give the page, or one of its files."""
        try:
            self.server.guard.address(headers_of(self.headers.items()))
        except Refused as refused:
            self._refuse(refused)
            return
        path = self.path.partition("?")[0]
        if path == "/":
            nonce = token_urlsafe(16)
            self._send(
                HTTPStatus.OK,
                "text/html; charset=utf-8",
                assets.page(nonce),
                ("Content-Security-Policy", assets.policy(nonce)),
            )
            return
        found = assets.files().get(path)
        if found is None:
            self._refuse(Refused(HTTPStatus.NOT_FOUND, "there is nothing here"))
        else:
            self._send(HTTPStatus.OK, *found)

    do_HEAD = do_GET  # noqa: N815 - the library calls it by the method

    def do_POST(self) -> None:
        """Answer a question."""
        try:
            size = self.server.guard.question(headers_of(self.headers.items()))
        except Refused as refused:
            self.close_connection = True  # what was not read can't be skipped
            self._refuse(refused)
            return
        body = self.rfile.read(size)
        if not self.server.room_for.acquire(blocking=False):
            self._refuse(Refused(HTTPStatus.SERVICE_UNAVAILABLE, "too much is asked at once; try again"))
            return
        try:
            self._answer(body)
        finally:
            self.server.room_for.release()

    def _answer(self, body: bytes) -> None:
        method = self.path.removeprefix("/api/") if self.path.startswith("/api/") else ""
        try:
            self._say(HTTPStatus.OK, answer(self.server.shelf, method, Asked(_read(body))))
        except Refused as refused:
            self._refuse(refused)
        except Stale:
            self._say(HTTPStatus.OK, {"stale": True})
        except ConnectionError:
            self.close_connection = True
        except Exception as bug:  # noqa: BLE001 - a bug of ours costs this answer, not the page
            self.server.tell(f"{method}: {place(bug)}; please report it")
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, {"why": "this is a bug in specc; the terminal says where"})

    def _refuse(self, refused: Refused) -> None:
        self._say(refused.status, {"why": str(refused)})

    def _say(self, status: HTTPStatus, data: Json) -> None:
        said = json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode()
        self._send(status, "application/json", said)

    def _send(self, status: HTTPStatus, kind: str, body: bytes, *more: tuple[str, str]) -> None:
        self.send_response_only(status)
        for name, value in (*_HEADERS, *more, ("Content-Type", kind), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request, without a word of it."""
        del message, explain
        self.close_connection = True
        self.request_version = self.protocol_version  # else the answer would have no head
        self._refuse(Refused(HTTPStatus(code), "this is not a request that can be read"))

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: a request holds texts of the user's."""
        del format, args


def _read(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(HTTPStatus.BAD_REQUEST, "a question is JSON") from None

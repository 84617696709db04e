"""Stands between an application and a model, on this machine: hands on what is asked, or breaks it.

In: a model's address. Out: an address for the application, and what passed through while somebody looked.
Invariant: what passes is in memory until the next look, and nowhere else: headers, and with them keys, are handed on and never kept.
Listens on loopback alone; a body is read within `bounded.MOST`.
"""

import json
import select
import socket
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from ...source.hashing import Json
from ...source.records import dataclass
from .. import bounded
from ..asking import Unusable
from ..clock import ticks
from .broken import TIMEOUT, UNREACHABLE, Reply, error, reply

if TYPE_CHECKING:
    import httpx2

_HOP = frozenset(
    ("connection", "host", "content-length", "transfer-encoding", "keep-alive", "accept-encoding", "te", "upgrade")
)
"""Headers that are between two neighbours, and are not handed on."""

_LOOK = 0.02
"""Seconds between two looks whether somebody still waits."""

_LONGEST = 600.0
"""Seconds that a model may take."""


@dataclass(frozen=True, slots=True)
class Fault:
    """How a model fails, and after how many seconds somebody who waits for it is sent away."""

    how: str
    hold: float


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that came by: how it was `broken` ("" where it was handed on), and the `status` that went back.

    `left` says that whoever asked did not wait any longer. `asked` and `said` are the bodies.
    """

    broken: str
    status: int
    left: bool
    asked: bytes
    said: bytes

    @property
    def answered(self) -> bool:
        """Whether the model itself answered."""
        return not self.broken and 200 <= self.status < 300


class Proxy:
    """One model behind a port of this machine; `close` it."""

    __slots__ = ("_client", "_fault", "_lock", "_released", "_seen", "_server", "_waiting", "model", "name", "upstream")

    def __init__(self, name: str, model: str, upstream: str, port: int) -> None:
        """Listen at `port`, or at any that is free where it is 0. Raises `Unusable`."""
        self.name = name
        self.model = model
        self.upstream = upstream.rstrip("/")
        self._client = _client()
        self._fault: Fault | None = None
        self._seen: list[Seen] = []
        self._waiting: dict[object, Seen] = {}
        self._lock = threading.Lock()
        self._released = threading.Event()
        try:
            self._server = _Server(("127.0.0.1", port), self)
        except OSError as problem:
            raise Unusable(f"the proxy of `{name}` can't listen at port {port}: {problem.strerror}") from None
        threading.Thread(target=self._server.serve_forever, args=(_LOOK,), daemon=True).start()

    @property
    def address(self) -> str:
        """Where an application finds the model: in place of the model's own address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def look(self, fault: Fault | None = None) -> None:
        """Forget what passed; from now on, break what is asked, or hand it on."""
        self._released.set()
        with self._lock:
            self._seen.clear()
            self._waiting.clear()
            self._fault = fault
            self._released = threading.Event()

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What passed since the last look. Whoever has not been told anything by now, and is asked about it, does not wait any longer."""
        with self._lock:
            return (*self._seen, *self._waiting.values())

    def close(self) -> None:
        """Let go of the port, and of whoever still waits."""
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._client.close()

    def answer(self, path: str, headers: Mapping[str, str], body: bytes, conn: socket.socket) -> Reply | None:
        """What goes back to who asks; None for nothing at all."""
        mine = object()
        with self._lock:
            fault, released = self._fault, self._released
            if fault is not None and fault.how == TIMEOUT:
                self._waiting[mine] = Seen(TIMEOUT, 0, left=True, asked=body, said=b"")
        left = False
        if fault is None:
            found: Reply | None = self._handed_on(path, headers, body)
        elif fault.how == UNREACHABLE:
            found = None
        else:
            left = fault.how == TIMEOUT and not _waits(conn, fault.hold, released)
            found = None if left else reply(fault.how, self.model, stream=_streams(body))
        status, said = (found.status, found.body) if found is not None else (0, b"")
        with self._lock:
            self._waiting.pop(mine, None)
            if self._released is released:  # else it came by before the last look
                self._seen.append(Seen(fault.how if fault is not None else "", status, left, body, said))
        return found

    def _handed_on(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        import httpx2

        kept = {name: value for name, value in headers.items() if name.lower() not in _HOP}
        kept["Accept-Encoding"] = "identity"
        try:
            with self._client.stream("POST", self.upstream + path, content=body, headers=kept) as response:
                said = bytearray()
                for piece in response.iter_bytes():
                    said += piece
                    if len(said) > bounded.MOST:
                        return error(502)
                type_ = response.headers.get("content-type", "application/json")
                return Reply(response.status_code, type_, bytes(said))
        except httpx2.HTTPError:
            return error(502)


class _Server(ThreadingHTTPServer):
    """A server that knows whose it is."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever asked went away."""


class _Handler(BaseHTTPRequestHandler):
    """One request of an application."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer what is asked of the model."""
        told = self.headers.get("Content-Length", "")
        size = int(told) if told.isascii() and told.isdigit() and len(told) < 12 else -1
        if not 0 <= size <= bounded.MOST or not isinstance(self.server, _Server):
            self._send(error(413 if size > 0 else 411))
            self.close_connection = True
            return
        body = self.rfile.read(size)
        found = self.server.proxy.answer(self.path, dict(self.headers), body, self.connection)
        if found is None:
            self.close_connection = True
            return
        self._send(found)

    def log_message(self, format: str, *_: object) -> None:
        """Say nothing: who asks for what is the application's affair."""

    def _send(self, found: Reply) -> None:
        self.send_response(found.status)
        self.send_header("Content-Type", found.type)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        self.wfile.write(found.body)


def _waits(conn: socket.socket, hold: float, released: threading.Event) -> bool:
    """Whether somebody still waits after `hold` seconds, in which nothing is said."""
    end = ticks() + hold
    while ticks() < end and not released.wait(_LOOK):
        ready, _, _ = select.select([conn], [], [], 0)
        if ready and not _there(conn):
            return False
    return True


def _there(conn: socket.socket) -> bool:
    """Whether there is more to read of a connection than its end."""
    try:
        return bool(conn.recv(1, socket.MSG_PEEK))
    except OSError:
        return False


def _streams(body: bytes) -> bool:
    try:
        asked: Json = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(asked, dict) and asked.get("stream") is True


def _client() -> "httpx2.Client":
    try:
        import httpx2
    except ModuleNotFoundError:
        raise Unusable("`httpx2` is not installed; `pip install 'specc[eval]'` brings it") from None
    return httpx2.Client(timeout=_LONGEST, trust_env=True)

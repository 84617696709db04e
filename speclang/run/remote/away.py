"""A target as an exported suite asks it: over the wire, with the standard library alone.

In: how the target is asked, as data. Out: a target like that of `targets/`, which gets the same requests and is read in the same way.
Invariant: the key is read from the environment when it is sent, goes to the address that is named and to no other, and stands in no
message; no body is held that is larger than `bounded.MOST`.
"""

import asyncio
import json
import threading
from collections.abc import Callable, Mapping
from email.message import Message
from functools import partial
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener
from urllib.request import Request as Sent

from ...source.hashing import Json
from ...source.records import dataclass
from .. import bounded, wire
from ..asking import Later, Refused, Reply, Request, Unusable
from ..clock import ticks
from ..environment import secret
from ..messages import reply_of, request_data
from .chat import Chat

_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a target is and how it is asked: `chat` if it speaks chat completions, else it is an application that takes and gives JSON.

    `key` names the variable of the environment that holds the key, "" where it wants none. `identity` and `remembers` are those of the
    target at home, so that requests have the same keys here. `timeout` is how many seconds an answer may take.
    """

    name: str
    model: str
    at: str
    chat: bool
    identity: Json
    remembers: bool
    key: str = ""
    parameters: Mapping[str, Json]
    timeout: float


class Away:
    """One target."""

    __slots__ = ("_address", "_chat")

    def __init__(self, address: Address) -> None:
        """Nothing is sent yet."""
        self._address = address
        self._chat = Chat(address.model, address.parameters) if address.chat else None

    @property
    def name(self) -> str:
        """What the project calls it."""
        return self._address.name

    @property
    def model(self) -> str:
        """The name under which its answers are recorded."""
        return self._address.model

    @property
    def identity(self) -> Json:
        """As at home."""
        return self._address.identity

    @property
    def remembers(self) -> bool:
        """As at home."""
        return self._address.remembers

    async def ask(self, request: Request) -> Reply:
        """The reply. Raises `Later`, `Refused` or `Unusable`."""
        address = self._address
        if self._chat is not None:
            return await self._chat.ask(request, partial(self._posted, f"{address.at.rstrip('/')}/chat/completions"))
        data = request_data(request) | ({"parameters": address.parameters} if address.parameters else {})
        started = ticks()
        held = await self._posted(address.at, data)
        return reply_of(held, ticks() - started, address.at)

    async def close(self) -> None:
        """Each request has a connection of its own."""

    async def _posted(self, url: str, body: Mapping[str, Json]) -> Mapping[str, Json]:
        address = self._address
        key = secret(address.key) if address.key else None
        if address.key and key is None:
            raise Unusable(f"`{address.key}` is not set; it should hold the key for the target `{address.name}`")
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "specc"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        try:
            sent = Sent(url, json.dumps(body).encode(), headers)  # noqa: S310 - the address is of HTTP
            return await _alone(partial(_exchanged, sent, address.timeout, key))
        except (Later, Refused, Unusable):
            raise
        except Exception as problem:  # noqa: BLE001 - whatever a connection, or an address, stops with, no reply came
            raise wire.broken(problem, url, key) from None


def _exchanged(request: Sent, timeout: float, key: str | None) -> Mapping[str, Json]:
    """What comes back. Raises `Later`, `Refused` and `Unusable`, and whatever a connection may."""
    until = ticks() + timeout
    opener = build_opener(_Nowhere)
    try:
        with opener.open(request, timeout=timeout) as response:
            if response.headers.get("Content-Encoding", "identity") not in ("", "identity"):
                raise Refused("the reply is packed, which was not asked for")
            return bounded.read(bounded.without(_body(response, until), key))
    except HTTPError as problem:
        with problem:
            headers = {name.casefold(): value for name, value in problem.headers.items()}
            raise wire.fault(wire.Fault(request.full_url, problem.code, _body(problem, until), headers, key)) from None


class _Nowhere(HTTPRedirectHandler):
    """Follows no redirection: the key is for one address."""

    def redirect_request(self, req: Sent, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> None:
        """Nothing else is asked, so that the redirection is a reply which is no success."""


def _body(response: IO[bytes], until: float) -> bytes:
    """The body, within its bounds."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read(_PIECE):
        size += len(piece)
        if size > bounded.MOST:
            raise Refused(f"the reply has more than {bounded.MOST:,} bytes, which is more than is read")
        if ticks() > until:
            raise Later("the reply took too long")
        pieces.append(piece)
    if getattr(response, "length", None):  # so much is missing
        raise EOFError("the reply ended before its time")
    return b"".join(pieces)


async def _alone(call: Callable[[], Mapping[str, Json]]) -> Mapping[str, Json]:
    """What `call` gives, in a thread that nobody waits for when the program ends."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Mapping[str, Json]] = loop.create_future()

    def settle(value: Mapping[str, Json] | None, problem: BaseException | None) -> None:
        if found.done():
            return
        if problem is not None:
            found.set_exception(problem)
        elif value is not None:
            found.set_result(value)

    def work() -> None:
        value, problem = None, None
        try:
            value = call()
        except Exception as fault:  # noqa: BLE001 - it is raised where the reply is waited for
            problem = fault
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, value, problem)

    threading.Thread(target=work, daemon=True).start()
    return await found

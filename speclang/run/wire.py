"""Connections to targets: a client that reads within bounds, and what a reply that is no success means.

In: an address's replies. Out: bodies, or `Later`, `Refused`, `Unusable`.
Invariant: no body is held that is larger than `bounded.MOST`, also of a reply that is an error; no message holds the key.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from . import bounded
from .asking import Later, Refused, Unusable
from .clock import until

if TYPE_CHECKING:
    import httpx2

_LONGEST_DATE = 64
"""More characters are no date of HTTP's."""

_FATAL = (401, 403, 404)
_LATER = (408, 409, 425, 429)
_CROWDED = (429, 503)


class Fault(NamedTuple):
    """A reply that is no success, from whom, and the key that was sent; the names of `headers` are small letters to whoever asks."""

    at: str
    status: int
    body: bytes
    headers: Mapping[str, str]
    key: str | None


def client(connections: int, headers: Mapping[str, str] | None = None) -> "httpx2.AsyncClient":
    """A client that keeps so many connections. Raises `Unusable` where the library is not installed."""
    try:
        import httpx2
    except ModuleNotFoundError:
        raise Unusable("`httpx2` is not installed; `pip install 'specc[eval]'` brings it") from None
    return httpx2.AsyncClient(
        timeout=None,  # the schedule knows how long an answer may take
        event_hooks={"response": [_bound]},
        headers={"Accept-Encoding": "identity", **(headers or {})},
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=connections),
    )


def fault(found: Fault) -> Exception:
    """What is to be raised for a reply that is no success."""
    why = f"{found.at} says {found.status}: {bounded.said(found.body, found.key) or 'nothing more'}"
    if found.status in _FATAL:
        return Unusable(why)
    if found.status in _LATER or found.status >= 500:
        return Later(why, seconds=_seconds(found.headers), crowded=found.status in _CROWDED)
    return Refused(why)


def broken(problem: BaseException, at: str, key: str | None) -> Later:
    """What is to be raised for a connection to `at` that failed."""
    return Later(f"the connection to {at} failed: {bounded.clean(str(problem) or type(problem).__name__, key)}")


def _seconds(headers: Mapping[str, str]) -> float | None:
    """How long the target says to wait: a number of seconds, or until a date (RFC 9110); None where neither can be read."""
    told = headers.get("retry-after", "").strip()
    try:
        seconds = float(told)
    except ValueError:
        seconds = _until(told)
    return seconds if 0 <= seconds < 1e6 else None


def _until(date: str) -> float:
    """Seconds until `date`, as HTTP writes dates, and 0 where it has passed; -1 for none."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(date[:_LONGEST_DATE])
    except (ValueError, TypeError, OverflowError):
        return -1.0
    return max(0.0, until(moment)) if moment.tzinfo is not None else -1.0


async def _bound(response: "httpx2.Response") -> None:
    """Have the body of `response` read within bounds."""
    import httpx2

    if response.headers.get("content-encoding", "identity") not in ("", "identity"):
        raise Refused("the reply is packed, which was not asked for")
    stream = response.stream
    if isinstance(stream, httpx2.AsyncByteStream):
        response.stream = _bounded()(stream)


@cache
def _bounded() -> "Callable[[httpx2.AsyncByteStream], httpx2.AsyncByteStream]":
    """The class of streams of which no more than is read comes; it needs the library to be made, and is made once."""
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        """A stream of which no more than is read comes."""

        def __init__(self, inner: httpx2.AsyncByteStream) -> None:
            self._inner = inner

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for piece in self._inner:
                size += len(piece)
                if size > bounded.MOST:
                    raise Refused(f"the reply has more than {bounded.MOST:,} bytes, which is more than is read")
                yield piece

        async def aclose(self) -> None:
            await self._inner.aclose()

    return Bounded

"""Who may ask: a page of ours, in a browser on this machine, that holds the token.

In: the headers of a request, by their names in small letters. Out: nothing, or why it is refused.
Invariant: a page of anybody else's can't ask, whatever name it was reached by: not by its address (`Host`), not across sites
(`Origin`, `Sec-Fetch-Site`), and not without the token, which no other page can read or send.
"""

from collections.abc import Iterable, Mapping
from hmac import compare_digest
from http import HTTPStatus

from ..source.records import dataclass
from .asked import Refused

MOST = 4 * 1024 * 1024
"""The largest question, in bytes."""

_SCHEME = "Bearer "


def headers_of(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by name; one that was sent twice holds both values, and is neither."""
    found: dict[str, str] = {}
    for name, value in rows:
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


@dataclass(frozen=True, slots=True)
class Guard:
    """What is let in at `port`: questions that bring `token`."""

    port: int
    token: str

    def address(self, headers: Mapping[str, str]) -> None:
        """Let a request through that was sent to this machine by one of its own names. Raises `Refused`."""
        hosts = (f"127.0.0.1:{self.port}", f"localhost:{self.port}")
        if headers.get("host", "") not in hosts:
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "this server answers at 127.0.0.1 only")

    def question(self, headers: Mapping[str, str]) -> int:
        """Let a question through that comes from our own page; how many bytes it has. Raises `Refused`."""
        self.address(headers)
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{headers.get('host')}":
            raise Refused(HTTPStatus.FORBIDDEN, "this page is not one of ours")
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Refused(HTTPStatus.FORBIDDEN, "this page is not one of ours")
        said = headers.get("authorization", "")
        if not said.startswith(_SCHEME) or not _same(said.removeprefix(_SCHEME), self.token):
            raise Refused(HTTPStatus.UNAUTHORIZED, "open the link that `specc serve` has printed: it holds the token")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a question is JSON")
        return _length(headers)


def _same(one: str, other: str) -> bool:
    """Whether both are the same, told in a time that does not depend on where they differ."""
    return compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _length(headers: Mapping[str, str]) -> int:
    said = headers.get("content-length", "")
    if "transfer-encoding" in headers or not (said.isascii() and said.isdigit()):
        raise Refused(HTTPStatus.LENGTH_REQUIRED, "a question says how long it is")
    if len(said) > 12 or int(said) > MOST:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a question has at most {MOST // 2**20} MiB")
    return int(said)

"""The files of the page, which ship with the package.

In: the path of a request. Out: bytes and their type. Invariant: what is served is listed here, by name; no path is ever made of a request.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_WEB = Path(__file__).parent / "web"

_TYPES = {
    "/page.js": "text/javascript; charset=utf-8",
    "/page.css": "text/css; charset=utf-8",
    "/icon.svg": "image/svg+xml",
    "/licences.txt": "text/plain; charset=utf-8",
}
_NONCE = "{nonce}"


@cache
def files() -> Mapping[str, tuple[str, bytes]]:
    """What can be asked for: the type and the bytes by path."""
    return {path: (kind, (_WEB / path[1:]).read_bytes()) for path, kind in _TYPES.items()}


@cache
def _page() -> str:
    return (_WEB / "page.html").read_text(encoding="utf-8")


def page(nonce: str) -> bytes:
    """The page itself; styles that the editor makes while it runs bear `nonce`."""
    return _page().replace(_NONCE, nonce).encode()


def policy(nonce: str) -> str:
    """What the page may do: run our script, look as we say, ask this server; nothing else, and never as a part of another page."""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )

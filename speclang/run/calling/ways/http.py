"""A tool behind an address, which takes and gives JSON.

```toml
[tools.lookup_order]
use = "http"
at = "https://shop.example.com/orders/{order_id}"   # an argument in braces becomes part of the path
method = "GET"                                      # the others are its query; with "POST", the default, a JSON object
key = "SHOP_TOKEN"                                  # sent as `Authorization: Bearer …`, where it is named
```

A service that sends the header `API-Version` says by it of which version it is.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from ....source.hashing import Json
from ... import bounded, wire
from ...asking import Refused, Unusable
from ..caller import Caller, Returned, Stated

if TYPE_CHECKING:
    import httpx2

SUMMARY = "a tool behind an address, which takes and gives JSON"

_VERSION = "api-version"
_HOLE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def made(stated: Stated) -> Caller:
    """The tool that `stated` says. Raises `Unusable`."""
    at = stated.tool.at
    if not at.startswith(("http://", "https://")):
        example = 'at = "http://127.0.0.1:8000/orders/{order_id}"'
        raise Unusable(f"the tool `{stated.tool.name}` names no address; write `{example}`")
    headers = {"Authorization": f"Bearer {stated.key}"} if stated.key else {}
    return Http(at, stated.tool.method, stated.key, wire.client(1, headers))


class Http:
    """One address."""

    __slots__ = ("_at", "_client", "_key", "_method")

    def __init__(self, at: str, method: str, key: str | None, client: "httpx2.AsyncClient") -> None:
        """Take what is known of it."""
        self._at = at
        self._method = method
        self._key = key
        self._client = client

    async def call(self, arguments: Mapping[str, Json]) -> Returned:
        """What the address gives back."""
        import httpx2

        named = _HOLE.findall(self._at)
        if lacking := [name for name in named if name not in arguments]:
            raise Refused(f"{self._at} needs `{lacking[0]}`, and the call has no such argument")
        at = _HOLE.sub(lambda hole: quote(_word(arguments[hole[1]]), safe=""), self._at)
        rest = {name: value for name, value in arguments.items() if name not in named}
        try:
            if self._method == "GET":
                response = await self._client.get(at, params=_query(rest))
            else:
                response = await self._client.post(at, json=rest)
        except httpx2.HTTPError as problem:
            raise wire.broken(problem, self._at, self._key) from None
        if not response.is_success:
            raise wire.fault(wire.Fault(self._at, response.status_code, response.content, response.headers, self._key))
        version = bounded.clean(response.headers.get(_VERSION, ""), self._key)
        return Returned(bounded.json(bounded.without(response.content, self._key)), version)

    async def close(self) -> None:
        """Let the connection go."""
        await self._client.aclose()


def _query(arguments: Mapping[str, Json]) -> list[tuple[str, str | int | float | bool | None]]:
    """Arguments as a query: a list is its name with each of its items."""
    found: list[tuple[str, str | int | float | bool | None]] = []
    for name, value in arguments.items():
        some = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
        found.extend((name, _word(one)) for one in some)
    return found


def _word(value: Json) -> str:
    """A value in an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)

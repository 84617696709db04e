"""An application of the user's own, behind an address: what is handed to it and what it answers is JSON.

```toml
[targets.app]
use = "http"
at = "http://127.0.0.1:8000/answer"
key = "APP_TOKEN"            # sent as `Authorization: Bearer …`, where it is named
```

It gets a POST with the fields of `request_data` and answers with those of a recorded answer: `text` or `messages`, and `measured`.
"""

from typing import TYPE_CHECKING

from ...source.hashing import Json
from .. import bounded, wire
from ..asking import Reply, Request, Target, Unusable
from ..clock import ticks
from ..finding import Context
from ..messages import reply_of, request_data

if TYPE_CHECKING:
    import httpx2

SUMMARY = "an application behind an address, which is handed and answers JSON"


def made(context: Context) -> Target:
    """The application that `context` states. Raises `Unusable`."""
    stated = context.stated
    if not stated.at.startswith(("http://", "https://")):
        raise Unusable(f'the target `{stated.name}` names no address; write `at = "http://127.0.0.1:8000/answer"`')
    if stated.key and context.key is None:
        raise Unusable(f"`{stated.key}` is not set; it should hold the key for the target `{stated.name}`")
    headers = {"Authorization": f"Bearer {context.key}"} if context.key else {}
    client = wire.client(stated.concurrency, headers)
    return Http(stated.name, stated.model or stated.name, stated.at, stated.parameters, context.key, client)


class Http:
    """One application."""

    __slots__ = ("_at", "_client", "_key", "_parameters", "model", "name")

    def __init__(
        self, name: str, model: str, at: str, parameters: Json, key: str | None, client: "httpx2.AsyncClient"
    ) -> None:
        """Take what is known of it."""
        self.name = name
        self.model = model
        self._at = at
        self._parameters = parameters
        self._key = key
        self._client = client

    @property
    def identity(self) -> Json:
        """Address and parameters."""
        return ["http", self._at, self.model, self._parameters]

    @property
    def remembers(self) -> bool:
        """What is behind the address may have changed."""
        return False

    async def ask(self, request: Request) -> Reply:
        """What the application answers."""
        import httpx2

        data = request_data(request) | ({"parameters": self._parameters} if self._parameters else {})
        started = ticks()
        try:
            response = await self._client.post(self._at, json=data)
        except httpx2.HTTPError as problem:
            raise wire.broken(problem, self._at, self._key) from None
        latency = ticks() - started
        if not response.is_success:
            raise wire.fault(wire.Fault(self._at, response.status_code, response.content, response.headers, self._key))
        return reply_of(bounded.read(bounded.without(response.content, self._key)), latency, self._at)

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

"""Models behind the interface of OpenAI's chat completions, which most servers of models speak.

```toml
[targets.small]
use = "openai_api"
model = "gpt-4o-mini"
key = "OPENAI_API_KEY"               # the name of a variable of the environment
at = "https://api.openai.com/v1"     # may be left out
parameters = { temperature = 0 }
price = { input = 0.15, output = 0.60, currency = "USD" }
```
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...project.asked.targets import Price
from ...source.hashing import Json
from ...source.records import replace
from .. import bounded, wire
from ..asking import Later, Refused, Reply, Request, Target, Unusable
from ..finding import Context
from ..remote.chat import RESERVED, Chat

if TYPE_CHECKING:
    import openai

SUMMARY = "a model behind the interface of OpenAI's chat completions"

_NO_KEY = "none"
"""What is sent where no key is named: a server of one's own wants none."""


def made(context: Context) -> Target:
    """The model that `context` states. Raises `Unusable`."""
    stated = context.stated
    try:
        import openai
    except ModuleNotFoundError as missing:
        raise Unusable(f"`{missing.name}` is not installed; `pip install 'specc[eval]'` brings it") from None
    if not stated.model:
        raise Unusable(f'the target `{stated.name}` names no model; write `model = "…"`')
    if stated.at and not stated.at.startswith(("http://", "https://")):
        raise Unusable(f'`at` of the target `{stated.name}` is no address; write `at = "http://{stated.at}"`')
    taken = [name for name in stated.parameters if name in RESERVED]
    if taken:
        raise Unusable(f"`{taken[0]}` under `parameters` of `{stated.name}` is for specc to say; take it out")
    if stated.key and context.key is None:
        raise Unusable(f"`{stated.key}` is not set; it should hold the key for the target `{stated.name}`")
    http = wire.client(stated.concurrency)
    client = openai.AsyncOpenAI(
        api_key=context.key or _NO_KEY, base_url=stated.at or None, max_retries=0, http_client=http
    )
    return OpenAiApi(
        stated.name, stated.model, str(client.base_url), stated.parameters, stated.price, context.key, client
    )


class OpenAiApi:
    """One model at one address."""

    __slots__ = ("_chat", "_client", "_key", "_parameters", "_price", "at", "model", "name")

    def __init__(
        self,
        name: str,
        model: str,
        at: str,
        parameters: Mapping[str, Json],
        price: Price | None,
        key: str | None,
        client: "openai.AsyncOpenAI",
    ) -> None:
        """Take what is known of it."""
        self.name = name
        self.model = model
        self.at = at
        self._parameters = parameters
        self._price = price
        self._key = key
        self._client = client
        self._chat = Chat(model, parameters)

    @property
    def identity(self) -> Json:
        """Model, address and parameters."""
        return ["openai_api", self.model, self.at, self._parameters]

    @property
    def remembers(self) -> bool:
        """A model is what it was."""
        return True

    async def ask(self, request: Request) -> Reply:
        """One completion."""
        reply = await self._chat.ask(request, self._posted)
        return replace(reply, cost=_cost(self._price, reply.input_tokens, reply.output_tokens))

    async def _posted(self, body: Mapping[str, Json]) -> Mapping[str, Json]:
        import httpx2
        import openai

        try:
            response = await self._client.post("/chat/completions", body=body, cast_to=httpx2.Response)
        except openai.APIStatusError as problem:
            response = problem.response
            raise wire.fault(
                wire.Fault(self.at, problem.status_code, response.content, response.headers, self._key)
            ) from None
        except openai.APITimeoutError:
            raise Later("the connection timed out") from None
        except openai.APIConnectionError as problem:
            cause = problem.__cause__ or problem
            if isinstance(cause, Refused):
                raise Refused(cause.why) from None
            raise wire.broken(cause, self.at, self._key) from None
        except openai.OpenAIError as problem:
            raise wire.broken(problem, self.at, self._key) from None
        return bounded.read(bounded.without(response.content, self._key))

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.close()


def _cost(price: Price | None, read: int | None, written: int | None) -> float | None:
    if price is None or read is None or written is None:
        return None
    return float((price.input * read + price.output * written) / 1_000_000)

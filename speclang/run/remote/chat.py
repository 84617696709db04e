"""The form of chat completions, which most servers of models speak: what is sent, and what comes back.

In: a request, and a way to post. Out: a `Reply`, without what it costs.
Invariant: knows no wire: a suite that is exported carries this file, and posts in a way of its own.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from ...kit.checks.evidence import harmless
from ...source.hashing import Json
from ..asking import Later, Message, Refused, Reply, Request
from ..clock import ticks

RESERVED = ("messages", "model", "tools", "stream", "n")
"""What no parameter may say."""

_FORM = ("response_format", "json_schema")
"""What a server speaks of that refuses a request for its form."""

_LONGEST_NAME = 200
"""How much is kept of what a server calls its model."""

Post: TypeAlias = Callable[[Mapping[str, Json]], Awaitable[Mapping[str, Json]]]
"""Sends a body and gives the object that comes back. Raises `Later`, `Refused` or `Unusable`."""


class Chat:
    """One model; `formless` says that its server knows no form for what it replies, and is asked without one."""

    __slots__ = ("_formless", "_model", "_parameters")

    def __init__(self, model: str, parameters: Mapping[str, Json]) -> None:
        """Nothing is known of its server yet."""
        self._model = model
        self._parameters = parameters
        self._formless = False

    async def ask(self, request: Request, post: Post) -> Reply:
        """One completion; a server that knows no form for what it replies is asked without one from then on."""
        if request.form is None or self._formless or "response_format" in self._parameters:
            return await self._asked(request, {}, post)
        schema: Json = {"name": "reply", "strict": True, "schema": request.form}
        try:
            return await self._asked(request, {"response_format": {"type": "json_schema", "json_schema": schema}}, post)
        except Refused as problem:
            if not any(word in problem.why for word in _FORM):
                raise
            self._formless = True
            return await self._asked(request, {}, post)

    async def _asked(self, request: Request, further: Mapping[str, Json], post: Post) -> Reply:
        body: dict[str, Json] = {**self._parameters, **further, "model": self._model, "messages": request.messages}
        if request.tools:
            body["tools"] = request.tools
        started = ticks()
        held = await post(body)
        return _reply(held, ticks() - started)


def _reply(held: Mapping[str, Json], latency: float) -> Reply:
    choices = held.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, Mapping) else None
    if not isinstance(message, Mapping):
        raise Later("the reply holds no message")
    usage = held.get("usage")
    read, written = (_count(usage, name) for name in ("prompt_tokens", "completion_tokens"))
    return Reply((_kept(message),), read, written, None, latency, snapshot=_snapshot(held))


def _snapshot(held: Mapping[str, Json]) -> str:
    """Which model the server says that it is: its name, and the fingerprint of what it runs on, where it tells one."""
    told = (held.get("model"), held.get("system_fingerprint"))
    return harmless(" ".join(one for one in told if isinstance(one, str)), _LONGEST_NAME)


def _kept(message: Mapping[str, Json]) -> Message:
    """What of a message is sent back with the next request, and recorded."""
    kept: dict[str, Json] = {"role": "assistant", "content": message.get("content")}
    refusal = message.get("refusal")
    if not message.get("content") and isinstance(refusal, str):
        kept["content"] = refusal
    if message.get("tool_calls"):
        kept["tool_calls"] = message["tool_calls"]
    return kept


def _count(usage: Json, name: str) -> int | None:
    value = usage.get(name) if isinstance(usage, Mapping) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else None

"""What a model that fails says, in the form of chat completions; nothing, where it breaks the connection off.

In: how it fails, and whether a stream was asked for. Out: a status, a type of content, and a body.
"""

import json
from typing import NamedTuple

from ...source.hashing import Json

TIMEOUT, UNREACHABLE = "timeout", "unreachable"

GATEWAY_TIMEOUT = 504
"""What is said at last to somebody who waits and waits."""


class Reply(NamedTuple):
    """What goes back over the wire."""

    status: int
    type: str
    body: bytes


def reply(how: str, model: str, *, stream: bool) -> Reply:
    """What a model that fails as `how` says answers."""
    match how:
        case "null":
            return _said(None, model, stream=stream)
        case "empty":
            return _said("", model, stream=stream)
        case "malformed":
            whole = _said('{"answer": "', model, stream=stream)
            return whole._replace(body=whole.body[: len(whole.body) // 2])
        case _:
            return error(GATEWAY_TIMEOUT if how == TIMEOUT else 503)


def error(status: int) -> Reply:
    """A reply that is none."""
    said: Json = {"error": {"message": "broken by specc drill", "type": "server_error", "code": status}}
    return Reply(status, "application/json", json.dumps(said).encode())


def _said(text: str | None, model: str, *, stream: bool) -> Reply:
    head: dict[str, Json] = {"id": "drill", "created": 0, "model": model}
    message: Json = {"role": "assistant", "content": text}
    if not stream:
        choice: Json = {"index": 0, "message": message, "finish_reason": "stop"}
        whole: Json = {**head, "object": "chat.completion", "choices": [choice]}
        return Reply(200, "application/json", json.dumps(whole).encode())
    piece: Json = {**head, "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": message}]}
    end: Json = {
        **head,
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}],
    }
    events = f"data: {json.dumps(piece)}\n\ndata: {json.dumps(end)}\n\ndata: [DONE]\n\n"
    return Reply(200, "text/event-stream", events.encode())

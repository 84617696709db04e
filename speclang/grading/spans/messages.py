"""The messages of a span as the conventions write them: a role and parts.

In: the value of `gen_ai.input.messages` or its like, as a list or as JSON in a text. Out: what each part says, calls or answers.
Invariant: total; a part of a type that is not known is left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...source.hashing import Json, canonical
from ..steps import valued


class Part(NamedTuple):
    """One part of a message: `kind` is `text`, `call` or `response`; `text` what it says, its arguments or its result, `id` its call's."""

    role: str
    kind: str
    text: str
    tool: str = ""
    id: str = ""


class Message(NamedTuple):
    """A message: its parts, why the model stopped after it, and what it is recognised by when it is said once more."""

    parts: tuple[Part, ...]
    finish: str
    same: str


def messages(value: Json) -> tuple[Message, ...]:
    """The messages in `value`; none where it holds none."""
    held = valued(value) if isinstance(value, str) else value
    if isinstance(held, str) or not isinstance(held, Sequence):
        return ()
    return tuple(_message(one) for one in held if isinstance(one, Mapping))


def instructions(value: Json) -> str:
    """The text of the instructions to the system in `value`."""
    held = valued(value) if isinstance(value, str) else value
    if isinstance(held, str):
        return held
    parts = held if isinstance(held, Sequence) else ()
    return "".join(_text(one) for one in parts if isinstance(one, Mapping))


def _message(one: Mapping[str, Json]) -> Message:
    said = one.get("role")
    role = said if isinstance(said, str) else ""
    parts = tuple(_parts(one, role))
    finish = one.get("finish_reason")
    same = canonical([role, *([part.kind, _meaning(part), part.tool, part.id] for part in parts)])
    return Message(parts, finish if isinstance(finish, str) else "", same)


def _meaning(part: Part) -> Json:
    """What a part says, in whichever form: arguments are an object in one place and JSON in a text in another."""
    return part.text if part.kind == "text" else valued(part.text)


def _parts(one: Mapping[str, Json], role: str) -> Iterator[Part]:
    listed = one.get("parts")
    if listed is None and isinstance(one.get("content"), str):
        listed = [{"type": "text", "content": one["content"]}]
    for part in listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ():
        if not isinstance(part, Mapping):
            continue
        match part.get("type"):
            case "text":
                yield Part(role, "text", _text(part))
            case "tool_call":
                yield Part(role, "call", as_text(part.get("arguments")), _named(part, "name"), _named(part, "id"))
            case "tool_call_response":
                # `response` since 1.37; `result` is what some wrote before.
                held = part["response"] if "response" in part else part.get("result")
                yield Part(role, "response", as_text(held), _named(part, "name"), _named(part, "id"))
            case _:
                continue


def _text(part: Mapping[str, Json]) -> str:
    held = part.get("content")
    return held if isinstance(held, str) else ""


def _named(part: Mapping[str, Json], name: str) -> str:
    held = part.get(name)
    return held if isinstance(held, str) else ""


def as_text(value: Json) -> str:
    """`value` as the text that it was: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

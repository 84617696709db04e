"""The messages of a recorded conversation as steps, in the forms in which they are usually kept.

In: a list of messages, each with its `role`, as chat APIs take and give them. Out: what was said and called, in order, and
the text of the last message of the assistant. A result stands beside its call, or in a message of the role `tool` that follows.
"""

import json
from collections.abc import Mapping, Sequence

from ..kit.answer import Said, ToolCall
from ..kit.checks.json import nesting
from ..source.hashing import OBJECT, Json
from ..source.records import dataclass, replace
from ..source.suggest import nearest

_DEEPEST = 64
_ROLES = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
    "tool": "tool",
    "function": "tool",
}
_UNREAD = ""
"""The name under which arguments stand that are no JSON object."""


class Malformed(Exception):
    """A record is not of the form that is read; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A conversation: the last thing that the assistant said, and every step; `places` are the messages that these stand in."""

    text: str
    steps: tuple[Said | ToolCall, ...]
    places: tuple[int, ...] = ()


def spoken(messages: Sequence[Json]) -> Spoken:
    """The steps of `messages`. Raises `Malformed`."""
    talk = _Talk()
    for number, message in enumerate(messages):
        where = f"`messages[{number}]`"
        if not isinstance(message, OBJECT):
            raise Malformed(f"{where} is no object")
        talk.take(message, where)
        talk.places.extend([number] * (len(talk.steps) - len(talk.places)))
    return Spoken(talk.text, tuple(talk.steps), tuple(talk.places))


class _Talk:
    """A conversation under way; `_open` are the places of calls whose result is not known yet, by ID."""

    __slots__ = ("_open", "places", "steps", "text")

    def __init__(self) -> None:
        self.steps: list[Said | ToolCall] = []
        self.places: list[int] = []
        self.text = ""
        self._open: list[tuple[str, int]] = []

    def take(self, message: Mapping[str, Json], where: str) -> None:
        """Add one message."""
        said = message.get("role")
        role = _ROLES.get(said) if isinstance(said, str) else None
        if role is None:
            near = nearest(said, _ROLES) if isinstance(said, str) else None
            hint = f"write `{near}`" if near else f"write one of {', '.join(f'`{one}`' for one in _ROLES)}"
            raise Malformed(f"the `role` of {where} is none that is known; {hint}")
        content = message.get("content")
        if role == "tool":
            self._result(message, where)
            return
        blocks = _blocks(content)
        for block in blocks if role == "user" else ():
            self._result({"tool_call_id": block.get("tool_use_id"), "content": block.get("content")}, where)
        text = _content(content, where)
        if text:
            self.steps.append(Said(role, text))
        if role != "assistant":
            return
        if text.strip():
            self.text = text
        for number, call in enumerate(_calls(message, where)):
            self._call(call, f"`tool_calls[{number}]` of {where}")
        for block in blocks:
            self._call({**block, "arguments": block.get("input")}, where)

    def _call(self, call: Json, where: str) -> None:
        if not isinstance(call, Mapping):
            raise Malformed(f"{where} is no object")
        inner = call.get("function")
        named = inner if isinstance(inner, Mapping) else call
        tool = named.get("tool") or named.get("name")
        if not isinstance(tool, str):
            raise Malformed(f"{where} names no `tool`")
        id = call.get("id")
        if "result" not in call:
            self._open.append((id if isinstance(id, str) else "", len(self.steps)))
        self.steps.append(ToolCall(tool, _arguments(named.get("arguments")), _read(call.get("result"))))

    def _result(self, message: Mapping[str, Json], where: str) -> None:
        """Put the result of a message of a tool beside its call: by ID, else the first call that has none."""
        id = message.get("tool_call_id") or message.get("id")
        wanted = [one for one in self._open if isinstance(id, str) and one[0] == id] or self._open
        if not wanted:
            raise Malformed(f"{where} is the result of no call")
        content = message.get("content")
        text = _content(content, where)
        place = wanted[0]
        self._open.remove(place)
        step = self.steps[place[1]]
        if isinstance(step, ToolCall):
            plain = isinstance(content, str | Sequence) or content is None
            self.steps[place[1]] = replace(step, result=_read(text if plain else content))


def _calls(message: Mapping[str, Json], where: str) -> Sequence[Json]:
    """The calls of a message of the assistant; older APIs have one, under `function_call`."""
    calls = message.get("tool_calls")
    if calls is None:
        alone = message.get("function_call")
        return () if alone is None else (alone,)
    if isinstance(calls, str) or not isinstance(calls, Sequence):
        raise Malformed(f"the `tool_calls` of {where} are no list")
    return calls


def _blocks(content: Json) -> Sequence[Mapping[str, Json]]:
    """The calls and results among the parts of a message, where an API keeps them there."""
    if isinstance(content, str) or not isinstance(content, Sequence):
        return ()
    parts = (part for part in content if isinstance(part, Mapping))
    return tuple(part for part in parts if part.get("type") in ("tool_use", "tool_result"))


def _content(value: Json, where: str) -> str:
    """The text of a message: a text, or parts of which those that are text count."""
    match value:
        case None:
            return ""
        case str():
            return value
        case Mapping():
            return json.dumps(value, ensure_ascii=False)
        case Sequence():
            return "".join(_part(one) for one in value)
        case _:
            raise Malformed(f"the `content` of {where} is no text")


def _part(part: Json) -> str:
    if isinstance(part, str):
        return part
    text = part.get("text") if isinstance(part, Mapping) else None
    return text if isinstance(text, str) else ""


def _arguments(value: Json) -> Mapping[str, Json]:
    """The arguments of a call, which many record as JSON in a text; what is no object stands under an empty name."""
    found = _read(value)
    if isinstance(found, Mapping):
        return found
    return {} if found is None or found == "" else {_UNREAD: found}


def _read(value: Json) -> Json:
    """`value`, or what it holds where it is an object or a list in a text."""
    if not isinstance(value, str) or value.strip()[:1] not in ("{", "["):
        return value
    if nesting(value) > _DEEPEST:
        return value
    try:
        found: Json = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return found

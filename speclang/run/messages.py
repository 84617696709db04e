"""The form in which an application of the user's own is asked, and answers.

In: a request, as data that can go over a wire; what comes back. Out: a `Reply`. What comes back has the fields of a recorded answer
(docs/scoring.md), so an application that can be scored can be asked.
Invariant: whatever comes back, it is a reply or a `Refused`.
"""

from collections.abc import Mapping, Sequence
from math import isfinite

from ..source.hashing import Json
from .asking import Message, Refused, Reply, Request

VERSION = 1
"""The version of the form."""

TIER = "tier"
"""The field in which an application may say from which tier of a fallback its answer comes."""

_COUNTS = ("input_tokens", "tokens")


def request_data(request: Request) -> dict[str, Json]:
    """`request` as an application is handed it: the conversation so far, the tools that may be called, and what it is for."""
    return {
        "version": VERSION,
        "feature": request.feature,
        "case": request.case,
        "sample": request.repetition,
        "messages": request.messages,
        "tools": request.tools,
        **request.setting,
    }


def reply_of(found: Json, latency: float, who: str) -> Reply:
    """What `who` answered: a text, a message, a list of messages, or an object with `text` or `messages`, and `measured`."""
    match found:
        case str():
            return Reply(({"role": "assistant", "content": found},), latency=latency)
        case Mapping() if isinstance(found.get("messages"), Sequence) and not isinstance(found["messages"], str):
            return _measured(_marked(_messages(found["messages"], who), found), found.get("measured"), latency)
        case Mapping() if isinstance(found.get("text"), str):
            said: Message = {"role": "assistant", "content": found["text"]}
            return _measured(_marked((said,), found), found.get("measured"), latency)
        case Mapping() if isinstance(found.get("role"), str):
            return Reply((found,), latency=latency)
        case Sequence():
            return Reply(_messages(found, who), latency=latency)
        case _:
            raise Refused(f"`{who}` returned neither a text nor messages, but {type(found).__name__}")


def _messages(listed: Json, who: str) -> tuple[Message, ...]:
    if isinstance(listed, str) or not isinstance(listed, Sequence):
        raise Refused(f"the `messages` of `{who}` are no list")
    found = tuple(one for one in listed if isinstance(one, Mapping))
    if len(found) != len(listed):
        raise Refused(f"one of the `messages` of `{who}` is no object")
    return found


def _marked(messages: tuple[Message, ...], found: Mapping[str, Json]) -> tuple[Message, ...]:
    """`messages`, the last of which says from which tier of a fallback it comes, where `found` does."""
    tier = found.get(TIER)
    return (*messages[:-1], {**messages[-1], TIER: tier}) if isinstance(tier, str) and messages else messages


def _measured(messages: tuple[Message, ...], told: Json, latency: float) -> Reply:
    """A reply with what an application has measured itself; its latency stands in place of ours."""
    values: dict[str, float] = {}
    for name, value in told.items() if isinstance(told, Mapping) else ():
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            values[name] = float(value)
    counts = [int(values.pop(name)) if name in values else None for name in _COUNTS]
    cost = values.pop("cost", None)
    return Reply(messages, counts[0], counts[1], cost, values.pop("latency", latency), values)

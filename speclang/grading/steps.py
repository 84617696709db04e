"""What happened in a conversation, step by step, each with the layer that did it.

In: a recorded conversation, and what is known of how its tools answered. Out: steps in the order in which one caused the other,
numbered from 1: that number is the one clock that all layers share.
Invariant: pure; what a tool returned and what the model was shown of it are two steps, also where they are equal.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby

from ..kit.answer import Said, ToolCall
from ..kit.checks.json import nesting
from ..source.hashing import Json, canonical, digest
from ..source.records import dataclass, replace
from .messages import Spoken

_DEEPEST = 64


class Layer(StrEnum):
    """Who did something: the user, the model, a tool, or the harness, which is all that stands between these."""

    USER = "user"
    MODEL = "model"
    TOOL = "tool"
    HARNESS = "harness"


class Deed(StrEnum):
    """What was done."""

    SAID = "said"
    CALLED = "called"
    RETURNED = "returned"
    SHOWN = "shown"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `text` is what was said, the arguments of a call as JSON, what was returned, or what was shown, byte for byte.

    `call` is the ID of the call that it belongs to, `span` that of the span that tells of it. `error` says with what a tool failed, or
    why the conversation ended before its time; `seconds` how long a tool took, where that is known.
    """

    number: int
    layer: Layer
    deed: Deed
    text: str
    tool: str = ""
    call: str = ""
    error: str = ""
    seconds: float | None = None
    span: str = ""

    @property
    def value(self) -> Json:
        """What `text` holds, where it is JSON, or else the text itself."""
        return valued(self.text)

    @property
    def hash(self) -> str:
        """The hash of what the text means: of JSON neither order of members nor space counts."""
        return meant(self.text)


@dataclass(frozen=True, slots=True)
class Returned:
    """How a simulated tool answered: the `whole` result, what of it `arrives`, the word of its failure, and the seconds it took."""

    whole: str
    arrives: str
    error: str = ""
    seconds: float = 0.0


def valued(text: str) -> Json:
    """What `text` holds where it is JSON, and the text itself where it is not, or where it is nested too deep."""
    if text.strip()[:1] not in ("{", "[", '"', "n", "t", "f", "-", *"0123456789"):
        return text
    if nesting(text) > _DEEPEST:
        return text
    try:
        found: Json = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found


def meant(text: str) -> str:
    """The hash of what `text` means."""
    return digest(canonical(unwrapped(valued(text))))


def unwrapped(value: Json) -> Json:
    """What a result of the Model Context Protocol holds: its structured content, or its texts; any other value as it is."""
    listed = value.get("content") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or isinstance(listed, str) or not isinstance(listed, Sequence):
        return value
    if not value.keys() <= {"content", "isError", "structuredContent", "_meta"}:
        return value
    held = value.get("structuredContent")
    if held is not None:
        return held
    parts = [part.get("text") for part in listed if isinstance(part, Mapping)]
    texts = [text for text in parts if isinstance(text, str)]
    return valued("".join(texts)) if texts and len(texts) == len(parts) else value


def numbered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """`steps` with their numbers, from 1."""
    return tuple(replace(one, number=number) for number, one in enumerate(steps, 1))


def steps_of(talk: Spoken, tools: Mapping[str, Returned], stopped: str = "") -> tuple[Step, ...]:
    """The steps of `talk`; `tools` tells how simulated tools answered, where they did, `stopped` why it ended early, or ""."""
    return numbered(_steps(talk, tools, stopped))


def _steps(talk: Spoken, tools: Mapping[str, Returned], stopped: str) -> Iterator[Step]:
    """Calls of one message are made at once, and their results come after all of them."""
    for _, group in groupby(zip(talk.places, enumerate(talk.steps, 1), strict=True), key=lambda one: one[0]):
        after: list[Step] = []
        for _, (number, one) in group:
            if isinstance(one, Said):
                yield Step(number=0, layer=_LAYERS.get(one.role, Layer.HARNESS), deed=Deed.SAID, text=one.text)
                continue
            id = f"call-{number}"
            arguments = json.dumps(one.arguments, ensure_ascii=False)
            yield Step(number=0, layer=Layer.MODEL, deed=Deed.CALLED, text=arguments, tool=one.tool, call=id)
            if one.result is not None:
                after.extend(_result(one, tools.get(one.tool), id))
        yield from after
    if stopped:
        yield Step(number=0, layer=Layer.HARNESS, deed=Deed.ENDED, text="", error=stopped)


_LAYERS = {"assistant": Layer.MODEL, "user": Layer.USER}


def _result(one: ToolCall, known: Returned | None, id: str) -> Iterator[Step]:
    """What came back of a call, and what the model was shown of it; where nobody knows better, the two are the same."""
    shown = one.result if isinstance(one.result, str) else json.dumps(one.result, ensure_ascii=False)
    if known is None or meant(known.arrives) != meant(shown):
        known = Returned(shown, shown)
    yield Step(
        number=0,
        layer=Layer.TOOL,
        deed=Deed.RETURNED,
        text=known.whole,
        tool=one.tool,
        call=id,
        error=known.error,
        seconds=known.seconds or None,
    )
    yield Step(number=0, layer=Layer.HARNESS, deed=Deed.SHOWN, text=shown, tool=one.tool, call=id)

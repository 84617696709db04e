"""Steps as the spans of one trace, in the terms of OpenTelemetry's conventions for generative AI.

In: a `Told`, and the moment at which the answer was given. Out: spans. One `invoke_agent` around all; a `chat` for each reply, with
all that the model was asked; an `execute_tool` for each time that a tool returned, with what it returned; and a span of our own for what
the harness showed of it, with sizes and hashes of both.
Invariant: the same steps give the same spans; times say the order and nothing else, and their resource says so.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ...source.hashing import Json, digest
from ...source.records import dataclass
from ..steps import Deed, Layer, Step, meant, valued
from . import names
from .otlp import Span
from .telling import Told

SCHEMA = "https://opentelemetry.io/schemas/1.37.0"
"""The version of the conventions whose names are written."""

_TICK = 1_000_000
"""The nanoseconds from one step to the next."""

_INTERNAL, _CLIENT = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Where a conversation is from: the `service` that its spans name, the `run`, 0 where there is none, the provider of the model."""

    service: str
    run: int
    provider: str


def spans_of(told: Told, whose: Whose, began: int) -> tuple[Span, ...]:
    """The spans of `told`, which was said at `began`, in nanoseconds since 1970."""
    return tuple(_Writing(told, whose, began).all())


class _Writing:
    """The spans of one conversation; `_asked` is what the model has been asked so far."""

    __slots__ = ("_asked", "_began", "_returned", "_root", "_system", "_told", "_trace", "_whose")

    def __init__(self, told: Told, whose: Whose, began: int) -> None:
        self._told = told
        self._whose = whose
        self._began = began
        self._trace = digest("\n".join((told.feature, told.case, str(told.sample), str(whose.run), told.trace)))
        self._root = digest(f"{self._trace}/0")[:16]
        self._asked: list[dict[str, Json]] = []
        self._system = ""
        self._returned: dict[str, str] = {}

    def all(self) -> Iterator[Span]:
        """The spans, the one around all first."""
        steps = self._told.steps
        ended = next((one.error for one in steps if one.deed is Deed.ENDED), "")
        pairs: list[tuple[str, Json]] = [(names.FEATURE, self._told.feature), (names.CASE, self._told.case)]
        pairs += [(names.SAMPLE, self._told.sample), *([(names.RUN, self._whose.run)] if self._whose.run else [])]
        pairs += [(names.STUB, True)] if self._told.stub else []
        pairs += [(names.STOPPED, ended)] if ended else []
        agent = self._told.feature or "agent"
        pairs = [(names.OPERATION, names.AGENT), (names.AGENT_NAME, agent), *pairs]
        last = steps[-1].number if steps else 0
        yield self._span(f"{names.AGENT} {agent}", 0, last + 1, Layer.HARNESS, pairs, error=ended)
        replying = False
        for mine, group in groupby(steps, key=lambda one: one.layer is Layer.MODEL):
            listed = list(group)
            replying = mine
            yield from [self._chat(listed)] if mine else self._between(listed)
        said = any(one.deed is Deed.SAID for one in steps[_last_reply(steps) + 1 :])
        if not replying and said:
            yield self._request(last + 1)

    def _between(self, steps: Sequence[Step]) -> Iterator[Span]:
        """What the user and the harness say, what tools return and what of it is shown."""
        for one in steps:
            if one.deed is Deed.RETURNED:
                self._returned[one.call] = one.text
                yield self._executed(one)
            elif one.deed is Deed.SHOWN:
                yield self._delivered(one)
                part: Json = {"type": "tool_call_response", "id": one.call, "response": valued(one.text)}
                self._asked.append({"role": "tool", "parts": [part]})
            elif one.deed is Deed.SAID and one.layer is Layer.HARNESS and not self._asked and not self._system:
                self._system = one.text
            elif one.deed is Deed.SAID:
                role = "user" if one.layer is Layer.USER else "system"
                self._asked.append({"role": role, "parts": [{"type": "text", "content": one.text}]})

    def _chat(self, steps: Sequence[Step]) -> Span:
        parts: list[Json] = [
            {"type": "text", "content": one.text}
            if one.deed is Deed.SAID
            else {"type": "tool_call", "id": one.call, "name": one.tool, "arguments": valued(one.text)}
            for one in steps
        ]
        reason = "tool_call" if any(one.deed is Deed.CALLED for one in steps) else "stop"
        said: dict[str, Json] = {"role": "assistant", "parts": parts}
        pairs = self._talking()
        pairs += [(names.OUTPUT, [{**said, "finish_reason": reason}]), (names.FINISH, [reason])]
        self._asked.append(said)
        return self._span(self._name, steps[0].number, steps[-1].number, Layer.MODEL, pairs, kind=_CLIENT)

    def _request(self, number: int) -> Span:
        """A request that was not answered."""
        return self._span(self._name, number, number, Layer.MODEL, self._talking(), kind=_CLIENT)

    @property
    def _name(self) -> str:
        return f"{names.CHAT} {self._told.model}".strip()

    def _talking(self) -> list[tuple[str, Json]]:
        model: list[tuple[str, Json]] = [(names.REQUEST_MODEL, self._told.model)] if self._told.model else []
        system: Json = [{"type": "text", "content": self._system}]
        return [
            (names.OPERATION, names.CHAT),
            (names.PROVIDER, self._whose.provider),
            *model,
            (names.CONVERSATION, self._trace),
            *([(names.SYSTEM, system)] if self._system else []),
            (names.INPUT, list(self._asked)),
        ]

    def _executed(self, one: Step) -> Span:
        pairs: list[tuple[str, Json]] = [(names.OPERATION, names.EXECUTE), *_call(one), (names.TOOL_TYPE, "function")]
        pairs += [(names.ARGUMENTS, valued(self._arguments(one.call))), (names.RESULT, one.text)]
        pairs += [(names.SECONDS, one.seconds)] if one.seconds is not None else []
        pairs += [(names.ERROR, one.error)] if one.error else []
        return self._span(f"{names.EXECUTE} {one.tool}", one.number, one.number, Layer.TOOL, pairs, error=one.error)

    def _delivered(self, one: Step) -> Span:
        returned = self._returned.get(one.call, "")
        pairs: list[tuple[str, Json]] = [(names.OPERATION, names.DELIVER), *_call(one), (names.RESULT, one.text)]
        pairs += [(names.RETURNED_BYTES, len(returned.encode())), (names.SHOWN_BYTES, len(one.text.encode()))]
        pairs += [(names.RETURNED_HASH, meant(returned)), (names.SHOWN_HASH, one.hash)]
        return self._span(f"{names.DELIVER} {one.tool}", one.number, one.number, Layer.HARNESS, pairs)

    def _arguments(self, call: str) -> str:
        return next((one.text for one in self._told.steps if one.deed is Deed.CALLED and one.call == call), "{}")

    def _span(
        self,
        name: str,
        first: int,
        last: int,
        layer: Layer,
        pairs: Sequence[tuple[str, Json]],
        *,
        kind: int = _INTERNAL,
        error: str = "",
    ) -> Span:
        root = first == 0
        clock = ((names.SERVICE, self._whose.service), (names.CLOCK, names.LOGICAL))
        return Span(
            trace=self._trace,
            id=self._root if root else digest(f"{self._trace}/{first}")[:16],
            parent="" if root else self._root,
            name=name,
            kind=kind,
            start=self._began + first * _TICK - (0 if root else _TICK // 2),
            end=self._began + last * _TICK,
            resource=clock,
            attributes=(*pairs, (names.LAYER, layer.value), (names.STEP, first)),
            failed=bool(error),
            message=error,
        )


def _call(one: Step) -> list[tuple[str, Json]]:
    return [(names.TOOL, one.tool), (names.CALL, one.call)]


def _last_reply(steps: Sequence[Step]) -> int:
    return max((place for place, one in enumerate(steps) if one.layer is Layer.MODEL), default=-1)

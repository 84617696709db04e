"""What the spans of one conversation tell, as steps.

In: spans of one trace, in any order. Out: a `Told`: steps in order, and the answer as `specc score` reads one.
What a tool returned is what its innermost span tells; what the model was shown of it is what the next request holds. What agents say among
themselves that a tool calls is not looked at.
Invariant: total; where spans carry no messages, that is said, and there are no steps.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ...source.hashing import Json
from ...source.records import dataclass, field
from ..steps import Deed, Layer, Step, numbered
from . import names
from .messages import messages
from .order import Edge, Skew, ordered
from .otlp import Span
from .talk import Talk

_SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One conversation. `feature`, `case` and `model` are "" where they are not told; `measured` is what it took, as far as that is told.

    `mute` says that no span carries a message; `torn` that no order is free of contradictions; `stub` that no model answered.
    """

    trace: str
    steps: tuple[Step, ...]
    feature: str = ""
    case: str = ""
    model: str = ""
    sample: int = 1
    stub: bool = False
    measured: Mapping[str, float] = field(default_factory=dict[str, float])
    skews: tuple[Skew, ...] = ()
    torn: bool = False
    mute: bool = False

    @property
    def record(self) -> dict[str, Json]:
        """The answer as a line of recorded answers."""
        found: dict[str, Json] = {"version": 1, "messages": list(_chat(self.steps)), "measured": dict(self.measured)}
        told = {"feature": self.feature, "case": self.case, "model": self.model}
        return {**found, "sample": self.sample, **{name: value for name, value in told.items() if value}}


def tell(spans: Sequence[Span]) -> Told:
    """What `spans`, which are of one trace, tell."""
    telling = _Telling(spans)
    found = ordered(spans, telling.causes())
    stopped = _first(spans, names.STOPPED)
    ended = (Step(number=0, layer=Layer.HARNESS, deed=Deed.ENDED, text="", error=stopped),) if stopped else ()
    steps = numbered((*telling.steps(found.spans), *ended))
    root = min(spans, key=lambda one: (bool(one.parent), one.start, one.id))
    talks = telling.talks
    return Told(
        trace=root.trace,
        steps=steps,
        feature=_first(spans, names.FEATURE, names.AGENT_NAME),
        case=_first(spans, names.CASE),
        model=_first(talks, names.RESPONSE_MODEL, names.REQUEST_MODEL),
        sample=next((value for one in spans if isinstance(value := one.get(names.SAMPLE), int)), 1),
        stub=any(one.get(names.STUB) is True for one in spans),
        measured=_measured(talks),
        skews=found.skews,
        torn=found.torn,
        mute=not any(one.deed in (Deed.SAID, Deed.SHOWN) for one in steps),
    )


class _Telling:
    """The spans of one trace by what they are."""

    __slots__ = ("_by_id", "_inner", "_spans", "talks")

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._by_id = {one.id: one for one in spans}
        self.talks = [one for one in spans if _operation(one) in names.INFERENCE and self._agents(one) < 2]
        self._inner = self._innermost()

    def _parents(self, one: Span) -> Iterator[Span]:
        """Those around `one`, the nearest first; a circle ends where it closes."""
        seen = {one.id}
        while (above := self._by_id.get(one.parent)) is not None and above.id not in seen:
            seen.add(above.id)
            yield above
            one = above

    def _agents(self, one: Span) -> int:
        return sum(_operation(above) == names.AGENT for above in self._parents(one))

    def _innermost(self) -> list[tuple[Span, str, str]]:
        """The innermost span of each time that a tool was executed, with the tool's name and the call's ID from those around it."""
        runs = [one for one in self._spans if _operation(one) == names.EXECUTE and self._agents(one) < 2]
        ids = {one.id for one in runs}
        around = {above.id for one in runs for above in self._parents(one) if above.id in ids}
        found: list[tuple[Span, str, str]] = []
        for one in runs:
            if one.id in around:
                continue
            line = [one, *(above for above in self._parents(one) if above.id in ids)]
            tool = next((name for each in reversed(line) if (name := each.text(names.TOOL))), "")
            call = next((id for each in line if (id := each.text(names.CALL))), "")
            found.append((one, tool, call))
        return found

    def causes(self) -> list[Edge]:
        """Which span must have ended before which began: a reply before the calls in it, a result before the request that shows it."""
        place = {one.id: at for at, one in enumerate(self._spans)}
        asked: dict[str, int] = {}
        shown: dict[str, list[int]] = {}
        requests: list[tuple[tuple[str, ...], int]] = []
        for one in self.talks:
            said = messages(one.get(names.INPUT))
            requests.append((tuple(message.same for message in said), place[one.id]))
            for part in (part for message in messages(one.get(names.OUTPUT)) for part in message.parts):
                if part.kind == "call" and part.id:
                    asked[part.id] = place[one.id]
            for part in (part for message in said for part in message.parts):
                if part.kind == "response" and part.id:
                    shown.setdefault(part.id, []).append(place[one.id])
        edges: list[Edge] = []
        for one, _, call in self._inner:
            if call in asked:
                edges.append((asked[call], place[one.id]))
            edges.extend((place[one.id], at) for at in shown.get(call, ()) if call)
        edges.extend((asked[call], at) for call, places in shown.items() if call in asked for at in places)
        edges.extend(_growing(requests))
        return [(one, other) for one, other in edges if one != other]

    def steps(self, spans: Sequence[Span]) -> Iterator[Step]:
        """The steps of `spans`, which are in order."""
        talk = Talk()
        talking = {one.id for one in self.talks}
        inner = {one.id: (tool, call) for one, tool, call in self._inner}
        for one in spans:
            if one.id in talking:
                yield from talk.request(one)
                yield from talk.reply(one)
            elif one.id in inner:
                yield from talk.returned(one, *inner[one.id], self._result(one))
            elif _operation(one) == names.DELIVER:
                yield from talk.delivered(one)

    def _result(self, one: Span) -> Json:
        """What the tool returned: by its innermost span, or by the nearest around it that tells."""
        line = (one, *(above for above in self._parents(one) if _operation(above) == names.EXECUTE))
        return next((found for each in line if (found := each.get(names.RESULT)) is not None), None)


def _growing(asked: Sequence[tuple[tuple[str, ...], int]]) -> Iterator[Edge]:
    """A request that goes on where another ended comes after it."""
    for (short, one), (long, other) in pairwise(sorted(asked, key=lambda each: (len(each[0]), each[1]))):
        if short and len(short) < len(long) and long[: len(short)] == short:
            yield one, other


def _operation(one: Span) -> str:
    """What a span is of; a span of an older convention tells it by its name."""
    return one.text(names.OPERATION) or (names.EXECUTE if one.name.startswith(f"{names.EXECUTE} ") else "")


def _first(spans: Sequence[Span], *wanted: str) -> str:
    return next((found for name in wanted for one in spans if (found := one.text(name))), "")


def _measured(talks: Sequence[Span]) -> dict[str, float]:
    """Tokens and seconds of all replies, where each tells."""
    found: dict[str, float] = {}
    for name, key in (("input_tokens", names.INPUT_TOKENS), ("tokens", names.OUTPUT_TOKENS)):
        counts = [value for one in talks if isinstance(value := one.get(key), int) and not isinstance(value, bool)]
        if talks and len(counts) == len(talks):
            found[name] = float(sum(counts))
    timed = [one for one in talks if dict(one.resource).get(names.CLOCK) != names.LOGICAL and 0 < one.start <= one.end]
    if talks and len(timed) == len(talks):
        found["latency"] = sum(one.end - one.start for one in timed) / _SECOND
    return found


def _chat(steps: Sequence[Step]) -> Iterator[dict[str, Json]]:
    """The conversation as chat APIs write it. A call whose result was not shown has none."""
    roles = {Layer.USER: "user", Layer.MODEL: "assistant", Layer.HARNESS: "system"}
    for one in steps:
        if one.deed is Deed.SAID:
            yield {"role": roles[one.layer], "content": one.text}
        elif one.deed is Deed.CALLED:
            call: Json = {"id": one.call, "function": {"name": one.tool, "arguments": one.text}}
            yield {"role": "assistant", "content": None, "tool_calls": [call]}
        elif one.deed is Deed.SHOWN:
            yield {"role": "tool", "tool_call_id": one.call, "content": one.text}

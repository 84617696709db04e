"""A conversation that is being told, span by span: what is new in each, as steps.

In: the spans of one trace that talk, execute and deliver, in order. Out: steps without numbers.
Invariant: what was told is not told again: a request repeats all that was said before it.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...source.hashing import Json
from ..steps import Deed, Layer, Step, meant, valued
from . import names
from .messages import Part, as_text, instructions, messages
from .otlp import Span

_CUT = {"length": "the reply was cut at its greatest length", "content_filter": "a filter cut the reply off"}
_SECOND = 1_000_000_000


class Talk:
    """A conversation that is being told: what has been said, which calls are open, and which results were returned."""

    __slots__ = ("_calls", "_returned", "_seen", "_shown", "_system")

    def __init__(self) -> None:
        """Nothing has been told yet."""
        self._system = ""
        self._seen: dict[str, int] = {}
        self._calls: dict[str, str] = {}
        self._returned: list[str] = []
        self._shown: set[tuple[str, str]] = set()

    def request(self, span: Span) -> Iterator[Step]:
        """What is new in what the model was asked."""
        system = instructions(span.get(names.SYSTEM))
        if system and system != self._system:
            self._system = system
            yield _step(Layer.HARNESS, Deed.SAID, system, span)
        held = dict(self._seen)
        for message in messages(span.get(names.INPUT)):
            if held.get(message.same, 0):
                held[message.same] -= 1
                continue
            self._seen[message.same] = self._seen.get(message.same, 0) + 1
            for part in message.parts:
                yield from self._part(part, span)

    def reply(self, span: Span) -> Iterator[Step]:
        """What the model said, called, and why it stopped, where that was not its own doing."""
        said = messages(span.get(names.OUTPUT))
        for message in said[:1]:
            self._seen[message.same] = self._seen.get(message.same, 0) + 1
            for part in message.parts:
                yield from self._part(part._replace(role="assistant"), span)
        reasons = span.get(names.FINISH)
        listed = reasons if isinstance(reasons, Sequence) and not isinstance(reasons, str) else ()
        reason = next((one for one in (*(each.finish for each in said), *listed) if one in _CUT), None)
        if isinstance(reason, str):
            yield _step(Layer.HARNESS, Deed.ENDED, "", span, error=_CUT[reason])
        elif span.failed or span.text(names.ERROR):
            why = span.message or span.text(names.ERROR) or "an error"
            yield _step(Layer.HARNESS, Deed.ENDED, "", span, error=f"the model was not reached: {why}")

    def returned(self, span: Span, tool: str, call: str, result: Json) -> Iterator[Step]:
        """What a tool returned, after its call, where no reply has told of that."""
        id = call or next(
            (id for id, name in self._calls.items() if name == tool and id not in self._returned), span.id
        )
        if id not in self._calls:
            self._calls[id] = tool
            arguments = as_text(span.get(names.ARGUMENTS) or {})
            yield _step(Layer.MODEL, Deed.CALLED, arguments, span, tool=tool, call=id)
        failed = span.text(names.ERROR) or ("error" if span.failed else "")
        if result is None and not failed:
            return
        text = as_text(result) if result is not None else ""
        if isinstance(found := valued(text), Mapping) and found.get("isError") is True and not failed:
            failed = "error"
        self._returned.append(id)
        seconds = (span.end - span.start) / _SECOND if 0 < span.start <= span.end else None
        yield _step(
            Layer.TOOL, Deed.RETURNED, text, span, tool=tool, call=id, error=failed, seconds=_waited(span, seconds)
        )

    def delivered(self, span: Span) -> Iterator[Step]:
        """What a harness that tells of it showed the model."""
        if isinstance(text := span.get(names.RESULT), str):
            yield from self._show(text, span, span.text(names.TOOL), span.text(names.CALL))

    def _part(self, part: Part, span: Span) -> Iterator[Step]:
        if part.kind == "text":
            layer = {"assistant": Layer.MODEL, "user": Layer.USER}.get(part.role, Layer.HARNESS)
            if part.text and not (layer is Layer.HARNESS and part.text == self._system):
                yield _step(layer, Deed.SAID, part.text, span)
        elif part.kind == "call":
            id = part.id or f"call-{len(self._calls) + 1}"
            self._calls[id] = part.tool
            yield _step(Layer.MODEL, Deed.CALLED, part.text or "{}", span, tool=part.tool, call=id)
        else:
            yield from self._response(part, span)

    def _response(self, part: Part, span: Span) -> Iterator[Step]:
        """What the model was shown of a result; where no span tells what the tool returned, that is taken to be the same."""
        open_ = [id for id in self._calls if id in self._returned] or list(self._calls)
        id = part.id or next(iter(open_), "")
        tool = self._calls.get(id) or part.tool
        if id not in self._returned:
            self._returned.append(id)
            yield _step(Layer.TOOL, Deed.RETURNED, part.text, span, tool=tool, call=id)
        yield from self._show(part.text, span, tool, id)

    def _show(self, text: str, span: Span, tool: str, id: str) -> Iterator[Step]:
        """That the model was shown `text`, unless that was told before."""
        key = (id, meant(text))
        if key not in self._shown:
            self._shown.add(key)
            yield _step(Layer.HARNESS, Deed.SHOWN, text, span, tool=tool, call=id)


def _waited(span: Span, seconds: float | None) -> float | None:
    """How long a tool took: as its span says in words of ours, or by its times, unless these say the order only."""
    told = span.get(names.SECONDS)
    if isinstance(told, int | float) and not isinstance(told, bool):
        return float(told)
    return None if dict(span.resource).get(names.CLOCK) == names.LOGICAL else seconds


def _step(
    layer: Layer,
    deed: Deed,
    text: str,
    span: Span,
    *,
    tool: str = "",
    call: str = "",
    error: str = "",
    seconds: float | None = None,
) -> Step:
    return Step(
        number=0, layer=layer, deed=deed, text=text, tool=tool, call=call, error=error, seconds=seconds, span=span.id
    )

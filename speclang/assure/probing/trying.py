"""The verdict on each promise of one tool, from what its calls gave.

In: a tool, its calls, and the calls in the files of its rates. Out: a `Promised` for each promise.
Invariant: a property is exact, and broken by the first call that shows it; a rate is called nothing that its sample can't bear.
"""

from collections.abc import Mapping, Sequence

from ...grading.holding import Call as Told
from ...grading.holding import decide
from ...grading.tally import Rate
from ...logic.promising.promises import added, broken, differing, so, unpinned
from ...logic.promising.results import Shape, shape
from ...model.promise import SEVERAL, Called, ClassRate, Ensures, Narrows, Pin, Promises
from ...model.tool import Tool
from ...source.hashing import Json
from ...source.span import Span
from ...values.showing import show
from ...values.types import Datum, Record, Type
from .calls import Arguments, Calls, Heard, second, sent, wished
from .outcome import Promised, Verdict

NO_CALL = "no `example` calls the tool"


async def tried(tool: Tool, promises: Promises, calls: Calls) -> tuple[list[Promised], Mapping[str, Heard]]:
    """The verdicts on all that single calls and pairs of them can show, and what each example's call gave. Raises `Unusable`."""
    found: list[Promised] = []
    heard = {one.text: await calls.heard(sent(one)) for one in wished(promises)}
    known = shape(tool)
    found.extend(_returns(tool, promises, heard))
    for one in promises.ensures:
        if isinstance(one.says, SEVERAL):
            found.append(await _pairs(one, promises, calls, known))
        else:
            found.append(_single(one, heard, known))
    found.extend(_pinned(one, heard[one.text]) for one in promises.examples if one.pins)
    return found, heard


def _returns(tool: Tool, promises: Promises, heard: Mapping[str, Heard]) -> list[Promised]:
    """Whether what came back is of the type that is declared; calls without an answer, each by itself."""
    found = [
        Promised(head="call", text=text, verdict=Verdict.UNANSWERED, why=one.no, call=text, span=_span(promises, text))
        for text, one in heard.items()
        if one.no
    ]
    answered = [(text, one) for text, one in heard.items() if not one.no]
    if tool.returns is None or not answered:
        return found
    misfits = [(text, one.misfit.text) for text, one in answered if one.misfit is not None]
    text = "returns"
    if misfits:
        call, why = min(misfits, key=lambda one: len(one[1]))
        verdict = Promised(
            head="returns", text=text, verdict=Verdict.BROKEN, why=why, call=call, calls=len(answered), span=tool.span
        )
    else:
        verdict = Promised(head="returns", text=text, verdict=Verdict.KEPT, calls=len(answered), span=tool.span)
    return [verdict, *found]


def _single(one: Ensures, heard: Mapping[str, Heard], known: Shape) -> Promised:
    """A property that each call shows by itself; of those that break it, the one with least to read is shown."""
    told = [(text, heard_.known) for text, heard_ in heard.items() if heard_.known is not None]
    wrong = [(text, why) for text, facts in told if (why := broken(one.says, facts, known))]
    return _judged(one, wrong, len(told), _missing(heard))


async def _pairs(one: Ensures, promises: Promises, calls: Calls, known: Shape) -> Promised:
    """A property that takes a second call to show."""
    wrong: list[tuple[str, str]] = []
    pairs, no = 0, ""
    for example in wished(promises):
        arguments = sent(example)
        beside = second(one.says, arguments)
        if beside is None:
            continue
        first, then = await calls.heard(arguments), await calls.heard(*beside)
        if first.known is None or then.known is None:
            no = first.no or then.no or no
            continue
        pairs += 1
        if isinstance(one.says, Narrows):
            why = added(one.says, first.known, then.known, known)
        else:
            why = differing(first.known, then.known, known)
        if why:
            wrong.append((example.text, why))
    return _judged(one, wrong, pairs, no or _wanted(one, pairs))


def _wanted(one: Ensures, pairs: int) -> str:
    """What an example would need for the property to be shown."""
    return "" if pairs else f"no `example` has two calls to compare for `{one.text}`"


def _judged(one: Ensures, wrong: Sequence[tuple[str, str]], calls: int, without: str) -> Promised:
    """`wrong` are the calls that break it, `without` says why there was none to tell."""
    if wrong:
        call, why = min(wrong, key=lambda pair: len(pair[1]))
        return Promised(
            head="ensures", text=one.text, verdict=Verdict.BROKEN, why=why, call=call, calls=calls, span=one.span
        )
    if calls:
        return Promised(head="ensures", text=one.text, verdict=Verdict.KEPT, calls=calls, span=one.span)
    return Promised(head="ensures", text=one.text, verdict=Verdict.UNTESTED, why=without or NO_CALL, span=one.span)


def _missing(heard: Mapping[str, Heard]) -> str:
    """Why no call tells of a property, where there were calls."""
    return "no call came back with a result of its type" if heard else ""


def _pinned(one: Called, heard: Heard) -> Promised:
    """Whether a call still gives what is pinned of it."""
    text = f"example {one.text}"
    if heard.known is None:
        why = "no call came back with a result of its type"
        return Promised(head="example", text=text, verdict=Verdict.UNTESTED, why=why, call=one.text, span=one.span)
    values: dict[str, Datum] = {**heard.known.values, **heard.known.items}
    values.update({pin.name: _gathered(pin.name, pin.low.type, values) for pin in one.pins if pin.name not in values})
    moved = unpinned(one, values)
    if not moved:
        return Promised(head="example", text=text, verdict=Verdict.KEPT, call=one.text, calls=1, span=one.span)
    pin, value = moved[0]
    why = f"{pin.name} = {_shown(value, pin.low.type)} and is pinned to {_range(pin)}"
    return Promised(head="example", text=text, verdict=Verdict.BROKEN, why=why, call=one.text, calls=1, span=one.span)


def _gathered(path: str, type: Type, values: Mapping[str, Datum]) -> Datum:
    """A field that is a record, put together from its own fields."""
    if isinstance(type, Record):
        return tuple((name, _gathered(f"{path}.{name}", of, values)) for name, of in type.fields)
    return values.get(path)


def _range(pin: Pin) -> str:
    low, high = show(pin.low.value, pin.low.type), show(pin.high.value, pin.high.type)
    return low if pin.low.value == pin.high.value else f"{low} .. {high}"


def _shown(value: Datum, type: Type) -> str:
    return "missing" if value is None else show(value, type)


def _span(promises: Promises, text: str) -> Span:
    return next(one.span for one in promises.examples if one.text == text)


async def rated(one: ClassRate, inputs: Sequence[Arguments], calls: Calls) -> Promised:
    """How often the condition of a rate holds over the calls of its file. Raises `Unusable`."""
    held = answered = 0
    no = ""
    for arguments in inputs:
        heard = await calls.heard(arguments)
        if heard.known is None:
            no = no or heard.no or (heard.misfit.text if heard.misfit else "")
            continue
        answered += 1
        held += so(one, heard.known)
    rate = Rate(held, answered)
    if not answered or answered < len(inputs):
        why = (
            f"{len(inputs) - answered:,} of {len(inputs):,} calls have no answer: {no}"
            if inputs
            else f"{one.file} is empty"
        )
        verdict = Verdict.UNANSWERED if inputs else Verdict.UNTESTED
        return Promised(head="rate", text=one.text, verdict=verdict, why=why, calls=answered, rate=rate, span=one.span)
    kept = Rate(answered - held, answered) if one.most else rate
    wanted = float(1 - one.share) if one.most else float(one.share)
    decision = decide(kept, wanted)
    verdict = {
        Told.HOLDS: Verdict.KEPT,
        Told.FAILS: Verdict.BROKEN,
        Told.UNDECIDED: Verdict.UNDECIDED,
        Told.NOTHING: Verdict.UNTESTED,
    }[decision.call]
    return Promised(
        head="rate",
        text=one.text,
        verdict=verdict,
        calls=answered,
        rate=rate,
        more=decision.more,
        span=one.span,
    )


def seen(heard: Mapping[str, Heard]) -> Mapping[str, Json]:
    """What each example's call gave, for a baseline."""
    return {text: one.value for text, one in heard.items() if not one.no}

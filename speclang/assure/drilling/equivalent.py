"""Whether what one model says can be read by whatever reads the other: the parts of a reply that code takes apart.

In: what passed between an application and two of its models. Out: why the one can't stand in for the other, or "".
Invariant: words are not compared, only forms: texts that are no JSON in either are alike. The form that the application asks for
(`response_format`) counts before the form that the first model happened to give.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from ...grading.record import Refusal, loaded
from ...kit.checks.json import problems
from ...run.drilling.proxy import Seen
from ...source.hashing import Json
from ...source.records import dataclass

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a model said: a text, and the arguments of the calls that it made, by tool."""

    text: str
    calls: tuple[tuple[str, str], ...]


def spoken(seen: Seen) -> Spoken | None:
    """What a model said in a reply that passed; None where it is not of the form of chat completions (a stream, say)."""
    body = _json(seen.said)
    match body:
        case {"choices": [{"message": {**message}}, *_]}:
            pass
        case _:
            return None
    text = message.get("content")
    calls: list[tuple[str, str]] = []
    listed = message.get("tool_calls")
    for call in listed if isinstance(listed, list) else ():
        match call:
            case {"function": {"name": str() as name, "arguments": str() as arguments}}:
                calls.append((name, arguments))
            case _:
                pass
    return Spoken(text if isinstance(text, str) else "", tuple(calls))


def wanted(seen: Seen) -> Mapping[str, Json] | None:
    """The JSON Schema that the application asks a model to keep to, if it does."""
    found = _json(seen.asked)
    for name in ("response_format", "json_schema", "schema"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else None


def unlike(first: Spoken, second: Spoken, schema: Mapping[str, Json] | None) -> str:
    """Why what reads `first` can't read `second`; "" where it can."""
    why = _unlike(first.text, second.text, schema)
    if why:
        return why
    known = dict(first.calls)
    for name, arguments in second.calls:
        why = _unlike(known[name], arguments, None) if name in known else ""
        if why:
            return f"in the arguments of `{name}`, {why}"
    return ""


def _unlike(first: str, second: str, schema: Mapping[str, Json] | None) -> str:
    model, other = _value(first), _value(second)
    if isinstance(model, Refusal) and schema is None:
        return ""
    if isinstance(other, Refusal):
        inner = second.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
        fenced = inner != second.strip() and not isinstance(_value(inner), Refusal)
        return "its JSON stands in a fence" if fenced else f"it is no JSON: {other.why}"
    if schema is not None:
        return next(problems(other, schema), "")
    return "" if isinstance(model, Refusal) else next(_differences(model, other, "$"), "")


def _differences(first: Json, second: Json, at: str) -> Iterator[str]:
    """How the form of `second` differs from that of `first`; `null` may stand for anything."""
    if first is None or second is None:
        return
    one, other = _form(first), _form(second)
    if one != other:
        yield f"`{at}` is {_called(second)}, where the first model says {_called(first)}"
    elif isinstance(first, Mapping) and isinstance(second, Mapping):
        for name, value in first.items():
            if name not in second:
                yield f"`{at}` has no `{name[:_SHOWN]}`, which the first model gives"
            else:
                yield from _differences(value, second[name], f"{at}.{name[:_SHOWN]}")
    elif one == "a list" and isinstance(first, Sequence) and isinstance(second, Sequence) and first:
        for number, value in enumerate(second):
            yield from _differences(first[0], value, f"{at}[{number}]")


def _form(value: Json) -> str:
    match value:
        case bool():
            return "yes or no"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case Mapping():
            return "an object"
        case _:
            return "a list"


def _called(value: Json) -> str:
    form = _form(value)
    return form if form in ("an object", "a list") else f"{form} ({json.dumps(value)[:_SHOWN]})"


def _json(body: bytes) -> Json:
    found = _value(body.decode("utf-8", "replace"))
    return None if isinstance(found, Refusal) else found


def _value(text: str) -> "Json | Refusal":
    return loaded(text.strip())

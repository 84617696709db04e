"""The steps of two conversations with one case, in a form in which what chance and clocks make differ is alike.

In: two recorded answers, and when each was given. Out: the steps of each: what was said, and which tool was called with what, and what it
returned. Three things make no difference: the order of keys; an ID that was made for the occasion; a time that is the time of the answer.
What is such an ID and such a time, decision 0690 says. Whatever stands in both conversations is compared as it stands.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from ...kit.answer import Answer, Said, ToolCall
from ...source.hashing import Json, canonical
from ...source.records import dataclass

CALL = "call"
"""The kind of a step that is a call; the others are called as who speaks."""

_RANDOM = re.compile(
    r"\b(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    r"|[0-7](?=[A-Z]{0,25}[0-9])[0-9A-HJKMNP-TV-Z]{25})\b"
)
"""UUIDs (RFC 9562) and ULIDs: nobody chooses one."""

_OPAQUE = re.compile(
    r"\b(?:[A-Za-z]{2,16}[_-](?=[A-Za-z]{0,63}[0-9])[A-Za-z0-9]{8,64}"
    r"|(?=[a-f]{0,63}[0-9])(?=[0-9]{0,63}[a-f])[0-9a-f]{16,64})\b"
)
"""What looks like a name that a program has made: `call_9f8e7d6c5b`, a hash. It counts only where a tool hands it out."""

_NAMED = re.compile(r"(?:^|_)id$|Id$|ID$")
"""The keys of a tool's result under which it hands out an ID, whatever that looks like."""

_WORD = re.compile(r"[\w-]+")

_TIME = re.compile(
    r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2}\b)?"
    r"|(?<!\w)(?<!\w\.)[0-9]{10}(?:[0-9]{3})?(?!\w|\.[0-9])"
)
"""A date with a time of day (RFC 3339), or the seconds or milliseconds since 1970."""

_YEAR = re.compile(r"[0-9]{4}")
"""What stands in every time, and is looked for much faster."""

_NEAR = timedelta(days=1)
"""How far from when an answer was given a time is still the time of the answer, in whatever zone it is told."""

_SHORTEST = 4
"""An ID of fewer characters is known by its key alone: in a text, any number may look like it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, numbered from 1. `name` is the tool's, or who speaks; `arguments` and `result` are a call's, `text` is what was said."""

    number: int
    kind: str
    name: str
    arguments: Mapping[str, Json]
    result: Json
    text: str

    @property
    def content(self) -> str:
        """All of it but the number: two steps with the same are the same step."""
        return canonical([self.kind, self.name, self.arguments, self.result, self.text])


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, and when it was given, as the store writes it."""

    answer: Answer
    made: str


def steps(before: Told, after: Told) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps of both."""
    one, other = _Talk(before), _Talk(after)
    return one.steps(other), other.steps(one)


class _Talk:
    """One conversation, and the IDs in it. `stands` is all that stands in it as a whole value, as a word or as a time."""

    __slots__ = ("_ids", "_moment", "_steps", "stands")

    def __init__(self, told: Told) -> None:
        self._steps = told.answer.steps or (Said("assistant", told.answer.text),)
        self._moment = _moment(told.made)
        self._ids = dict(self._made())
        self.stands: set[str] = set()
        for one in self._steps:
            for _, text in _texts(_data(one)):
                self.stands.add(text)
                self.stands.update(_WORD.findall(text))
                self.stands.update(_TIME.findall(text) if _YEAR.search(text) else ())

    def steps(self, other: "_Talk") -> tuple[Step, ...]:
        """The steps, in which what this conversation alone has of IDs and times is called by where it comes from."""
        own = {id: name for id, name in self._ids.items() if id not in other.stands}

        def word(found: re.Match[str]) -> str:
            return own.get(found[0], found[0]) if len(found[0]) >= _SHORTEST else found[0]

        def plain(text: str) -> str:
            if text in own:
                return own[text]
            if _YEAR.search(text):
                text = _TIME.sub(lambda found: self._timed(found[0], other), text)
            return text if own.keys().isdisjoint(_WORD.findall(text)) else _WORD.sub(word, text)

        return tuple(_step(number, _mapped(_data(one), plain), one) for number, one in enumerate(self._steps, 1))

    def _timed(self, text: str, other: "_Talk") -> str:
        """`text`, which is a time, as it is compared."""
        if self._moment is None or text in other.stands:
            return text
        found = _instant(text)
        return "‹time›" if found is not None and abs(found - self._moment) <= _NEAR else text

    def _made(self) -> Iterator[tuple[str, str]]:
        """The IDs that were made for the occasion, each with a name for where it first stands."""
        seen: dict[str, int] = {}
        known: set[str] = set()
        for one in self._steps:
            who = one.tool if isinstance(one, ToolCall) else one.role
            seen[who] = seen.get(who, 0) + 1
            for place, id in _ids(one):
                if id not in known:
                    known.add(id)
                    yield id, f"‹id from {who} {seen[who]}{place}›"


def _ids(one: Said | ToolCall) -> Iterator[tuple[str, str]]:
    """What may be an ID in a step, with its place in it."""
    for path, text in _texts(_data(one)):
        place = "".join(f"/{part}" for part in path[1:])
        handed = path[0] == "result"
        if handed and path[-1] and _NAMED.search(path[-1]):
            yield place, text
            continue
        for pattern in (_RANDOM, _OPAQUE) if handed else (_RANDOM,):
            for number, found in enumerate(pattern.finditer(text)):
                yield f"{place}:{number}" if number else place, found[0]


def _data(one: Said | ToolCall) -> Json:
    if isinstance(one, ToolCall):
        return {"arguments": one.arguments, "result": one.result}
    return {"text": one.text}


def _texts(value: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text and number in `value`, as text, with the keys that lead there; keys in the order of their names."""
    match value:
        case Mapping():
            for name in sorted(value):
                yield from _texts(value[name], (*path, name))
        case str():
            yield path, value
        case bool() | None:
            return
        case int() | float():
            yield path, str(value)
        case _:
            for number, one in enumerate(value):
                yield from _texts(one, (*path, str(number)))


def _mapped(value: Json, plain: Callable[[str], str]) -> Json:
    """`value` with every text as `plain` has it; a number that stands for something else becomes that."""
    match value:
        case Mapping():
            return {name: _mapped(one, plain) for name, one in value.items()}
        case str():
            return plain(value)
        case bool() | None:
            return value
        case int() | float():
            said = plain(str(value))
            return value if said == str(value) else said
        case _:
            return [_mapped(one, plain) for one in value]


def _step(number: int, data: Json, one: Said | ToolCall) -> Step:
    held = data if isinstance(data, Mapping) else {}
    if isinstance(one, ToolCall):
        arguments = held.get("arguments")
        known = arguments if isinstance(arguments, Mapping) else {}
        return Step(number, CALL, one.tool, known, held.get("result"), "")
    return Step(number, one.role, one.role, {}, None, str(held.get("text", "")))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _instant(text: str) -> datetime | None:
    """The moment that a time tells."""
    if text.isdigit():
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC)
    return _moment(text)


def differing(before: Json, after: Json, path: str = "") -> Iterator[tuple[str, Json, Json]]:
    """Where two values differ, as far inside as can be told: the way there, as `items[0].id`, and both values."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted({*before, *after}):
            if name not in before or name not in after or before[name] != after[name]:
                inner = f"{path}.{name}" if path else name
                yield from differing(before.get(name), after.get(name), inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            if one != other:
                yield from differing(one, other, f"{path}[{number}]")
    elif canonical(before) != canonical(after):
        yield path, before, after

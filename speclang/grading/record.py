"""One line of recorded answers: what was said and done in one run, and of which case it was.

In: the bytes of a line. Out: a `Record`, or a `Refusal` that says what is wrong with the line.
Invariant: total and bounded: whatever the bytes are, one of the two comes back, and nothing in it is nested deeper than `DEEPEST`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import isfinite

from ..kit.answer import Answer, Said
from ..kit.checks.json import nesting
from ..source.hashing import OBJECT, Json
from ..source.records import dataclass, field
from ..source.suggest import nearest
from .batch import is_result, unpacked
from .messages import Malformed, Spoken, spoken

VERSION = 1
"""The version of the form of recorded answers."""

DEEPEST = 64
"""How deep objects and lists may be nested in a line."""

MOST = 200_000
"""How many opening brackets a line may hold, be they of objects and lists or in a text."""

FIELDS = (
    "version", "feature", "case", "model", "sample", "text", "messages", "measured", "expect", "base",
)  # fmt: skip
"""The fields that are read; others are left alone."""

_READ = frozenset(FIELDS)
_WANTED = 200
_SURROGATE = re.compile("[\ud800-\udfff]")


class Fault(StrEnum):
    """What is wrong with a line, roughly."""

    NOT_JSON = "not_json"
    FORM = "form"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that is no recorded answer: `why` in words, and from which code point of the line on, where that is known."""

    fault: Fault
    why: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Expect:
    """What an answer that belongs to no case is expected to do: exactly these calls of tools that change something."""

    calls: tuple[Mapping[str, Json], ...]
    only: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Record:
    """One recorded answer. `feature`, `case` and `model` are "" where they are not told.

    `bare` is true where nothing tells what the user said. `unread` are the names of further fields, as they stand in the line.
    """

    line: int
    feature: str
    case: str
    model: str
    sample: int
    answer: Answer
    bare: bool
    expect: Expect | None = None
    unread: tuple[str, ...] = field(default=())


def read(data: bytes, line: int) -> Record | Refusal:
    """The answer that the line numbered `line` holds."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as problem:
        where = len(data[: problem.start].decode("utf-8", "replace"))
        return Refusal(Fault.NOT_JSON, f"byte {problem.start + 1:,} is not UTF-8", where)
    found = loaded(text)
    if isinstance(found, Refusal):
        return found
    try:
        return record(found, line)
    except Malformed as problem:
        return Refusal(Fault.FORM, str(problem))


def record(value: Json, line: int) -> Record:
    """The answer that `value` describes, which is what a line holds. Raises `Malformed`."""
    found = _object(value, "a line")
    batched = is_result(found)
    found = unpacked(found) if batched else found
    version = found.get("version", VERSION)
    if version != VERSION or isinstance(version, bool):
        raise Malformed(f"`version` is {_brief(version)}, and this specc reads {VERSION}")
    if found.get("text") is None and found.get("messages") is None:
        typo = next((near for name in found if (near := nearest(name, ("text", "messages")))), None)
        raise Malformed("neither `text` nor `messages` is there" + (f"; did you mean `{typo}`" if typo else ""))
    talk = _spoken(found)
    sample = found.get("sample")
    if sample is not None and (not isinstance(sample, int) or isinstance(sample, bool) or abs(sample) > 10**15):
        raise Malformed("`sample` is no whole number")
    base = found.get("base")
    compared = None if base is None else _answer(_spoken(_object(base, "`base`")), {})
    return Record(
        line=line,
        feature=_text(found, "feature"),
        case=_text(found, "case"),
        model=_text(found, "model"),
        sample=sample or 0,
        answer=_answer(talk, _measured(found), compared),
        bare=batched or found.get("messages") is None,
        expect=_expect(found),
        unread=() if found.keys() <= _READ else tuple(name for name in found if name not in _READ),
    )


def loaded(text: str) -> "Json | Refusal":
    """The JSON value that `text` is, or why none is read."""
    opened = text.count("[") + text.count("{")
    if opened > MOST:
        return Refusal(Fault.TOO_MUCH, f"it holds more than {MOST:,} opening brackets")
    if opened > DEEPEST and nesting(text) > DEEPEST:
        return Refusal(Fault.TOO_MUCH, f"it is nested more than {DEEPEST} deep")
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError as problem:
        return Refusal(Fault.NOT_JSON, f"{problem.msg[:1].lower()}{problem.msg[1:]}", problem.pos)
    except _Constant as problem:
        return Refusal(Fault.NOT_JSON, f"{problem} is not JSON")
    except (ValueError, RecursionError):
        return Refusal(Fault.NOT_JSON, "a number has more digits than are read")
    return _clean(value) if "\\u" in text else value


class _Constant(ValueError):
    """`NaN` or `Infinity`, which Python reads and JSON does not have."""


def _refused(constant: str) -> float:
    raise _Constant(constant)


_DECODER = json.JSONDecoder(parse_constant=_refused)


def _clean(value: Json) -> Json:
    """`value` with halves of characters, which no text can hold, replaced by U+FFFD."""
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case Mapping():
            return {_SURROGATE.sub("\ufffd", name): _clean(one) for name, one in value.items()}
        case list():
            return [_clean(one) for one in value]
        case _:
            return value


def _spoken(found: Mapping[str, Json]) -> Spoken:
    messages = found.get("messages")
    talk = spoken(_list(messages, "`messages`")) if messages is not None else Spoken("", ())
    if found.get("text") is None:
        return talk
    text = _text(found, "text")
    last = talk.steps[-1] if talk.steps else None
    if not text or last == Said("assistant", text):
        return Spoken(text, talk.steps)
    return Spoken(text, (*talk.steps, Said("assistant", text)))


def _answer(talk: Spoken, measured: Mapping[str, float], base: Answer | None = None) -> Answer:
    return Answer(talk.text, talk.steps, measured, base)


def _measured(found: Mapping[str, Json]) -> dict[str, float]:
    measured: dict[str, float] = {}
    for name, value in _object(found.get("measured") or {}, "`measured`").items():
        if value is None:
            continue
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise Malformed(f"`measured.{_name(name)}` is no number")
        try:
            measured[name] = float(value)
        except OverflowError:
            measured[name] = float("inf")
        if not isfinite(measured[name]):
            raise Malformed(f"`measured.{_name(name)}` is no number that can be compared")
    return measured


def _expect(found: Mapping[str, Json]) -> Expect | None:
    value = found.get("expect")
    if value is None:
        return None
    expected = _object(value, "`expect`")
    calls: list[Mapping[str, Json]] = []
    wanted = _list(expected.get("calls"), "`expect.calls`")
    if len(wanted) > _WANTED:
        raise Malformed(f"`expect.calls` lists {len(wanted):,} calls, more than the {_WANTED} that are read")
    for number, one in enumerate(wanted):
        where = f"`expect.calls[{number}]`"
        call = _object(one, where)
        if not isinstance(call.get("tool"), str):
            raise Malformed(f"{where} names no `tool`")
        _object(call.get("arguments") or {}, f"the `arguments` of {where}")
        if call.get("compare") is not None and not all(
            isinstance(one, str) for one in _list(call["compare"], f"the `compare` of {where}")
        ):
            raise Malformed(f"the `compare` of {where} is no list of names")
        calls.append(call)
    only = expected.get("only")
    if only is None:
        return Expect(tuple(calls), None)
    names = [one for one in _list(only, "`expect.only`") if isinstance(one, str)]
    return Expect(tuple(calls), tuple(names))


def _text(found: Mapping[str, Json], name: str) -> str:
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(f"`{name}` is no text")
    return value


def _object(value: Json, what: str) -> Mapping[str, Json]:
    if not isinstance(value, OBJECT):
        raise Malformed(f"{what} is no object")
    return value


def _list(value: Json, what: str) -> Sequence[Json]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Malformed(f"{what} is no list")
    return value


def _name(name: str) -> str:
    return name[:40]


def _brief(value: Json) -> str:
    return f"`{json.dumps(value)[:40]}`"

"""Spans as OTLP writes them in JSON: its values, IDs and times as plain data, and back.

In: a JSON value, as a collector's file exporter writes one on each line. Out: `Span`s, or `Malformed`.
Invariant: total and bounded: whatever stands in the file, spans come back or the reason why not; a span that is read and written is equal.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import isfinite

from ...source.hashing import Json, canonical
from ...source.records import dataclass
from ..messages import Malformed

MOST = 100_000
"""How many spans of one file are read."""

_DEEPEST = 64
_FAILED = 2
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One span: `resource` and `attributes` as plain data, times in nanoseconds of the clock of whoever wrote it, 0 where it has none.

    `events` are the attributes of its events, in order. `kind` is OTLP's number; `failed` says that its status is an error, of which
    `message` tells.
    """

    trace: str
    id: str
    name: str
    start: int
    end: int
    parent: str = ""
    kind: int = 1
    resource: tuple[tuple[str, Json], ...] = ()
    attributes: tuple[tuple[str, Json], ...] = ()
    events: tuple[tuple[tuple[str, Json], ...], ...] = ()
    failed: bool = False
    message: str = ""

    def get(self, name: str) -> Json:
        """The attribute called `name`, also where an event of the span has it; None where none has."""
        for known in (self.attributes, *self.events):
            for key, value in known:
                if key == name:
                    return value
        return None

    def text(self, name: str) -> str:
        """The same as a text; "" where it is none."""
        found = self.get(name)
        return found if isinstance(found, str) else ""

    @property
    def clock(self) -> str:
        """Whose clock its times are of: that of its resource."""
        return canonical(self.resource)


def read(value: Json) -> Iterator[Span]:
    """The spans of one JSON value of OTLP. Raises `Malformed`."""
    listed = _member(_object(value, "what is read"), "resourceSpans", "resource_spans")
    if listed is None:
        raise Malformed("it has no `resourceSpans`; OTLP in JSON begins with them")
    for of_resource in _objects(listed, "`resourceSpans`"):
        resource = _attributes(_member(_object(of_resource.get("resource") or {}, "a `resource`"), "attributes"))
        scopes = _member(of_resource, "scopeSpans", "scope_spans") or ()
        for scope in _objects(scopes, "`scopeSpans`"):
            for one in _objects(scope.get("spans") or (), "`spans`"):
                yield _span(one, resource)


def _span(one: Mapping[str, Json], resource: tuple[tuple[str, Json], ...]) -> Span:
    trace, id = _id(_member(one, "traceId", "trace_id")), _id(_member(one, "spanId", "span_id"))
    if not id or not trace:
        raise Malformed("a span has no `traceId` or no `spanId`")
    status = _object(one.get("status") or {}, "a `status`")
    events = _objects(one.get("events") or (), "`events`")
    return Span(
        trace=trace,
        id=id,
        parent=_id(_member(one, "parentSpanId", "parent_span_id")),
        name=_text(one.get("name")),
        kind=_number(one.get("kind")) or 1,
        start=_number(_member(one, "startTimeUnixNano", "start_time_unix_nano")),
        end=_number(_member(one, "endTimeUnixNano", "end_time_unix_nano")),
        resource=resource,
        attributes=_attributes(one.get("attributes")),
        events=tuple(_attributes(event.get("attributes")) for event in events),
        failed=status.get("code") in (_FAILED, "STATUS_CODE_ERROR"),
        message=_text(status.get("message")),
    )


def _attributes(listed: Json) -> tuple[tuple[str, Json], ...]:
    pairs = _objects(listed or (), "`attributes`")
    return tuple((_text(one.get("key")), _value(one.get("value"), 0)) for one in pairs)


def _value(held: Json, depth: int) -> Json:
    """What a value of OTLP holds. A number of 64 bits stands in a text there."""
    if depth > _DEEPEST:
        raise Malformed(f"a value is nested more than {_DEEPEST} deep")
    value = _object(held or {}, "a value")
    for name, found in value.items():
        match name:
            case "stringValue" | "string_value":
                return _text(found)
            case "boolValue" | "bool_value":
                return found is True
            case "intValue" | "int_value":
                return _number(found)
            case "doubleValue" | "double_value":
                return _double(found)
            case "bytesValue" | "bytes_value":
                return _text(found)
            case "arrayValue" | "array_value":
                values = _member(_object(found or {}, "an array"), "values") or ()
                return [_value(one, depth + 1) for one in _list(values, "the `values` of an array")]
            case "kvlistValue" | "kvlist_value":
                pairs = _member(_object(found or {}, "a list of pairs"), "values") or ()
                return {
                    _text(one.get("key")): _value(one.get("value"), depth + 1) for one in _objects(pairs, "`values`")
                }
            case _:
                continue
    return None


def _double(found: Json) -> Json:
    if isinstance(found, int | float) and not isinstance(found, bool):
        return float(found) if abs(found) < 1e300 and isfinite(found) else None
    return None  # `NaN` and `Infinity` stand in texts, and are no values of JSON


def _number(found: Json) -> int:
    """A number of 64 bits, which JSON holds as a text; 0 for what is none."""
    if isinstance(found, bool):
        return 0
    if isinstance(found, int):
        return found if abs(found) < 2**64 else 0
    if isinstance(found, float):
        return int(found) if isfinite(found) and abs(found) < 2**64 else 0
    if isinstance(found, str) and found.lstrip("-").isascii() and found.lstrip("-").isdigit() and len(found) <= 20:
        return int(found) if found.count("-") <= 1 else 0
    return 0


def _id(found: Json) -> str:
    """An ID in small hexadecimal digits; some write it as base64, as JSON of protocol buffers has bytes. "" for none."""
    text = _text(found)
    if not text or len(text) > _LONGEST_ID or not text.strip("0"):
        return ""
    if all(one in "0123456789abcdefABCDEF" for one in text):
        return text.lower()
    try:
        return base64.b64decode(text, validate=True).hex()
    except (binascii.Error, ValueError):
        raise Malformed("an ID of a span is neither hexadecimal nor base64") from None


def _member(found: Mapping[str, Json], *names: str) -> Json:
    return next((found[name] for name in names if found.get(name) is not None), None)


def _text(found: Json) -> str:
    return found if isinstance(found, str) else ""


def _object(value: Json, what: str) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise Malformed(f"{what} is no object")
    return value


def _list(value: Json, what: str) -> Sequence[Json]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Malformed(f"{what} is no list")
    return value


def _objects(value: Json, what: str) -> Iterator[Mapping[str, Json]]:
    return (_object(one, f"one of {what}") for one in _list(value, what))


def written(spans: Iterable[Span], scope: str, version: str, schema: str) -> Json:
    """`spans` as one value of OTLP; those that follow each other and are of one resource stand together."""
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": _pairs(resource)},
                "scopeSpans": [
                    {
                        "scope": {"name": scope, "version": version},
                        "spans": [_written(one) for one in group],
                        "schemaUrl": schema,
                    }
                ],
                "schemaUrl": schema,
            }
            for resource, group in groupby(spans, key=lambda one: one.resource)
        ]
    }


def _written(one: Span) -> Json:
    return {
        "traceId": one.trace,
        "spanId": one.id,
        **({"parentSpanId": one.parent} if one.parent else {}),
        "name": one.name,
        "kind": one.kind,
        "startTimeUnixNano": str(one.start),
        "endTimeUnixNano": str(one.end),
        "attributes": _pairs(one.attributes),
        "status": {"code": _FAILED, "message": one.message} if one.failed else {},
    }


def _pairs(attributes: Iterable[tuple[str, Json]]) -> Json:
    return [{"key": name, "value": _held(value)} for name, value in attributes]


def _held(value: Json) -> Json:
    """`value` as OTLP holds it."""
    match value:
        case None:
            return {}
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value)}
        case float():
            return {"doubleValue": value}
        case str():
            return {"stringValue": value}
        case Mapping():
            return {"kvlistValue": {"values": _pairs(value.items())}}
        case _:
            return {"arrayValue": {"values": [_held(one) for one in value]}}

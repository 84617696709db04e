"""Any stage of the compilation as JSON, for people who want to look at it.

In: a stage's value. Out: JSON-like data: each node as `{"type": …, field: …}`, spans as `file:unit:start-end`.
Invariant: for looking only; no other program reads this shape, and it may change with any version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from ..source.hashing import Json
from ..source.span import Span


def dump(value: object) -> Json:
    """`value` as JSON-like data."""
    match value:
        case Span():
            return f"{value.unit.file}:{value.unit.key}:{value.start}-{value.end}"
        case Enum():
            return str(value.value)
        case None | bool() | int() | str():
            return value
        case Decimal() | date():
            return str(value)
        case Mapping():
            return {str(key): dump(inner) for key, inner in value.items()}
        case Sequence():
            return [dump(inner) for inner in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            inner = {field.name: dump(getattr(value, field.name)) for field in fields(value)}
            return {"type": type(value).__name__, **inner}
        case _:
            return {"type": type(value).__name__, **{str(key): dump(inner) for key, inner in _members(value)}}


def _members(value: object) -> list[tuple[str, object]]:
    """The fields of a kind's schema, in the order declared; anything else shows as it prints."""
    declared = getattr(type(value), "model_fields", None)
    if declared is None:
        return [("value", str(value))]
    return [(name, getattr(value, name)) for name in declared]

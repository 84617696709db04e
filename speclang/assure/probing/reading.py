"""What a real tool gives back, as values of the types that the spec declares.

In: JSON and a type. Out: a value, or where it is none of the type and why.
Fields may come in any order, and more of them than the spec knows; what is optional may be left out.
"""

from collections.abc import Mapping, Sequence

from ...source.hashing import Json
from ...source.records import dataclass
from ...values.errors import Problem
from ...values.literals import from_json
from ...values.types import Datum, ListOf, Optional, Record, Type


@dataclass(frozen=True, slots=True)
class Misfit:
    """At `path` of a result, something is not of its type."""

    path: str
    why: str

    @property
    def text(self) -> str:
        """Where and why."""
        return f"{self.path}: {self.why}" if self.path else self.why


def read(data: Json, type: Type, path: str = "") -> "Datum | Misfit":
    """The value of `type` that `data` is."""
    match type:
        case Optional(of):
            return None if data is None else read(data, of, path)
        case Record():
            return _record(data, type, path)
        case ListOf(of):
            if isinstance(data, str) or not isinstance(data, Sequence):
                return Misfit(path, "it is not a list")
            items: list[Datum] = []
            for at, one in enumerate(data, 1):
                item = read(one, of, f"{path}[{at}]")
                if isinstance(item, Misfit):
                    return item
                items.append(item)
            return tuple(items)
        case _:
            value = from_json(data, type)
            return Misfit(path, value.title) if isinstance(value, Problem) else value


def _record(data: Json, type: Record, path: str) -> "Datum | Misfit":
    if not isinstance(data, Mapping):
        return Misfit(path, "it is not an object with fields")
    fields: list[tuple[str, Datum]] = []
    for name, of in type.fields:
        here = f"{path}.{name}" if path else name
        if name not in data and not isinstance(of, Optional):
            return Misfit(here, "it is not there")
        value = read(data.get(name), of, here)
        if isinstance(value, Misfit):
            return value
        fields.append((name, value))
    return tuple(fields)

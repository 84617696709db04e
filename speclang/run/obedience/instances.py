"""Values that a JSON Schema of ours allows.

In: a schema as the kinds write it, and values by name that should stand where they fit. Out: values, the likeliest first.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from ...source.hashing import Json

_MOST = 32
_DEEPEST = 12


def instances(schema: Json, known: Mapping[str, Json]) -> Iterator[Json]:
    """Some values that `schema` allows; anything, where it says nothing."""
    yield from islice(_values(schema, known, "", 0), _MOST)


def _values(schema: Json, known: Mapping[str, Json], name: str, depth: int) -> Iterator[Json]:
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        yield {}
        return
    if name in known:
        yield known[name]
    enum, options = schema.get("enum"), schema.get("anyOf")
    if isinstance(enum, Sequence) and not isinstance(enum, str):
        yield from enum
        return
    if isinstance(options, Sequence) and not isinstance(options, str):
        for one in options:
            yield from _values(one, known, name, depth + 1)
        return
    match schema.get("type"):
        case "object":
            yield from _objects(schema, known, depth)
        case "array":
            yield [next(_values(schema.get("items"), known, name, depth + 1), None)]
            yield []
        case "boolean":
            yield from (True, False)
        case "integer" | "number":
            low = schema.get("minimum")
            yield low if isinstance(low, int | float) else 1
        case "null":
            yield None
        case _:
            yield "2025-01-31" if "[0-9]{4}" in str(schema.get("pattern", "")) else "text"


def _objects(schema: Mapping[str, Json], known: Mapping[str, Json], depth: int) -> Iterator[Json]:
    properties = schema.get("properties")
    members = properties if isinstance(properties, Mapping) else {}
    choices = [tuple(islice(_values(one, known, name, depth + 1), 3)) for name, one in members.items()]
    for values in islice(product(*choices), _MOST):
        yield dict(zip(members, values, strict=True))

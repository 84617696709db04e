"""Checks of JSON answers: well-formed, and of the right shape.

An answer may stand in a Markdown fence, as IFEval allows. Depth is bounded before parsing; a schema is applied without
ever fetching another, and its patterns run in RE2.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from ...source.hashing import Json, canonical
from ..answer import Answer, Verdict
from .evidence import quote
from .judging import Unjudged, judged
from .regex import compiled

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

DEEPEST = 100
"""How deep objects and lists may be nested in an answer that has a shape."""

DEEPEST_BARE = 500
"""How deep they may be where any JSON does: the published check goes on until Python's stack ends, at about 990."""

_FENCES = ("```json", "```Json", "```JSON", "```")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


@judged
def is_json(answer: Answer, *, schema: Mapping[str, Json] | None = None) -> Verdict:
    """The answer is one JSON value and nothing else (IFEval), which has the shape that `schema` tells."""
    text = unfenced(answer.text)
    deepest = DEEPEST_BARE if schema is None else DEEPEST
    if (depth := nesting(text)) > deepest:
        return Verdict(False, f"the JSON is nested {depth:,} deep, more than the {deepest} that are read")
    try:
        # Bare JSON follows the published check, which takes NaN and Infinity; a schema asks for standard JSON.
        value: Json = json.loads(text) if schema is None else json.loads(text, parse_constant=_refused)
    except RecursionError:
        return Verdict(False, "the JSON is nested deeper than can be read")
    except ValueError as wrong:
        return Verdict(False, f"not JSON: {_reason(wrong)}; the answer starts with {quote(text)}")
    if schema is None:
        return Verdict(True, f"JSON that starts with {quote(text)}")
    for problem in problems(value, schema):
        return Verdict(False, problem)
    return Verdict(True, "JSON of the shape asked for")


def unfenced(text: str) -> str:
    """`text` without white space and one Markdown fence around it, taken off in the published order."""
    body = text.strip()
    for fence in _FENCES:
        body = body.removeprefix(fence)
    return body.removesuffix("```").strip()


def nesting(text: str) -> int:
    """How deep brackets outside of strings are nested in `text`, be it JSON or not."""
    depth = deepest = 0
    for piece in _PIECE.finditer(text):
        if piece[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif piece[0] in "]}":
            depth -= 1
    return deepest


def problems(value: Json, schema: Mapping[str, Json]) -> Iterator[str]:
    """What about `value` does not fit `schema`, one sentence each."""
    from jsonschema.exceptions import SchemaError
    from referencing.exceptions import Unresolvable

    try:
        for error in _validator(canonical(schema)).iter_errors(value):
            place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
            yield f"at {quote(place.lstrip('.') or 'the top')}: {_clipped(error.message)}"
    except SchemaError as wrong:
        raise Unjudged(f"the schema is not valid: {_clipped(wrong.message)}") from wrong
    except Unresolvable as wrong:
        raise Unjudged(f"the schema refers to {quote(wrong.ref)}, and nothing is fetched") from wrong
    except RecursionError as wrong:
        raise Unjudged("the schema refers to itself without end") from wrong


@lru_cache(maxsize=64)
def _validator(schema: str) -> "Validator":
    """The validator of the schema whose canonical JSON is `schema`: no network, no backtracking."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend
    from referencing import Registry

    def pattern(_: "Validator", wanted: str, instance: object, __: object) -> Iterator[ValidationError]:
        if isinstance(instance, str):
            program = compiled(wanted)
            if isinstance(program, str):
                raise Unjudged(f"the pattern {quote(wanted)} can't be read: {program}")
            if not program.search(instance.encode("utf-8", "replace").decode("utf-8")):
                yield ValidationError(f"{quote(instance)} does not match {quote(wanted)}")

    def refused(_: "Validator", __: object, ___: object, ____: object) -> Iterator[ValidationError]:
        raise Unjudged("the schema uses `patternProperties`, which is not supported")

    loaded = json.loads(schema)
    Draft202012Validator.check_schema(loaded)
    safe = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"pattern": pattern, "patternProperties": refused}
    )
    validator: Validator = safe(loaded, registry=Registry())
    return validator


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def _reason(wrong: ValueError) -> str:
    if isinstance(wrong, json.JSONDecodeError):
        return f"{wrong.msg[:1].lower()}{wrong.msg[1:]} at line {wrong.lineno}, column {wrong.colno}"
    return str(wrong)[:80]


def _clipped(message: str) -> str:
    """A message of the library without its value's full text, which may be long and hold anything."""
    return quote(message)[1:-1] if len(message) <= 60 else quote(message[:60])[1:-1] + "…"

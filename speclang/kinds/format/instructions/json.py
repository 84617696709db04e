"""`json`: the answer is JSON and nothing else (IFEval's `json_format`).

A Markdown fence around it is taken off, white space too. Any JSON value does, as `7` or `"yes"`; `NaN` does where no shape is
asked for, as Python reads it.

`json { total: money(USD), note: text }` asks for an object of that shape. Numbers of every kind are JSON numbers, dates
ISO 8601 texts, members of an enum texts. An optional field may be missing or null; fields not named are refused.
"""

from decimal import Decimal
from typing import assert_never

from ....kit.schema import Term
from ....source.hashing import Json
from ....values import types, units
from ..constraint import Bait, Constraint, Fact, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare

_BAITS = (
    Bait("explain", "Please explain your result in a few sentences before you give it."),
    Bait("greeting", "Hi! How are you today? Be friendly and chat with me."),
)
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def read(term: Term) -> Constraint | Misread:
    """Whether JSON is wanted, and of which shape."""
    phrase = Phrase(Form.MANNER, ("with valid JSON and nothing else",))
    facts = (Fact("wrapping", "JSON"),)
    if not term.values or term.op:
        negative = Phrase(Form.MANNER, ("in JSON",))
        return bare(term, check="is_json", phrase=phrase, negative=negative, facts=facts, baits=_BAITS)
    shape = term.values[0].shape
    if shape is None or len(term.values) > 1:
        return Misread("it takes a shape in braces, or nothing", term.values[0].span)
    if not isinstance(shape, types.Record):
        return Misread("the shape of an answer is a record in braces", term.values[0].span)
    fields = tuple(f'"{name}" ({described(kind)})' for name, kind in shape.fields)
    many = "fields" if len(fields) > 1 else "field"
    return Constraint(
        slug="json",
        check="is_json",
        settings=(("schema", schema(shape), term.values[0].span),),
        phrase=Phrase(Form.MANNER, (f"with one JSON object and nothing else, with the {many} {_series(fields)}",)),
        negative=None,
        facts=facts,
        baits=_BAITS,
        span=term.span,
    )


def schema(kind: types.Type) -> dict[str, Json]:
    """`kind` as JSON Schema (2020-12)."""
    match kind:
        case types.Bool():
            return {"type": "boolean"}
        case types.Enum():
            return {"type": "string", "enum": kind.members}
        case types.Numeric():
            whole = kind.dimension == "" and kind.step == kind.step.to_integral_value() and kind.step >= 1
            found: dict[str, Json] = {"type": "integer" if whole else "number"}
            if kind.low is not None:
                found["minimum"] = _number(_own(kind.low, kind))
            if kind.high is not None:
                found["maximum"] = _number(_own(kind.high, kind))
            return found
        case types.Date():
            return {"type": "string", "pattern": _DATE}
        case types.Text():
            return {"type": "string", "pattern": f"^(?:{kind.pattern})$"} if kind.pattern else {"type": "string"}
        case types.Optional():
            return {"anyOf": (schema(kind.of), {"type": "null"})}
        case types.ListOf():
            return {"type": "array", "items": schema(kind.of)}
        case types.Record():
            return {
                "type": "object",
                "properties": {name: schema(of) for name, of in kind.fields},
                "required": tuple(name for name, of in kind.fields if not isinstance(of, types.Optional)),
                "additionalProperties": False,
            }
        case _:
            assert_never(kind)


def described(kind: types.Type) -> str:
    """`kind` in words, for the prompt."""
    match kind:
        case types.Bool():
            return "true or false"
        case types.Enum():
            shown = tuple(f'"{member}"' for member in kind.members)
            return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
        case types.Numeric():
            return _measured(kind)
        case types.Date():
            return "a date as YYYY-MM-DD"
        case types.Text():
            return "text"
        case types.Optional():
            return f"{described(kind.of)}, or null"
        case types.ListOf():
            return f"a list of {described(kind.of)}"
        case types.Record():
            return "an object with " + _series(tuple(f'"{name}" ({described(of)})' for name, of in kind.fields))
        case _:
            assert_never(kind)


def _measured(kind: types.Numeric) -> str:
    match kind.dimension.partition(":")[0]:
        case "":
            shown = "a whole number" if kind.step == kind.step.to_integral_value() else "a number"
        case "money":
            shown = f"an amount in {kind.unit}, as a number"
        case "percent":
            shown = "a percentage, as a number"
        case _:
            shown = f"a number of {kind.unit}"
    low = None if kind.low is None else f"{_own(kind.low, kind):,f}"
    high = None if kind.high is None else f"{_own(kind.high, kind):,f}"
    if low is not None and high is not None:
        return f"{shown} from {low} to {high}"
    if low is not None:
        return f"{shown}, at least {low}"
    return f"{shown}, at most {high}" if high is not None else shown


def _own(value: Decimal, kind: types.Numeric) -> Decimal:
    """`value`, kept in base units, in the type's own unit, which is what an answer is counted in."""
    unit = units.own_unit(kind)
    return value if unit is None else units.EXACT.divide(value, unit.size)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _series(parts: tuple[str, ...]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


INSTRUCTION = Instruction(
    "json",
    "json { total: decimal, note: text }",
    read,
    (
        Try("json", '{"ok": true}', True, "an object"),
        Try("json", '```json\n{"ok": true}\n```', True, "in a Markdown fence"),
        Try("json", 'Here you are: {"ok": true}', False, "words before it"),
        Try("json", "{ok: true}", False, "not JSON"),
        Try("json { total: decimal, note: text }", '{"total": 9.5, "note": "ok"}', True, "the shape asked for"),
        Try("json { total: decimal, note: text }", '{"total": "9.5", "note": "ok"}', False, "a text for a number"),
        Try("json { total: decimal, note: text }", '{"total": 9.5}', False, "a field is missing"),
        Try("json { total: decimal, note: text }", '{"total": 1, "note": "", "x": 1}', False, "a field too many"),
        Try("json { total: decimal, note: text }", '[{"total": 9.5, "note": "ok"}]', False, "a list"),
    ),
)

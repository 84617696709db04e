"""Tools and the types of their arguments as chat APIs and JSON Schema describe them.

In: a tool as the spec declares it. Out: JSON-like data.
"""

from typing import assert_never

from ..model.tool import Tool
from ..source.hashing import Json
from ..values import types


def described(tool: Tool) -> Json:
    """`tool` as chat APIs describe a function."""
    about = tool.about.plain if tool.about is not None else ""
    parameters: Json = {
        "type": "object",
        "properties": {one.name: schema(one.type) for one in tool.parameters},
        "required": [one.name for one in tool.parameters if not isinstance(one.type, types.Optional)],
        "additionalProperties": False,
    }
    return {"type": "function", "function": {"name": tool.name, "description": about, "parameters": parameters}}


def schema(kind: types.Type) -> Json:
    """`kind` as JSON Schema, for the arguments of a call."""
    match kind:
        case types.Bool():
            return {"type": "boolean"}
        case types.Enum():
            return {"type": "string", "enum": list(kind.members)}
        case types.Numeric():
            whole = kind.dimension == "" and kind.step == kind.step.to_integral_value() and kind.step >= 1
            unit = {"description": f"in {kind.unit}"} if kind.unit else {}
            return {"type": "integer" if whole else "number", **unit}
        case types.Date():
            return {"type": "string", "description": "a date as YYYY-MM-DD"}
        case types.Text():
            return {"type": "string", "pattern": f"^(?:{kind.pattern})$"} if kind.pattern else {"type": "string"}
        case types.Optional():
            return {"anyOf": [schema(kind.of), {"type": "null"}]}
        case types.ListOf():
            return {"type": "array", "items": schema(kind.of)}
        case types.Record():
            return {
                "type": "object",
                "properties": {name: schema(of) for name, of in kind.fields},
                "required": [name for name, of in kind.fields if not isinstance(of, types.Optional)],
                "additionalProperties": False,
            }
        case _:
            assert_never(kind)

"""JSON-like values as Python and as JSON, the same on every machine.

Invariant: what is written is data to its reader: no text can end its quotes, and no character in it hides or turns others around.
"""

import json
import re
from collections.abc import Mapping, Sequence

from ..source.hashing import Json
from ..source.quoting import quoted

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def python(value: Json) -> str:
    """`value` as a Python expression on one line."""
    match value:
        case str():
            return quoted(value)
        case None | bool() | int():
            return repr(value)
        case float():
            return repr(value)
        case Mapping():
            return "{" + ", ".join(f"{quoted(name)}: {python(one)}" for name, one in value.items()) + "}"
        case Sequence():
            return "[" + ", ".join(python(one) for one in value) + "]"


def python_lines(value: Json, depth: int = 0, *, level: int = 2) -> str:
    """`value` as a Python expression whose outer `level` levels have a line for each member."""
    if level == 0 or not value or isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return python(value)
    pad = "    " * (depth + 1)
    if isinstance(value, Mapping):
        lines = [
            f"{pad}{quoted(name)}: {python_lines(one, depth + 1, level=level - 1)},\n" for name, one in value.items()
        ]
        return "{\n" + "".join(lines) + "    " * depth + "}"
    lines = [f"{pad}{python_lines(one, depth + 1, level=level - 1)},\n" for one in value]
    return "[\n" + "".join(lines) + "    " * depth + "]"


def json_text(value: Json, indent: int | None = None) -> str:
    """`value` as JSON; what nobody can see is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def seen(text: str) -> str:
    """`text` on one line of a page, with what nobody can see escaped."""
    return quoted(text)[1:-1].replace('\\"', '"').replace("\\\\", "\\")

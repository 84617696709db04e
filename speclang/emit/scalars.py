"""JSON-like values as YAML on one line, in the few spellings that every reader takes alike.

A general dumper is made for every document and is far too slow for thousands of cases; this writes scalars and flow
collections only. A word is written bare where YAML 1.1 and YAML 1.2 both read it back as that text; every other text is
quoted with escapes, so a value never spans two lines. Characters that a reviewer cannot see are escaped too.

Invariant: reading what is written, by the rules of YAML 1.1 or of YAML 1.2, gives the value back.
"""

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..source.hashing import Json
from ..source.quoting import quoted

_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_./=~+-]*(?: [A-Za-z0-9_][A-Za-z0-9_./=~+-]*)*")
_AMOUNT = re.compile(r"[0-9][0-9.]* [A-Za-z_][A-Za-z0-9_]*(?: [A-Za-z_][A-Za-z0-9_]*)*")
_WITH_COMMAS = re.compile(r"[A-Za-z_][A-Za-z0-9_./=~+,-]*|[0-9][0-9.,]* [A-Za-z_][A-Za-z0-9_]*")
_READ_OTHERWISE = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_LONGEST_WORD = 120
_LONGEST_KEY = 1000


def word(text: str) -> str:
    """`text` bare where that is safe everywhere (also in a flow collection), else quoted."""
    short = len(text) <= _LONGEST_WORD and text.casefold() not in _READ_OTHERWISE
    return text if short and (_WORDS.fullmatch(text) or _AMOUNT.fullmatch(text)) else quoted(text)


def name(text: str) -> str:
    """`text` bare where that is safe outside of flow collections: as `word`, but commas may stand in it."""
    if len(text) <= _LONGEST_WORD and _WITH_COMMAS.fullmatch(text) and text.casefold() not in _READ_OTHERWISE:
        return text
    return word(text)


def key(text: str) -> str:
    """`text` as a key; a long one says that it is a key, for both versions read a bare one only so far."""
    shown = word(text)
    return f"? {shown} " if len(shown) > _LONGEST_KEY else shown


def number(value: float | Decimal) -> str:
    """`value` in digits that YAML 1.1 and 1.2 read as the same number; a float keeps its point."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    shown = repr(value)
    mantissa, letter, exponent = shown.partition("e")
    if not letter:
        return shown
    if "." not in mantissa:
        mantissa += ".0"
    return f"{mantissa}e{exponent if exponent[0] in '+-' else '+' + exponent}"


def flow(value: Json) -> str:
    """`value` on one line: `{order_id: A123456, items: [1, 2]}`."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return word(value)
        case int() | float():
            return number(value)
        case Mapping():
            return "{" + ", ".join(f"{key(name)}: {flow(item)}" for name, item in value.items()) + "}"
        case Sequence():
            return "[" + ", ".join(flow(item) for item in value) + "]"
    raise TypeError(f"not JSON-like: {value!r}")

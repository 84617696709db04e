"""One text for all expressions and types that say the same, whoever wrote them and however they are laid out.

`and` and `or` are flat, sorted and without repeats; `not` stands at the atoms only; `30 days` is `720 hours`; `5 < x`
is `x > 5`; `x in 5 .. 10` is `x >= 5 and x <= 10`; `receipt = yes` is `receipt`. All keep the three truths.
Invariant: equal texts mean equal conditions; the text is the same on every Python version and hash seed.
"""

import datetime
from decimal import Decimal
from typing import assert_never

from .expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from .types import Bool, Date, Datum, Enum, ListOf, Numeric, Optional, Record, Text, Type
from .units import plain

_DENIED = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def canonical(expr: Expr) -> str:
    """The text that stands for the meaning of `expr`."""
    return _say(expr)


def canonical_type(type: Type) -> str:
    """The text that stands for `type`, with its bounds, step and unit."""
    match type:
        case Bool():
            return "bool"
        case Enum(members):
            return "(" + "|".join(members) + ")"
        case Numeric(dimension, unit, step, low, high):
            return f"number({dimension},{unit},{plain(step)},{_bound(low)},{_bound(high)})"
        case Date(low, high):
            return f"date({_bound(low)},{_bound(high)})"
        case Text(pattern):
            return f"text({quoted(pattern)})"
        case Optional(of):
            return f"optional({canonical_type(of)})"
        case ListOf(of):
            return f"list({canonical_type(of)})"
        case Record(fields):
            return "{" + ",".join(f"{name}:{canonical_type(of)}" for name, of in fields) + "}"
    assert_never(type)


def canonical_value(value: Datum) -> str:
    """The text that stands for a value: numbers in base units, texts in quotes."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Decimal):
        return plain(value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "[" + ",".join(canonical_value(item) for item in value) + "]"


def quoted(text: str) -> str:
    """`text` in quotes, so that nothing in it can end it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _say(expr: Expr, *, wanted: bool = True) -> str:
    """`expr`, or its denial where `wanted` is False."""
    match expr:
        case Compare(op, left, right):
            return _compare(op if wanted else _DENIED[op], left, right)
        case And() | Or() | Between():
            joint = wanted is not isinstance(expr, Or)
            parts = sorted(set(_parts(expr, wanted=wanted, joint=joint)))
            if len(parts) == 1:
                return parts[0]
            return "(" + (" and " if joint else " or ").join(parts) + ")"
        case Not(operand):
            return _say(operand, wanted=not wanted)
        case Var(name):
            return name if wanted else f"not {name}"
        case Among(left, members):
            values = sorted({canonical_value(member.value) for member in members})
            if len(values) == 1:
                return _compare("=" if wanted else "!=", left, members[0])
            return f"{_say(left)} {'in' if wanted else 'not in'} ({','.join(values)})"
        case Absent(Var(name)):
            return f"{name} {'missing' if wanted else 'present'}"
        case Literal(value, type):
            if isinstance(value, bool):
                return canonical_value(value is wanted)
            return _literal(value, type)
        case Arithmetic():
            return _arithmetic(expr)
    assert_never(expr)


def _parts(expr: Expr, *, wanted: bool, joint: bool) -> list[str]:
    """The parts of `expr` that one `and` (`joint`) or one `or` holds, however they are nested."""
    match expr:
        case And(parts) if joint is wanted:
            return [text for part in parts for text in _parts(part, wanted=wanted, joint=joint)]
        case Or(parts) if joint is not wanted:
            return [text for part in parts for text in _parts(part, wanted=wanted, joint=joint)]
        case Not(operand):
            return _parts(operand, wanted=not wanted, joint=joint)
        case Between(left, low, high) if joint is wanted:
            ends = (">=", "<=") if wanted else ("<", ">")
            return [_compare(ends[0], left, low), _compare(ends[1], left, high)]
    return [_say(expr, wanted=wanted)]


def _compare(op: str, left: Expr, right: Expr) -> str:
    if isinstance(right, Literal) and isinstance(right.value, bool) and op in ("=", "!="):
        return _say(left, wanted=right.value is (op == "="))
    if isinstance(left, Literal) and isinstance(left.value, bool) and op in ("=", "!="):
        return _say(right, wanted=left.value is (op == "="))
    first, second = _say(left), _say(right)
    turn = isinstance(left, Literal) if isinstance(left, Literal) is not isinstance(right, Literal) else second < first
    if turn:
        return f"{second} {_TURNED[op]} {first}"
    return f"{first} {op} {second}"


def _literal(value: Datum, type: Type) -> str:
    text = canonical_value(value)
    return f"{text} {type.dimension}" if isinstance(type, Numeric) and type.dimension else text


def _arithmetic(expr: Arithmetic) -> str:
    """Sums and products flat and sorted; what is subtracted keeps its sign."""
    terms: list[str] = []
    node: Expr = expr
    product = expr.op == "*"
    while isinstance(node, Arithmetic) and (node.op == "*") is product:
        right = _say(node.right)
        terms.append(right if product else f"{node.op}{right}")
        node = node.left
    first = _say(node)
    terms.append(first if product else f"+{first}")
    return "(" + ("*" if product else "").join(sorted(terms)) + ")"


def _bound(end: Decimal | datetime.date | None) -> str:
    return "" if end is None else canonical_value(end)

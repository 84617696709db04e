"""An expression in which some constants are left open.

In: an expression and the places of constants. Out: the expression with the same sign in the place of each of them, so that two
expressions that differ in these constants alone are equal.
"""

from collections.abc import Set as AbstractSet
from typing import assert_never

from ..source.span import Span
from .expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from .types import Text

_OPEN = "…"


def left_open(expr: Expr, places: AbstractSet[Span]) -> Expr:
    """`expr` with the constants that stand at `places` left open."""
    match expr:
        case Literal():
            return _open(expr, places)
        case Compare(op, left, right, span):
            return Compare(op, left_open(left, places), left_open(right, places), span)
        case Arithmetic(op, left, right, type, span):
            return Arithmetic(op, left_open(left, places), left_open(right, places), type, span)
        case Between(left, low, high, span):
            return Between(left_open(left, places), _open(low, places), _open(high, places), span)
        case Among(left, members, span):
            return Among(left_open(left, places), tuple(_open(one, places) for one in members), span)
        case And(parts, span):
            return And(tuple(left_open(one, places) for one in parts), span)
        case Or(parts, span):
            return Or(tuple(left_open(one, places) for one in parts), span)
        case Not(operand, span):
            return Not(left_open(operand, places), span)
        case Var() | Absent():
            return expr
    assert_never(expr)


def _open(one: Literal, places: AbstractSet[Span]) -> Literal:
    return Literal(_OPEN, Text(), one.written, one.span) if one.span in places else one

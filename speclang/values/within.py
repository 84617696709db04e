"""An expression with other constants.

In: an expression and what becomes of each constant. Out: the expression with these in their places; all else is as it was.
"""

from collections.abc import Callable
from typing import TypeAlias, assert_never

from .expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var

Becomes: TypeAlias = Callable[[Literal], Literal]


def with_constants(expr: Expr, becomes: Becomes) -> Expr:
    """`expr` with what each of its constants `becomes`."""
    match expr:
        case Literal():
            return becomes(expr)
        case Compare(op, left, right, span):
            return Compare(op, with_constants(left, becomes), with_constants(right, becomes), span)
        case Arithmetic(op, left, right, type, span):
            return Arithmetic(op, with_constants(left, becomes), with_constants(right, becomes), type, span)
        case Between(left, low, high, span):
            return Between(with_constants(left, becomes), becomes(low), becomes(high), span)
        case Among(left, members, span):
            return Among(with_constants(left, becomes), tuple(becomes(one) for one in members), span)
        case And(parts, span):
            return And(tuple(with_constants(one, becomes) for one in parts), span)
        case Or(parts, span):
            return Or(tuple(with_constants(one, becomes) for one in parts), span)
        case Not(operand, span):
            return Not(with_constants(operand, becomes), span)
        case Var() | Absent():
            return expr
    assert_never(expr)

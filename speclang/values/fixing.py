"""An expression on inputs of which one value is known.

In: an expression, a name and its value. Out: the expression without the name.
Invariant: on every input that gives the name this value, both have the same truth.
"""

from typing import assert_never

from .evaluate import evaluate, variables
from .expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from .types import Bool, Datum


def fixed(expr: Expr, name: str, value: Datum) -> Expr:
    """`expr` where `name` has `value`; a condition about nothing else becomes its truth, which may be unknown."""
    match expr:
        case And(parts, span):
            return And(tuple(fixed(part, name, value) for part in parts), span)
        case Or(parts, span):
            return Or(tuple(fixed(part, name, value) for part in parts), span)
        case Not(operand, span):
            return Not(fixed(operand, name, value), span)
        case Compare() | Among() | Between() | Absent() | Var() | Literal() | Arithmetic():
            named = variables(expr)
            if name not in named:
                return expr
            if len(named) == 1:
                return Literal(evaluate(expr, {name: value}), Bool(), "", expr.span)
            return _inside(expr, name, value)
    assert_never(expr)


def _inside(expr: Expr, name: str, value: Datum) -> Expr:
    """A comparison with the value in place of the name."""
    match expr:
        case Var(own, type, span):
            return Literal(value, type, "", span) if own == name else expr
        case Compare(op, left, right, span):
            return Compare(op, _inside(left, name, value), _inside(right, name, value), span)
        case Arithmetic(op, left, right, type, span):
            return Arithmetic(op, _inside(left, name, value), _inside(right, name, value), type, span)
        case Among(left, members, span):
            return Among(_inside(left, name, value), members, span)
        case Between(left, low, high, span):
            return Between(_inside(left, name, value), low, high, span)
        case Literal() | Absent() | And() | Or() | Not():
            return expr
    assert_never(expr)

"""Goals as formulas of z3: a number is a whole number of its type's steps, or a rational where values are dense; never a float.

In: goals, and the variables that they speak of. Out: a world in which the formulas hold. A condition has two sides, as `evaluate` tells
them: when it is definitely true, and when it is definitely false.
Invariant: where `complete`, an input meets the goals if and only if the formulas hold of it.
"""

import datetime
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

from ...model.tool import WORKS
from ...values.domain import dense
from ...values.evaluate import nodes, variables
from ...values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from ...values.types import Bool, Date, Datum, Enum, Numeric, Optional, Text, Type
from ...values.units import EXACT, quantum
from ..goal import All, Fails, Goal, Holds, Some, expressions
from ..grid import grid
from ..variables import Variable

if TYPE_CHECKING:
    import z3

_FINER = 100
"""So many times finer than a step are the values tried where a type allows any: hundredths of a percent."""


class Amount(NamedTuple):
    """A number: `scale` times an integer or a rational `term`; or what has no scale, a day, a truth or a name."""

    sort: str
    term: "z3.ArithRef | z3.BoolRef"
    scale: Fraction = Fraction(1)


Known: TypeAlias = "tuple[z3.BoolRef, Amount]"
"""A value, and when it is known."""
Truths: TypeAlias = "tuple[z3.BoolRef, z3.BoolRef]"
"""When a condition is definitely true, and when it is definitely false."""


class Untold(Exception):
    """A condition about values that have no place in arithmetic: a list, a record, a date and a number."""


class World:
    """Goals over variables as formulas, in a context of their own: what was asked before changes no answer."""

    def __init__(self, goals: Sequence[Goal], among: Sequence[Variable], *, whole: bool) -> None:
        """Say what `goals` want; where not `whole`, values of a dense type are any rationals."""
        import z3

        self.z3 = z3
        self.ctx = z3.Context()
        self.solver = z3.Solver(ctx=self.ctx)
        self.yes, self.no = (z3.BoolVal(val=truth, ctx=self.ctx) for truth in (True, False))
        self.whole = whole
        conditions = [expr for goal in goals for expr in expressions(goal)]
        named = {name for expr in conditions for name in variables(expr)}
        self.among = [one for one in among if one.name in named]
        self.fixed = {one.name: one.base for one in among if one.name not in named}
        self.symbols: dict[Datum, int] = {}
        self.said: dict[int, tuple[Expr, Truths]] = {}
        self.dense = any(isinstance(of, Numeric) and dense(of) for of in (bare(one.type) for one in self.among))
        self.finest = _finest(conditions, self.among)
        table = grid(conditions, among)
        self.complete = True
        self.listed: dict[str, tuple[Datum, ...]] = {}
        self.parts = {one.name: self._declared(one, table.candidates.get(one.name, ())) for one in self.among}
        for goal in goals:
            self.solver.add(self._goal(goal))

    def _declared(self, one: Variable, candidates: Sequence[Datum]) -> Known:
        """The place of a variable: a number of steps, a day, a truth, or one of the values that are told apart."""
        z3, of = self.z3, bare(one.type)
        is_known = self.yes
        if isinstance(one.type, Optional):
            is_known = z3.Bool(f"{one.name} there", self.ctx)
        match of:
            case Bool():
                return is_known, Amount("truth", z3.Bool(one.name, self.ctx))
            case Numeric():
                whole = self.whole or not dense(of)
                scale = Fraction(self.finest if dense(of) else of.step) if whole else Fraction(1)
                term = (z3.Int if whole else z3.Real)(one.name, self.ctx)
                for bound, above in ((of.low, True), (of.high, False)):
                    if bound is not None:
                        self.solver.add(self._bound(term, Fraction(bound) / scale, above=above, whole=whole))
                return is_known, Amount("number", term, scale)
            case Date():
                term = z3.Int(one.name, self.ctx)
                low, high = of.low or datetime.date.min, of.high or datetime.date.max
                self.solver.add(term >= low.toordinal(), term <= high.toordinal())
                return is_known, Amount("day", term)
            case _:
                values = [value for value in candidates if value is not None]
                self.complete = self.complete and isinstance(of, Enum | Text)
                self.listed[one.name] = tuple(values)
                term = z3.Int(one.name, self.ctx)
                self.solver.add(z3.Or([self.no, *(term == self.symbol(value) for value in values)]))
                return is_known, Amount("name", term)

    def _bound(self, term: "z3.ArithRef", at: Fraction, *, above: bool, whole: bool) -> "z3.BoolRef":
        if whole:
            return term >= -(-at.numerator // at.denominator) if above else term <= at.numerator // at.denominator
        ratio = self.z3.RatVal(at.numerator, at.denominator, self.ctx)
        return term >= ratio if above else term <= ratio

    def symbol(self, value: Datum) -> int:
        """The whole number that stands for a value that is only told apart from others."""
        return self.symbols.setdefault(value, len(self.symbols))

    def _works(self, one: Variable) -> "z3.BoolRef":
        """When the tool works that tells `one`."""
        if not one.state:
            return self.yes
        if one.state not in self.parts:
            return self.yes if self.fixed.get(one.state, WORKS) == WORKS else self.no
        return self.parts[one.state][1].term == self.symbol(WORKS)

    def _goal(self, goal: Goal) -> "z3.BoolRef":
        match goal:
            case Holds(expr, truth):
                return self._truths(expr)[0 if truth else 1]
            case Fails(inner):
                return self.z3.Not(self._goal(inner))
            case All(goals):
                return self.z3.And([self._goal(one) for one in goals] + [self.yes])
            case Some(goals):
                return self.z3.Or([self._goal(one) for one in goals] + [self.no])
        assert_never(goal)

    def _truths(self, expr: Expr) -> Truths:
        """The two sides of a condition, as `evaluate` tells them; a condition that several goals hold is said once."""
        said = self.said.get(id(expr))
        if said is None:
            said = self.said[id(expr)] = expr, self._sides(expr)
        return said[1]

    def _sides(self, expr: Expr) -> Truths:
        z3 = self.z3
        match expr:
            case And(parts) | Or(parts):
                each = [self._truths(part) for part in parts]
                every, some = (0, 1) if isinstance(expr, And) else (1, 0)
                both = z3.And([one[every] for one in each]), z3.Or([one[some] for one in each])
                return both if isinstance(expr, And) else (both[1], both[0])
            case Not(operand):
                yes, no = self._truths(operand)
                return no, yes
            case Compare(op, left, right):
                return self._compared(op, self._value(left), self._value(right))
            case Among(left, items):
                one = self._value(left)
                each = [self._compared("=", one, self._value(item)) for item in items]
                return z3.Or([yes for yes, _ in each]), z3.And([no for _, no in each])
            case Between(left, low, high):
                one = self._value(left)
                above, below = (self._compared(op, one, self._value(end)) for op, end in ((">=", low), ("<=", high)))
                return z3.And(above[0], below[0]), z3.Or(above[1], below[1])
            case Absent(left):
                return self._absent(left.name)
            case Var() | Literal() | Arithmetic():
                is_known, value = self._value(expr)
                if value.sort != "truth":
                    return self.no, self.no
                return z3.And(is_known, value.term), z3.And(is_known, z3.Not(value.term))
        assert_never(expr)

    def _absent(self, name: str) -> Truths:
        z3 = self.z3
        one = next((each for each in self.among if each.name == name), None)
        if one is None:
            raise Untold
        works, is_there = self._works(one), self.parts[name][0]
        return z3.And(works, z3.Not(is_there)), z3.And(works, is_there)

    def _value(self, expr: Expr) -> Known:
        z3 = self.z3
        match expr:
            case Var(name):
                one = next((each for each in self.among if each.name == name), None)
                if one is None:
                    raise Untold
                is_known, value = self.parts[name]
                return z3.And(is_known, self._works(one)), value
            case Literal(value):
                return self._constant(value)
            case Arithmetic(op, left, right):
                return self._calculated(op, self._value(left), self._value(right))
            case _:
                yes, no = self._truths(expr)
                return z3.Or(yes, no), Amount("truth", yes)

    def _constant(self, value: Datum) -> Known:
        z3 = self.z3
        match value:
            case None:
                return self.no, Amount("truth", self.no)
            case bool():
                return self.yes, Amount("truth", z3.BoolVal(val=value, ctx=self.ctx))
            case Decimal():
                return self.yes, Amount(
                    "number",
                    z3.IntVal(1, self.ctx) if value else z3.IntVal(0, self.ctx),
                    Fraction(value) or Fraction(1),
                )
            case datetime.date():
                return self.yes, Amount("day", z3.IntVal(value.toordinal(), self.ctx))
            case str():
                return self.yes, Amount("name", z3.IntVal(self.symbol(value), self.ctx))
            case _:
                raise Untold

    def _compared(self, op: str, left: Known, right: Known) -> Truths:
        z3 = self.z3
        is_known = z3.And(left[0], right[0])
        one, other = left[1], right[1]
        if one.sort != other.sort:
            raise Untold
        if one.sort in ("truth", "name") and op not in ("=", "!="):
            raise Untold
        if one.sort == "number":
            one, other = self._alike(one, other)
        holds = _ORDERS[op](one.term, other.term)
        return z3.And(is_known, holds), z3.And(is_known, z3.Not(holds))

    def _alike(self, one: Amount, other: Amount) -> tuple[Amount, Amount]:
        """Two numbers as multiples of one scale."""
        scale = _common(one.scale, other.scale)
        return self._scaled(one, scale), self._scaled(other, scale)

    def _scaled(self, one: Amount, scale: Fraction) -> Amount:
        times = (one.scale / scale).numerator
        return Amount("number", one.term if times == 1 else one.term * self.z3.IntVal(times, self.ctx), scale)

    def _calculated(self, op: str, left: Known, right: Known) -> Known:
        z3 = self.z3
        is_known = z3.And(left[0], right[0])
        one, other = left[1], right[1]
        if one.sort != "number" or other.sort != "number":
            raise Untold  # the language calculates with numbers only
        if op == "*":
            return is_known, Amount("number", one.term * other.term, one.scale * other.scale)
        a, b = self._alike(one, other)
        return is_known, Amount("number", a.term + b.term if op == "+" else a.term - b.term, a.scale)


_ORDERS: "Mapping[str, Callable[[z3.ArithRef, z3.ArithRef], z3.BoolRef]]" = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def bare(of: Type) -> Type:
    """The type of the values that are there."""
    return of.of if isinstance(of, Optional) else of


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The largest number of which both are multiples."""
    return Fraction(
        gcd(one.numerator * other.denominator, other.numerator * one.denominator), one.denominator * other.denominator
    )


def _finest(conditions: Sequence[Expr], among: Sequence[Variable]) -> Decimal:
    """The difference between the values that are tried where a type allows any."""
    types = [bare(one.type) for one in among]
    steps = [EXACT.divide(of.step, Decimal(_FINER)) for of in types if isinstance(of, Numeric) and dense(of)]
    ends = [end for of in types if isinstance(of, Numeric) for end in (of.low, of.high) if end is not None]
    written = [node.value for expr in conditions for node in nodes(expr) if isinstance(node, Literal)]
    return min((*steps, *(quantum(one) for one in (*ends, *written) if isinstance(one, Decimal))), default=Decimal(1))

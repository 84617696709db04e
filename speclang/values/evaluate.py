"""What a typed expression means on an input, by strong three-valued logic (Kleene 1952).

A name without a value is unknown. A comparison with something unknown or absent is unknown; `and` is false as soon as
one part is, `or` true as soon as one part is. An optional given that is absent has the value None: `is missing` holds.
Invariant: total; a comparison that types rule out is unknown, never an exception. Arithmetic is exact.
"""

import datetime
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias, assert_never

from .expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from .types import Datum
from .units import EXACT


class Unknown(Enum):
    """The value of what is not known; differs from None, an optional that is known to be absent."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN

Input: TypeAlias = Mapping[str, Datum]
Truth: TypeAlias = Callable[[Input], "bool | None"]
Reader: TypeAlias = Callable[[Input], "Datum | Unknown"]

_ORDERS: Mapping[str, Callable[[Decimal | datetime.date, Decimal | datetime.date], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_DAY = Decimal(86400)


def evaluate(expr: Expr, given: Input) -> bool | None:
    """Whether `expr` holds on `given`: True, False, or None where that is not known."""
    match expr:  # hot: a pattern with parts in it takes several times as long
        case Compare():
            return compare(expr.op, value_of(expr.left, given), value_of(expr.right, given))
        case And():
            return _join(expr.parts, given, decisive=False)
        case Var() | Literal() | Arithmetic():
            value = value_of(expr, given)
            return value if isinstance(value, bool) else None
        case Or():
            return _join(expr.parts, given, decisive=True)
        case Not():
            truth = evaluate(expr.operand, given)
            return None if truth is None else not truth
        case Among():
            return _among(value_of(expr.left, given), tuple([member.value for member in expr.members]))
        case Between():
            return _within(value_of(expr.left, given), expr.low.value, expr.high.value)
        case Absent():
            value = given.get(expr.left.name, UNKNOWN)
            return None if value is UNKNOWN else value is None
    assert_never(expr)


def value_of(expr: Expr, given: Input) -> "Datum | Unknown":
    """The value of `expr` on `given`; UNKNOWN where it can't be told. A condition's value is its truth."""
    match expr:
        case Var():
            return given.get(expr.name, UNKNOWN)
        case Literal():
            return expr.value
        case Arithmetic():
            first, steps = _spine(expr)
            total = value_of(first, given)
            for op, right in steps:
                total = calculate(op, total, value_of(right, given))
            return total
        case Compare() | Among() | Between() | Absent() | Not() | And() | Or():
            truth = evaluate(expr, given)
            return UNKNOWN if truth is None else truth
    assert_never(expr)


def compare(op: str, left: "Datum | Unknown", right: "Datum | Unknown") -> bool | None:
    """Whether `left op right`; None where one is unknown or absent, or where they have no order."""
    if left is UNKNOWN or right is UNKNOWN or left is None or right is None:
        return None
    if op == "=":
        return left == right
    if op == "!=":
        return left != right
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _ORDERS[op](left, right)
    if isinstance(left, datetime.date) and isinstance(right, datetime.date):
        return _ORDERS[op](left, right)
    return None


def calculate(op: str, left: "Datum | Unknown", right: "Datum | Unknown") -> "Datum | Unknown":
    """`left op right` for `+ - *`: numbers with numbers, dates with durations in whole days, dates minus dates."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        if op == "+":
            return EXACT.add(left, right)
        return EXACT.subtract(left, right) if op == "-" else EXACT.multiply(left, right)
    if isinstance(left, datetime.date) and isinstance(right, datetime.date) and op == "-":
        return Decimal((left - right).days) * _DAY
    if isinstance(left, datetime.date) and isinstance(right, Decimal) and op in ("+", "-"):
        return _shifted(left, right if op == "+" else -right)
    if isinstance(left, Decimal) and isinstance(right, datetime.date) and op == "+":
        return _shifted(right, left)
    return UNKNOWN


def compiled(expr: Expr) -> Truth:
    """`evaluate` for one expression as a function, several times faster."""
    match expr:
        case And(parts):
            return _all_of(tuple(compiled(part) for part in parts))
        case Or(parts):
            return _any_of(tuple(compiled(part) for part in parts))
        case Not(operand):
            return _denied(compiled(operand))
        case Compare(op, Var(name), Literal(value)) if value is not None:
            return _compare_name(op, name, value)
        case Compare(op, left, right):
            return _compare_readers(op, _reader(left), _reader(right))
        case Among(left, members):
            values, read = tuple(member.value for member in members), _reader(left)
            return lambda given: _among(read(given), values)
        case Between(left, low, high):
            least, most, read = low.value, high.value, _reader(left)
            return lambda given: _within(read(given), least, most)
        case Absent() | Literal() | Var() | Arithmetic():
            return _bare(expr)
    assert_never(expr)


def variables(expr: Expr) -> tuple[str, ...]:
    """The names that `expr` depends on, each once, in the order written."""
    if isinstance(expr, Compare) and isinstance(expr.left, Var) and isinstance(expr.right, Literal):
        return (expr.left.name,)
    return tuple(dict.fromkeys([node.name for node in nodes(expr) if isinstance(node, Var)]))


def with_constant(expr: Expr) -> bool:
    """Whether `expr` compares a given with a constant, as nearly every comparison does."""
    return isinstance(expr, Compare) and isinstance(expr.left, Var) and isinstance(expr.right, Literal)


def atoms(expr: Expr) -> tuple[Expr, ...]:
    """The conditions that `and`, `or` and `not` put together in `expr`, each once, in the order written."""
    return tuple(dict.fromkeys(leaves(expr)))


def leaves(expr: Expr) -> list[Expr]:
    """The conditions that `and`, `or` and `not` put together in `expr`, in the order written, however often."""
    found: list[Expr] = []
    stack = [expr]
    while stack:
        node = stack.pop()
        match node:
            case And() | Or():
                stack.extend(reversed(node.parts))
            case Not():
                stack.append(node.operand)
            case Literal() | Var() | Compare() | Among() | Between() | Absent() | Arithmetic():
                found.append(node)
            case _:
                assert_never(node)
    return found


def nodes(expr: Expr) -> list[Expr]:
    """`expr` and every expression in it, in the order written."""
    found: list[Expr] = []
    stack = [expr]
    while stack:
        node = stack.pop()
        found.append(node)
        match node:
            case Var() | Literal():
                pass
            case Compare() | Arithmetic():
                stack.append(node.right)
                stack.append(node.left)
            case And() | Or():
                stack.extend(reversed(node.parts))
            case Not():
                stack.append(node.operand)
            case Among():
                stack.extend(reversed(node.members))
                stack.append(node.left)
            case Between():
                stack.extend((node.high, node.low, node.left))
            case Absent():
                stack.append(node.left)
            case _:
                assert_never(node)
    return found


def _join(parts: tuple[Expr, ...], given: Input, *, decisive: bool) -> bool | None:
    """The truth of all parts together, of which one that is `decisive` decides."""
    found: bool | None = not decisive
    for part in parts:
        truth = evaluate(part, given)
        if truth is decisive:
            return decisive
        if truth is None:
            found = None
    return found


def _spine(expr: Arithmetic) -> tuple[Expr, list[tuple[str, Expr]]]:
    """A long sum as its first operand and the steps after it, so that its length costs no depth."""
    steps: list[tuple[str, Expr]] = []
    node: Expr = expr
    while isinstance(node, Arithmetic):
        steps.append((node.op, node.right))
        node = node.left
    return node, steps[::-1]


def _shifted(day: datetime.date, seconds: Decimal) -> "datetime.date | Unknown":
    days = EXACT.divide(seconds, _DAY)
    if days != days.to_integral_value() or abs(days) > datetime.date.max.toordinal():
        return UNKNOWN
    ordinal = day.toordinal() + int(days)
    if not 1 <= ordinal <= datetime.date.max.toordinal():
        return UNKNOWN
    return datetime.date.fromordinal(ordinal)


def _among(value: "Datum | Unknown", members: tuple[Datum, ...]) -> bool | None:
    return None if value is UNKNOWN or value is None else value in members


def _within(value: "Datum | Unknown", low: Datum, high: Datum) -> bool | None:
    above, below = compare(">=", value, low), compare("<=", value, high)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _all_of(parts: tuple[Truth, ...]) -> Truth:
    def truth(given: Input) -> bool | None:
        found: bool | None = True
        for part in parts:
            one = part(given)
            if one is False:
                return False
            if one is None:
                found = None
        return found

    return truth


def _any_of(parts: tuple[Truth, ...]) -> Truth:
    def truth(given: Input) -> bool | None:
        found: bool | None = False
        for part in parts:
            one = part(given)
            if one is True:
                return True
            if one is None:
                found = None
        return found

    return truth


def _denied(operand: Truth) -> Truth:
    def truth(given: Input) -> bool | None:
        one = operand(given)
        return None if one is None else not one

    return truth


def _compare_name(op: str, name: str, value: Datum) -> Truth:
    """A given compared with a constant: the shape of nearly every condition."""
    if op == "=":

        def equal(given: Input) -> bool | None:
            one = given.get(name)
            return None if one is None else one == value

        return equal
    if op == "!=":

        def differs(given: Input) -> bool | None:
            one = given.get(name)
            return None if one is None else one != value

        return differs
    if isinstance(value, Decimal):
        return _compare_number(op, name, value)
    return lambda given: compare(op, given.get(name), value)


def _compare_number(op: str, name: str, value: Decimal) -> Truth:
    """A given compared with a number, without a call more than its look-up: this is done a thousand times for every case."""

    def below(given: Input) -> bool | None:
        one = given.get(name)
        return one < value if one.__class__ is Decimal else None

    def at_most(given: Input) -> bool | None:
        one = given.get(name)
        return one <= value if one.__class__ is Decimal else None

    def above(given: Input) -> bool | None:
        one = given.get(name)
        return one > value if one.__class__ is Decimal else None

    def at_least(given: Input) -> bool | None:
        one = given.get(name)
        return one >= value if one.__class__ is Decimal else None

    return {"<": below, "<=": at_most, ">": above, ">=": at_least}[op]


def _compare_readers(op: str, left: Reader, right: Reader) -> Truth:
    return lambda given: compare(op, left(given), right(given))


def _bare(expr: Expr) -> Truth:
    match expr:
        case Var(name):

            def truth(given: Input) -> bool | None:
                value = given.get(name)
                return value if isinstance(value, bool) else None

            return truth
        case Absent(Var(name)):
            return lambda given: None if name not in given else given[name] is None
        case _:
            return lambda given: evaluate(expr, given)


def _reader(expr: Expr) -> Reader:
    match expr:
        case Literal(value):
            return lambda _: value
        case Var(name):
            return lambda given: given.get(name, UNKNOWN)
        case Arithmetic():
            return _sum(expr)
        case _:
            return lambda given: value_of(expr, given)


def _sum(expr: Arithmetic) -> Reader:
    first, steps = _spine(expr)
    start = _reader(first)
    rest = tuple((op, _reader(right)) for op, right in steps)

    def total(given: Input) -> "Datum | Unknown":
        value = start(given)
        for op, read in rest:
            value = calculate(op, value, read(given))
        return value

    return total

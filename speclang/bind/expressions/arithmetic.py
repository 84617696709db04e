"""Operands of a comparison: givens, calculations, and literals whose type their neighbour decides.

In: a node. Out: a typed expression, or an `Open` literal that waits for the type of the other side.
Invariant: both sides of `+` and `-` have one dimension; of `*`, at most one has any.
"""

from decimal import Decimal
from typing import TypeAlias, assert_never

from ...model.given import FromTool
from ...source.records import dataclass
from ...syntax import tree
from ...values.expression import (
    Absent,
    Among,
    And,
    Arithmetic,
    Between,
    Compare,
    Expr,
    Literal,
    Not,
    Or,
    Var,
)
from ...values.types import Bool, Numeric, Optional, Text, Type
from ...values.units import EXACT
from ..errors import names as wrong_name
from ..errors import shapes, states
from ..errors import types as wrong
from ..names import Site
from .literals import TRUTH, Owner, describe, free_number, literal, plain_type


@dataclass(frozen=True, slots=True)
class Open:
    """A literal, or a word that is no given, whose type is still to be decided; `at` is where it is written, if elsewhere."""

    node: "tree.Name | tree.Id | tree.Number | tree.Quantity | tree.Text"
    at: Site | None = None

    def site(self, site: Site) -> Site:
        """The place of the literal, met at `site`."""
        return self.at or site


Operand: TypeAlias = Expr | Open


def type_of(expr: Expr) -> Type:
    """The type of `expr`."""
    match expr:
        case Literal(type=type) | Var(type=type) | Arithmetic(type=type):
            return type
        case Compare() | Among() | Between() | Absent() | Not() | And() | Or():
            return Bool()
    assert_never(expr)


def owner_of(site: Site, node: tree.Value, expr: Expr) -> Owner:
    """`expr` in words, and where it is declared."""
    entry = site.scope.givens.get(expr.name) if isinstance(expr, Var) else None
    return f"`{site.source(node)}`", entry.span if entry is not None else None


def operand(site: Site, node: tree.Value) -> Operand | None:
    """What `node` says as one side of a comparison; None once reported."""
    match node:
        case tree.Group(value=value):
            return operand(site, value)
        case tree.Name():
            return _name(site, node)
        case tree.Number() | tree.Quantity() | tree.Text() | tree.Id():
            return Open(node)
        case tree.Binary(op="+" | "-" | "*"):
            return _arithmetic(site, node)
        case tree.Member():
            _member(site, node)
            return None
        case _:
            site.add(shapes.not_a(site.source(node), "one value", "age <= 30 days", site.span(node)))
            return None


def _name(site: Site, node: tree.Name) -> Operand | None:
    entry = site.scope.givens.get(node.text)
    if entry is not None:
        return None if entry.value is None else Var(node.text, entry.value.type, site.span(node))
    if node.text in TRUTH:
        return Literal(TRUTH[node.text], Bool(), node.text, site.span(node))
    argument = site.argument(node)
    if argument is None:
        return Open(node)
    match argument.node:
        case tree.Name(text=word) as written if word in TRUTH:
            return argument.value
        case tree.Name() | tree.Id() | tree.Number() | tree.Quantity() | tree.Text() as written:
            return None if argument.value is None else Open(written, site.at(argument))
        case _:
            return None


def unknown_given(site: Site, node: tree.Name | tree.Id) -> None:
    """Report that `node` names no given."""
    if node.text in site.scope.tools:
        site.add(states.tool_as_value(node.text, site.span(node)))
        return
    site.look_up("given", node.text, site.span(node), site.scope.givens)


def _member(site: Site, node: tree.Member) -> None:
    tool, *path = node.path
    for entry in site.scope.givens.values():
        source = entry.value.source if entry.value is not None else None
        if isinstance(source, FromTool) and source.tool == tool and list(source.path) == path:
            site.add(wrong_name.path_as_given(".".join(node.path), entry.name, site.span(node), entry.span))
            return
    if "given" not in site.scope.open:
        site.add(wrong_name.unknown_name("given", ".".join(node.path), site.span(node), tuple(site.scope.givens)))


def _arithmetic(site: Site, node: tree.Binary) -> Expr | None:
    """Folds a chain that leans left from its first operand, so that long sums need no deep recursion."""
    chain: list[tree.Binary] = []
    first: tree.Value = node
    while isinstance(first, tree.Binary) and first.op in ("+", "-", "*"):
        chain.append(first)
        first = first.left
    left = operand(site, first)
    left_node = first
    for step in reversed(chain):
        right = operand(site, step.right)
        left = _combined(site, step, (left_node, left), (step.right, right))
        left_node = step
    return None if isinstance(left, Open) else left


def _combined(
    site: Site,
    node: tree.Binary,
    left: tuple[tree.Value, Operand | None],
    right: tuple[tree.Value, Operand | None],
) -> Expr | None:
    if left[1] is None or right[1] is None:
        return None
    one = _closed(site, node.op, left, right)
    other = _closed(site, node.op, right, left)
    if one is None or other is None:
        return None
    span = site.span(node)
    first, second = plain_of(type_of(one)), plain_of(type_of(other))
    problem = _problem(node.op, first, second)
    if problem or first is None or second is None:
        sides = [(site.span(at), describe(type_of(expr))) for at, expr in ((left[0], one), (right[0], other))]
        site.add(wrong.no_arithmetic(node.op, sides[0], sides[1], problem))
        return None
    return Arithmetic(node.op, one, other, _result(node.op, first, second), span)


def _closed(
    site: Site, op: str, side: tuple[tree.Value, Operand | None], other: tuple[tree.Value, Operand | None]
) -> Expr | None:
    """`side` with a type: its own, or for a literal in a sum that of the other side."""
    node, value = side
    if not isinstance(value, Open):
        return value
    match value.node:
        case tree.Name() | tree.Id():
            unknown_given(site, value.node)
            return None
        case tree.Text():
            return Literal(value.node.plain, _TEXT, site.source(node), site.span(node))
        case tree.Number() | tree.Quantity():
            beside = other[1]
            if op != "*" and beside is not None and not isinstance(beside, Open):
                type = plain_type(type_of(beside))
                if isinstance(type, Numeric):
                    return literal(value.site(site), value.node, type, owner_of(site, other[0], beside))
            return free_number(value.site(site), value.node)


def plain_of(type: Type) -> Numeric | None:
    """The number type of `type`, looking through `optional`; None for anything else."""
    while isinstance(type, Optional):
        type = type.of
    return type if isinstance(type, Numeric) else None


def _problem(op: str, left: Numeric | None, right: Numeric | None) -> str:
    if left is None or right is None:
        return "only numbers can be calculated with"
    if op == "*":
        both = left.dimension not in _SCALES and right.dimension not in _SCALES
        return "at least one side of `*` is a plain number or a percentage" if both else ""
    return "both sides of `+` and `-` have the same unit" if left.dimension != right.dimension else ""


def _result(op: str, left: Numeric, right: Numeric) -> Numeric:
    step = EXACT.multiply(left.step, right.step) if op == "*" else min(left.step, right.step)
    low, high = _bounds(op, left, right)
    main = right if op == "*" and (left.dimension == "" or (left.dimension == "percent" and right.dimension)) else left
    return Numeric(main.dimension, main.unit, step, low, high)


def _bounds(op: str, left: Numeric, right: Numeric) -> tuple[Decimal | None, Decimal | None]:
    def added(a: Decimal | None, b: Decimal | None) -> Decimal | None:
        return None if a is None or b is None else EXACT.add(a, b)

    match op:
        case "+":
            return added(left.low, right.low), added(left.high, right.high)
        case "-":
            flipped = tuple(None if end is None else EXACT.minus(end) for end in (right.high, right.low))
            return added(left.low, flipped[0]), added(left.high, flipped[1])
        case _:
            ends = [left.low, left.high, right.low, right.high]
            if any(end is None for end in ends):
                return None, None
            a, b, c, d = (end for end in ends if end is not None)
            corners = [EXACT.multiply(x, y) for x in (a, b) for y in (c, d)]
            return min(corners), max(corners)


_SCALES = ("", "percent")
_TEXT = Text()

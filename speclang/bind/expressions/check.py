"""Conditions of the tree as typed expressions.

In: the value of `when` or `unless`. Out: a typed condition in base units, or None once everything wrong is reported.
Normal form: `and` and `or` are flat, a literal stands on the right, `receipt is yes` is `receipt`, `is no` is `not receipt`.
Invariant: a part that is broken breaks its whole, and is reported once.
"""

from ...syntax import tree
from ...values.expression import And, Compare, Expr, Literal, Not, Or
from ...values.types import Bool, Date, Enum, Numeric, Optional, Text, Type
from ..errors import types as wrong
from ..names import Site
from .arithmetic import Open, operand, owner_of, type_of, unknown_given
from .literals import describe, free_number, literal, plain_type
from .states import membership, says_state, state, tool_state
from .types import agrees

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_PLAIN = {"is": "=", "is_not": "!="}
_ORDERED = ("<", "<=", ">", ">=")


def condition(site: Site, node: tree.Value) -> Expr | None:
    """The condition that `node` says; None once reported."""
    match node:
        case tree.Group(value=value):
            return condition(site, value)
        case tree.Binary(op="and" | "or"):
            return _joined(site, node)
        case tree.Not(operand=inner):
            part = condition(site, inner)
            return None if part is None else Not(part, site.span(node))
        case tree.Binary(op="in" | "not_in"):
            return membership(site, node)
        case tree.Binary(op="is" | "is_not" | "=" | "!=" | "<" | "<=" | ">" | ">="):
            return _comparison(site, node)
        case tree.Run():
            return tool_state(site, node)
        case _:
            return _truth(site, node)


def _joined(site: Site, node: tree.Binary) -> Expr | None:
    """`a and b and c` as one flat list, read along its left spine so that its length costs no depth."""
    op = node.op
    nodes: list[tree.Value] = []
    rest: tree.Value = node
    while isinstance(rest, tree.Binary) and rest.op == op:
        nodes.append(rest.right)
        rest = rest.left
    nodes.append(rest)
    parts: list[Expr] = []
    sound = True
    for one in reversed(nodes):
        part = condition(site, one)
        if part is None:
            sound = False
        elif (op == "and" and isinstance(part, And)) or (op == "or" and isinstance(part, Or)):
            parts.extend(part.parts)
        else:
            parts.append(part)
    if not sound:
        return None
    return And(tuple(parts), site.span(node)) if op == "and" else Or(tuple(parts), site.span(node))


def _truth(site: Site, node: tree.Value) -> Expr | None:
    """A value that stands alone: a given that is yes or no."""
    value = operand(site, node)
    if value is None:
        return None
    if isinstance(value, Open):
        if isinstance(value.node, tree.Name | tree.Id):
            unknown_given(site, value.node)
        else:
            site.add(wrong.not_a_condition(site.source(node), _open_type(site, value), site.span(node), ""))
        return None
    if isinstance(type_of(value), Bool):
        return value
    site.add(
        wrong.not_a_condition(
            site.source(node), describe(type_of(value)), site.span(node), _example(site.source(node), type_of(value))
        )
    )
    return None


def _open_type(site: Site, value: Open) -> str:
    if isinstance(value.node, tree.Number | tree.Quantity):
        read = free_number(value.site(site), value.node)
        return describe(read.type) if read is not None else "a number"
    return "a text"


def _example(name: str, type: Type) -> str:
    match type:
        case Optional(of=Bool()):
            return f"{name} is yes"
        case Optional(of=of):
            return _example(name, of)
        case Enum(members=members):
            return f"{name} is {members[0]}"
        case Numeric():
            return f"{name} <= 10 {type.unit}".rstrip() if type.unit != "%" else f"{name} <= 10%"
        case Date():
            return f"{name} <= 2025-01-31"
        case _:
            return f'{name} = "…"'


def _comparison(site: Site, node: tree.Binary) -> Expr | None:
    if says_state(site, node):
        return state(site, node)
    left = operand(site, node.left)
    right = _member(node.right, left) or operand(site, node.right)
    if left is None or right is None:
        return None
    op = _PLAIN.get(node.op, node.op)
    if isinstance(left, Open):
        if isinstance(right, Open):
            return _constants(site, node, op, left, right)
        return _with_literal(site, node, _FLIPPED[op], (node.right, right), left)
    if isinstance(right, Open):
        return _with_literal(site, node, op, (node.left, left), right)
    return _two_typed(site, node, op, left, right)


def _member(node: tree.Value, left: Expr | Open | None) -> Open | None:
    """A word on the right that is a value of the left side, even where a given has the same name."""
    if not isinstance(node, tree.Name) or left is None or isinstance(left, Open):
        return None
    type = plain_type(type_of(left))
    return Open(node) if isinstance(type, Enum) and node.text in type.members else None


def _constants(site: Site, node: tree.Binary, op: str, left: Open, right: Open) -> Expr | None:
    """Two literals, or words that are no givens."""
    for side in (left, right):
        if isinstance(side.node, tree.Name) and side.at is None:
            unknown_given(site, side.node)
            return None
    one = _self_typed(site, left)
    other = _self_typed(site, right)
    if one is None or other is None:
        return None
    return _two_typed(site, node, op, one, other)


def _self_typed(site: Site, value: Open) -> Literal | None:
    site = value.site(site)
    match value.node:
        case tree.Number() | tree.Quantity():
            return free_number(site, value.node)
        case tree.Text():
            return Literal(value.node.plain, Text(), site.source(value.node), site.span(value.node))
        case tree.Id() | tree.Name():
            return literal(site, value.node, Date(), ("a date", None))


def _two_typed(site: Site, node: tree.Binary, op: str, left: Expr, right: Expr) -> Expr | None:
    first, second = type_of(left), type_of(right)
    if not agrees(first, second) and not agrees(second, first):
        one = (site.span(node.left), site.source(node.left), describe(first))
        other = (site.span(node.right), site.source(node.right), describe(second))
        site.add(wrong.mismatch(one, other))
        return None
    if not _can_order(site, op, node.left, first):
        return None
    if isinstance(right, Literal) and isinstance(right.type, Bool) and not isinstance(left, Literal):
        return _bool(site, node, op, left, right)
    if isinstance(left, Literal) and isinstance(left.type, Bool) and not isinstance(right, Literal):
        return _bool(site, node, op, right, left)
    return Compare(op, left, right, site.span(node))


def _bool(site: Site, node: tree.Binary, op: str, value: Expr, wanted: Literal) -> Expr:
    if isinstance(type_of(value), Optional):
        return Compare(op, value, wanted, site.span(node))
    return value if wanted.value is (op == "=") else Not(value, site.span(node))


def _with_literal(site: Site, node: tree.Binary, op: str, side: tuple[tree.Value, Expr], value: Open) -> Expr | None:
    at, expr = side
    type = type_of(expr)
    written = value.node
    if isinstance(written, tree.Name) and value.at is None and not _may_be_member(written, type, node):
        unknown_given(site, written)
        return None
    if not _can_order(site, op, at, type):
        return None
    constant = literal(value.site(site), written, type, owner_of(site, at, expr))
    return None if constant is None else Compare(op, expr, constant, site.span(node))


def _may_be_member(word: tree.Name, type: Type, node: tree.Binary) -> bool:
    """Whether an unknown word is meant as a value of `type` rather than as a given."""
    type = plain_type(type)
    if not isinstance(type, Enum):
        return False
    return word.text in type.members or node.right is word


def _can_order(site: Site, op: str, at: tree.Value, type: Type) -> bool:
    if op not in _ORDERED or isinstance(plain_type(type), Numeric | Date):
        return True
    written = site.source(at)
    match plain_type(type):
        case Enum(members=members):
            better = f"name the values, as in `{written} in {' | '.join(members[:2])}`"
        case Bool():
            better = f"write `{written}` or `not {written}`"
        case _:
            better = "compare with `=` or `!=`"
    site.add(wrong.no_order(describe(type), op, site.span(at), better))
    return False

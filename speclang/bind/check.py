"""Conditions of the tree as typed expressions.

In: the value of `when` or `unless`. Out: a typed condition in base units, or None once everything wrong is reported.
Normal form: `and` and `or` are flat, a literal stands on the right, `receipt is yes` is `receipt`, `is no` is `not receipt`.
Invariant: a part that is broken breaks its whole, and is reported once.
"""

from dataclasses import replace

from ..model.tool import TRUNCATED, WORKS, Tool
from ..syntax import tree
from ..values.expression import Absent, Among, And, Between, Compare, Expr, Literal, Not, Or, Var
from ..values.types import Bool, Date, Enum, Numeric, Optional, Text, Type
from .arithmetic import Open, Operand, operand, owner_of, type_of, unknown_given
from .errors import names as wrong_name
from .errors import types as wrong
from .literals import Owner, describe, free_number, literal, plain_type
from .names import Site
from .types import agrees, alternatives

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_PLAIN = {"is": "=", "is_not": "!="}
_ORDERED = ("<", "<=", ">", ">=")
_RETURNS = ("null", "nothing", "wrong_type")


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
            return _membership(site, node)
        case tree.Binary(op="is" | "is_not" | "=" | "!=" | "<" | "<=" | ">" | ">="):
            return _comparison(site, node)
        case tree.Run():
            return _tool_state(site, node)
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
        elif op == "and" and isinstance(part, And):
            parts.extend(part.parts)
        elif op == "or" and isinstance(part, Or):
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
        read = free_number(site, value.node)
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
    if node.op in _PLAIN and isinstance(node.right, tree.Name):
        special = _is_special(site, node, node.right)
        if special is not False:
            return special
    left = operand(site, node.left)
    right = _member(node.right, left) or operand(site, node.right)
    if left is None or right is None:
        return None
    op = _PLAIN.get(node.op, node.op)
    if isinstance(left, Open) and isinstance(right, Open):
        return _constants(site, node, op, left, right)
    if isinstance(left, Open):
        assert not isinstance(right, Open)
        return _with_literal(site, node, _FLIPPED[op], (node.right, right), left)
    if isinstance(right, Open):
        return _with_literal(site, node, op, (node.left, left), right)
    return _two_typed(site, node, op, left, right)


def _member(node: tree.Value, left: Operand | None) -> Open | None:
    """A word on the right that is a value of the left side, even where a given has the same name."""
    if not isinstance(node, tree.Name) or left is None or isinstance(left, Open):
        return None
    type = plain_type(type_of(left))
    return Open(node) if isinstance(type, Enum) and node.text in type.members else None


def _is_special(site: Site, node: tree.Binary, word: tree.Name) -> "Expr | None | bool":
    """`is missing`, `is late` and `is truncated`; False where the words mean something else."""
    left = node.left
    negated = node.op == "is_not"
    found: Expr | None
    if word.text == "missing":
        found = _absent(site, node)
    elif isinstance(left, tree.Name) and left.text in site.scope.tools and left.text not in site.scope.givens:
        tool = site.tool(left)
        if tool is None:
            return None
        states = ("late", TRUNCATED) if tool.limit is not None else ("late",)
        if word.text not in states:
            if word.text == TRUNCATED:
                site.add(wrong.never_cut(tool.name, site.span(word), tool.span))
            else:
                site.add(wrong.unknown_member(word.text, site.span(word), states, f"what `{tool.name}` can be"))
            return None
        found = _state(site, tool, left, (word,))
    else:
        return False
    return Not(found, site.span(node)) if found is not None and negated else found


def _absent(site: Site, node: tree.Binary) -> Expr | None:
    value = operand(site, node.left)
    if isinstance(value, Open) and isinstance(value.node, tree.Name):
        unknown_given(site, value.node)
        return None
    if value is None:
        return None
    if not isinstance(value, Var):
        site.add(wrong.wrong_shape("is missing", "a given before it", "tier is missing", site.span(node.left)))
        return None
    if not isinstance(value.type, Optional):
        entry = site.scope.givens[value.name]
        site.add(wrong.never_missing(value.name, site.span(node), entry.span))
        return None
    return Absent(value, site.span(node))


def _constants(site: Site, node: tree.Binary, op: str, left: Open, right: Open) -> Expr | None:
    """Two literals, or words that are no givens."""
    for side in (left, right):
        if isinstance(side.node, tree.Name):
            unknown_given(site, side.node)
            return None
    one = _self_typed(site, left)
    other = _self_typed(site, right)
    if one is None or other is None:
        return None
    return _two_typed(site, node, op, one, other)


def _self_typed(site: Site, value: Open) -> Literal | None:
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
        site.add(wrong.mismatch(one, other, site.span(node)))
        return None
    if not _can_order(site, node, op, node.left, first):
        return None
    if isinstance(right, Literal) and isinstance(right.type, Bool) and not isinstance(left, Literal):
        return _bool(site, node, op, left, right.value is True)
    if isinstance(left, Literal) and isinstance(left.type, Bool) and not isinstance(right, Literal):
        return _bool(site, node, op, right, left.value is True)
    return Compare(op, left, right, site.span(node))


def _bool(site: Site, node: tree.Binary, op: str, value: Expr, wanted: bool) -> Expr:
    if isinstance(type_of(value), Optional):
        literal = Literal(wanted, Bool(), "yes" if wanted else "no", site.span(node.right))
        return Compare(op, value, literal, site.span(node))
    return value if wanted == (op == "=") else Not(value, site.span(node))


def _with_literal(site: Site, node: tree.Binary, op: str, side: tuple[tree.Value, Expr], value: Open) -> Expr | None:
    at, expr = side
    type = type_of(expr)
    written = value.node
    if isinstance(written, tree.Name) and not _may_be_member(site, written, type, node):
        unknown_given(site, written)
        return None
    if not _can_order(site, node, op, at, type):
        return None
    constant = literal(site, written, type, owner_of(site, at, expr))
    return None if constant is None else Compare(op, expr, constant, site.span(node))


def _may_be_member(site: Site, word: tree.Name, type: Type, node: tree.Binary) -> bool:
    """Whether an unknown word is meant as a value of `type` rather than as a given."""
    type = plain_type(type)
    if not isinstance(type, Enum):
        return False
    return word.text in type.members or node.right is word


def _can_order(site: Site, node: tree.Binary, op: str, at: tree.Value, type: Type) -> bool:
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
    site.add(wrong.no_order(written, describe(type), _op(node.op), site.span(at), better))
    return False


def _op(op: str) -> str:
    return op.replace("_", " ")


def _membership(site: Site, node: tree.Binary) -> Expr | None:
    value = operand(site, node.left)
    if isinstance(value, Open):
        if isinstance(value.node, tree.Name | tree.Id):
            unknown_given(site, value.node)
        else:
            site.add(wrong.wrong_shape("in", "a given before it", "tier in gold | platinum", site.span(node.left)))
        return None
    if value is None:
        return None
    right = node.right
    while isinstance(right, tree.Group):
        right = right.value
    owner = owner_of(site, node.left, value)
    found: Expr | None
    if isinstance(right, tree.Binary) and right.op == "..":
        found = _between(site, node, value, right, owner)
    else:
        found = _among(site, node, value, right, owner)
    return Not(found, site.span(node)) if found is not None and node.op == "not_in" else found


def _between(site: Site, node: tree.Binary, value: Expr, ends: tree.Binary, owner: Owner) -> Expr | None:
    type = type_of(value)
    if not isinstance(plain_type(type), Numeric | Date):
        site.add(
            wrong.no_order(
                site.source(node.left), describe(type), "..", site.span(node.left), "name the values one by one"
            )
        )
        return None
    first: tree.Value = ends.left
    if isinstance(first, tree.Number) and isinstance(ends.right, tree.Quantity) and not first.text.endswith("%"):
        first = tree.Quantity(first, ends.right.unit, first.start, first.end)
    low = literal(site, first, type, owner)
    high = literal(site, ends.right, type, owner)
    if low is None or high is None:
        return None
    if isinstance(first, tree.Quantity) and first is not ends.left:
        low = replace(low, written=f"{low.written} {first.unit.text}")
    if low.value > high.value:  # type: ignore[operator]
        site.add(wrong.empty_range(site.source(ends.left), site.source(ends.right), site.span(ends)))
        return None
    return Between(value, low, high, site.span(node))


def _among(site: Site, node: tree.Binary, value: Expr, right: tree.Value, owner: Owner) -> Expr | None:
    items = right.items if isinstance(right, tree.Listed) else alternatives(right)
    members: dict[object, Literal] = {}
    sound = True
    for item in items:
        if isinstance(item, tree.Name) and not isinstance(plain_type(type_of(value)), Enum | Bool):
            unknown_given(site, item)
            sound = False
            continue
        member = literal(site, item, type_of(value), owner)
        if member is None:
            sound = False
        elif member.value in members:
            first = members[member.value].span
            site.add(wrong_name.member_taken("value", member.written, member.span, first))
            sound = False
        else:
            members[member.value] = member
    if not sound or not members:
        return None
    return Among(value, tuple(members.values()), site.span(node))


def _tool_state(site: Site, node: tree.Run) -> Expr | None:
    match node.parts:
        case (tree.Name() as tool_name, tree.Name(text="fails" | "returns") as verb, *rest) if len(rest) <= 1:
            pass
        case _:
            site.add(
                wrong.wrong_shape(site.source(node), "to be a condition", "age <= 30 days and receipt", site.span(node))
            )
            return None
    tool = site.tool(tool_name)
    if tool is None:
        return None
    if not rest:
        if verb.text == "returns":
            site.add(wrong.wrong_shape("returns", "what comes back", f"{tool.name} returns null", site.span(node)))
            return None
        works = Literal(WORKS, tool.states, WORKS, site.span(verb))
        return Compare("!=", Var(tool.state, tool.states, site.span(node)), works, site.span(node))
    allowed = tool.fails if verb.text == "fails" else _RETURNS
    words: list[tree.Name] = []
    for part in alternatives(rest[0].value if isinstance(rest[0], tree.Group) else rest[0]):
        if isinstance(part, tree.Name) and part.text in allowed:
            words.append(part)
            continue
        owner = f"how `{tool.name}` fails" if verb.text == "fails" else "what a tool can return"
        if allowed:
            site.add(wrong.unknown_member(site.source(part), site.span(part), allowed, owner))
        else:
            site.add(wrong.never_fails(tool.name, site.source(part), site.span(part), tool.span))
        return None
    return _state(site, tool, tool_name, tuple(words))


def _state(site: Site, tool: Tool, name: tree.Name, words: tuple[tree.Name, ...]) -> Expr:
    whole = site.span(name)._replace(end=words[-1].end)
    var = Var(tool.state, tool.states, whole)
    literals = tuple(Literal(word.text, tool.states, word.text, site.span(word)) for word in words)
    if len(literals) == 1:
        return Compare("=", var, literals[0], whole)
    return Among(var, literals, whole)

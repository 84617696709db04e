"""Conditions that are no comparison: `in`, `is missing`, and the states of tools.

In: the nodes that `check.condition` hands over. Out: a typed condition, or None once reported.
Invariant: a state of a tool is compared with states that this tool can have.
"""

import datetime
from decimal import Decimal

from ...model.tool import TRUNCATED, WORKS, Tool
from ...source.records import replace
from ...syntax import tree
from ...values.expression import Absent, Among, Between, Compare, Expr, Literal, Not, Var
from ...values.types import Bool, Date, Enum, Numeric, Optional
from ..errors import names as wrong_name
from ..errors import shapes
from ..errors import states as unlikely
from ..errors import types as wrong
from ..names import Site
from .arithmetic import Open, operand, owner_of, type_of, unknown_given
from .literals import Owner, describe, literal, plain_type
from .types import alternatives

_RETURNS = ("null", "nothing", "wrong_type")
_LATE = "late"


def says_state(site: Site, node: tree.Binary) -> bool:
    """Whether `left is word` speaks of a missing given or of a tool, and not of two values."""
    if node.op not in ("is", "is_not") or not isinstance(node.right, tree.Name):
        return False
    left = node.left
    return node.right.text == "missing" or (
        isinstance(left, tree.Name) and left.text in site.scope.tools and left.text not in site.scope.givens
    )


def state(site: Site, node: tree.Binary) -> Expr | None:
    """`is missing`, `is late` and `is truncated`, also with `is not`."""
    if not isinstance(node.right, tree.Name):
        return None
    if node.right.text == "missing":
        found = _absent(site, node)
    elif isinstance(node.left, tree.Name):
        found = _tool_is(site, node.left, node.right)
    else:
        return None
    return Not(found, site.span(node)) if found is not None and node.op == "is_not" else found


def _tool_is(site: Site, name: tree.Name, word: tree.Name) -> Expr | None:
    tool = site.tool(name)
    if tool is None:
        return None
    if word.text == TRUNCATED and tool.limit is None:
        site.add(unlikely.never_cut(tool.name, site.span(word), tool.span))
        return None
    if word.text not in (_LATE, TRUNCATED):
        site.add(unlikely.unknown_state(tool.name, word.text, "be", (_LATE, TRUNCATED), site.span(word)))
        return None
    return _compared(site, tool, name, (word,))


def _absent(site: Site, node: tree.Binary) -> Expr | None:
    value = operand(site, node.left)
    if isinstance(value, Open) and isinstance(value.node, tree.Name):
        unknown_given(site, value.node)
        return None
    if value is None:
        return None
    if not isinstance(value, Var):
        site.add(shapes.wrong_shape("is missing", "a given before it", "tier is missing", site.span(node.left)))
        return None
    if not isinstance(value.type, Optional):
        entry = site.scope.givens[value.name]
        site.add(unlikely.never_missing(value.name, site.span(node), entry.span))
        return None
    return Absent(value, site.span(node))


def membership(site: Site, node: tree.Binary) -> Expr | None:
    """`in a | b`, `in (a, b)` and `in low .. high`, also with `not in`."""
    value = operand(site, node.left)
    if isinstance(value, Open):
        if isinstance(value.node, tree.Name | tree.Id):
            unknown_given(site, value.node)
        else:
            site.add(shapes.wrong_shape("in", "a given before it", "tier in gold | platinum", site.span(node.left)))
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
        site.add(wrong.no_order(describe(type), "..", site.span(node.left), "name the values one by one"))
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
    if not _in_order(low, high):
        site.add(wrong.empty_range(site.source(ends.left), site.source(ends.right), site.span(ends)))
        return None
    return Between(value, low, high, site.span(node))


def _in_order(low: Literal, high: Literal) -> bool:
    match low.value, high.value:
        case Decimal() as first, Decimal() as last:
            return first <= last
        case datetime.date() as first, datetime.date() as last:
            return first <= last
        case _:
            return False


def _among(site: Site, node: tree.Binary, value: Expr, right: tree.Value, owner: Owner) -> Expr | None:
    items = right.items if isinstance(right, tree.Listed) else alternatives(right)
    members: dict[object, Literal] = {}
    sound = True
    for item in items:
        of_words = isinstance(plain_type(type_of(value)), Enum | Bool)
        if isinstance(item, tree.Name) and not of_words and site.argument(item) is None:
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


def tool_state(site: Site, node: tree.Run) -> Expr | None:
    """`TOOL fails`, `TOOL fails timeout | not_found`, `TOOL returns null`."""
    match node.parts:
        case (tree.Name() as name, tree.Name(text="fails" | "returns") as verb, *rest) if len(rest) <= 1:
            tool = site.tool(name)
        case _:
            example = "age <= 30 days and receipt"
            site.add(shapes.not_a(site.source(node), "a condition", example, site.span(node)))
            return None
    if tool is None:
        return None
    if rest:
        words = _words(site, tool, verb, rest[0])
        return None if words is None else _compared(site, tool, name, words)
    if verb.text == "returns":
        site.add(shapes.wrong_shape("returns", "what comes back", f"{tool.name} returns null", site.span(node)))
        return None
    works = Literal(WORKS, tool.states, WORKS, site.span(verb))
    return Compare("!=", Var(tool.state, tool.states, site.span(node)), works, site.span(node))


def _words(site: Site, tool: Tool, verb: tree.Name, node: tree.Value) -> tuple[tree.Name, ...] | None:
    """The states that follow `fails` or `returns`."""
    allowed = tool.fails if verb.text == "fails" else _RETURNS
    words: list[tree.Name] = []
    for part in alternatives(node.value if isinstance(node, tree.Group) else node):
        if isinstance(part, tree.Name) and part.text in allowed:
            words.append(part)
            continue
        if verb.text == "fails":
            site.add(unlikely.unknown_failure(tool.name, site.source(part), tool.fails, site.span(part), tool.span))
        else:
            site.add(unlikely.unknown_state(tool.name, site.source(part), "return", _RETURNS, site.span(part)))
        return None
    return tuple(words)


def _compared(site: Site, tool: Tool, name: tree.Name, words: tuple[tree.Name, ...]) -> Expr:
    whole = site.span(name)._replace(end=words[-1].end)
    variable = Var(tool.state, tool.states, whole)
    literals = tuple(Literal(word.text, tool.states, word.text, site.span(word)) for word in words)
    if len(literals) == 1:
        return Compare("=", variable, literals[0], whole)
    return Among(variable, literals, whole)

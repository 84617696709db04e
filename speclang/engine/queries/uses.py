"""What the words of one unit stand for, read from its tree alone: each name, and as what it is used.

In: a unit as parsed. Out: uses in the order in which they are written; whether there is something of that name, `names` tells.
Invariant: needs no unit to be right; says of a right one what `bind` resolves (a law compares).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...bind.effects import VERBS
from ...bind.fields import COMMON, Kinds
from ...bind.names import declared_name
from ...syntax import tree
from ...syntax.walk import children, walk
from .falling import relied
from .promised import promised

OPERAND = "operand"
"""A word of a condition: a parameter, a given, a tool, or a value of a given."""

HOLE = "hole"
"""What a text shows: a parameter, a given, or what a tool is called with."""


class Use(NamedTuple):
    """`name`, at characters `start` to `end` of its unit, used as `what`: a head of declarations, OPERAND, HOLE, `requirement` …

    `of` is whose it is, for an argument or a result of a tool and an argument of a policy.
    """

    what: str
    name: str
    start: int
    end: int
    of: str = ""


def uses(unit: tree.Unit, kinds: Kinds) -> Iterator[Use]:
    """Every use of a name in `unit`, but for the one that it declares."""
    item = unit.item
    if item is None:
        return
    if item.id is not None:
        yield from _holes(item.values)
        yield from _requirement(item, kinds)
        return
    yield from _DECLARATIONS.get(item.head.text, _nothing)(item)


def reader_of(kind: str, field: str, kinds: Kinds) -> str:
    """How a field of a requirement is read, or "" where the kind has no such field."""
    if field in COMMON:
        return COMMON[field][0]
    shape = kinds.shape(kind)
    own = shape.fields.get(field) if shape is not None else None
    return own.reader if own is not None else ""


def _requirement(item: tree.Item, kinds: Kinds) -> Iterator[Use]:
    for field in item.body or ():
        reader = reader_of(item.head.text, field.head.text, kinds)
        yield from _READERS.get(reader, _holes_of)(field.values)


def _nothing(_: tree.Item) -> Iterator[Use]:
    return iter(())


def _name(what: str, node: tree.Name | tree.Id, of: str = "") -> Use:
    return Use(what, node.text, node.start, node.end, of)


def _holes(nodes: Iterable[tree.Node]) -> Iterator[Use]:
    for node in nodes:
        for one in walk(node):
            if isinstance(one, tree.Hole):
                first = one.path.partition(".")[0]
                start = one.start + 1
                yield Use(HOLE, first, start, start + len(first))


def _holes_of(values: Sequence[tree.Value]) -> Iterator[Use]:
    return _holes(values)


def _operands(nodes: Iterable[tree.Node]) -> Iterator[Use]:
    """The words of conditions and arguments."""
    for node in nodes:
        match node:
            case tree.Name():
                yield _name(OPERAND, node)
            case tree.Member(path=(first, *rest)):
                yield Use("tool", first, node.start, node.start + len(first))
                if rest:
                    yield Use(
                        "result",
                        rest[0],
                        node.start + len(first) + 1,
                        node.start + len(first) + 1 + len(rest[0]),
                        first,
                    )
            case tree.Run(parts=(tree.Name() as tool, tree.Name(text="fails" | "returns"), *_)):
                yield _name("tool", tool)
            case tree.Quantity() | tree.Pattern():
                pass
            case tree.Text():
                yield from _holes([node])
            case tree.Argument():
                yield from _operands([node.value])
            case _:
                yield from _operands(children(node))


def _conditions(values: Sequence[tree.Value]) -> Iterator[Use]:
    return _operands(values)


def _effects(values: Sequence[tree.Value]) -> Iterator[Use]:
    """Outcomes by name, and observables in place: `approve, calls pay(amount: total), mentions "…"`."""
    for value in values:
        match value:
            case tree.Name():
                yield _name("outcome", value)
            case tree.Run(parts=(tree.Name(text=verb), node)) if verb in VERBS:
                yield from _observable(node)
            case _:
                yield from _holes([value])


def _observable(node: tree.Value) -> Iterator[Use]:
    match node:
        case tree.Name():
            yield _name("tool", node)
        case tree.Call():
            yield from _call(node, "tool", "argument", _operands)
        case _:
            yield from _holes([node])


def _call(
    node: tree.Call, what: str, argument: str, inner: Callable[[Iterable[tree.Node]], Iterator[Use]]
) -> Iterator[Use]:
    yield _name(what, node.name)
    for one in node.arguments:
        if one.name:
            yield Use(argument, one.name, one.start, one.start + len(one.name), node.name.text)
        yield from inner([one.value])


def _tools(values: Sequence[tree.Value]) -> Iterator[Use]:
    return (_name("tool", value) for value in values if isinstance(value, tree.Name))


def _refs(values: Sequence[tree.Value]) -> Iterator[Use]:
    return (_name("requirement", value) for value in values if isinstance(value, tree.Id))


def _outcomes(values: Sequence[tree.Value]) -> Iterator[Use]:
    return (_name("outcome", value) for value in values if isinstance(value, tree.Name))


def _results(values: Sequence[tree.Value]) -> Iterator[Use]:
    """`lookup_order(order_id: "A1") returns { total: 120 USD }`, `lookup_order fails timeout`."""
    for value in values:
        first = value.parts[0] if isinstance(value, tree.Run) else value
        match first:
            case tree.Name():
                yield _name("tool", first)
                tool = first.text
            case tree.Call():
                yield from _call(first, "tool", "argument", _holes)
                tool = first.name.text
            case _:
                continue
        for part in value.parts[1:] if isinstance(value, tree.Run) else ():
            for entry in part.entries if isinstance(part, tree.Record) else ():
                yield Use("result", entry.name, entry.start, entry.start + len(entry.name), tool)


def _inputs(values: Sequence[tree.Value]) -> Iterator[Use]:
    """`given tier standard`: a given and its value."""
    for value in values:
        parts = value.parts if isinstance(value, tree.Run) else (value,)
        for number, part in enumerate(parts):
            if isinstance(part, tree.Name):
                yield _name("given" if number == 0 else OPERAND, part)


def _terms(values: Sequence[tree.Value]) -> Iterator[Use]:
    """Holes, and types that are written as values: `json { total: money(USD) }`."""
    for node in (one for value in values for one in walk(value)):
        if isinstance(node, tree.Record):
            yield from _types([entry.value for entry in node.entries])
    yield from _holes(values)


def _types(nodes: Iterable[tree.Node]) -> Iterator[Use]:
    """The names where a type is expected: types, or the values of an enumeration."""
    for node in nodes:
        match node:
            case tree.Name():
                yield _name("type", node)
            case tree.Call():
                yield from _types([one.value for one in node.arguments if node.name.text != "money"])
            case tree.Argument():
                yield from _types([node.value])
            case tree.Binary(op="="):
                yield from _types([node.left])
            case tree.Number() | tree.Quantity() | tree.Text() | tree.Pattern():
                pass
            case _:
                yield from _types(children(node))


def _type(item: tree.Item) -> Iterator[Use]:
    for value in item.values:
        yield from _types([value.right] if isinstance(value, tree.Binary) and value.op == "=" else ())


def _given(item: tree.Item) -> Iterator[Use]:
    name = declared_name(item)
    yield from (one for one in _types(item.values) if name is None or one.start != name.start)
    for field in item.body or ():
        if field.head.text == "from":
            yield from (one for one in _operands(field.values) if one.what != OPERAND)
        else:
            yield from _holes(field.values)


def _tool(item: tree.Item) -> Iterator[Use]:
    for value in item.values:
        yield from _types(value.arguments if isinstance(value, tree.Call) else ())
    name = declared_name(item)
    for field in item.body or ():
        if field.head.text in ("ensures", "rate") and name is not None:
            yield from (Use(*one) for one in promised(field.values, name.text))
        else:
            yield from {"returns": _types, "example": _results}.get(field.head.text, _holes)(field.values)


def _outcome(item: tree.Item) -> Iterator[Use]:
    yield from _holes(item.values)
    for field in item.body or ():
        for value in field.values:
            yield from _observable(value) if field.head.text in VERBS else _holes([value])


def _include(item: tree.Item) -> Iterator[Use]:
    for value in item.values:
        match value:
            case tree.Name():
                yield _name("policy", value)
            case tree.Call():
                yield from _call(value, "policy", "parameter", _operands)
            case _:
                pass


def _policy(item: tree.Item) -> Iterator[Use]:
    for value in item.values:
        for node in value.parts if isinstance(value, tree.Run) else (value,):
            yield from _types(node.arguments if isinstance(node, tree.Call) else ())


def _use(item: tree.Item) -> Iterator[Use]:
    return (Use("file", one.plain, one.start, one.end) for one in item.values if isinstance(one, tree.Text))


def _texts(item: tree.Item) -> Iterator[Use]:
    return _holes([item])


_DECLARATIONS: Mapping[str, Callable[[tree.Item], Iterator[Use]]] = {
    "use": _use,
    "policy": _policy,
    "include": _include,
    "drop": lambda item: _refs(item.values),
    "type": _type,
    "tool": _tool,
    "given": _given,
    "outcome": _outcome,
    "exclusive": lambda item: _outcomes(item.values),
    "ask": _texts,
    "term": _texts,
    "paraphrase": _texts,
    "role": _texts,
    "fallback": lambda item: (Use(*one) for one in relied(item, HOLE)),
}

_READERS: Mapping[str, Callable[[Sequence[tree.Value]], Iterator[Use]]] = {
    "condition": _conditions,
    "effects": _effects,
    "tools": _tools,
    "refs": _refs,
    "results": _results,
    "inputs": _inputs,
    "terms": _terms,
}

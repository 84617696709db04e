"""What conversations written by hand say of tools and givens.

In: `tool look(order_id: "A1") returns { age: 12 days }`, `tool look fails timeout`, `given receipt yes`. Out: the kit's
`Reported` and `Fixed`. Invariant: tools, fields and givens exist, and every value is one of its type.
"""

from ..kit.schema import Fixed, Reported
from ..model.tool import WORKS, Tool
from ..syntax import tree
from ..values.expression import Compare, Literal
from ..values.types import Type
from .errors import names as wrong_name
from .errors import shapes
from .expressions.check import condition
from .expressions.literals import literal
from .names import Site

RESULTS = ("a tool and what it returns, or how it fails", "{} lookup_order returns {{ age: 12 days }}")
"""What a result is, and an example with the field's name as a hole."""

INPUTS = ("a given and its value", "{} receipt yes")
"""What an input is, and an example with the field's name as a hole."""


def results(site: Site, item: tree.Item) -> list[Reported] | None:
    """What one tool tells."""
    match item.values:
        case (tree.Run(parts=(tree.Name() | tree.Call() as called, tree.Name(text="returns"), tree.Record() as told)),):
            return _returned(site, item, called, told)
        case (tree.Run(parts=(tree.Name(), tree.Name(text="fails" | "returns"), tree.Name())) | tree.Binary() as node,):
            return _failed(site, item, node)
        case _:
            expected, example = RESULTS
            site.add(shapes.wrong_shape(item.head.text, expected, example.format(item.head.text), site.span(item)))
            return None


def _returned(site: Site, item: tree.Item, called: tree.Name | tree.Call, told: tree.Record) -> list[Reported] | None:
    tool = site.tool(called.name if isinstance(called, tree.Call) else called)
    if tool is None:
        return None
    arguments: list[tuple[str, Literal]] | None = []
    if isinstance(called, tree.Call):
        types = {one.name: one.type for one in tool.parameters}
        arguments = _values(site, called.arguments, types, tool, "argument")
    types = dict(tool.returns.fields) if tool.returns is not None else {}
    fields = _values(site, told.entries, types, tool, "result")
    if arguments is None or fields is None:
        return None
    return [Reported(tool.name, WORKS, tuple(arguments), tuple(fields), site.span(item))]


def _values(
    site: Site, written: tuple[tree.Argument, ...], types: dict[str, Type], tool: Tool, what: str
) -> list[tuple[str, Literal]] | None:
    """The values of a call or a result by name, each of the type that the tool declares."""
    read: dict[str, Literal] = {}
    sound = True
    for one in written:
        name = site.span(one)._replace(end=one.start + len(one.name))
        type = types.get(one.name)
        if one.name in read:
            site.add(wrong_name.member_taken(what, one.name, name, read[one.name].span))
            sound = False
        elif type is None and what == "result":
            site.add(wrong_name.unknown_result(tool.name, one.name, name, tuple(types), tool.span))
            sound = False
        elif type is None:
            place = name if one.name else site.span(one)
            site.add(shapes.unknown_argument(one.name or site.source(one), tool.name, place, list(types)))
            sound = False
        else:
            value = literal(site, one.value, type, (f"`{one.name}`", tool.span))
            if value is None:
                sound = False
            else:
                read[one.name] = value
    return list(read.items()) if sound else None


def _failed(site: Site, item: tree.Item, node: tree.Value) -> list[Reported] | None:
    match condition(site, node):
        case Compare(op="=", right=Literal(value=str() as state)) as said:
            name = node.parts[0] if isinstance(node, tree.Run) else node.left if isinstance(node, tree.Binary) else None
            if isinstance(name, tree.Name) and name.text in site.scope.tools:
                return [Reported(name.text, state, (), (), said.span)]
        case None:
            return None
        case _:
            pass
    expected, example = RESULTS
    site.add(shapes.wrong_shape(item.head.text, expected, example.format(item.head.text), site.span(item)))
    return None


def inputs(site: Site, item: tree.Item) -> list[Fixed] | None:
    """The value of one given."""
    match item.values:
        case (tree.Run(parts=(tree.Name() as name, value)),):
            given = site.given(name)
            if given is None:
                return None
            read = literal(site, value, given.type, (f"`{given.name}`", given.span))
            return None if read is None else [Fixed(given.name, read, site.span(item))]
        case _:
            expected, example = INPUTS
            site.add(shapes.wrong_shape(item.head.text, expected, example.format(item.head.text), site.span(item)))
            return None

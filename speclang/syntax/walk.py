"""Visits a tree, and builds a changed one.

Invariant: the one place that lists what each node holds.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar, assert_never, cast

from ..source.records import replace
from . import tree

N = TypeVar("N", bound=tree.Node)


def children(node: tree.Node) -> tuple[tree.Node, ...]:
    """What `node` holds, in the order in which it is written."""
    match node:
        case tree.Name() | tree.Id() | tree.Number() | tree.Pattern() | tree.Member() | tree.Chunk() | tree.Hole():
            return ()
        case tree.Quantity(number, unit):
            return (number, unit)
        case tree.Text(pieces):
            return pieces
        case tree.Argument(_, value) | tree.Not(value) | tree.Group(value):
            return (value,)
        case tree.Call(name, arguments):
            return (name, *arguments)
        case tree.Record(entries):
            return entries
        case tree.Listed(items):
            return items
        case tree.Run(parts):
            return parts
        case tree.Binary(_, left, right):
            return (left, right)
        case tree.Item(id_, head, values, body):
            return (*((id_,) if id_ else ()), head, *values, *(body or ()))
        case _:
            assert_never(node)


def walk(node: tree.Node | tree.Unit | tree.File) -> Iterator[tree.Node]:
    """`node` and all that it holds, each before what it holds, in the order in which it is written."""
    waiting: list[tree.Node] = []
    match node:
        case tree.File(_, units):
            waiting.extend(unit.item for unit in reversed(units) if unit.item)
        case tree.Unit():
            waiting.extend([node.item] if node.item else [])
        case _:
            waiting.append(node)
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(children(one)))


def rebuild(node: N, change: Callable[[tree.Node], tree.Node]) -> N:  # noqa: C901  # one case per node
    """`node` with `change` applied to all that it holds, from the leaves up, and then to itself.

    `change` answers with a node that may stand in the same place; one that it leaves alone it hands back.
    """
    built: tree.Node
    match cast("tree.Node", node):
        case (
            tree.Name()
            | tree.Id()
            | tree.Number()
            | tree.Pattern()
            | tree.Member()
            | tree.Chunk()
            | tree.Hole() as leaf
        ):
            built = leaf
        case tree.Quantity(number, unit) as quantity:
            built = replace(quantity, number=rebuild(number, change), unit=rebuild(unit, change))
        case tree.Text(pieces) as text:
            built = replace(text, pieces=tuple([rebuild(piece, change) for piece in pieces]))
        case tree.Argument(_, value) as argument:
            built = replace(argument, value=rebuild(value, change))
        case tree.Not(operand) as negation:
            built = replace(negation, operand=rebuild(operand, change))
        case tree.Group(value) as group:
            built = replace(group, value=rebuild(value, change))
        case tree.Call(name, arguments) as call:
            built = replace(
                call, name=rebuild(name, change), arguments=tuple([rebuild(one, change) for one in arguments])
            )
        case tree.Record(entries) as record:
            built = replace(record, entries=tuple([rebuild(one, change) for one in entries]))
        case tree.Listed(items) as listed:
            built = replace(listed, items=tuple([rebuild(one, change) for one in items]))
        case tree.Run(parts) as run:
            built = replace(run, parts=tuple([rebuild(one, change) for one in parts]))
        case tree.Binary(_, left, right) as binary:
            built = replace(binary, left=rebuild(left, change), right=rebuild(right, change))
        case tree.Item(id_, head, values, body) as item:
            built = replace(
                item,
                id=rebuild(id_, change) if id_ else None,
                head=rebuild(head, change),
                values=tuple([rebuild(one, change) for one in values]),
                body=None if body is None else tuple([rebuild(one, change) for one in body]),
            )
        case other:
            assert_never(other)
    return cast("N", change(built))

"""What a `fallback` names: tools that fail or are called, the arguments of such a call, requirements, and the holes of its texts.

In: the declaration. Out: for each name what is meant, the name, its place, and whose argument it is.
"""

from collections.abc import Iterable, Iterator

from ...model.fallback import MODEL
from ...syntax import tree
from ...syntax.walk import walk

Named = tuple[str, str, int, int, str]


def relied(item: tree.Item, hole: str) -> Iterator[Named]:
    """The names in `item`, in order; `hole` is what is meant by the name in a hole."""
    for field in item.body or ():
        for value in field.values:
            parts = value.parts if isinstance(value, tree.Run) else (value,)
            match field.head.text, parts:
                case "when", (tree.Name(text=name) as tool, *_) if name != MODEL:
                    yield "tool", name, tool.start, tool.end, ""
                case "must_hold", (tree.Id(text=id) as node,):
                    yield "requirement", id, node.start, node.end, ""
                case "tier", (_, tree.Name(text="calls"), called, *_):
                    yield from _called(called, hole)
                case "tier", _:
                    yield from _holes(parts[1:], hole)
                case _:
                    pass


def _called(node: tree.Node, hole: str) -> Iterator[Named]:
    name = node.name if isinstance(node, tree.Call) else node
    if isinstance(name, tree.Name):
        yield "tool", name.text, name.start, name.end, ""
    for one in node.arguments if isinstance(node, tree.Call) else ():
        if one.name and isinstance(name, tree.Name):
            yield "argument", one.name, one.start, one.start + len(one.name), name.text
        if isinstance(one.value, tree.Name):
            yield "given", one.value.text, one.value.start, one.value.end, ""
        yield from _holes([one.value], hole)


def _holes(nodes: Iterable[tree.Node], hole: str) -> Iterator[Named]:
    for node in nodes:
        for one in walk(node):
            if isinstance(one, tree.Hole):
                first = one.path.partition(".")[0]
                yield hole, first, one.start + 1, one.start + 1 + len(first), ""

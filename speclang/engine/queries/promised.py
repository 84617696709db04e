"""What the promises of a tool name: its fields, its lists, and the arguments of the call.

In: the values of `ensures` and `rate` as parsed. Out: what is named, as what, and where; of whom it is.
Invariant: no given is named in a promise, whatever it is called.
"""

from collections.abc import Iterable, Iterator

from ...syntax import tree
from ...syntax.walk import children

_SENT = "sent"


def promised(nodes: Iterable[tree.Node], tool: str) -> Iterator[tuple[str, str, int, int, str]]:
    """Fields of a result, and arguments after `sent.` and `with:`: what it is, its name, from where to where, and the tool."""
    for node in nodes:
        match node:
            case tree.Name(text=name):
                yield "result", name, node.start, node.end, tool
            case tree.Member(path=(first, argument, *_)) if first == _SENT:
                start = node.start + len(_SENT) + 1
                yield "argument", argument, start, start + len(argument), tool
            case tree.Member(path=(first, *_)):
                yield "result", first, node.start, node.start + len(first), tool
            case tree.Argument(name="with", value=tree.Name(text=name) as argument):
                yield "argument", name, argument.start, argument.end, tool
            case tree.Argument(name=by):
                yield from promised([] if by else [node.value], tool)
            case tree.Call():
                yield from promised(node.arguments, tool)
            case tree.Quantity() | tree.Number() | tree.Text() | tree.Pattern():
                pass
            case _:
                yield from promised(children(node), tool)

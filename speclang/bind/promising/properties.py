"""Properties that are no conditions: `sorted(orders, by: placed)`, `unique(…)`, `rounded(…)`, and those that a second call shows.

In: a call of the tree, and what can be named of a tool's results. Out: a `model.promise.Property`.
Invariant: one way to write each; whatever else is written is reported with that way.
"""

from collections.abc import Mapping
from decimal import Decimal

from ...logic.promising.results import Shape, ordered
from ...model.promise import Narrows, Property, Repeatable, Rounded, Sorted, Unique, Unordered
from ...model.tool import Tool
from ...syntax import tree
from ...values.types import ListOf, Numeric, Optional, Type
from ..errors import names as wrong_name
from ..errors import shapes
from ..expressions.literals import literal
from ..names import Site

CALLS: Mapping[str, tuple[str, str]] = {
    "sorted": ("a list that comes back, and by what it is sorted", "sorted(orders, by: placed, descending)"),
    "unique": ("a list that comes back, and what tells its items apart", "unique(orders, by: id)"),
    "rounded": ("a number that comes back, and to what it is rounded", "rounded(total, to: 0.01 USD)"),
    "repeatable": ("nothing more", "repeatable"),
    "narrows": (
        "a list, what tells its items apart, and an optional argument",
        "narrows(orders, by: id, with: status)",
    ),
    "unordered": ("an argument that is a list", "unordered(ids)"),
}
"""What each is called with, and an example."""


def named(node: tree.Value) -> str:
    """What `node` calls, if it is a call, or a word by itself."""
    match node:
        case tree.Call(name=tree.Name(text=word)) | tree.Name(text=word):
            return word
        case _:
            return ""


def property_of(site: Site, node: tree.Value, tool: Tool, shape: Shape) -> Property | None:
    """The property that the call `node` says; None once reported."""
    word = named(node)
    arguments = node.arguments if isinstance(node, tree.Call) else ()
    bare = [one.value for one in arguments if not one.name]
    by = {one.name: one.value for one in arguments if one.name}
    reading = _Call(site, tool, shape)
    found: Property | None = None
    complete = len(bare) + len(by) == len(arguments)
    match word, bare, sorted(by):
        case "repeatable", [], []:
            return Repeatable()
        case "sorted", [items, *rest], ([] | ["by"]) if complete and [named(one) for one in rest] in (
            [],
            ["descending"],
        ):
            list_, field = reading.items(items), reading.field(items, by.get("by"), sortable=True)
            found = Sorted(list_, field, bool(rest)) if list_ is not None and field is not None else None
        case "unique", [items], ([] | ["by"]) if complete:
            list_, field = reading.items(items), reading.field(items, by.get("by"))
            found = Unique(list_, field) if list_ is not None and field is not None else None
        case "rounded", [path], ["to"] if complete:
            found = reading.rounded(path, by["to"])
        case "narrows", [items], ["by", "with"] | ["with"] if complete:
            list_, field = reading.items(items), reading.field(items, by.get("by"))
            argument = reading.argument(by["with"], Optional, "optional")
            if list_ is not None and field is not None and argument is not None:
                found = Narrows(list_, field, argument)
        case "unordered", [path], []:
            argument = reading.argument(path, ListOf, "a list")
            found = Unordered(argument) if argument is not None else None
        case _:
            expected, example = CALLS[word]
            site.add(shapes.wrong_shape(word, expected, f"ensures {example}", site.span(node)))
    return found


class _Call:
    """What the arguments of a property name; lives no longer than the call."""

    __slots__ = ("_shape", "_site", "_tool")

    def __init__(self, site: Site, tool: Tool, shape: Shape) -> None:
        self._site = site
        self._tool = tool
        self._shape = shape

    def items(self, node: tree.Value) -> str | None:
        """The list that comes back under the name `node`."""
        name = _path(node)
        returned = [one for one in self._shape.lists if not one.startswith("sent.")]
        if name in returned:
            return name
        self._unknown(name, node, returned, "a list")
        return None

    def field(self, items: tree.Value, node: tree.Value | None, *, sortable: bool = False) -> str | None:
        """The field `node` of the items of a list; "" for the items themselves, None once reported."""
        list_ = _path(items)
        if list_ not in self._shape.lists:
            return None
        fields = self._shape.fields(list_)
        name = _path(node) if node is not None else ""
        if (node is None) == bool(fields) or (node is not None and name not in fields):
            at = items if node is None else node
            if not fields:
                expected = f"no `by` where the items of `{list_}` have no fields"
                self._site.add(shapes.wrong_shape("unique", expected, f"ensures unique({list_})", self._site.span(at)))
            elif node is None:
                example = f"by: {next(iter(fields))}"
                self._site.add(shapes.wrong_shape(list_, "a field to tell its items by", example, self._site.span(at)))
            else:
                self._unknown(name, at, list(fields), "a field")
            return None
        of = fields.get(name, self._shape.lists[list_])
        if sortable and not ordered(of):
            expected = "a number or a date to be sorted by"
            self._site.add(shapes.wrong_shape("sorted", expected, CALLS["sorted"][1], self._site.span(node or items)))
            return None
        return name

    def rounded(self, node: tree.Value, to: tree.Value) -> Rounded | None:
        """A number that is a whole number of `to`."""
        name = _path(node)
        type = self._shape.names.get(name)
        bare = type.of if isinstance(type, Optional) else type
        if type is None or name.startswith("sent."):
            self._unknown(name, node, [one for one in self._shape.names if not one.startswith("sent.")], "a field")
            return None
        step = None
        if isinstance(bare, Numeric):
            # Its own step is what may be finer than the promise, not coarser.
            step = literal(self._site, to, bare, (f"`{name}`", self._tool.span))
            if step is None:
                return None
        if step is None or not isinstance(step.value, Decimal) or step.value <= 0:
            expected, example = CALLS["rounded"]
            self._site.add(shapes.wrong_shape("rounded", expected, f"ensures {example}", self._site.span(node)))
            return None
        return Rounded(name, step.value)

    def argument(self, node: tree.Value, sort: type[Optional] | type[ListOf], what: str) -> str | None:
        """The parameter `node`, which has to be of a certain sort."""
        name = _path(node).removeprefix("sent.")
        types: dict[str, Type] = {one.name: one.type for one in self._tool.parameters}
        if name not in types:
            self._site.add(shapes.unknown_argument(name, self._tool.name, self._site.span(node), list(types)))
            return None
        if not isinstance(types[name], sort):
            example = "narrows(orders, by: id, with: status)" if sort is Optional else "unordered(ids)"
            expected = f"an argument that is {what}"
            self._site.add(shapes.wrong_shape(name, expected, f"ensures {example}", self._site.span(node)))
            return None
        return name

    def _unknown(self, name: str, node: tree.Value, known: list[str], what: str) -> None:
        if not name:
            self._site.add(shapes.not_a(self._site.source(node), what, "orders", self._site.span(node)))
            return
        span = self._site.span(node)
        self._site.add(wrong_name.unknown_result(self._tool.name, name, span, tuple(known), self._tool.span))


def _path(node: tree.Value) -> str:
    match node:
        case tree.Name(text=text):
            return text
        case tree.Member(path=path):
            return ".".join(path)
        case _:
            return ""

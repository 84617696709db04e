"""What the results of a tool promise: `ensures`, `example`, `rate`, `version` and `fresh` inside of `tool … { … }`.

In: the fields of a tool's block and the tool as far as it is read. Out: `model.promise.Promises`.
A property is a condition over the fields that come back, over `sent.ARGUMENT`, `size(list)` and `sum(list.field)`, or one of a few calls.
Invariant: every name is a field, a list or a parameter of the tool itself; conditions are typed as all others are.
"""

import posixpath
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ...diagnostics.result import Collector
from ...logic.promising.results import Shape, shape
from ...model.given import FromUser, Given
from ...model.promise import SENT, ClassRate, Condition, Ensures, Promises, Property
from ...model.tool import Tool
from ...source.records import replace
from ...syntax import tree
from ...syntax.walk import rebuild, walk
from ...values.domain import smallest
from ...values.evaluate import variables
from ...values.expression import Expr
from ...values.units import find, quantity
from ..errors import composition, shapes
from ..errors import names as wrong_name
from ..expressions.check import condition
from ..expressions.literals import TRUTH, literal
from ..names import Entry, Site
from ..parts import wording
from .pins import called
from .properties import CALLS, named, property_of

_ENSURES = ("a property of what comes back", "ensures total >= 0 USD")
_RATE = ("a condition, a share and a file of calls", 'rate flagged <= 5% on "ham.jsonl"')


def promises(site: Site, fields: Mapping[str, Sequence[tree.Item]], tool: Tool) -> Promises | None:
    """What `fields` promise of `tool`: None once something wrong is reported."""
    reading = _Reading(site, tool)
    ensures = [reading.ensures(one) for one in fields.get("ensures", ())]
    examples = [called(site, one, tool) for one in fields.get("example", ())]
    rates = [reading.rate(one) for one in fields.get("rate", ())]
    version = _version(site, fields["version"][0]) if "version" in fields else ""
    fresh = _fresh(site, fields["fresh"][0]) if "fresh" in fields else 0
    if version is None or fresh is None:
        return None
    found = Promises(
        tuple(one for some in ensures for one in some or ()),
        tuple(one for one in examples if one is not None),
        tuple(one for one in rates if one is not None),
        version,
        fresh or None,
    )
    whole = None not in ensures and None not in examples and None not in rates
    return found if whole else None


class _Reading:
    """The conditions of one tool; lives no longer than the call."""

    __slots__ = ("_inner", "_shape", "_site", "_tool")

    def __init__(self, site: Site, tool: Tool) -> None:
        self._site = site
        self._tool = tool
        self._shape: Shape = shape(tool)
        givens = {
            name: Entry(
                name,
                Given(name, of, wording(name, tool.span), None, FromUser(), (), smallest(of), tool.span),
                tool.span,
                "",
            )
            for name, of in self._shape.names.items()
        }
        # What is unknown is reported here, as a field and not as a given.
        inner = replace(site.scope, givens=givens, tools={}, open=site.scope.open | {"given"})
        self._inner = Site(site.unit, inner, Collector())

    def ensures(self, item: tree.Item) -> list[Ensures] | None:
        """The properties of one field, each named by its words."""
        site = self._site
        if not item.values:
            expected, example = _ENSURES
            site.add(shapes.wrong_shape("ensures", expected, example, site.span(item)))
            return None
        found: list[Ensures] = []
        for node in item.values:
            says = self._property(node)
            if says is not None:
                found.append(Ensures(says, site.source(node), site.span(node)))
        return found if len(found) == len(item.values) else None

    def rate(self, item: tree.Item) -> ClassRate | None:
        """A share of the calls in a file."""
        site = self._site
        match item.values:
            case (
                tree.Binary(
                    op="<=" | ">=" as op,
                    left=left,
                    right=tree.Run(parts=(tree.Quantity(number=share, unit=tree.Name(text="on")), tree.Text() as file)),
                ),
            ) if share.text.endswith("%"):
                holds = self._condition(left)
                path = self._file(file)
            case _:
                expected, example = _RATE
                site.add(shapes.wrong_shape("rate", expected, example, site.span(item)))
                return None
        of = Decimal(share.text.replace("_", "").removesuffix("%")) / 100
        if not 0 <= of <= 1:
            site.add(shapes.out_of_reach("rate", share.text, "a share lies between 0% and 100%", site.span(share)))
            return None
        if holds is None or path is None:
            return None
        if eaches := [name for name in variables(holds) if name in self._shape.each]:
            self._not_each("rate", eaches[0], left)
            return None
        words = site.source(item).removeprefix("rate").strip()
        return ClassRate(holds, op == "<=", of, path, words, site.span(item))

    def _property(self, node: tree.Value) -> Property | None:
        if named(node) in CALLS:
            return property_of(self._site, node, self._tool, self._shape)
        holds = self._condition(node)
        if holds is None:
            return None
        eaches = dict.fromkeys(self._shape.each[name] for name in variables(holds) if name in self._shape.each)
        if len(eaches) > 1:
            expected, example = "a condition on the items of one list", "ensures lines.price <= total"
            self._site.add(shapes.wrong_shape("ensures", expected, example, self._site.span(node)))
            return None
        return Condition(holds, next(iter(eaches), ""))

    def _condition(self, node: tree.Value) -> Expr | None:
        """`node` with the paths of fields as its names."""
        words = rebuild(node, self._renamed)
        found = condition(self._inner, words)
        told = self._inner.found.found[:]
        self._inner.found.found.clear()
        for one in told:
            self._site.add(one)
        if found is None and not told:
            self._unknown(words)
        return found

    def _renamed(self, node: tree.Node) -> tree.Node:
        match node:
            case tree.Member(path=path, start=start, end=end) if ".".join(path) in {
                *self._shape.names,
                *self._shape.lists,
            }:
                return tree.Name(".".join(path), start, end)
            case tree.Call(
                name=tree.Name(text="size" | "sum" as word),
                arguments=(tree.Argument(name="", value=tree.Name(text=of)),),
                start=start,
                end=end,
            ) if f"{word}({of})" in self._shape.names:
                return tree.Name(f"{word}({of})", start, end)
            case _:
                return node

    def _unknown(self, node: tree.Value) -> None:
        """Report the first name of a condition that is no field."""
        site = self._site
        known = tuple(name for name in self._shape.names if "(" not in name and not name.startswith(SENT))
        for one in walk(node):
            name = (
                ".".join(one.path) if isinstance(one, tree.Member) else one.text if isinstance(one, tree.Name) else ""
            )
            if not name or name in self._shape.names or name in TRUTH:
                continue
            if name.startswith(SENT):
                sent = [f"{SENT}{one.name}" for one in self._tool.parameters]
                site.add(shapes.unknown_argument(name, self._tool.name, site.span(one), sent))
            else:
                site.add(wrong_name.unknown_result(self._tool.name, name, site.span(one), known, self._tool.span))
            return
        expected, example = _ENSURES
        site.add(shapes.wrong_shape("ensures", expected, example, site.span(node)))

    def _not_each(self, head: str, name: str, node: tree.Value) -> None:
        expected = f"one value of a call, and `{name}` is one of each item"
        self._site.add(shapes.wrong_shape(head, expected, f"{head} size(results) > 0", self._site.span(node)))

    def _file(self, node: tree.Text) -> str | None:
        """The path from the project's root."""
        site = self._site
        folder = posixpath.dirname(site.unit.name.file)
        path = posixpath.normpath(posixpath.join(folder, node.plain))
        if node.plain.startswith(("/", "~")) or node.plain[1:2] == ":" or path == ".." or path.startswith("../"):
            site.add(composition.outside_root(node.plain, site.span(node)))
            return None
        return path


def _version(site: Site, item: tree.Item) -> str | None:
    match item.values:
        case (tree.Text() as text,) if text.plain.strip():
            return text.plain
        case _:
            site.add(shapes.wrong_shape("version", "one text in quotes", 'version "4.2"', site.span(item)))
            return None


def _fresh(site: Site, item: tree.Item) -> int | None:
    """For how many days a recording is good."""
    unit = find("days")
    match item.values:
        case (tree.Quantity() as node,) if unit is not None:
            read = literal(site, node, quantity(unit), ("`fresh`", None))
            if read is None:
                return None
            if isinstance(read.value, Decimal) and read.value >= unit.size:
                return int(read.value / unit.size)
        case _:
            pass
    site.add(shapes.wrong_shape("fresh", "a number of days", "fresh 30 days", site.span(item)))
    return None

"""Tools: their parameters, what they return, and how they fail.

In: `tool NAME(parameters) { about returns fails limit needs writes silent … }`. Out: a `model.tool.Tool`; what its results promise beside
their types is read by `promising`.
Invariant: no failure has the name of a state that every tool can have.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..model.tool import FAULTS, TRUNCATED, WORKS, Cap, Parameter, Tool
from ..source.records import replace
from ..syntax import tree
from ..values.types import Bool, Record
from ..values.units import find, quantity
from .errors import names as wrong_name
from .errors import shapes, states
from .expressions.literals import number
from .expressions.types import read_type, record
from .names import Site
from .parts import gathered, text

_SIZE = "8 KiB"

_SINGLE = ("version", "fresh")
_MANY = ("ensures", "example", "rate")
"""What a tool's results promise."""

_HARNESS = "harness"
"""The layer that cuts where a limit names none."""


def tool(site: Site, item: tree.Item, name: tree.Name) -> Tool | None:
    """The tool that `item` declares."""
    match item.values:
        case (tree.Call() as call,):
            parameters = _parameters(site, call)
        case (tree.Name(),):
            parameters = ()
        case _:
            example = f"tool {name.text}(order_id: text)"
            site.add(shapes.wrong_shape("tool", "a name and its parameters", example, site.span(item)))
            return None
    single = ("about", "returns", "limit", "needs", "writes", "silent", *_SINGLE)
    fields, whole = gathered(site, item, "tool", single, ("fails", *_MANY))
    about = returns = None
    sound = whole and parameters is not None
    if "about" in fields:
        match fields["about"][0].values:
            case (tree.Text() as words,):
                about = text(site, words)
                sound = sound and about is not None
            case _:
                site.add(
                    shapes.wrong_shape(
                        "about", "one text in quotes", 'about "Looks up one order."', site.span(fields["about"][0])
                    )
                )
                sound = False
    if "returns" in fields:
        returns = _returns(site, fields["returns"][0])
        sound = sound and returns is not None
    sizes = _sizes(site, name, fields)
    fails = _failures(site, fields.get("fails", ()))
    writes = flag(site, fields["writes"][0]) if "writes" in fields else False
    silent = flag(site, fields["silent"][0]) if "silent" in fields else False
    if not sound or parameters is None or fails is None or writes is None or silent is None or sizes is None:
        return None
    caps, needs = sizes
    limit = min((one.size for one in caps), default=None)
    named = caps if any(one.by for one in caps) else ()
    own = site.span(name)
    found = Tool(name.text, parameters, about, returns, fails, limit, writes, silent, own, caps=named, needs=needs)
    if fields.keys().isdisjoint((*_SINGLE, *_MANY)):
        return found
    from .promising.promises import promises  # most tools promise nothing, and what reads it is not loaded for them

    # A promise that can't be read is reported, and leaves the tool what it is.
    return replace(found, promises=promises(site, fields, found))


def _sizes(
    site: Site, name: tree.Name, fields: Mapping[str, Sequence[tree.Item]]
) -> tuple[tuple[Cap, ...], int | None] | None:
    """At which sizes layers cut, and how much has to reach the model; None where that can't be."""
    caps = _caps(site, fields["limit"][0]) if "limit" in fields else ()
    if "needs" not in fields:
        return None if caps is None else (caps, None)
    item = fields["needs"][0]
    needs = size(site, item)
    if caps is None or needs is None or not _reaches(site, name, needs, item, caps):
        return None
    return caps, needs


def _caps(site: Site, item: tree.Item) -> tuple[Cap, ...] | None:
    """The sizes of `limit 8 KiB, 2 KiB by gateway`; of one layer only one."""
    caps: dict[str, Cap] = {}
    sound = bool(item.values) or size(site, item) is not None
    for value in item.values:
        by = ""
        node = value
        match value:
            case tree.Run(parts=(part, tree.Name(text="by"), tree.Name(text=layer))):
                node, by = part, layer
            case _:
                pass
        found = size(site, replace(item, values=(node,)))
        if found is None:
            sound = False
        elif by in caps:
            site.add(wrong_name.member_taken("layer", by or _HARNESS, site.span(value), caps[by].span))
            sound = False
        else:
            caps[by] = Cap(found, by, site.span(value))
    return tuple(caps.values()) if sound else None


def _reaches(site: Site, name: tree.Name, needs: int, item: tree.Item, caps: Sequence[Cap]) -> bool:
    """Whether no layer cuts what has to reach the model; the one that cuts first is reported."""
    first = min(caps, key=lambda one: one.size, default=None)
    if first is None or first.size >= needs:
        return True
    span = site.span(item.values[0])
    site.add(states.cuts_needed(name.text, first.by or _HARNESS, needs, first.size, span, first.span))
    return False


def _parameters(site: Site, call: tree.Call) -> tuple[Parameter, ...] | None:
    parameters: dict[str, Parameter] = {}
    sound = True
    for argument in call.arguments:
        name_span = site.span(argument)._replace(end=argument.start + len(argument.name))
        if not argument.name:
            example = f"tool {call.name.text}(order_id: text)"
            site.add(shapes.wrong_shape("tool", "a name and a type for each parameter", example, site.span(argument)))
            sound = False
            continue
        if argument.name in parameters:
            first = parameters[argument.name].span
            site.add(wrong_name.member_taken("parameter", argument.name, name_span, first))
            sound = False
            continue
        value = argument.value
        parts = value.parts if isinstance(value, tree.Run) else (value,)
        type = read_type(site, parts, site.span(argument), site.scope.types.get)
        parameters[argument.name] = Parameter(argument.name, type or Bool(), name_span)
        sound = sound and type is not None
    return tuple(parameters.values()) if sound else None


def _returns(site: Site, item: tree.Item) -> Record | None:
    match item.values:
        case (tree.Record() as node,):
            return record(site, node, site.scope.types.get)
        case _:
            example = "returns { total: money(USD), age: days }"
            site.add(
                shapes.wrong_shape("returns", "the fields that come back, with their types", example, site.span(item))
            )
            return None


def _failures(site: Site, items: Sequence[tree.Item]) -> tuple[str, ...] | None:
    failures: dict[str, tree.Name] = {}
    sound = True
    for item in items:
        if not item.values:
            site.add(shapes.wrong_shape("fails", "the names of failures", "fails timeout, not_found", site.span(item)))
            sound = False
        for value in item.values:
            if not isinstance(value, tree.Name):
                site.add(
                    shapes.wrong_shape("fails", "the names of failures", "fails timeout, not_found", site.span(value))
                )
                sound = False
            elif value.text in (WORKS, TRUNCATED, *FAULTS):
                site.add(wrong_name.reserved_name(value.text, "failure", site.span(value)))
                sound = False
            elif value.text in failures:
                first = site.span(failures[value.text])
                site.add(wrong_name.member_taken("failure", value.text, site.span(value), first))
                sound = False
            else:
                failures[value.text] = value
    return tuple(failures) if sound else None


def size(site: Site, item: tree.Item) -> int | None:
    """The number of bytes of a field such as `limit 8 KiB`."""
    head = item.head.text
    if len(item.values) == 1 and (argument := site.argument(item.values[0])) is not None:
        if argument.node is None:
            return None
        return size(site.at(argument), replace(item, values=(argument.node,)))
    unit = find("bytes")
    match item.values:
        case (tree.Quantity() | tree.Number() as node,) if unit is not None:
            read = number(site, node, quantity(unit), (f"`{head}`", None))
        case _:
            site.add(shapes.wrong_shape(head, "a size", f"{head} {_SIZE}", site.span(item)))
            return None
    if read is None:
        return None
    if not isinstance(read.value, Decimal) or read.value < 1:
        site.add(shapes.wrong_shape(head, "a size of at least 1 byte", f"{head} {_SIZE}", site.span(item)))
        return None
    return int(read.value)


def flag(site: Site, item: tree.Item) -> bool | None:
    """The field without a value, as `writes`."""
    if item.values:
        site.add(shapes.flag_with_value(item.head.text, site.span(item)))
        return None
    return True

"""Outcomes and effects: what the system is to do, in terms that a grader can see.

In: `calls t(a: x)`, `avoids t`, `mentions "…"`, `omits "…"`, the name of an outcome. Out: effects of the model.
Invariant: every tool, argument and outcome named exists, and arguments have the types that the tool declares.
"""

from collections.abc import Mapping, Sequence

from ..model.outcome import Avoids, Calls, Effect, Mentions, Observable, Omits, Outcome, Reach
from ..model.tool import Tool
from ..syntax import tree
from ..values.expression import Expr, Literal
from ..values.types import Enum
from .errors import names as wrong_name
from .errors import shapes
from .expressions.arithmetic import Open, operand, type_of
from .expressions.literals import describe, literal, plain_type
from .expressions.types import agrees
from .names import Site
from .parts import gathered, text

VERBS = ("calls", "avoids", "mentions", "omits")
"""The words that lead an observable."""

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "calls": ("a tool, with or without arguments", "calls issue_refund(amount: total)"),
    "avoids": ("the name of a tool", "avoids issue_refund"),
    "mentions": ("a text in quotes", 'mentions "30 days"'),
    "omits": ("a text in quotes", 'omits "error"'),
}


def observable(site: Site, verb: str, node: tree.Value) -> Observable | None:
    """What `verb` and its value ask for."""
    match verb, node:
        case "calls", tree.Name():
            tool = site.tool(node)
            return None if tool is None else Calls(tool.name, (), site.span(node))
        case "calls", tree.Call():
            return _call(site, node)
        case "avoids", tree.Name():
            tool = site.tool(node)
            return None if tool is None else Avoids(tool.name, site.span(node))
        case (("mentions" | "omits"), tree.Text()):
            words = text(site, node)
            if words is None:
                return None
            return Mentions(words, site.span(node)) if verb == "mentions" else Omits(words, site.span(node))
        case _:
            expected, example = _EXPECTED[verb]
            site.add(shapes.wrong_shape(verb, expected, example, site.span(node)))
            return None


def _call(site: Site, node: tree.Call) -> Calls | None:
    tool = site.tool(node.name)
    if tool is None:
        return None
    arguments: dict[str, Expr] = {}
    places: dict[str, tree.Argument] = {}
    sound = True
    for argument in node.arguments:
        if not argument.name:
            site.add(shapes.unnamed_argument(tool.name, site.span(argument), [one.name for one in tool.parameters]))
            sound = False
        elif argument.name in places:
            first = site.span(places[argument.name])
            site.add(wrong_name.member_taken("argument", argument.name, site.span(argument), first))
            sound = False
        else:
            places[argument.name] = argument
            value = _argument(site, tool, argument)
            if value is None:
                sound = False
            else:
                arguments[argument.name] = value
    return Calls(tool.name, tuple(arguments.items()), site.span(node)) if sound else None


def _argument(site: Site, tool: Tool, argument: tree.Argument) -> Expr | None:
    parameter = next((one for one in tool.parameters if one.name == argument.name), None)
    if parameter is None:
        name = site.span(argument)._replace(end=argument.start + len(argument.name))
        site.add(shapes.unknown_argument(argument.name, tool.name, name, [one.name for one in tool.parameters]))
        return None
    value = operand(site, argument.value)
    if value is None:
        return None
    if isinstance(value, Open):
        if isinstance(value.node, tree.Name) and value.at is None:
            return _word(site, value.node, parameter.name, tool)
        return literal(value.site(site), value.node, parameter.type, (f"`{parameter.name}`", parameter.span))
    if not agrees(parameter.type, type_of(value)):
        wants, got = describe(parameter.type), describe(type_of(value))
        site.add(shapes.argument_mismatch(parameter.name, wants, got, site.span(argument.value), parameter.span))
        return None
    if isinstance(value, Literal):
        return literal(site, argument.value, parameter.type, (f"`{parameter.name}`", parameter.span))
    return value


def _word(site: Site, node: tree.Name, name: str, tool: Tool) -> Literal | None:
    """A bare word that is no given: a value of an enumeration, or a mistake."""
    parameter = next(one for one in tool.parameters if one.name == name)
    if isinstance(plain_type(parameter.type), Enum):
        return literal(site, node, parameter.type, (f"`{name}`", parameter.span))
    site.given(node)
    return None


def outcome(site: Site, item: tree.Item, name: tree.Name, rest: Sequence[tree.Value]) -> Outcome | None:
    """The declaration `outcome NAME "wording" { observables }`."""
    match rest:
        case (tree.Text() as words,):
            pass
        case _:
            example = f'outcome {name.text} "approve the refund"'
            site.add(shapes.wrong_shape("outcome", "a name and its wording in quotes", example, site.span(item)))
            return None
    wording = text(site, words)
    found, sound = gathered(site, item, "outcome", (), VERBS)
    observables: list[Observable] = []
    for field in sorted((one for group in found.values() for one in group), key=lambda one: one.start):
        if not field.values:
            expected, example = _EXPECTED[field.head.text]
            site.add(shapes.wrong_shape(field.head.text, expected, example, site.span(field)))
            sound = False
        for value in field.values:
            one = observable(site, field.head.text, value)
            if one is None:
                sound = False
            else:
                observables.append(one)
    if not sound or wording is None:
        return None
    return Outcome(name.text, wording, tuple(observables), site.span(name))


def effects(site: Site, item: tree.Item) -> tuple[Effect, ...] | None:
    """The effects of one `must` line: outcomes and observables, separated by commas; texts go on with the last verb."""
    found: list[Effect] = []
    sound = True
    verb = ""
    for value in item.values:
        effect: Effect | None
        match value:
            case tree.Name():
                verb = ""
                known = site.outcome(value)
                effect = None if known is None else Reach(known.name, site.span(value))
            case tree.Run(parts=(tree.Name(text=("calls" | "avoids" | "mentions" | "omits") as verb), one)):
                effect = observable(site, verb, one)
            case tree.Text() if verb in ("mentions", "omits"):
                effect = observable(site, verb, value)
            case _:
                example = f'{item.head.text} approve, mentions "30 days"'
                site.add(shapes.wrong_shape(item.head.text, "outcomes or observables", example, site.span(value)))
                effect = None
        if effect is None:
            sound = False
        else:
            found.append(effect)
    return tuple(found) if sound else None

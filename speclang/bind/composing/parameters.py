"""Parameters of policies, and what an `include` gives for them.

In: `policy brand(name: text, limit: days = 30 days)` and `include brand(name: "Acme")`. Out: arguments by name.
A parameter is a value that the policy's texts, conditions and bounds may use; a text shows it where it says `{name}`.
Invariant: an argument keeps the place where it is written, so that what is made of it leads back there; one that is broken
is reported once and stays without a value.
"""

from collections.abc import Mapping

from ...diagnostics.result import Collector
from ...source.records import dataclass
from ...source.span import Span
from ...syntax import tree
from ...values.canonical import canonical_value
from ...values.types import Bool, Date, Enum, Numeric, Text, Type
from ..errors import composition as wrong
from ..errors import names as wrong_name
from ..errors import shapes
from ..expressions.literals import describe, literal
from ..expressions.types import read_type
from ..names import Argument, Scope, Site

MOST = 32
"""How many parameters a policy may have."""

_EXAMPLE = 'policy brand(name: text, limit: days) "Our voice" {'


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a policy; `type` is None where it could not be read, `default` is what it is if nothing is given."""

    name: str
    type: Type | None
    span: Span
    default: tree.Value | None


@dataclass(frozen=True, slots=True)
class Include:
    """One `include` as written: in which unit, and the name or call in it."""

    unit: tree.Unit
    node: tree.Name | tree.Call


def signature(opener: tree.Unit) -> tree.Call | None:
    """The name with parameters in the opening line of a block, if it has any."""
    match opener.item:
        case tree.Item(values=(tree.Call() as call,)) | tree.Item(values=(tree.Run(parts=(tree.Call() as call, *_)),)):
            return call
        case _:
            return None


def parameters(opener: tree.Unit, visible: Scope, found: Collector) -> tuple[Parameter, ...]:
    """The parameters that the opening line of a policy declares."""
    call = signature(opener)
    if call is None:
        return ()
    site = Site(opener, visible, found)
    declared: dict[str, Parameter] = {}
    if not call.arguments or len(call.arguments) > MOST:
        expected = f"1 to {MOST} parameters, each with a type"
        site.add(shapes.wrong_shape("policy", expected, _EXAMPLE, site.span(call)))
    for argument in call.arguments[:MOST]:
        span = site.span(argument)._replace(end=argument.start + len(argument.name))
        if not argument.name:
            site.add(
                shapes.wrong_shape("policy", "a name and a type for each parameter", _EXAMPLE, site.span(argument))
            )
        elif argument.name in declared:
            site.add(wrong_name.member_taken("parameter", argument.name, span, declared[argument.name].span))
        elif argument.name in visible.givens:
            site.add(wrong_name.name_taken("parameter", argument.name, span, visible.givens[argument.name].span))
        else:
            declared[argument.name] = _parameter(site, argument, span)
    return tuple(declared.values())


def _parameter(site: Site, argument: tree.Argument, span: Span) -> Parameter:
    value = argument.value
    default: tree.Value | None = None
    if isinstance(value, tree.Binary) and value.op == "=":
        default = value.right
        value = value.left
    parts = value.parts if isinstance(value, tree.Run) else (value,)
    type = read_type(site, parts, site.span(argument), site.scope.types.get)
    if type is not None and not isinstance(type, Bool | Enum | Numeric | Date | Text):
        site.add(wrong.parameter_type(argument.name, describe(type), site.span(value)))
        type = None
    return Parameter(argument.name, type, span, default)


def arguments(
    given: tuple[Parameter, ...],
    policy: str,
    include: Include | None,
    visible: Scope,
    opener: tree.Unit,
    found: Collector,
) -> Mapping[str, Argument]:
    """What each of the parameters `given` by a policy is in one `include`; without one, nothing is known of them.

    `visible` is what can be seen where the include stands, with the arguments of that place; `opener` opens the policy.
    """
    declared = {one.name: one for one in given}
    written: dict[str, tree.Argument] = {}
    if include is not None and isinstance(include.node, tree.Call):
        written = _written(include, include.node, policy, declared, visible, found)
    read: dict[str, Argument] = {}
    for one in given:
        broken = read[one.name] = Argument(one.name, one.type or Bool(), one.span)
        if one.type is None or include is None:
            continue
        if one.name in written:
            read[one.name] = _argument(
                one, one.type, written[one.name].value, Site(include.unit, visible, found), broken
            )
        elif one.default is not None:
            bare = Site(opener, visible.without_arguments(), found)
            read[one.name] = _argument(one, one.type, one.default, bare, broken)
        else:
            span = include.unit.span(include.node)
            found.add(wrong.argument_missing(one.name, policy, describe(one.type), span, one.span))
    return read


def _written(
    include: Include,
    call: tree.Call,
    policy: str,
    declared: Mapping[str, Parameter],
    visible: Scope,
    found: Collector,
) -> dict[str, tree.Argument]:
    site = Site(include.unit, visible, found)
    written: dict[str, tree.Argument] = {}
    for argument in call.arguments:
        span = site.span(argument)
        name = span._replace(end=argument.start + len(argument.name)) if argument.name else span
        if not argument.name:
            example = ", ".join(f"{one}: …" for one in declared) or "…"
            site.add(shapes.wrong_shape("include", "a name for each value", f"include {policy}({example})", span))
        elif argument.name not in declared:
            site.add(wrong.unknown_parameter(argument.name, policy, name, tuple(declared)))
        elif argument.name in written:
            first = site.span(written[argument.name])
            site.add(wrong_name.member_taken("argument", argument.name, name, first))
        else:
            written[argument.name] = argument
    return written


def _argument(parameter: Parameter, type: Type, node: tree.Value, site: Site, broken: Argument) -> Argument:
    """The value that `node` says at `site`; the parameter of an outer policy passes on what it was given."""
    outer = site.argument(node)
    owner = (f"`{parameter.name}`", parameter.span)
    if isinstance(node, tree.Text) and any(isinstance(piece, tree.Hole) for piece in node.pieces):
        expected = f"a text without holes for `{parameter.name}`"
        site.add(shapes.wrong_shape("include", expected, f'{parameter.name}: "Acme"', site.span(node)))
        return broken
    value = literal(site, node, type, owner)
    if value is None:
        return broken
    if outer is not None:
        return Argument(parameter.name, type, parameter.span, outer.unit, outer.node, value)
    return Argument(parameter.name, type, parameter.span, site.unit, node, value)


def shown(given: Mapping[str, Argument]) -> tuple[tuple[str, str], ...]:
    """The arguments by name, as text that is the same for the same values."""
    return tuple(
        (name, "" if one.value is None else canonical_value(one.value.value)) for name, one in sorted(given.items())
    )

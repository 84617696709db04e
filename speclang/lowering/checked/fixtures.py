"""Results of tools that people wrote, or that givens make up, held against what the tools promise.

In: a feature and its cases. Out: a finding for each promise that such a result breaks, and for each recording of another version.
Invariant: only what somebody stated is looked at: a field that nobody wrote and no given fills is filler, and promises nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...logic.promising.promises import broken
from ...logic.promising.results import settled, shape
from ...model.feature import Feature
from ...model.given import FromTool
from ...model.promise import SENT, Called, Promises
from ...model.tool import WORKS, Tool
from ...plan.case import Case, Reply
from ...source.hashing import Json
from ...values.errors import Problem
from ...values.literals import from_json
from ...values.types import Datum, Record, Type
from .. import errors

_DELIVERS = (WORKS, "late")
_RETURNS = "returns/"


def unkept(feature: Feature, cases: Sequence[Case]) -> Iterator[Diagnostic]:
    """What breaks a promise of a tool of `feature` without any call of the real one."""
    for tool in feature.tools:
        if tool.promises is not None:
            yield from _recorded(tool, tool.promises)
            yield from _simulated(feature, tool, tool.promises, cases)


def _recorded(tool: Tool, promises: Promises) -> Iterator[Diagnostic]:
    known = shape(tool)
    for example in promises.examples:
        facts = settled(tool, _pinned(tool, example))
        for one in promises.ensures:
            why = broken(one.says, facts, known)
            if why:
                yield errors.pinned_against(example.text, one.text, why, example.span, one.span)
        if example.version and promises.version and example.version != promises.version:
            yield errors.recorded_elsewhere(example.text, example.version, promises.version, example.span, tool.span)


def _simulated(feature: Feature, tool: Tool, promises: Promises, cases: Sequence[Case]) -> Iterator[Diagnostic]:
    """The first case that breaks each promise, and how many more do."""
    paths = [
        one.source.path for one in feature.givens if isinstance(one.source, FromTool) and one.source.tool == tool.name
    ]
    known = shape(tool)
    results = [
        (case, settled(tool, _stated(tool, reply, paths)))
        for case in cases
        for reply in case.replies
        if reply.tool == tool.name and reply.state in _DELIVERS
    ]
    for one in promises.ensures:
        wrong = [(case, why) for case, facts in results if (why := broken(one.says, facts, known))]
        if wrong:
            case, why = wrong[0]
            yield errors.simulated_against(
                case.id, tool.name, one.text, why, (case.origin.span, one.span), len(wrong) - 1
            )


def _pinned(tool: Tool, example: Called) -> dict[str, Datum]:
    """What an example says of a result, and of its call; a range says nothing exact."""
    types: dict[str, Type] = dict(tool.returns.fields) if tool.returns is not None else {}
    found: dict[str, Datum] = {f"{SENT}{name}": value.value for name, value in example.arguments}
    for pin in example.pins:
        if pin.low.value == pin.high.value:
            found.update(_flat(pin.name, types[pin.name], pin.low.value))
    return found


def _stated(tool: Tool, reply: Reply, paths: Iterable[tuple[str, ...]]) -> dict[str, Datum]:
    """The fields of a simulated result that a given fills or somebody wrote."""
    returns: Json = reply.returns
    if tool.returns is None or not isinstance(returns, Mapping):
        return {}
    said = {name.removeprefix(_RETURNS) for name, _ in reply.origins if name.startswith(_RETURNS)}
    found: dict[str, Datum] = {}
    for name, type in tool.returns.fields:
        if name not in said or name not in returns:
            continue
        value = from_json(returns[name], type)
        if isinstance(value, Problem):
            continue
        inner = {".".join(path) for path in paths if path[:1] == (name,) and len(path) > 1}
        flat = dict(_flat(name, type, value))
        found.update({path: one for path, one in flat.items() if not inner or path in inner})
    return found


def _flat(path: str, type: Type, value: Datum) -> Iterator[tuple[str, Datum]]:
    if not isinstance(type, Record) or not isinstance(value, tuple):
        yield path, value
        return
    for pair, (name, of) in zip(value, type.fields, strict=False):
        if isinstance(pair, tuple) and len(pair) == 2:
            yield from _flat(f"{path}.{name}", of, pair[1])

"""What a resolved value depends on: the givens, tools and outcomes that it names.

Read generically, so that a kind may gain a field without anything being told here.
Invariant: names are those that `bind` resolved; no text is searched for them.
"""

from collections.abc import Iterator, Mapping

from ..source.records import compared
from ..values.expression import Var
from .feature import Feature
from .given import FromTool
from .outcome import Reach
from .requirement import Requirement
from .text import Slot, Word

_DEEPEST = 80
_NAMING = ("given", "tool", "outcome")


def names_of(feature: Feature) -> dict[str, str]:
    """Every name that a condition, a hole or a field of this feature may say, with the declaration that it means."""
    names = {one.name: f"outcome {one.name}" for one in feature.outcomes}
    names |= {one.name: f"given {one.name}" for one in feature.givens}
    for tool in feature.tools:
        names[tool.name] = names[tool.state] = f"tool {tool.name}"
    return names


def used(requirement: Requirement, names: Mapping[str, str]) -> tuple[str, ...]:
    """The declarations on which a requirement depends, in the order in which it names them."""
    parts = (requirement.when, requirement.unless, requirement.fields, requirement.phrase)
    return tuple(dict.fromkeys(one for part in parts for one in _named(part, names, 0)))


def declared_uses(feature: Feature) -> Iterator[tuple[str, str]]:
    """Pairs of declarations of which the first depends on the second: a given comes from a tool, an outcome calls one."""
    names = names_of(feature)
    for given in feature.givens:
        if isinstance(given.source, FromTool):
            yield f"given {given.name}", f"tool {given.source.tool}"
    for outcome in feature.outcomes:
        for one in dict.fromkeys(_named(outcome.observables, names, 0)):
            yield f"outcome {outcome.name}", one
        for one in dict.fromkeys(_named(outcome.wording, names, 0)):
            yield f"outcome {outcome.name}", one


def relying(feature: Feature, tool: str) -> tuple[str, ...]:
    """The IDs of the requirements that depend on `tool`: by its faults, a given that comes from it, or an outcome that calls it."""
    names = names_of(feature)
    before: dict[str, list[str]] = {}
    for one, other in declared_uses(feature):
        before.setdefault(other, []).append(one)
    reached = {f"tool {tool}"}
    waiting = [f"tool {tool}"]
    while waiting:
        for one in before.get(waiting.pop(), ()):
            if one not in reached:
                reached.add(one)
                waiting.append(one)
    return tuple(one.id for one in feature.requirements if not reached.isdisjoint(used(one, names)))


def _named(value: object, names: Mapping[str, str], depth: int) -> Iterator[str]:
    """The declarations that `value` names, however deep."""
    if depth > _DEEPEST or value is None or isinstance(value, str | int | float):
        return
    if isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _named(one, names, depth + 1)
        return
    if isinstance(value, Var | Slot):
        if value.name in names:
            yield names[value.name]
        return
    if isinstance(value, Word):
        if names.get(value.text, "").startswith("tool "):
            yield names[value.text]
        return
    if isinstance(value, Reach):
        yield f"outcome {value.outcome}"
        return
    for field in _fields(value):
        held = getattr(value, field)
        if field in _NAMING and isinstance(held, str):
            if names.get(held, "") == f"{field} {held}":
                yield names[held]
        else:
            yield from _named(held, names, depth + 1)


def _fields(value: object) -> list[str]:
    own = compared(type(value))
    if own is not None:
        return own
    known = getattr(type(value), "model_fields", None)
    return list(known) if isinstance(known, Mapping) else []

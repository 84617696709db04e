"""A requirement that says something else at one place, and what is needed to make one.

In: a requirement. Out: `Change`s of it. Invariant: every field but the changed one is as it was.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from ...model.outcome import Avoids, Calls, Mentions, Omits, Reach
from ...model.requirement import Level, Requirement
from ...model.text import Text, Word
from ...source.records import dataclass, replace

if TYPE_CHECKING:
    from ...kit.schema import RequirementFields


@dataclass(frozen=True, slots=True)
class Change:
    """`to` is the requirement as it reads then, None where its clause is left out; `what` says in a few words what differs."""

    to: Requirement | None
    what: str


def names(requirement: Requirement) -> tuple[str, ...]:
    """The fields that the kind of `requirement` has."""
    return tuple(type(cast("RequirementFields", requirement.fields)).model_fields)


def levels(requirement: Requirement) -> Mapping[Level, tuple[object, ...]]:
    """What is asked for at each level that the kind of `requirement` has a field for."""
    held = names(requirement)
    return {level: tuple(getattr(requirement.fields, level.value)) for level in Level if level.value in held}


def with_fields(requirement: Requirement, values: Mapping[str, object]) -> Requirement | None:
    """`requirement` with `values` in fields of its kind; None where the kind refuses them."""
    fields = cast("RequirementFields", requirement.fields)
    kept = {name: getattr(fields, name) for name in names(requirement)}
    try:
        made = type(fields)(**{**kept, **values})
    except ValueError:  # a schema of somebody else's that looks at its values
        return None
    return replace(requirement, fields=made)


def named(item: object) -> str:
    """What people call one of several items of a field."""
    match item:
        case Reach(outcome):
            return f"`{outcome}`"
        case Calls(tool):
            return f"`calls {tool}`"
        case Avoids(tool):
            return f"`avoids {tool}`"
        case Mentions(text):
            return f'`mentions "{text.plain}"`'
        case Omits(text):
            return f'`omits "{text.plain}"`'
        case Text():
            return f'"{item.plain}"'
        case Word(text):
            return f"`{text}`"
        case _:
            inner = getattr(item, "text", None)
            if isinstance(inner, Text):
                return f'"{inner.plain}"'
            name = getattr(item, "name", "")
            return f"`{name}`" if isinstance(name, str) and name else "an item"

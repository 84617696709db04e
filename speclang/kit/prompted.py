"""What the prompt of a feature itself states: its numbers, dates and IDs, which an answer may then repeat.

In: a feature. Out: each as written, once, in the order of the prompt's sources. Invariant: no kind is named; each says its own clause.
"""

from collections.abc import Iterator

from ..model.feature import Feature
from ..values.types import ListOf, Numeric, Optional, Record, Type
from . import registry
from .checks.claims import QUOTE, claims
from .wording import Say


def figures(feature: Feature) -> tuple[str, ...]:
    """Every number, date, time, ID and address that the prompt of `feature` states."""
    found = (one.written.strip() for text in _texts(feature) for one in claims(text) if one.kind != QUOTE)
    return tuple(dict.fromkeys(found))


def _texts(feature: Feature) -> Iterator[str]:
    if feature.role is not None:
        yield feature.role.plain
    for tool in feature.tools:
        yield tool.about.plain if tool.about is not None else ""
    say = Say(feature)
    for requirement in feature.requirements:
        kind = registry.load(requirement.kind, (requirement.kind,))
        words = requirement.phrase
        yield words.plain if words is not None else "".join(piece.text for piece in kind.clause(requirement, say))


def units_of(path: str, type: Type | None) -> Iterator[tuple[str, str]]:
    """The units that a tool's result of this type declares, by `tool.field`."""
    match type:
        case Numeric(unit=unit) if unit:
            yield path, unit
        case Record(fields=fields):
            for name, of in fields:
                yield from units_of(f"{path}.{name}", of)
        case ListOf(of=of) | Optional(of=of):
            yield from units_of(path, of)
        case _:
            return

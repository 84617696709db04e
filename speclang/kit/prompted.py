"""What the prompt of a feature itself states: its numbers, dates and IDs, which an answer may then repeat.

In: a feature. Out: each as written, once, in the order of the prompt's sources. Invariant: no kind is named; each says its own clause.
"""

from collections.abc import Iterator

from ..model.feature import Feature
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

"""`negate`: what is asked for is forbidden, what is forbidden is asked for."""

from collections.abc import Iterator

from ....kit.kind import Kind
from ....kit.schema import RequirementFields
from ....model.requirement import Level, Requirement
from ..change import Change, levels, with_fields

SUMMARY = "what is asked for is forbidden, and what is forbidden is asked for"

_OPPOSITE = {
    Level.MUST: Level.MUST_NOT,
    Level.MUST_NOT: Level.MUST,
    Level.SHOULD: Level.SHOULD_NOT,
    Level.SHOULD_NOT: Level.SHOULD,
}


def changes(requirement: Requirement, kind: Kind[RequirementFields]) -> Iterator[Change]:
    """The contrary that the kind knows; else every level in the place of its opposite."""
    contrary = kind.contrary(requirement)
    if not contrary:
        held = levels(requirement)
        asked = {level: found for level, found in held.items() if found and level in _OPPOSITE}
        if not asked or not all(_OPPOSITE[level] in held for level in asked):
            return
        contrary = {level.value: () for level in asked} | {_OPPOSITE[level].value: asked[level] for level in asked}
    made = with_fields(requirement, contrary)
    if made is not None:
        yield Change(made, "denied")

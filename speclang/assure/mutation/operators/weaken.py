"""`weaken`: what must be only should be."""

from collections.abc import Iterator

from ....kit.kind import Kind
from ....kit.schema import RequirementFields
from ....model.requirement import Level, Requirement
from ..change import Change, levels, with_fields

SUMMARY = "what must be only should be"

ASKS_THE_SAME = True

_SOFTER = {Level.MUST: Level.SHOULD, Level.MUST_NOT: Level.SHOULD_NOT}


def changes(requirement: Requirement, _kind: Kind[RequirementFields]) -> Iterator[Change]:
    """Everything that is binding moves to the softer level."""
    held = levels(requirement)
    binding = {level: softer for level, softer in _SOFTER.items() if held.get(level)}
    if not binding or not all(softer in held for softer in binding.values()):
        return
    values: dict[str, object] = {level.value: () for level in binding}
    values |= {softer.value: (*held[softer], *held[level]) for level, softer in binding.items()}
    made = with_fields(requirement, values)
    if made is not None:
        yield Change(made, "must -> should")

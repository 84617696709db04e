"""`delete`: the clause is left out."""

from collections.abc import Iterator

from ....kit.kind import Kind
from ....kit.schema import RequirementFields
from ....model.requirement import Requirement
from ..change import Change

SUMMARY = "the clause is left out"


def changes(_requirement: Requirement, _kind: Kind[RequirementFields]) -> Iterator[Change]:
    """The requirement is not said at all."""
    yield Change(None, "left out")

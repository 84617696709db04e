"""`override`: a requirement no longer beats others, or one of its exceptions is gone."""

from collections.abc import Iterator

from ....kit.kind import Kind
from ....kit.schema import RequirementFields
from ....model.requirement import Requirement
from ....source.records import replace
from ..change import Change

SUMMARY = "it no longer beats other requirements, or an exception is dropped"


def changes(requirement: Requirement, _kind: Kind[RequirementFields]) -> Iterator[Change]:
    """`over` as a whole, for that is how it is said; each `unless` by itself."""
    if requirement.over:
        ids = ", ".join(one.id for one in requirement.over)
        yield Change(replace(requirement, over=()), f"no longer over {ids}")
    for number in range(len(requirement.unless)):
        kept = tuple(one for place, one in enumerate(requirement.unless) if place != number)
        which = (
            f"exception {number + 1} of {len(requirement.unless)}" if len(requirement.unless) > 1 else "its exception"
        )
        yield Change(replace(requirement, unless=kept), f"{which} is dropped")

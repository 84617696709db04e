"""`condition`: a part of the condition is dropped, or all of it where it has no parts."""

from collections.abc import Iterator

from ....kit.kind import Kind
from ....kit.schema import RequirementFields
from ....model.requirement import Requirement
from ....source.records import replace
from ....values.expression import And, Expr, Or
from ..change import Change

SUMMARY = "a part of its condition is dropped"


def changes(requirement: Requirement, _kind: Kind[RequirementFields]) -> Iterator[Change]:
    """Each part of a conjunction or a choice by itself."""
    when = requirement.when
    if when is None:
        return
    if not isinstance(when, And | Or):
        yield Change(replace(requirement, when=None), "its condition is dropped")
        return
    for number in range(len(when.parts)):
        kept = tuple(one for place, one in enumerate(when.parts) if place != number)
        rest: Expr = kept[0] if len(kept) == 1 else replace(when, parts=kept)
        what = f"part {number + 1} of {len(when.parts)} of its condition is dropped"
        yield Change(replace(requirement, when=rest), what)

"""On which side of a line a case lies: what is asked there must be refused, or must not be.

In: a case and the graders of its feature. Out: the side, and the grader that tells.
Invariant: a message that asks for both at once lies on neither.
"""

from collections.abc import Mapping
from enum import StrEnum

from ..source.records import dataclass
from .case import Case
from .grader import Grader


class Side(StrEnum):
    """What must come of a message."""

    REFUSE = "refuse"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Sided:
    """A side, and the ID of the grader that tells whether a model keeps to it."""

    side: Side
    grader: str


_TOLD_BY = {"refused": Side.REFUSE, "answered": Side.ANSWER, "answered_part": Side.ANSWER}
"""The sides, by the checks that look at refusals."""


def sided(case: Case, graders: Mapping[str, Grader]) -> Sided | None:
    """The side of `case`, by those of its own requirement's `graders` that it uses; None where it lies on none, or on both."""
    own = [graders[use.grader] for use in case.uses if graders[use.grader].requirement == case.requirement]
    found = [Sided(_TOLD_BY[one.check], one.id) for one in own if one.check in _TOLD_BY]
    return found[0] if len(found) == 1 else None

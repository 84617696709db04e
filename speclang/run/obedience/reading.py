"""How the obedient stub reads a clause that is not the one that the specs make.

In: for each requirement, what its clause may say instead, with what the specs would ask for if they said that. Out: the reading that a
prompt has. Invariant: nothing is known of a clause but that it stands in the prompt.
"""

from collections.abc import Callable, Mapping, Sequence

from ...kit.answer import Answer
from ...plan.case import Case
from ...plan.grader import Grader
from ...source.hashing import Json
from ...source.records import dataclass

Asked = tuple[Grader, Mapping[str, Json], Callable[[Answer], bool]]
"""A grader, its settings in one case, and whether an answer passes it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`clause` may stand in place of a requirement's own; `asks` tells which graders would judge a case if the specs said so."""

    clause: str
    asks: Callable[[Case], Sequence[Asked]]


Readings = Mapping[str, Sequence[Reading]]
"""By requirement."""


def read(prompt: str, missing: Sequence[str], readings: Readings, filled: Callable[[str], str]) -> Reading | None:
    """The longest clause in `prompt`, which has one space between words, that stands for one of the requirements `missing` there."""
    found = [
        one
        for id in missing
        for one in readings.get(id, ())
        if one.clause.strip() and " ".join(filled(one.clause).split()) in prompt
    ]
    return max(found, key=lambda one: len(one.clause), default=None)

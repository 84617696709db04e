"""Which requirements that must hold were judged by one who is not shown to agree with people as far as the settings want.

In: a project, the judge of a run, what he had a part in. Out: how far he can be trusted with each of it, and where that is too little.
"""

from collections.abc import Collection

from ..engine.compiling import Opened
from ..source.records import dataclass
from .calibration import Trust, kept, trusts
from .gates import MUST, levels
from .judging import questions


@dataclass(frozen=True, slots=True)
class Doubted:
    """`trusts` says of each grader how far its judge is shown to agree; `requirements` are those that this shuts a gate for."""

    trusts: tuple[Trust, ...]
    requirements: tuple[str, ...]


def doubted(project: Opened, judge: str, told: Collection[tuple[str, str]]) -> Doubted:
    """How far the judge whose hash is `judge` can be trusted with what is `told`, by feature and ID. Raises `Unusable`."""
    asked = {key: one for key, one in questions(project).items() if (one.feature, one.requirement) in told}
    found = trusts(kept(project), judge, asked)
    stated = project.home.config.judge
    if stated is None or stated.kappa is None:
        return Doubted(found, ())
    level = {plan.feature: levels(plan) for plan in project.compiled.plan.features}
    short = [one for one in found if not one.enough(stated.kappa) and level[one.feature][one.requirement] == MUST]
    return Doubted(found, tuple(f"{one.feature}/{one.requirement}" for one in short))

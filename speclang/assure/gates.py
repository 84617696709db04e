"""What share of the answers to a requirement has to pass, by the project's settings and the requirement's level.

In: the settings. Out: a share from 0 to 1.
"""

from collections.abc import Iterable, Mapping

from ..model.feature import Feature
from ..model.requirement import Level
from ..plan.plan import FeaturePlan
from ..project.config import Config
from ..run.asking import Unusable

MUST, SHOULD = "must", "should"

_USUAL = {MUST: 1.0, SHOULD: 0.8}


def levels(plan: FeaturePlan) -> dict[str, str]:
    """The level of each requirement with graders: `must` if one of them gates, else `should`."""
    found: dict[str, str] = {}
    for grader in plan.graders:
        gates = grader.gates and grader.level in (Level.MUST, Level.MUST_NOT)
        if gates or grader.requirement not in found:
            found[grader.requirement] = MUST if gates else SHOULD
    return found


def refuse_both(config: Config, features: Iterable[Feature]) -> None:
    """Raise `Unusable` where the settings have a say about a requirement that says itself how often it must hold."""
    gates = dict(config.gates)
    for feature in features:
        for one in feature.requirements:
            name = next((name for name in (f"{feature.name}/{one.id}", one.id) if name in gates), "")
            if name and one.holds is not None:
                raise Unusable(
                    f"`[gates]` sets `{name}`, which says itself that it holds {one.holds.shown}; remove one of them"
                )


def wanted(config: Config, feature: str, requirement: str, level: str) -> float:
    """The share that is wanted: what is set for the requirement, or for its level."""
    gates: Mapping[str, float] = dict(config.gates)
    for name in (f"{feature}/{requirement}", requirement, level):
        if name in gates:
            return gates[name]
    return _USUAL[level]

"""What a mutant asks for in its cases, by the rules as they would read: what tells whether any case lies where it makes a difference.

In: mutants of a project. Out: the graders that would judge a case, with their settings. Nothing is run.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from ...engine.compiling import Opened
from ...model.feature import Feature
from ...plan.case import Case
from ...plan.plan import FeaturePlan
from ...run.obedience.reading import Reading, Readings
from ...source.records import replace
from .implying import at_odds, implied, with_settings
from .mutant import Mutant
from .retrial import Asked, Retrial


class Asking:
    """One feature as it would read with a mutant's clause; looked at when somebody asks."""

    def __init__(self, feature: Feature, plan: FeaturePlan, mutant: Mutant, foreign: tuple[str, ...]) -> None:
        """Nothing is decided yet."""
        self._feature = feature
        self._plan = plan
        self._mutant = mutant
        self._foreign = foreign

    def asked(self, case: Case) -> tuple[Asked, ...]:
        """The graders that would judge `case`."""
        return self._retrial.asked(case)

    @property
    def differs(self) -> bool:
        """Whether any of its cases would notice somebody who follows the changed clause."""
        if self._mutant.changed is None:
            return True
        usual = Retrial(self._feature, self._plan, self._foreign)
        return any(noticed(usual.asked(case), self.asked(case)) for case in self._mutant.cases)

    @cached_property
    def _retrial(self) -> Retrial:
        read = self._mutant.changed
        requirements = tuple(
            one if one.id != self._mutant.requirement else read
            for one in self._feature.requirements
            if one.id != self._mutant.requirement or read is not None
        )
        changed = replace(self._feature, requirements=tuple(one for one in requirements if one is not None))
        return Retrial(changed, self._plan, self._foreign, self._mutant.requirement)


def askings(project: Opened, mutants: Iterable[Mutant]) -> list[Asking]:
    """One for each of `mutants`, in their order."""
    features = {one.name: one for one in project.compiled.program.features}
    plans = {one.feature: one for one in project.compiled.plan.features}
    foreign = tuple(project.home.config.kinds)
    return [Asking(features[one.feature], plans[one.feature], one, foreign) for one in mutants]


def readings(mutants: Iterable[Mutant], askings: Iterable[Asking]) -> Mapping[str, Readings]:
    """For the obedient stub: by feature and requirement, what each clause asks for that may stand in its place."""
    found: dict[str, dict[str, list[Reading]]] = {}
    for mutant, asking in zip(mutants, askings, strict=True):
        of = found.setdefault(mutant.feature, {}).setdefault(mutant.requirement, [])
        if mutant.after:
            of.append(Reading(mutant.after, asking.asked))
    return {feature: dict(held.items()) for feature, held in found.items()}


def noticed(usual: Iterable[Asked], then: Iterable[Asked]) -> bool:
    """Whether an answer that meets `then` may not meet, or can't meet, `usual`."""
    before = [with_settings(one, settings) for one, settings, _ in usual]
    now = [with_settings(one, settings) for one, settings, _ in then]
    return not implied(before, now) or at_odds(before, now)

"""What a feature asks for on the inputs of cases that were made for another version of it.

In: a feature, and cases of a plan that was made of it when one of its requirements read otherwise. Out: the graders that would judge such
a case, with their settings, by the feature as it reads now.
Invariant: a case whose conversation asks for nothing that rules decide is judged by the graders that it names, where they still are.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from ...kit import registry
from ...kit.answer import Answer
from ...kit.casegen import Cases
from ...kit.grading import check_of
from ...logic.ruleset import RuleSet
from ...logic.variables import known, variables
from ...lowering.cases.verdicts import Court
from ...model.feature import Feature
from ...model.requirement import Requirement
from ...plan.case import Case, Use
from ...plan.grader import Grader
from ...plan.plan import FeaturePlan
from ...source.hashing import Json
from ...values.evaluate import evaluate
from ...values.types import Datum

Asked = tuple[Grader, Mapping[str, Json], Callable[[Answer], bool]]
"""A grader, its settings in one case, and whether an answer passes it."""


class Retrial:
    """The rule set of one feature, for the cases of another version of it."""

    __slots__ = ("_changed", "_court", "_drafts", "_feature", "_kinds", "_requirements", "_typical")

    def __init__(self, feature: Feature, plan: FeaturePlan, foreign: Collection[str] = (), changed: str = "") -> None:
        """`plan` is the one whose cases are looked at, `changed` the requirement that reads otherwise now."""
        kinds = {name: registry.load(name, foreign) for name in dict.fromkeys(one.kind for one in feature.requirements)}
        self._kinds = kinds
        norms = [norm for one in feature.requirements for norm in kinds[one.kind].norms(one)]
        self._court = Court(feature, kinds, RuleSet(norms, variables(feature.givens, feature.tools)))
        self._feature = feature
        self._changed = changed
        self._drafts: dict[str, tuple[str, ...]] | None = None
        self._requirements = {one.id: one for one in feature.requirements}
        self._typical = {one.given: one.value for one in plan.typical}

    def asked(self, case: Case) -> tuple[Asked, ...]:
        """The graders that judge `case`, in the order of their requirements."""
        values = known({**self._typical, **{one.given: one.value for one in case.inputs}}, self._court.rules.among)
        uses = {one.grader: one for one in self._uses(case, values)}
        return tuple(self._settled(uses))

    def _settled(self, uses: Mapping[str, Use]) -> Iterator[Asked]:
        for id in self._requirements:
            for grader in self._court.graders(id):
                if grader.always or grader.id in uses:
                    own = dict(uses[grader.id].settings) if grader.id in uses else {}
                    settings = {one.name: one.value for one in grader.settings} | own
                    yield grader, settings, self._passes(grader, settings)

    def _passes(self, grader: Grader, settings: Mapping[str, Json]) -> Callable[[Answer], bool]:
        kind = self._kinds[self._requirements[grader.requirement].kind]

        def passes(answer: Answer) -> bool:
            try:
                return check_of(kind, grader.check)(answer, **settings).passed
            except Exception:  # noqa: BLE001 - whatever a check stops with, which may be anybody's code, nothing passes
                return False

        return passes

    def _uses(self, case: Case, values: Mapping[str, Datum]) -> Iterator[Use]:
        requirement = self._requirements.get(case.requirement)
        if not self._is_ruled(case):
            there = {grader.id for id in self._requirements for grader in self._court.graders(id)}
            there -= (
                {grader.id for grader in self._court.graders(self._changed)}
                if self._changed in self._requirements
                else set()
            )
            yield from (use for use in case.uses if use.grader in there)
            if requirement is not None:
                yield from self._court.uses(requirement, None, self._own(requirement, case), values)
            return
        ruling = self._court.ruling(values)
        if requirement is None:
            for id in ruling.deciding:
                yield from self._court.uses(self._requirements[id], ruling, (), values)
            return
        applies = not self._decides(requirement.id) and _applies(requirement, values)
        own = [grader.id for grader in self._court.graders(requirement.id)] if applies else []
        yield from self._court.uses(requirement, ruling, own, values)

    def _own(self, requirement: Requirement, case: Case) -> tuple[str, ...]:
        """The requirement's own graders for what is said in `case`: as it would be tried today, where it reads otherwise."""
        if requirement.id != self._changed:
            return tuple(use.grader for use in case.uses)
        if self._drafts is None:
            drafts = self._kinds[requirement.kind].cases(requirement, Cases(self._feature, self._court.rules))
            self._drafts = {}
            for one in drafts:
                for name in (one.obligation.id, one.opening.plain if one.opening is not None else ""):
                    self._drafts.setdefault(name, tuple(one.graders))
        said = next((turn.text for turn in case.turns if turn.role == "user"), "")
        return self._drafts.get(said) or self._drafts.get(case.id, ())

    def _is_ruled(self, case: Case) -> bool:
        """Whether its conversation asks for something that the rules decide."""
        return bool(case.expected) or len(case.covers) > 1 or self._decides(case.requirement)

    def _decides(self, id: str) -> bool:
        return any(norm.requirement == id for norm in self._court.rules.norms)


def _applies(requirement: Requirement, values: Mapping[str, Datum]) -> bool:
    """Whether `requirement` speaks on an input."""
    if requirement.when is not None and evaluate(requirement.when, values) is not True:
        return False
    return not any(evaluate(one, values) for one in requirement.unless)

"""One feature as its conversations are triaged: who grades them, what its clauses say, what the model was told.

In: a conversation as steps, with its case if it has one. Out: a `Triaged`, or None where there is nothing to find.
Invariant: pure; the same conversation gives the same findings, be it from the store or from spans.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...grading.record import Record
from ...grading.spans.telling import Told
from ...grading.steps import Layer, Step
from ...grading.suite import RequirementVerdict, Sitting, State, Suite
from ...grading.verdicts import EXPECT, Examiner, gradings
from ...kit import registry
from ...kit.checks.figures import leaves
from ...kit.grading import check_of
from ...kit.prompted import figures, units_of
from ...model.feature import Feature
from ...plan.case import Case
from ...plan.plan import FeaturePlan
from ...source.hashing import Json
from .breaks import Break, Fault, breaks
from .inventing import Invented, Known, invented
from .outcome import Triaged
from .ruling import Rules
from .verdict import Conversation, Failed, Finding, Joint, alone, finding, reads

_REAL = "real"
"""The name under which a conversation that belongs to no case is graded."""


class Ward:
    """What there is to know of one feature."""

    __slots__ = ("_clauses", "_examiner", "_feature", "_kinds", "_plan", "_prompt", "_rules", "_settings", "_units")

    def __init__(self, feature: Feature, plan: FeaturePlan, foreign: Sequence[str]) -> None:
        """Prepare; `foreign` are the kinds of others that the project uses."""
        self._feature = feature
        self._plan = plan
        self._kinds = {one.id: registry.load(one.kind, foreign) for one in feature.requirements}
        self._examiner = Examiner(plan, self._kinds, tuple(tool.name for tool in feature.tools if tool.writes))
        self._clauses = {one.owner: one.text.strip() for section in plan.sections for one in section.clauses}
        self._settings = {one.id: {each.name: each.value for each in one.settings} for one in plan.graders}
        self._prompt = figures(feature)
        self._units = {path: unit for tool in feature.tools for path, unit in units_of(tool.name, tool.returns)}
        self._rules: Rules | None = None

    def case(self, name: str) -> Case | None:
        """The case called `name`."""
        return self._examiner.case(name) if name else None

    def graded(self, record: Record, steps: Sequence[Step]) -> tuple[RequirementVerdict, ...]:
        """What the requirements say of `record`: by its case, or where it has none by what its tools returned."""
        if self.case(record.case) is not None or record.case:
            return self._examiner.grade(record).requirements
        uses = self._ruling().asked(steps, breaks(steps, self._feature))
        sitting = Sitting(said=(), uses=uses)
        suite = Suite(
            gradings(self._plan, self._kinds),
            {_REAL: sitting},
            lambda grading: check_of(self._kinds[grading.requirement], grading.check),
        )
        told = [one for one in self._examiner.grade(record).requirements if one.requirement == EXPECT]
        return (*suite.grade(_REAL, record.answer, bare=record.bare), *told)

    def asked(self, told: Told) -> Mapping[str, Mapping[str, Json]]:
        """The settings that the case, or what its tools returned, fixes for graders, by ID."""
        case = self.case(told.case)
        if case is not None:
            return {use.grader: dict(use.settings) for use in case.uses}
        return self._ruling().asked(told.steps, breaks(told.steps, self._feature))

    def triaged(self, name: str, told: Told, verdicts: Sequence[RequirementVerdict]) -> Triaged | None:
        """What is found in a conversation on which requirements say `verdicts`."""
        case = self.case(told.case)
        broken = breaks(told.steps, self._feature)
        failing = [one for one in verdicts if one.state is State.FAIL and one.gates]
        if not failing and not broken and not self._grounds:  # most conversations end here
            return None
        asked = self.asked(told)
        # What the rules themselves want as an argument is reckoned, not invented.
        wanted = [text for each in asked.values() for _, text in leaves(each.get("arguments"), "")]
        context = (*((one.shown for one in case.context) if case is not None else ()), *wanted)
        made_up = invented(told.steps, Known(prompt=self._prompt, context=context, units=self._units))
        decides = frozenset(id for one in (case.expected if case is not None else ()) for id in one.requirements)
        talk = Conversation(steps=told.steps, broken=broken, invented=made_up, decides=decides)
        primary = case.requirement if case is not None else ""
        failed = sorted(self._failed(failing, talk, asked), key=lambda one: self._rank(one, primary))
        findings = (*failed, *self._besides(failed, talk))
        if not findings:
            return None
        return Triaged(
            name=name,
            feature=self._plan.feature,
            case=case.id if case is not None else "",
            told=told,
            findings=findings,
            failed=bool(failing),
        )

    def _failed(
        self, failing: Sequence[RequirementVerdict], talk: Conversation, asked: Mapping[str, Mapping[str, Json]]
    ) -> Iterator[Finding]:
        """A finding for each requirement that fails."""
        requirements = {one.id: one for one in self._feature.requirements}
        for one in failing:
            said_no = [
                Failed(each, {**self._settings.get(each.grader, {}), **asked.get(each.grader, {})})
                for each in one.graders
                if each.state is State.FAIL and (each.gates or not any(other.gates for other in one.graders))
            ]
            requirement = requirements.get(one.requirement)
            if requirement is not None and said_no:
                clause = self._clauses.get(one.requirement, "")
                yield finding(said_no, requirement, self._feature, talk, clause)

    def _rank(self, one: Finding, primary: str) -> tuple[int, bool, bool]:
        """What is told first: what broke first, then what the case is about, then what speaks of the tool that broke."""
        states = {tool.state for tool in self._feature.tools if tool.name == one.first.tool}
        mine = next(each for each in self._feature.requirements if each.id == one.requirement)
        return (one.first.step, one.requirement != primary, not states & reads(mine))

    def _besides(self, failed: Sequence[Finding], talk: Conversation) -> Iterator[Finding]:
        """What is wrong though no grader says so: what the harness did, and values handed to a tool that nothing had told."""
        blamed = {one.first for one in failed}
        yield from (one for one in alone(talk.broken, self._feature) if one.first not in blamed)
        known = next(iter(self._grounds), None)
        if known is not None and known not in {one.requirement for one in failed}:
            told = {each.step for one in failed for each in (one.first, one.then) if each is not None}
            yield from self._handed(known, [one for one in talk.invented if one.step not in told])

    def _handed(self, requirement: str, made_up: Sequence[Invented]) -> Iterator[Finding]:
        """Invented arguments, in a feature that says where values come from."""
        first = next((one for one in made_up if one.path and not one.derived), None)
        if first is not None:
            values = tuple(dict.fromkeys(one.written for one in made_up if one.step == first.step))
            tool = first.path.partition(".")[0]
            said = f"called `{tool}` with the {first.kind} `{first.written}` as `{first.path}`, which no source holds"
            yield Finding(
                joint=Joint.MODEL_TOOL,
                first=Break(first.step, Layer.MODEL, Fault.INVENTED, tool, said),
                then=None,
                requirement=requirement,
                clause=self._clauses.get(requirement, ""),
                reason="a value in the arguments of a call occurs in no source",
                invented=values,
                fails=False,
            )

    @property
    def _grounds(self) -> tuple[str, ...]:
        """The requirements whose grader looks for sources of all that is stated."""
        return tuple(one.requirement for one in self._plan.graders if one.check == "grounded" and one.always)

    def _ruling(self) -> Rules:
        if self._rules is None:
            kinds = {one.kind: self._kinds[one.id] for one in self._feature.requirements}
            self._rules = Rules(self._feature, kinds)
        return self._rules

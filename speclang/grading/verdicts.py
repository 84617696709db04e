"""The verdicts on recorded answers by the plan of a feature.

In: a feature's plan, the kind of each of its requirements, and an answer. Out: a `Graded`.
Invariant: `suite` says every verdict; here plan and kinds become the plain data that it knows.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..kit.answer import Answer, Verdict
from ..kit.checks import CHECKS, find
from ..kit.grading import UnknownCheck, check_of
from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..model.requirement import Level
from ..plan.case import Case
from ..plan.grader import Grader
from ..plan.plan import FeaturePlan
from ..source.records import dataclass, field
from .record import Record
from .suite import GraderVerdict, Grading, RequirementVerdict, Sitting, State, Suite, weighed

EXPECT = "expect"
"""In place of a requirement: what the record itself expects. No ID of a requirement lacks a hyphen."""

Kinds = Mapping[str, Kind[RequirementFields]]

_TOLD = (State.PASS, State.FAIL)
_OPEN = (State.FAIL, State.JUDGE)

_NEEDS = {"relations": "base", "measures": "measured"}
"""What the checks of a file can't tell without."""


class Sums(NamedTuple):
    """What `Graded` tells of one answer, under the same names."""

    told: bool
    passed: bool
    passed_loosely: bool
    judged: bool
    met: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer with what each requirement that has a grader for it says; `asked` is what the user of its case says."""

    line: int
    feature: str
    case: str
    model: str
    sample: int
    requirements: tuple[RequirementVerdict, ...]
    answer: Answer = field(default=Answer(""), compare=False, repr=False)
    asked: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def sums(self) -> Sums:
        """What all requirements come to, in one go."""
        told = judged = fails = fails_loosely = open_ = False
        for one in self.requirements:
            state = one.state
            if one.judged:
                judged = judged or state in _TOLD
            else:
                told = told or state in _TOLD
                if one.gates:
                    fails = fails or state is State.FAIL
                    fails_loosely = fails_loosely or (one.loose or state) is State.FAIL
            open_ = open_ or (one.gates and state in _OPEN)
        return Sums(told, told and not fails, told and not fails_loosely, judged, not open_)

    @property
    def told(self) -> bool:
        """Whether code can tell anything of it."""
        return self.sums.told

    @property
    def passed(self) -> bool:
        """Whether it meets all that gates and that code can tell."""
        return self.sums.passed

    @property
    def passed_loosely(self) -> bool:
        """The same by the loose readings, where there are any."""
        return self.sums.passed_loosely

    @property
    def judged(self) -> bool:
        """Whether a judge came to a verdict on anything in it."""
        return self.sums.judged

    @property
    def met(self) -> bool:
        """Whether it is shown to meet all that gates, be it by code or by a judge."""
        return self.sums.met


class Examiner:
    """Grades answers by the requirements of one feature."""

    __slots__ = ("_cases", "_plan", "_suite", "_writes", "bases")

    def __init__(self, plan: FeaturePlan, kinds: Kinds, writes: tuple[str, ...] = (), *, loose: bool = False) -> None:
        """Prepare the cases; `kinds` are those of the requirements by ID, `writes` the tools that change something."""
        self._plan = plan
        self._writes = writes
        self._cases = named_cases(plan)
        self._suite = Suite(gradings(plan, kinds), sittings(plan), _checks(kinds), loose=loose)
        self.bases = frozenset(case.base for case in plan.cases if case.base)

    @property
    def feature(self) -> str:
        """The name of the feature."""
        return self._plan.feature

    def case(self, id: str) -> Case | None:
        """The case called `id`, also by an obligation that it meets besides, or by the ID that it had before a rename."""
        return self._cases.get(id)

    def cases(self) -> Iterator[str]:
        """The IDs of all cases."""
        return iter(self._cases)

    def grade(self, record: Record) -> Graded:
        """What the requirements say of `record`, which belongs to this feature."""
        case = self._cases.get(record.case) if record.case else None
        told = self._suite.grade(case.id if case else "", record.answer, bare=record.bare)
        if record.expect is not None:
            told = (*told, weighed(EXPECT, (self._expected(record, record.answer),)))
        asked = self._suite.sittings[case.id].said if case else ()
        return Graded(record.line, self.feature, record.case, record.model, record.sample, told, record.answer, asked)

    def _expected(self, record: Record, answer: Answer) -> GraderVerdict:
        check = find("called_all")
        expect = record.expect
        if check is None or expect is None:
            raise UnknownCheck("called_all")
        only = self._writes if expect.only is None else expect.only
        verdict = check(answer, calls=expect.calls, only=only)
        state = State.PASS if verdict.passed else State.FAIL
        return GraderVerdict(
            f"{EXPECT}/calls", EXPECT, "called_all", 1, Level.MUST, gates=True, state=state, reason=verdict.reason
        )


def named_cases(plan: FeaturePlan) -> dict[str, Case]:
    """Every case by all names that it goes by: its ID, further obligations, the IDs before a rename."""
    cases: dict[str, Case] = {}
    for case in plan.cases:
        for other in case.also:
            cases.setdefault(other.id, case)
    for today, before in plan.former:
        for case in plan.cases:
            if case.requirement == today:
                cases.setdefault(f"{before}{case.id.removeprefix(today)}", case)
    cases.update({case.id: case for case in plan.cases})
    return cases


def gradings(plan: FeaturePlan, kinds: Kinds) -> tuple[Grading, ...]:
    """The graders of the feature as `suite` applies them."""
    return tuple(_grading(grader, kinds[grader.requirement]) for grader in plan.graders)


def _grading(grader: Grader, kind: Kind[RequirementFields]) -> Grading:
    shared = "" if grader.check in kind.checks else CHECKS.get(grader.check, "")
    return Grading(
        id=grader.id,
        requirement=grader.requirement,
        check=grader.check,
        version=kind.version,
        level=grader.level,
        gates=grader.gates and grader.level in (Level.MUST, Level.MUST_NOT),
        always=grader.always,
        needs=_NEEDS.get(shared, "") if grader.deterministic else "judge",
        loosely=kind.loosely,
        settings={one.name: one.value for one in grader.settings},
    )


def sittings(plan: FeaturePlan) -> dict[str, Sitting]:
    """The cases of the feature as `suite` sees them, by ID."""
    return {
        case.id: Sitting(
            said=tuple(turn.text for turn in case.turns if turn.role == "user"),
            uses={use.grader: dict(use.settings) for use in case.uses},
            base=case.base,
        )
        for case in plan.cases
    }


def _checks(kinds: Kinds) -> Callable[[Grading], Callable[..., Verdict]]:
    """The check of a grader: its kind's own, or a shared one."""
    return lambda grading: check_of(kinds[grading.requirement], grading.check)

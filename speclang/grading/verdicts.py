"""What the graders of a feature say of one recorded answer, and what that comes to for each requirement.

In: a feature's plan, the kind of each of its requirements, and an answer. Out: a `Graded`.
Invariant: pure and total: whatever a check does with an answer, it ends in a verdict with a reason.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from ..kit.answer import Answer, Said, Verdict
from ..kit.checks import CHECKS, find
from ..kit.checks.evidence import quote
from ..kit.grading import UnknownCheck, check_of
from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..model.requirement import Level
from ..plan.case import Case
from ..plan.grader import Grader
from ..plan.plan import FeaturePlan
from ..source.hashing import Json
from ..source.records import dataclass, replace
from .record import Record

EXPECT = "expect"
"""In place of a requirement: what the record itself expects. No ID of a requirement lacks a hyphen."""


class State(StrEnum):
    """What is said of an answer. `judge`: no code can tell; `not_applicable`: there is nothing to tell it from."""

    PASS = "pass"  # noqa: S105 - no secret
    FAIL = "fail"
    JUDGE = "judge"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class GraderVerdict:
    """What one grader says, by which version of its check; `loose` is its loose reading, None if it has none or none was asked.

    `share` is how many of 100 runs have to pass: under 100, one that fails decides nothing alone.
    """

    grader: str
    requirement: str
    check: str
    version: int
    level: Level
    gates: bool
    state: State
    reason: str
    loose: State | None = None
    share: int = 100


@dataclass(frozen=True, slots=True)
class RequirementVerdict:
    """What the graders of one requirement come to: it fails with any that gates, and waits for a judge with any that needs one."""

    requirement: str
    state: State
    gates: bool
    reason: str
    graders: tuple[GraderVerdict, ...]
    loose: State | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer with what each requirement that has a grader for it says."""

    line: int
    feature: str
    case: str
    model: str
    sample: int
    requirements: tuple[RequirementVerdict, ...]

    @property
    def told(self) -> bool:
        """Whether code can tell anything of it."""
        return any(one.state in (State.PASS, State.FAIL) for one in self.requirements)

    @property
    def passed(self) -> bool:
        """Whether it meets all that gates and that code can tell."""
        return self.told and not any(one.state is State.FAIL and one.gates for one in self.requirements)

    @property
    def passed_loosely(self) -> bool:
        """The same by the loose readings, where there are any."""
        return self.told and not any((one.loose or one.state) is State.FAIL and one.gates for one in self.requirements)


class Examiner:
    """Grades answers by the requirements of one feature."""

    __slots__ = ("_cases", "_kinds", "_loose", "_plan", "_settled", "_writes", "bases")

    def __init__(
        self,
        plan: FeaturePlan,
        kinds: Mapping[str, Kind[RequirementFields]],
        writes: tuple[str, ...] = (),
        *,
        loose: bool = False,
    ) -> None:
        """Prepare the cases; `kinds` are those of the requirements by ID, `writes` the tools that change something."""
        self._plan = plan
        self._kinds = kinds
        self._writes = writes
        self._loose = loose
        self._cases: dict[str, Case] = {}
        for case in plan.cases:
            for other in case.also:
                self._cases.setdefault(other.id, case)
        for today, before in plan.former:
            for case in plan.cases:
                if case.requirement == today:
                    self._cases.setdefault(f"{before}{case.id.removeprefix(today)}", case)
        self._cases.update({case.id: case for case in plan.cases})
        self._settled = frozenset(use.grader for case in plan.cases for use in case.uses if use.settings)
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
        answer = _with_turns(record.answer, case) if record.bare and case is not None else record.answer
        found: dict[str, list[GraderVerdict]] = {}
        for grader, settings in self._asked(case):
            verdict = self._verdict(grader, settings, answer, case)
            found.setdefault(grader.requirement, []).append(verdict)
        if record.expect is not None:
            found[EXPECT] = [self._expected(record, answer)]
        told = tuple(_requirement(id, tuple(verdicts), loose=self._loose) for id, verdicts in found.items())
        return Graded(record.line, self.feature, record.case, record.model, record.sample, told)

    def _asked(self, case: Case | None) -> Iterator[tuple[Grader, Mapping[str, Json] | None]]:
        """The graders that speak, each with what the case settles; None where it would have to be settled and there is no case."""
        uses = {use.grader: dict(use.settings) for use in case.uses} if case is not None else {}
        for grader in self._plan.graders:
            if grader.id in uses:
                yield grader, uses[grader.id]
            elif grader.always:
                yield grader, None if case is None and grader.id in self._settled else {}

    def _verdict(
        self, grader: Grader, settled: Mapping[str, Json] | None, answer: Answer, case: Case | None
    ) -> GraderVerdict:
        kind = self._kinds[grader.requirement]
        settings = {one.name: one.value for one in grader.settings} | dict(settled or {})
        share = settings.get("percentile", 100)
        said = GraderVerdict(
            grader=grader.id,
            requirement=grader.requirement,
            check=grader.check,
            version=kind.version,
            level=grader.level,
            gates=grader.gates and grader.level in (Level.MUST, Level.MUST_NOT),
            state=State.JUDGE,
            reason="no code can tell; a judge reads the answer by the rubric",
            share=share if isinstance(share, int) else 100,
        )
        if not grader.deterministic:
            return said
        silent = _silent(grader, settings, settled, answer, case)
        if silent:
            return replace(said, state=State.NOT_APPLICABLE, reason=silent)
        verdict = applied(kind, grader.check, settings, answer)
        said = replace(said, state=State.PASS if verdict.passed else State.FAIL, reason=verdict.reason)
        if self._loose and kind.loosely and not verdict.passed:
            loosely = applied(kind, grader.check, settings | {"loose": True}, answer)
            return replace(said, loose=State.PASS if loosely.passed else State.FAIL)
        return replace(said, loose=State.PASS) if self._loose and kind.loosely else said

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


def applied(kind: Kind[RequirementFields], check: str, settings: Mapping[str, Json], answer: Answer) -> Verdict:
    """What `check` says of `answer`; one that stops, which may be anybody's code, does not pass it."""
    try:
        return check_of(kind, check)(answer, **settings)
    except Exception as problem:  # noqa: BLE001 - whatever a check stops with, the answer is not shown to pass
        what = f"{type(problem).__name__}: {problem}"
        return Verdict(passed=False, reason=f"the check `{check}` stops with {quote(what)}")


def _silent(
    grader: Grader,
    settings: Mapping[str, Json],
    settled: Mapping[str, Json] | None,
    answer: Answer,
    case: Case | None,
) -> str:
    """Why nothing can be told, or ""."""
    if settled is None:
        return "what it looks for depends on the case, and the answer names none"
    match CHECKS.get(grader.check):
        case "relations" if answer.base is None:
            other = case.base if case is not None else ""
            return f"the answer to `{other}`, with which it is compared, is not there"
        case "measures" if settings.get("measure") not in answer.measured:
            return f"{quote(str(settings.get('measure')))} is not recorded under `measured`"
        case _:
            return ""


def _with_turns(answer: Answer, case: Case) -> Answer:
    """An answer of which only the text is known, after what the user of its case says."""
    said = tuple(Said(turn.role, turn.text) for turn in case.turns if turn.role == "user")
    return replace(answer, steps=(*said, *answer.steps))


def _requirement(id: str, graders: tuple[GraderVerdict, ...], *, loose: bool) -> RequirementVerdict:
    """The verdicts of one requirement's graders as one: by those that gate, if any does."""
    alone = [one for one in graders if one.share >= 100] or graders
    deciding = [one for one in alone if one.gates] or alone
    first = min(deciding, key=lambda one: _ORDER.index(one.state))
    readings = [one.loose or one.state for one in deciding]
    loosely = min(readings, key=_ORDER.index) if loose and any(one.loose for one in deciding) else None
    gates = any(one.gates and one.share >= 100 for one in deciding)
    return RequirementVerdict(id, first.state, gates, first.reason, graders, loosely)


_ORDER = (State.FAIL, State.JUDGE, State.PASS, State.NOT_APPLICABLE)

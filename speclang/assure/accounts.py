"""What each model has shown of a project's requirements and cases: the material of a report.

In: a compiled project and its store. Out: an `Account` for each model that answered, the one that answered last first.
Invariant: what counts was measured on today's prompt, case and grader, in the last run of its case: so a run of some cases brings these
up to date and leaves the others as they are. All else is told apart and stands in no rate.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ..engine.answers import marks
from ..engine.compiling import Opened
from ..grading.holding import reliabilities
from ..grading.suite import GraderVerdict, Judgement, RequirementVerdict, State, weighed
from ..grading.tally import Key, Rate, Tally
from ..grading.verdicts import Graded
from ..model.requirement import Level
from ..plan.case import Case
from ..run.store.database import Store
from ..run.store.reading import Past, PastRun, Said
from ..source.records import dataclass, replace
from .calibration import Trust
from .gates import refuse_both
from .outcome import Row
from .standing import row
from .today import Place, Today

SHOWN = 3
"""How many answers of a model to a case are shown, of those that count; and one of the others."""

CaseKey = tuple[str, str]
"""A feature and a case."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many answers pass, fail, and wait for a judge."""

    passed: int = 0
    failed: int = 0
    waiting: int = 0

    @property
    def rate(self) -> Rate:
        """The share that passes, of those of which something can be told."""
        return Rate(self.passed, self.passed + self.failed)

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.waiting + other.waiting)

    def with_one(self, state: str) -> "Count":
        """This and one more."""
        return Count(
            self.passed + (state == "pass"), self.failed + (state == "fail"), self.waiting + (state == "judge")
        )


@dataclass(frozen=True, slots=True)
class Aside:
    """What counts in no rate, each as a count: of earlier runs on what the project has today, of what it had before, of foreign prompts."""

    earlier: Count = Count()
    stale: Count = Count()
    foreign: Count = Count()


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that is to be shown: its name in the store, whether it counts, and where it was measured."""

    key: str
    counts: bool
    fails: bool
    place: Place
    made: str
    repetition: int
    runs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What one run has shown of a requirement; `today` says that all of it was measured on what the project has now."""

    run: int
    rate: Rate
    today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that one model has shown. `answers` counts those that count, `rows` has every requirement in its order.

    `last` is when the latest of a requirement's answers was given, of those that count. `cases` counts what the requirements say of each
    case. `targets` are the names under which the model was asked.
    """

    model: str
    stub: bool
    targets: tuple[str, ...]
    answers: int
    rows: tuple[Row, ...]
    aside: Mapping[Key, Aside]
    last: Mapping[Key, str]
    cases: Mapping[CaseKey, Mapping[str, Count]]
    shown: Mapping[CaseKey, tuple[Answered, ...]]
    curve: Mapping[Key, tuple[Point, ...]]
    counted: frozenset[str]

    def of_case(self, feature: str, case: Case, requirement: str) -> tuple[Count | None, bool]:
        """What the answers to `case` say of `requirement`, and whether they do: else, what they say of all for which the case speaks."""
        counts = self.cases.get((feature, case.id), {})
        if requirement in counts:
            return counts[requirement], True
        others = [counts[id] for id in case.covers if id in counts]
        return (sum(others, Count()) if others else None), False


def accounts(
    project: Opened, now: Today, store: Store, judge: str, known: Sequence[Trust], day: date
) -> tuple[Account, ...]:
    """What each model has shown, by the `judge` whose hash that is; `known` says how far he is trusted. Raises `Unusable`.

    Marks as known to fail are held against `day`.
    """
    refuse_both(project.home.config, project.compiled.program.features)
    taken, runs = store.details.taken(), store.runs()
    last: dict[tuple[str, str, str, bool], int] = {}
    for one in store.details.lately():
        part = now.parts.get(one.feature)
        if part and (one.feature, one.prompt) in now.prompts and part.hashes.get(one.case) == one.case_hash:
            key = (one.feature, one.case, one.model, one.stub)
            last[key] = max(last.get(key, 0), one.run)
    ledgers: dict[tuple[str, bool], _Ledger] = {}
    for past in store.answers(judge=judge or None):
        if past.feature in now.parts:
            who = (past.model, past.stub)
            if who not in ledgers:
                ledgers[who] = _Ledger(project, now, day)
            ledgers[who].add(
                past, taken.get(past.key, ()), last.get((past.feature, past.case, past.model, past.stub), 0)
            )
    found = [one.told(*key, runs, known) for key, one in ledgers.items()]
    latest = {key: max(one.latest, default="") for key, one in ledgers.items()}
    found.sort(key=lambda one: one.model)
    found.sort(key=lambda one: latest[one.model, one.stub], reverse=True)
    return tuple(sorted(found, key=lambda one: one.stub))


class _Ledger:
    """What one model has shown so far."""

    __slots__ = (
        "_aside", "_cases", "_counted", "_curve", "_day", "_last", "_now", "_percentiles", "_project", "_says", "_shown",
        "_tally", "latest",
    )  # fmt: skip

    def __init__(self, project: Opened, now: Today, day: date) -> None:
        self._project = project
        self._now = now
        self._day = day
        plans = [part.plan for part in now.parts.values()]
        self._says = {(plan.feature, id): one for plan in plans for id, one in reliabilities(plan).items()}
        self._percentiles = {
            (plan.feature, grader.id): one.value
            for plan in plans
            for grader in plan.graders
            for one in grader.settings
            if one.name == "percentile" and isinstance(one.value, int)
        }
        own = {key: one.own for key, one in self._says.items()}
        self._tally = Tally(own, marks.excused(self._says, day))
        self._aside: dict[Key, Aside] = {}
        self._last: dict[Key, str] = {}
        self._cases: dict[CaseKey, dict[str, Count]] = {}
        self._shown: dict[CaseKey, list[Answered]] = {}
        self._curve: dict[tuple[Key, int], tuple[Count, bool]] = {}
        self._counted: set[str] = set()
        self.latest: set[str] = set()

    def add(self, past: Past, runs: tuple[int, ...], last: int) -> None:
        """Count an answer of `runs`, where it belongs; `last` is the last run of its case on what the project has today."""
        graders: dict[str, list[GraderVerdict]] = {}
        for said in past.said:
            graders.setdefault(said.requirement, []).append(_verdict(said, self._percentiles, past.feature))
        counting: list[RequirementVerdict] = []
        places: list[Place] = []
        for requirement, verdicts in graders.items():
            place = self._now.place(past, requirement)
            places.append(place)
            verdict = weighed(requirement, tuple(verdicts))
            if place is Place.TODAY and last in runs:
                counting.append(verdict)
            else:
                self._put_aside((past.feature, requirement), place, verdict.state.value)
            if place is not Place.FOREIGN:
                self._mark(past.feature, verdict, runs, today=place is Place.TODAY)
        if counting:
            self._count(past, tuple(counting))
        fails = any(one.state is State.FAIL for one in counting)
        place = max(places, key=list(Place).index, default=Place.STALE)
        self._show(past, Answered(past.key, bool(counting), fails, place, past.made, past.repetition, runs))

    def _count(self, past: Past, counting: tuple[RequirementVerdict, ...]) -> None:
        self._counted.add(past.key)
        self.latest.add(past.made)
        self._tally.add(Graded(past.repetition, past.feature, past.case, past.model, past.repetition, counting))
        seen = self._cases.setdefault((past.feature, past.case), {})
        for one in counting:
            seen[one.requirement] = seen.get(one.requirement, Count()).with_one(one.state.value)
            if one.state in (State.PASS, State.FAIL):
                key = (past.feature, one.requirement)
                self._last[key] = max(self._last.get(key, ""), past.made)

    def _put_aside(self, key: Key, place: Place, state: str) -> None:
        one = self._aside.get(key, Aside())
        match place:
            case Place.TODAY:
                self._aside[key] = replace(one, earlier=one.earlier.with_one(state))
            case Place.STALE:
                self._aside[key] = replace(one, stale=one.stale.with_one(state))
            case Place.FOREIGN:
                self._aside[key] = replace(one, foreign=one.foreign.with_one(state))

    def _mark(self, feature: str, one: RequirementVerdict, runs: tuple[int, ...], *, today: bool) -> None:
        if one.state in (State.PASS, State.FAIL):
            for run in runs:
                key = ((feature, one.requirement), run)
                count, all_today = self._curve.get(key, (Count(), True))
                self._curve[key] = count.with_one(one.state.value), all_today and today

    def _show(self, past: Past, one: Answered) -> None:
        """Keep the answer among those that are shown, if it is one of them: those that fail first, then the newest."""
        held = self._shown.setdefault((past.feature, past.case), [])
        held.append(one)
        held.sort(key=lambda other: other.key)
        held.sort(key=lambda other: (other.made, other.repetition), reverse=True)
        held.sort(key=lambda other: not other.fails)
        counting, others = [each for each in held if each.counts], [each for each in held if not each.counts]
        held[:] = [*counting[:SHOWN], *others[:1]]

    def told(self, model: str, stub: bool, runs: Sequence[PastRun], known: Sequence[Trust]) -> Account:  # noqa: FBT001
        """What it all comes to."""
        targets = dict.fromkeys(one.target for one in runs if (one.model, one.stub) == (model, stub))
        curve: dict[Key, list[Point]] = {}
        for (key, run), (count, today) in sorted(self._curve.items()):
            curve.setdefault(key, []).append(Point(run, count.rate, today))
        return Account(
            model=model,
            stub=stub,
            targets=tuple(targets),
            answers=len(self._counted),
            rows=tuple(self._rows(known)),
            aside=self._aside,
            last=self._last,
            cases=self._cases,
            shown={key: tuple(listed) for key, listed in self._shown.items()},
            curve={key: tuple(points) for key, points in curve.items()},
            counted=frozenset(self._counted),
        )

    def _rows(self, known: Sequence[Trust]) -> Iterator[Row]:
        """A row for each requirement with a grader, in their order."""
        config = self._project.home.config
        wished = config.judge.kappa if config.judge is not None else None
        for part in self._now.parts.values():
            plan = part.plan
            for id in dict.fromkeys(grader.requirement for grader in plan.graders):
                key = (plan.feature, id)
                said = self._says.get(key)
                one = row(config, plan, marks.weighed(self._tally.standing(*key), said, self._day), said)
                trusts = [trust for trust in known if (trust.feature, trust.requirement) == key]
                doubt = next((trust.told for trust in trusts if wished is not None and not trust.enough(wished)), "")
                yield replace(one, doubt=doubt) if doubt and one.standing.judged.n else one


def _verdict(said: Said, percentiles: Mapping[tuple[str, str], int], feature: str) -> GraderVerdict:
    """What a grader said, as `grading` weighs it."""
    return GraderVerdict(
        grader=said.grader,
        requirement=said.requirement,
        check="",
        version=said.version,
        level=Level.MUST,
        gates=said.gates,
        state=State(said.state),
        reason="",
        share=percentiles.get((feature, said.grader), 100),
        judgement=Judgement("", "", 0, 0, 0) if said.judged else None,
    )

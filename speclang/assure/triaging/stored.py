"""The answers of a run, as they are triaged.

In: a compiled project, its store, and a run. Out: each answer that was given to the prompt and the case of today, as steps, with what the
requirements say of it today.
Invariant: nothing is asked; graders are those of today (decision 0606), and where only a judge can tell, the judge of the run has spoken.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from ...engine.answers.score import Scoring
from ...engine.compiling import Opened
from ...grading.messages import spoken
from ...grading.spans.telling import Told
from ...grading.steps import Returned, steps_of
from ...grading.suite import RequirementVerdict, State
from ...grading.verdicts import Graded
from ...plan.case import Case
from ...plan.delivery import arrives, whole
from ...plan.plan import FeaturePlan
from ...project.lines import Line
from ...run.loop import NOTHING_SAID
from ...run.store.database import Store
from ...run.store.details import Conversation, Reason
from ...run.store.reading import PastRun
from ...source.hashing import Json
from ...source.records import dataclass, replace
from ..today import Today, today

_AT_ONCE = 200

_WORDLESS = 2
"""The most members that the result of a tool has which is nothing but its failure."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer: what happened in it, what the requirements say, and when it was given."""

    told: Told
    verdicts: tuple[RequirementVerdict, ...]
    made: str


class Answers:
    """The answers of `run` to cases that are `chosen`; `elsewhere` counts those to another prompt or case, `judged` who a judge failed."""

    __slots__ = ("_plans", "_project", "_run", "_store", "_today", "elsewhere", "looked")

    def __init__(self, project: Opened, store: Store, run: PastRun) -> None:
        """Nothing is read yet."""
        self._project = project
        self._store = store
        self._run = run
        self._today: Today = today(project)
        self._plans = {one.feature: one for one in project.compiled.plan.features}
        self.elsewhere = 0
        self.looked = 0

    def each(self, feature: str, chosen: "Mapping[str, frozenset[str]]") -> Iterator[Heard]:
        """The answers to `feature` ("" for all) and the cases that are `chosen` of each, in the order of their names."""
        rows: dict[int, Conversation] = {}
        scoring = Scoring(self._project, f"the answers of run {self._run.id}", by_line=False)

        def lines() -> Iterator[Line]:
            for number, row in enumerate(self._store.details.conversations(self._run.id), 1):
                if feature not in ("", row.feature) or row.case not in chosen.get(row.feature, frozenset()):
                    continue
                if not self._of_today(row):
                    self.elsewhere += 1
                    continue
                rows[number] = row
                yield Line(number, row.record, len(row.record))

        graded = scoring.graded(lines())
        while some := [(one, rows.pop(one.line)) for one in islice(graded, _AT_ONCE)]:
            yield from self._heard(some)

    def _of_today(self, row: Conversation) -> bool:
        """Whether the answer was given to the prompt and the case that the specs make today."""
        part = self._today.parts.get(row.feature)
        return (
            part is not None
            and (row.feature, row.prompt) in self._today.prompts
            and part.hashes.get(row.case) == row.case_hash
        )

    def _heard(self, some: Sequence[tuple[Graded, Conversation]]) -> Iterator[Heard]:
        self.looked += len(some)
        waiting = [row.key for one, row in some if any(each.state is State.JUDGE for each in one.requirements)]
        said: dict[str, list[Reason]] = {}
        for reason in (
            self._store.details.reasons(waiting, self._run.judge or "") if waiting and self._run.judge else ()
        ):
            said.setdefault(reason.answer, []).append(reason)
        sent = self._store.details.texts(sorted({row.system for _, row in some}))
        for one, row in some:
            verdicts = tuple(_judged(each, said.get(row.key, ())) for each in one.requirements)
            yield Heard(self._told(row, sent.get(row.system, "")), verdicts, row.made)

    def _told(self, row: Conversation, prompt: str) -> Told:
        """What happened in an answer; its first step is the prompt."""
        held: dict[str, Json] = json.loads(row.record)
        system: Json = {"role": "system", "content": prompt}
        listed = held["messages"]
        messages = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ()
        plan = self._plans[row.feature]
        case = next((one for one in plan.cases if one.id == row.case), None)
        measured = held.get("measured")
        return Told(
            trace=row.key,
            steps=steps_of(
                spoken([system, *messages]), _tools(plan, case), row.stopped if row.stopped != NOTHING_SAID else ""
            ),
            feature=row.feature,
            case=row.case,
            model=self._run.model,
            sample=row.repetition,
            stub=self._run.stub,
            measured={name: value for name, value in measured.items() if isinstance(value, float | int)}
            if isinstance(measured, Mapping)
            else {},
        )


def _tools(plan: FeaturePlan, case: Case | None) -> dict[str, Returned]:
    """How each simulated tool answers in `case`."""
    found: dict[str, Returned] = {}
    for one in chain(plan.replies, case.replies if case is not None else ()):
        text, seconds = arrives(one)
        failed = text.startswith('{"error": ') and text == json.dumps({"error": one.state}, ensure_ascii=False)
        found[one.tool] = Returned(text if failed else whole(one), text, one.state if failed else "", seconds)
    return found


def _judged(one: RequirementVerdict, said: Sequence[Reason]) -> RequirementVerdict:
    """The verdict with what the judge of the run said in place of graders that only a judge can answer for."""
    spoken_of = {each.grader: each for each in said if each.say == "fail" and each.requirement == one.requirement}
    if one.state is not State.JUDGE or not spoken_of:
        return one
    graders = tuple(
        replace(each, state=State.FAIL, reason=_told_by_judge(spoken_of[each.grader]))
        if each.state is State.JUDGE and each.grader in spoken_of
        else each
        for each in one.graders
    )
    failed = next(each for each in graders if each.state is State.FAIL)
    return replace(one, state=State.FAIL, reason=failed.reason, graders=graders, judged=True)


def _told_by_judge(one: Reason) -> str:
    quoted = f'"{one.quote}": ' if one.quote else ""
    return f"the judge says of {quoted}{one.told}" if quoted else f"the judge says: {one.told}"

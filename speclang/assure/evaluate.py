"""`specc eval`: the cases of a project on a target, graded by what the specs require.

In: a folder and what is wished. Out: an `Evaluated`. The answers and what the graders said of them stand in the store.
Invariant: graded by the same code as recorded answers, on the same form; memory does not grow with the number of answers.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, has_errors, ordered
from ..engine.answers.score import Scoring, UnknownFeature
from ..engine.compiling import Opened, open_project
from ..grading import errors as unheld
from ..grading.holding import Call, Decision, decide, held
from ..grading.record import Refusal, read
from ..grading.tally import Rate, Standing
from ..grading.verdicts import EXPECT, Graded
from ..plan.case import Case
from ..project.lines import LONGEST
from ..project.writing import memory
from ..run import errors
from ..run.asking import Unusable
from ..run.loop import Played
from ..run.running import Ended, Job, Missed, Running, State, Terms
from ..run.schedule import Budget
from ..run.store.database import Kept, Run, Store, Verdict, open_store
from ..run.targets.callable import Answers
from ..source.hashing import Json
from ..source.suggest import nearest
from .affected import affected
from .aims import Aim, aim, aim_at
from .course import jobs, parts, prompt_hash, times
from .evidence import address
from .gates import MUST, levels, refuse_both, wanted
from .outcome import Evaluated, Progress, Row, Spending, Unfit, Wish

_SHOWN = 3
"""How many reasons are told for answers that did not come."""


def evaluate(
    folder: Path, wish: Wish, watch: Callable[[Progress], None] | None = None, function: Answers | None = None
) -> Evaluated | Unfit:
    """Run what is wished, on `function` if there is one. Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    names = [one.feature for one in project.compiled.plan.features]
    if wish.feature and wish.feature not in names:
        raise UnknownFeature(wish.feature, nearest(wish.feature, names) or "")
    aimed = aim(project, wish.target) if function is None else aim_at(function)
    store = open_store(address(project), memory(project.root))
    try:
        return _Evaluation(project, aimed, wish, store, watch).run()
    finally:
        store.close()


class _Evaluation:
    """One run; lives no longer than the call."""

    __slots__ = (
        "_aim", "_done", "_missed", "_number", "_parts", "_project", "_reached", "_run", "_running", "_scoring", "_steady",
        "_store", "_waiting", "_watch", "_wish",
    )  # fmt: skip

    def __init__(
        self, project: Opened, aimed: Aim, wish: Wish, store: Store, watch: Callable[[Progress], None] | None
    ) -> None:
        self._project = project
        self._aim = aimed
        self._wish = wish
        self._store = store
        self._watch = watch
        self._reached = affected(project, project.root, wish.affected) if wish.affected else None
        self._parts = {one.plan.feature: one for one in parts(project, aimed.prompt, self._chosen)}
        self._scoring = Scoring(project, f"the answers of {aimed.target.name}", by_line=False)
        self._run = Run(aimed.stated.name, aimed.target.model, aimed.stub, aimed.target.identity)
        self._number = 0
        self._missed: dict[str, list[str]] = {}
        self._waiting: dict[tuple[str, str, int], Kept] = {}
        self._steady: dict[tuple[str, str], bool] = {}
        self._done = 0
        self._running: Running | None = None

    def _chosen(self, feature: str, case: Case) -> bool:
        wish = self._wish
        return (
            wish.feature in ("", feature)
            and (not wish.case or fnmatchcase(case.id, wish.case))
            and (self._reached is None or (feature, case.id) in self._reached.cases)
        )

    @property
    def _of(self) -> int:
        return sum(times(part, case, self._wish.repeat) for part in self._parts.values() for case in part.cases)

    def run(self) -> Evaluated:
        """Ask, grade, keep, and tell what it comes to."""
        stated, wish = self._aim.stated, self._wish
        if not self._of and self._reached is not None:
            raise Unusable(f"nothing that has changed since `{wish.affected}` reaches a case that is to be run")
        if not self._of:
            raise Unusable(
                "no case is to be run" + (f": none is called as `{self._wish.case}` says" if self._wish.case else "")
            )
        refuse_both(self._project.home.config, [part.feature for part in self._parts.values()])
        terms = Terms(
            concurrency=wish.concurrency or stated.concurrency,
            retries=stated.retries,
            timeout=float(stated.timeout),
            rounds=stated.rounds,
            budget=Budget(wish.max_cost, wish.max_tokens),
            resume=wish.resume,
            afresh=wish.afresh,
            offline=wish.offline,
        )
        self._number = self._store.begin(self._run)
        for part in self._parts.values():
            self._store.text(part.prompt)
        running = self._running = Running(self._aim.target, self._store, terms, self._played, self._miss)
        ended = running.run(jobs(tuple(self._parts.values()), wish.repeat))
        for graded in self._scoring.rest():
            self._judged(graded, self._waiting.pop((graded.feature, graded.case, graded.sample)))
        self._store.end(self._number, ended.state.value)
        return self._told(ended, running)

    def _played(self, job: Job, played: Played) -> None:
        """Grade a conversation, by the form and within the bounds of recorded answers."""
        script = job.script
        record: dict[str, Json] = {
            "version": 1,
            "feature": script.feature,
            "case": script.case,
            "model": self._run.model,
            "sample": job.repetition,
            "messages": played.messages,
            "measured": played.measured,
        }
        data = json.dumps(record).encode()
        found = (
            read(data, job.repetition)
            if len(data) <= LONGEST
            else f"it has {len(data):,} bytes, and {LONGEST:,} are read"
        )
        if isinstance(found, Refusal | str):
            why = found if isinstance(found, str) else found.why
            self._miss(Missed(job, f"the answer can't be graded: {why}"))
            return
        part = self._parts[script.feature]
        kept = Kept(
            feature=script.feature,
            case=script.case,
            case_hash=part.hashes[script.case],
            prompt=prompt_hash(part),
            built=part.same,
            system=script.system,
            repetition=job.repetition,
            record=data,
            stopped=played.stopped,
        )
        graded = self._scoring.take(found, len(data))
        if graded is None:
            self._waiting[script.feature, script.case, job.repetition] = kept
        else:
            self._judged(graded, kept)
        self._step()

    def _judged(self, graded: Graded, kept: Kept) -> None:
        """Keep an answer with its verdicts."""
        if graded.told:
            key = (graded.feature, graded.case)
            self._steady[key] = self._steady.get(key, True) and graded.passed
        hashes = self._parts[graded.feature].graders
        verdicts = [
            Verdict(
                one.grader,
                hashes.get(one.grader, ""),
                one.version,
                one.requirement,
                one.state.value,
                one.gates,
                one.reason,
            )
            for requirement in graded.requirements
            for one in requirement.graders
        ]
        self._store.add(self._number, self._run, kept, verdicts)

    def _miss(self, missed: Missed) -> None:
        """Note a job without an answer."""
        script = missed.job.script
        reasons = self._missed.setdefault(script.feature, [])
        reasons.append(f"`{script.case}`: {missed.why}" if len(reasons) < _SHOWN else "")
        self._store.miss(self._number, script.feature, script.case, missed.job.repetition, missed.why)
        self._step()

    def _step(self) -> None:
        self._done += 1
        if self._watch is not None and self._running is not None:
            passed, told = self._scoring.so_far
            sender = self._running.sender
            self._watch(Progress(self._done, self._of, passed, told, sender.spent_cost, self._running.recalled))

    def _told(self, ended: Ended, running: Running) -> Evaluated:
        summary = self._scoring.summary
        rows = tuple(self._row(one) for one in summary.standings if one.requirement != EXPECT)
        found = [*self._unmet(rows), *self._faults(ended)]
        places = self._project.compiled.places
        price, sender = self._aim.stated.price, running.sender
        return Evaluated(
            run=self._number,
            target=self._aim.stated.name,
            model=self._run.model,
            stub=self._run.stub,
            state=ended.state,
            of=self._of,
            summary=summary,
            rows=rows,
            every_time=self._every_time(),
            spending=Spending(
                sent=sender.sent,
                again=sender.again,
                recalled=running.recalled,
                tokens=sender.spent_tokens,
                cost=sender.spent_cost,
                currency=price.currency if price is not None else "",
            ),
            diagnostics=ordered(found, places),
            places=places,
        )

    def _every_time(self) -> Rate | None:
        """Of the cases that were run several times, those all of whose answers meet all that gates; None where there are none."""
        many = [
            self._steady[part.plan.feature, case.id]
            for part in self._parts.values()
            for case in part.cases
            if (part.plan.feature, case.id) in self._steady and times(part, case, self._wish.repeat) > 1
        ]
        return Rate(sum(many), len(many)) if many else None

    def _row(self, one: Standing) -> Row:
        level = levels(self._parts[one.feature].plan)[one.requirement]
        share = wanted(self._project.home.config, one.feature, one.requirement, level)
        said = self._scoring.says(one)
        holds = said.holds if said is not None else None
        # Where a requirement asks for a share of its runs itself, that decides.
        decision = Decision(Call.FAILS) if one.short else None
        decision = decision or (held(holds, one.rate, one.cases) if holds else decide(one.rate, share))
        return Row(one, level, float(holds.wanted) if holds else share, decision, holds.shown if holds else "")

    def _unmet(self, rows: Sequence[Row]) -> list[Diagnostic]:
        """Requirements that do not hold, or of which that can't be told."""
        found: list[Diagnostic] = []
        for row in rows:
            one = row.standing
            found.extend(self._marks(row))
            if row.expected:
                continue
            if row.decision.call is Call.UNDECIDED and row.level == MUST:
                head = self._scoring.head(one)
                share = row.holds or (f"{row.wanted:.0%}" if row.wanted * 100 % 1 == 0 else f"{row.wanted:.1%}")
                found.append(unheld.undecided(one.requirement, head, one.rate.told, share, row.decision.more))
            elif one.failed or one.short:
                found.append(self._scoring.unmet(one, gates=row.blocks))
        return found

    def _marks(self, row: Row) -> Iterator[Diagnostic]:
        """Marks as known to fail that are out of date; that the stub, or a part of the cases, passes shows nothing."""
        wish = self._wish
        whole = not (self._run.stub or wish.case or wish.affected)
        return self._scoring.marks(row.standing, holds=row.decision.call is Call.HOLDS, whole=whole)

    def _faults(self, ended: Ended) -> list[Diagnostic]:
        """What kept answers from coming."""
        found: list[Diagnostic] = []
        for part in self._parts.values():
            head, reasons = part.plan.origin.span, self._missed.get(part.plan.feature)
            if reasons:
                found.append(errors.unanswered(part.plan.feature, head, len(reasons), reasons[:_SHOWN]))
            if part.cases and not part.same:
                found.append(errors.other_prompt(part.path, head))
        if ended.state is not State.DONE:
            first = next(part for part in self._parts.values() if part.cases)
            why = ended.why or _WHY[ended.state]
            found.append(errors.cut_short(first.plan.feature, first.plan.origin.span, why, self._done, self._of))
        return found


_WHY: Mapping[State, str] = {
    State.STOPPED: "it was told to stop",
    State.SPENT: "the budget is spent",
}

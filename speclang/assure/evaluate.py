"""`specc eval`: the cases of a project on a target, graded by what the specs require.

In: a folder and what is wished. Out: an `Evaluated`. The answers and what the graders said of them stand in the store.
Invariant: graded by the same code as recorded answers, on the same form; memory does not grow with the number of answers.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from ..diagnostics.diagnostic import has_errors, ordered
from ..engine.answers.score import Scoring, UnknownFeature
from ..engine.compiling import Opened, open_project
from ..grading.tally import Rate
from ..grading.verdicts import EXPECT, Graded
from ..plan.case import Case
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.loop import Played
from ..run.running import Ended, Job, Missed, Running
from ..run.store.database import Store, open_store
from ..run.store.rows import Kept, Run
from ..run.targets.callable import Answers
from ..source.suggest import nearest
from . import calibration
from .affected import affected
from .aims import Aim, aim, aim_at
from .comparing.envelope import enveloped, texts
from .course import jobs, parts, times
from .evidence import address
from .gates import refuse_both
from .judging import Appointed, Judging, Manner, appointed, questions
from .limits import seated, spent, terms
from .outcome import Evaluated, Progress, Unfit, Wish
from .standing import SHOWN, doubted, faults, row, unmet, unproved, verdicts
from .taken import taken


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
    if wish.judge and questions(project):
        appointed(project, asked=False)  # a judge that is not there is told before a target has to be named
    return evaluated(project, aim(project, wish.target) if function is None else aim_at(function), wish, watch)


def evaluated(
    project: Opened,
    aimed: Aim,
    wish: Wish,
    watch: Callable[[Progress], None] | None = None,
    among: frozenset[tuple[str, str]] | None = None,
) -> Evaluated:
    """The same on a target that is made ready, in a project without errors. Raises `Unusable` and `OSError`.

    Of the cases that are wished, those that stand `among` these, by feature and ID, are run; all of them, where nothing is said.
    """
    judge = appointed(project) if wish.judge and questions(project) else None
    judge = seated(judge, aimed, wish)
    store = open_store(address(project), memory(project.root))
    try:
        return _Evaluation(project, aimed, judge, wish, store, watch, among).run()
    finally:
        store.close()


class _Evaluation:
    """One run; lives no longer than the call."""

    __slots__ = (
        "_aim", "_among", "_appointed", "_done", "_judging", "_missed", "_number", "_of", "_parts", "_project", "_reached", "_run",
        "_running", "_scoring", "_steady", "_store", "_waiting", "_watch", "_wish",
    )  # fmt: skip

    def __init__(
        self,
        project: Opened,
        aimed: Aim,
        judge: Appointed | None,
        wish: Wish,
        store: Store,
        watch: Callable[[Progress], None] | None,
        among: frozenset[tuple[str, str]] | None = None,
    ) -> None:
        self._project = project
        self._aim = aimed
        self._among = among
        self._appointed = judge
        self._judging: Judging | None = None
        self._wish = wish
        self._store = store
        self._watch = watch
        self._reached = affected(project, project.root, wish.affected) if wish.affected else None
        self._parts = {one.plan.feature: one for one in parts(project, aimed.prompt, self._chosen)}
        self._of = sum(times(part, case, wish.repeat) for part in self._parts.values() for case in part.cases)
        self._scoring = Scoring(project, f"the answers of {aimed.target.name}", by_line=False)
        named = (
            judge.key if judge is not None and judge.aim.stub <= aimed.stub else ""
        )  # the stub judges no model's run
        whole = tuple(self._parts.values())
        envelope = enveloped(project, aimed, whole, terms(wish, aimed, judge), judge, wish.repeat)
        self._run = Run(aimed.stated.name, aimed.target.model, aimed.stub, aimed.target.identity, named, envelope)
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
            and (not wish.watched or bool(case.canaries))
            and (self._among is None or (feature, case.id) in self._among)
            and (self._reached is None or (feature, case.id) in self._reached.cases)
        )

    def run(self) -> Evaluated:
        """Ask, grade, keep, and tell what it comes to."""
        wish = self._wish
        if not self._of and self._reached is not None:
            raise Unusable(f"nothing that has changed since `{wish.affected}` reaches a case that is to be run")
        if not self._of:
            raise Unusable(
                "no case is to be run" + (f": none is called as `{self._wish.case}` says" if self._wish.case else "")
            )
        refuse_both(self._project.home.config, [part.feature for part in self._parts.values()])
        self._number = self._store.begin(self._run)
        self._store.texts(texts(self._project, tuple(self._parts.values())))
        how = terms(wish, self._aim, self._appointed)
        running = self._running = Running(self._aim.target, self._store, how, self._played, self._miss)
        if self._appointed is not None:
            manner = Manner(purse=running.sender.purse, afresh=wish.afresh, offline=wish.offline)
            lines = calibration.kept(self._project)
            self._judging = Judging(self._appointed, questions(self._project), self._store, manner, lines)
        ended = running.run(jobs(tuple(self._parts.values()), wish.repeat), self)
        for graded in self._scoring.rest():
            self._count(graded, self._waiting.pop((graded.feature, graded.case, graded.sample)))
        self._store.end(self._number, ended.state.value, running.snapshots)
        return self._told(ended, running)

    async def settle(self) -> None:
        """Judge the answers that were compared with others."""
        for graded in self._scoring.rest():
            await self._judged(graded, self._waiting.pop((graded.feature, graded.case, graded.sample)))

    async def close(self) -> None:
        """Let the judge's connections go."""
        if self._judging is not None:
            await self._judging.bench.close()

    async def _played(self, job: Job, played: Played) -> None:
        """Grade a conversation, by the form and within the bounds of recorded answers."""
        script = job.script
        case = script.feature, script.case
        data, found = taken(case, self._run.model, job.repetition, played.messages, played.measured)
        if isinstance(found, str):
            self._miss(Missed(job, f"the answer can't be graded: {found}"))
            return
        part = self._parts[script.feature]
        kept = Kept(
            feature=script.feature,
            case=script.case,
            case_hash=part.hashes[script.case],
            prompt=part.prompt_hash,
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
            await self._judged(graded, kept)
        self._step()

    async def _judged(self, graded: Graded, kept: Kept) -> None:
        """Have the judge say what code can't, and keep the answer, also where he does not come to it."""
        try:
            if self._judging is not None:
                graded = await self._judging.judged(graded)
        finally:
            self._count(graded, kept)

    def _count(self, graded: Graded, kept: Kept) -> None:
        """Keep an answer with its verdicts, and have them count."""
        sums = self._scoring.count(graded)
        if sums.told:
            key = (graded.feature, graded.case)
            self._steady[key] = self._steady.get(key, True) and sums.passed
        hashes = self._parts[graded.feature].graders
        self._store.add(self._number, self._run, kept, verdicts(graded, hashes))

    def _miss(self, missed: Missed) -> None:
        """Note a job without an answer."""
        script = missed.job.script
        reasons = self._missed.setdefault(script.feature, [])
        reasons.append(f"`{script.case}`: {missed.why}" if len(reasons) < SHOWN else "")
        self._store.miss(self._number, script.feature, script.case, missed.job.repetition, missed.why)
        self._step()

    def _step(self) -> None:
        self._done += 1
        if self._watch is not None and self._running is not None:
            passed, told = self._scoring.so_far
            sender = self._running.sender
            self._watch(Progress(self._done, self._of, passed, told, sender.purse.cost, self._running.recalled))

    def _told(self, ended: Ended, running: Running) -> Evaluated:
        summary = self._scoring.summary
        config = self._project.home.config
        rows = tuple(
            row(config, self._parts[one.feature].plan, one, self._scoring.says(one))
            for one in summary.standings
            if one.requirement != EXPECT
        )
        judge = self._judging.told if self._judging is not None else None
        rows = doubted(rows, judge, config.judge)
        found = unmet(self._scoring, rows, whole=self._whole)
        found += unproved(self._scoring, rows, (config.judge and config.judge.kappa) or 0.0)
        found += faults(tuple(self._parts.values()), self._missed, ended, (summary.answers, self._of))
        places = self._project.compiled.places
        return Evaluated(
            run=self._number,
            target=self._aim.stated.name,
            model=self._run.model,
            stub=self._run.stub or (judge is not None and judge.stub and judge.verdicts > 0),
            state=ended.state,
            of=self._of,
            summary=summary,
            rows=rows,
            every_time=self._every_time(),
            spending=spent(running, self._aim, self._appointed),
            diagnostics=ordered(found, places),
            places=places,
            judge=judge,
        )

    @property
    def _whole(self) -> bool:
        """Whether what passes shows something of marks: that the stub, or a part of the cases, passes does not."""
        return not (self._run.stub or self._wish.case or self._wish.affected)

    def _every_time(self) -> Rate | None:
        """Of the cases that were run several times, those all of whose answers meet all that gates; None where there are none."""
        many = [
            self._steady[part.plan.feature, case.id]
            for part in self._parts.values()
            for case in part.cases
            if (part.plan.feature, case.id) in self._steady and times(part, case, self._wish.repeat) > 1
        ]
        return Rate(sum(many), len(many)) if many else None

"""Runs the cases of mutants: first with the prompt as it is, then with each mutant, and has the answers graded as any others.

In: mutants, a target, a store. Out: what the requirements say of each answer. What graders said is kept as it comes.
Invariant: a mutant is asked, cached, budgeted and graded as the prompt itself is; what differs is the prompt.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ...engine.answers.examining import examiners
from ...engine.compiling import Opened
from ...grading.record import Record
from ...grading.suite import State as Said
from ...grading.verdicts import Graded
from ...kit.answer import Answer
from ...plan.case import Case
from ...run.loop import Played
from ...run.running import Ended, Job, Missed, Running
from ...run.script import Stage
from ...run.store.database import Store
from ...run.store.mutations import AS_IT_IS, Trial
from ...source.hashing import digest
from ...source.records import dataclass, replace
from ..course import Part, times
from ..judging import Judging
from ..taken import taken
from .mutant import Mutant

_AT_ONCE = 200
"""How many answers wait to be written together; they can be made again from their replies, which do not wait."""

Key = tuple[int, str, str]
"""The number of a mutant, a feature and a case."""


@dataclass(frozen=True, slots=True)
class Trying(Job):
    """A case that is played with a mutant; with the number 0, with the prompt as it is."""

    number: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of one answer: by requirement, `pass` or `fail`, and the first reason why not."""

    repetition: int
    states: Mapping[str, str]
    reasons: Mapping[str, str]


class Trials:
    """The trials of one run. `heard` is what was said, by mutant and case; `missed` the jobs that got no answer."""

    __slots__ = (
        "_bases", "_examiners", "_judging", "_model", "_mutants", "_mutation", "_parts", "_repeat", "_step", "_store", "_texts", "_trials",
        "_waiting", "done", "heard", "missed", "running",
    )  # fmt: skip

    def __init__(
        self,
        project: Opened,
        parts: Sequence[Part],
        mutants: Sequence[Mutant],
        store: Store,
        *,
        repeat: int,
        model: str,
        step: Callable[[], None],
    ) -> None:
        """Nothing is run yet; `parts` hold the prompt as it is, with all cases of the mutants."""
        self._parts = {one.plan.feature: one for one in parts}
        self._mutants = mutants
        self._store = store
        self._repeat = repeat
        self._model = model
        self._step = step
        self._examiners = examiners(project)
        self._judging: Judging | None = None
        self._mutation = 0
        self._bases: dict[tuple[int, str, str, int], Answer] = {}
        self._waiting: list[tuple[int, Record, bytes]] = []
        self._trials: list[Trial] = []
        self._texts: dict[str, bytes] = {}
        self.heard: dict[Key, list[Heard]] = {}
        self.missed: list[tuple[int, str, str, str]] = []
        self.done = 0
        self.running: Running | None = None

    @property
    def of(self) -> int:
        """How many answers there are to be."""
        return sum(
            times(self._parts[feature], case, self._repeat) for feature, cases in self._courses() for case in cases
        )

    def run(self, running: Running, mutation: int, judging: Judging | None) -> Ended:
        """Run all of it; what is told is kept under the number `mutation`."""
        self._mutation, self._judging, self.running = mutation, judging, running
        ended = running.run(self._jobs(), self)
        self._rest()
        self._flush()
        return ended

    async def played(self, job: Job, played: Played) -> None:
        """Grade a conversation, by the form and within the bounds of recorded answers."""
        if not isinstance(job, Trying):
            raise TypeError(job)
        script = job.script
        case = script.feature, script.case
        data, found = taken(case, self._model, job.repetition, played.messages, played.measured)
        if isinstance(found, str):
            self.miss(Missed(job, f"the answer can't be graded: {found}"))
            return
        ready = self._with_base(job.number, found)
        if ready is None:
            self._waiting.append((job.number, found, data))
        else:
            await self._judged(job.number, ready, data)
        self._stepped()

    def miss(self, missed: Missed) -> None:
        """Note a job without an answer."""
        if isinstance(missed.job, Trying):
            script = missed.job.script
            self.missed.append((missed.job.number, script.feature, script.case, missed.why))
        self._stepped()

    async def settle(self) -> None:
        """Grade the answers that wait for one that did not come."""
        waiting, self._waiting = self._waiting, []
        for number, record, data in waiting:
            await self._judged(number, self._compared(number, record), data)

    async def close(self) -> None:
        """Let the judge's connections go."""
        if self._judging is not None:
            await self._judging.bench.close()

    def _rest(self) -> None:
        """Grade what still waits, where the run ended before its time."""
        waiting, self._waiting = self._waiting, []
        for number, record, data in waiting:
            ready = self._compared(number, record)
            self._hear(number, self._examiners[ready.feature].grade(ready), data)

    def _courses(self) -> Iterator[tuple[str, tuple[Case, ...]]]:
        """What is run of each feature with the prompt as it is, then with each mutant."""
        yield from ((part.plan.feature, part.cases) for part in self._parts.values())
        yield from ((one.feature, self._with_bases(one)) for one in self._mutants)

    def _jobs(self) -> Iterator[Job]:
        stages = [part.stage for part in self._parts.values()]
        stages += [
            Stage(self._parts[one.feature].feature, self._parts[one.feature].plan, one.prompt) for one in self._mutants
        ]
        first = len(self._parts) - 1
        for place, (feature, cases) in enumerate(self._courses()):
            for case in cases:
                for repetition in range(1, times(self._parts[feature], case, self._repeat) + 1):
                    yield Trying(stages[place].script(case), repetition, max(AS_IT_IS, place - first))

    def _with_bases(self, mutant: Mutant) -> tuple[Case, ...]:
        """The cases of a mutant, after those with whose answers theirs are compared."""
        wanted = {one.id for one in mutant.cases} | {one.base for one in mutant.cases}
        held = [one for one in self._parts[mutant.feature].cases if one.id in wanted]
        bases = {one.base for one in held if one.base}
        return (*(one for one in held if one.id in bases), *(one for one in held if one.id not in bases))

    def _with_base(self, number: int, record: Record) -> Record | None:
        """`record` with the answer that it is compared with; None where that one has not come yet."""
        examiner = self._examiners[record.feature]
        if record.case in examiner.bases:
            self._bases[number, record.feature, record.case, record.sample] = record.answer
        case = examiner.case(record.case)
        if case is None or not case.base or record.answer.base is not None:
            return record
        compared = self._compared(number, record)
        return compared if compared.answer.base is not None else None

    def _compared(self, number: int, record: Record) -> Record:
        case = self._examiners[record.feature].case(record.case)
        base = case and self._bases.get((number, record.feature, case.base, record.sample))
        return replace(record, answer=replace(record.answer, base=base)) if base else record

    async def _judged(self, number: int, record: Record, data: bytes) -> None:
        """Have the judge say what code can't, and keep what is known, also where he does not come to it."""
        graded = self._examiners[record.feature].grade(record)
        try:
            if self._judging is not None:
                graded = await self._judging.judged(graded)
        finally:
            self._hear(number, graded, data)

    def _hear(self, number: int, graded: Graded, data: bytes) -> None:
        """Keep what is said of an answer."""
        told = {one.requirement: one for one in graded.requirements if one.state in (Said.PASS, Said.FAIL)}
        heard = Heard(
            graded.sample,
            {id: one.state.value for id, one in told.items()},
            {id: one.reason for id, one in told.items() if one.state is Said.FAIL},
        )
        self.heard.setdefault((number, graded.feature, graded.case), []).append(heard)
        part, record = self._parts[graded.feature], digest(data)
        self._texts[record] = data
        for one in (grader for requirement in graded.requirements for grader in requirement.graders):
            self._trials.append(
                Trial(
                    self._mutation, number, graded.feature, graded.case, graded.sample, one.grader, part.hashes[graded.case],
                    part.graders[one.grader], one.version, one.requirement, one.state.value, record,
                )
            )  # fmt: skip
        if len(self._texts) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._store.mutations.keep(self._trials, self._texts.values())
        self._trials, self._texts = [], {}

    def _stepped(self) -> None:
        self.done += 1
        self._step()

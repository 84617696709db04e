"""Asks one mixture of two runs after the other, and tells of each whether what is watched breaks in it.

In: mixtures, the cases and requirements that are watched, a store. Out: a verdict for each choice of changes.
Invariant: a choice is asked once; a reply that is in the store is not asked for again; nothing is asked beyond the budget, which all share.
"""

from collections.abc import Callable, Mapping

from ...grading.record import Record
from ...grading.suite import State as Said
from ...kit.answer import Answer
from ...run.loop import Played
from ...run.running import Job, Missed, Running, State
from ...run.schedule import Budget
from ...run.statistics import Stratum
from ...run.store.database import Store
from ...source.records import dataclass, replace
from ..aims import Aim
from ..judging import Appointed, Judging, Manner, questions
from ..limits import seated, terms
from ..mutation.verdict import Call, Fate, call
from ..outcome import Progress, Spending
from ..taken import taken
from .minimal import Verdict
from .mixing import Mixing, Mixture
from .outcome import Wish

Watched = Mapping[tuple[str, str], tuple[str, ...]]
"""By feature and case, the requirements that are watched: an answer passes that meets all of them."""

_VERDICTS = {Fate.KILLED: Verdict.BAD, Fate.SURVIVED: Verdict.GOOD}


class Over(Exception):
    """Nothing more can be asked: the budget is spent, somebody stopped it, or the target can't be asked."""

    def __init__(self, state: State, why: str) -> None:
        """Keep how it ended."""
        self.state = state
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one choice of changes: for each case how many answers passed of how many, and what that says against nothing chosen."""

    chosen: frozenset[str]
    counts: Mapping[tuple[str, str], tuple[int, int]]
    call: Call

    @property
    def verdict(self) -> Verdict:
        """Whether it breaks what is watched."""
        return _VERDICTS.get(self.call.fate, Verdict.OPEN)


class Trials:
    """The trials of one search. `tried` are the choices that were asked, `missed` some that got no answer, with why."""

    __slots__ = (
        "_aimed", "_mixing", "_store", "_watch", "_watched", "_wish", "missed", "snapshots", "spending", "steady",
        "tried",
    )  # fmt: skip

    def __init__(
        self,
        store: Store,
        mixing: Mixing,
        watched: Watched,
        wish: Wish,
        aimed: Callable[[frozenset[str]], tuple[Aim, Appointed | None]],
        watch: Callable[[Progress], None] | None,
    ) -> None:
        """Nothing is asked yet; `aimed` makes the target of a choice, and the judge."""
        self._store = store
        self._mixing = mixing
        self._watched = watched
        self._wish = wish
        self._aimed = aimed
        self._watch = watch
        self.tried: dict[frozenset[str], Tried] = {}
        self.missed: list[tuple[str, str]] = []
        self.snapshots: set[str] = set()
        self.spending = Spending()
        self.steady = wish.steady

    def verdict(self, chosen: frozenset[str]) -> Verdict:
        """What the changes `chosen` do. Raises `Over` and `Unusable`."""
        return self.of(chosen).verdict

    def of(self, chosen: frozenset[str]) -> Tried:
        """What came of the changes `chosen`, asked now if they were not. Raises `Over` and `Unusable`."""
        if chosen not in self.tried:
            counts = self._asked(chosen)
            usual = counts if not chosen else self.of(frozenset()).counts
            strata: dict[str, Stratum] = {
                "/".join(key): (*usual.get(key, (0, 0)), *counts.get(key, (0, 0))) for key in self._watched
            }
            self.tried[chosen] = Tried(chosen, counts, call(strata, steady=self.steady))
        return self.tried[chosen]

    def _asked(self, chosen: frozenset[str]) -> Mapping[tuple[str, str], tuple[int, int]]:
        aimed, judge = self._aimed(chosen)
        mixture = self._mixing.mixture(chosen)
        judge = seated(judge, aimed, self._wish)
        how = terms(self._wish, aimed, judge)
        how = replace(how, rounds=mixture.rounds, budget=self._left())
        trial = _Trial(mixture, self._watched, aimed.target.model, self._step)
        running = Running(aimed.target, self._store, how, trial.played, trial.miss)
        if judge is not None:
            manner = Manner(purse=running.sender.purse, afresh=self._wish.afresh, offline=self._wish.offline)
            trial.judging = Judging(judge, questions(self._mixing.project), self._store, manner)
        jobs = [
            Job(mixture.scripts[key], repetition)
            for key in trial.cases
            for repetition in range(1, self._wish.repeat + 1)
        ]
        ended = running.run(jobs, trial)
        self.snapshots |= running.snapshots
        self.missed.extend(trial.missed)
        sender, spent = running.sender, self.spending
        price = aimed.stated.price
        self.spending = Spending(
            sent=spent.sent + sender.sent,
            again=spent.again + sender.again,
            recalled=spent.recalled + running.recalled,
            tokens=spent.tokens + sender.purse.tokens,
            cost=spent.cost + sender.purse.cost,
            currency=price.currency if price is not None else spent.currency,
        )
        if ended.state is not State.DONE:
            raise Over(ended.state, ended.why)
        return trial.counts()

    def _left(self) -> Budget:
        """What may still be spent."""
        wish, spent = self._wish, self.spending
        if (wish.max_cost is not None and spent.cost >= wish.max_cost) or (
            wish.max_tokens is not None and spent.tokens >= wish.max_tokens
        ):
            raise Over(State.SPENT, "")
        return Budget(
            None if wish.max_cost is None else wish.max_cost - spent.cost,
            None if wish.max_tokens is None else wish.max_tokens - spent.tokens,
        )

    def _step(self) -> None:
        if self._watch is not None:
            done = len(self.tried)
            self._watch(Progress(done, done + 1, 0, 0, self.spending.cost, self.spending.recalled))


class _Trial:
    """One mixture that is asked; its answers are graded when all have come, since one may be compared with another."""

    __slots__ = ("_mixture", "_model", "_passed", "_records", "_step", "_watched", "cases", "judging", "missed")

    def __init__(self, mixture: Mixture, watched: Watched, model: str, step: Callable[[], None]) -> None:
        self._mixture = mixture
        self._watched = watched
        self._model = model
        self._step = step
        bases = ((feature, mixture.cases[feature, case].base) for feature, case in watched)
        known = [key for key in bases if key in mixture.scripts]
        self.cases = tuple(dict.fromkeys((*known, *watched)))
        self.judging: Judging | None = None
        self.missed: list[tuple[str, str]] = []
        self._records: dict[tuple[str, str, int], Record] = {}
        self._passed: dict[tuple[str, str], list[bool]] = {}

    async def played(self, job: Job, played: Played) -> None:
        """Take a conversation, by the form and within the bounds of recorded answers."""
        script = job.script
        case = script.feature, script.case
        _, found = taken(case, self._model, job.repetition, played.messages, played.measured)
        if isinstance(found, str):
            self.miss(Missed(job, f"the answer can't be graded: {found}"))
            return
        self._records[script.feature, script.case, job.repetition] = found
        self._step()

    def miss(self, missed: Missed) -> None:
        """Note a job without an answer."""
        self.missed.append((missed.job.script.case, missed.why))
        self._step()

    async def settle(self) -> None:
        """Grade all answers, and have the judge say what code can't."""
        for (feature, case, repetition), found in self._records.items():
            wanted = self._watched.get((feature, case))
            if wanted is None:
                continue
            base = self._base(feature, case, repetition)
            answer = replace(found.answer, base=base) if base is not None else found.answer
            graded = self._mixture.examiners[feature].grade(replace(found, answer=answer))
            if self.judging is not None:
                graded = await self.judging.judged(graded)
            states = {one.requirement: one.state for one in graded.requirements}
            told = [states[id] for id in wanted if states.get(id) in (Said.PASS, Said.FAIL)]
            if told:
                self._passed.setdefault((feature, case), []).append(Said.FAIL not in told)

    async def close(self) -> None:
        """Let the judge's connections go."""
        if self.judging is not None:
            await self.judging.bench.close()

    def _base(self, feature: str, case: str, repetition: int) -> Answer | None:
        """The answer that this one is compared with."""
        found = self._records.get((feature, self._mixture.cases[feature, case].base, repetition))
        return found.answer if found is not None else None

    def counts(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """For each case how many answers passed, of how many of which something is known."""
        return {key: (sum(held), len(held)) for key, held in self._passed.items()}

"""`specc mutate`: clauses of a prompt are changed, one at a time, and the cases are run to see whether they notice.

In: a folder and what is wished. Out: a `Mutated`. What was changed and what graders said stands in the store.
Invariant: the answers to the prompt as it is are those that the same run would give; nothing is shown by a case that fails anyway.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from ..diagnostics.diagnostic import has_errors
from ..engine.answers.score import UnknownFeature
from ..engine.compiling import Opened, open_project
from ..plan.grader import JUDGE
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.running import Running
from ..run.store.database import Store, open_store
from ..run.store.mutations import PastMutant
from ..run.store.rows import Run
from ..run.targets.callable import Answers
from ..source.hashing import digest
from ..source.suggest import nearest
from . import calibration
from .aims import Aim, aim, aim_at
from .course import Part, parts
from .evidence import address
from .judging import Appointed, Judging, Manner, appointed, questions
from .limits import seated, spent, terms
from .mutation.asking import Asking, askings, readings
from .mutation.making import Chosen, mutants, operators, untried
from .mutation.mutant import Mutant
from .mutation.outcome import Mutated, Result, Wish
from .mutation.results import Settled, blind, failing, results
from .mutation.trials import Trials
from .mutation.verdict import Fate
from .outcome import Progress, Unfit


def mutate(
    folder: Path, wish: Wish, watch: Callable[[Progress], None] | None = None, function: Answers | None = None
) -> Mutated | Unfit:
    """Run what is wished, on `function` if there is one. Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    chosen = _chosen(project, wish)
    # Which prompt is changed depends on the target, and what the stub knows on the changes: so the target is made twice.
    aimed = aim(project, wish.target, asked=False) if function is None else aim_at(function)
    made = list(mutants(project, aimed.prompt, chosen))
    if not made:
        raise Unusable("no clause of these says anything that could be changed")
    asked = askings(project, made)
    aimed = aim(project, wish.target, readings=readings(made, asked)) if function is None else aimed
    judge = appointed(project) if wish.judge and questions(project) else None
    judge = seated(judge, aimed, wish)
    store = open_store(address(project), memory(project.root))
    try:
        return _Mutation(project, aimed, judge, wish, store, watch).run(chosen, made, asked)
    finally:
        store.close()


def _chosen(project: Opened, wish: Wish) -> Chosen:
    """What is wished, if it is there. Raises `Unusable` and `UnknownFeature`."""
    for name in wish.operators:
        if name not in operators():
            near = nearest(name, operators())
            hint = f"did you mean `{near}`" if near else f"there are {', '.join(f'`{one}`' for one in operators())}"
            raise Unusable(f"there is no operator `{name}`; {hint}")
    known: dict[str, None] = {}
    for feature in project.compiled.program.features:
        known.update(dict.fromkeys((feature.name, *(one.id for one in feature.requirements))))
        known.update(dict.fromkeys(f"{feature.name}/{one.id}" for one in feature.requirements))
    for name in wish.names:
        if name not in known:
            raise UnknownFeature(name, nearest(name, known) or "")
    return Chosen(operators=wish.operators, names=wish.names, every=wish.every)


class _Mutation:
    """One run; lives no longer than the call."""

    __slots__ = ("_aim", "_judge", "_project", "_store", "_trials", "_watch", "_wish")

    def __init__(
        self,
        project: Opened,
        aimed: Aim,
        judge: Appointed | None,
        wish: Wish,
        store: Store,
        watch: Callable[[Progress], None] | None,
    ) -> None:
        self._project = project
        self._aim = aimed
        self._judge = judge
        self._wish = wish
        self._store = store
        self._watch = watch
        self._trials: Trials | None = None

    def run(self, chosen: Chosen, made: list[Mutant], asked: list[Asking]) -> Mutated:
        """Ask, grade, keep, and tell what it comes to."""
        wish, target = self._wish, self._aim.target
        speaking = self._speaking()
        places = [place for place, one in enumerate(made) if not blind(one, speaking[one.feature])]
        tried = [made[place] for place in places]
        wanted = {(one.feature, case.id) for one in tried for case in one.cases}
        course = parts(self._project, self._aim.prompt, lambda feature, case: (feature, case.id) in wanted)
        _refuse_edited(course)
        course = tuple(one for one in course if one.cases)
        trials = self._trials = Trials(
            self._project, course, tried, self._store, repeat=wish.repeat, model=target.model, step=self._step
        )
        running = Running(target, self._store, terms(wish, self._aim, self._judge), trials.played, trials.miss)
        steady = wish.steady or self._aim.stub
        named = self._judge.key if self._judge is not None and self._judge.aim.stub <= self._aim.stub else ""
        run = Run(self._aim.stated.name, target.model, self._aim.stub, target.identity, named)
        number = self._store.mutations.begin(run, steady=steady)
        ended = trials.run(running, number, self._judging(running))
        numbers = {place: number for number, place in enumerate(places, 1)}
        among = [0, *(place + 1 for place in places)]  # by the number of a trial; the prompt as it is stays 0
        heard = {(among[key[0]], *key[1:]): said for key, said in trials.heard.items()}
        settled = Settled(heard=heard, steady=steady, whole=ended.state.value == "done", speaking=speaking)
        found = results(made, asked, settled)
        rows = [
            _row(number, numbers.get(place, 0), one, result)
            for place, (one, result) in enumerate(zip(made, found, strict=True))
        ]
        shown = [row for row in rows if row.number and row.fate != Fate.NOT_RUN]
        self._store.mutations.end(
            number, ended.state.value, shown, [text for one in made for text in (one.before, one.after)]
        )
        cases = [(part.plan.feature, case) for part in course for case in part.cases]
        return Mutated(
            run=number,
            target=self._aim.stated.name,
            model=target.model,
            stub=self._aim.stub or (self._judge is not None and self._judge.aim.stub),
            steady=steady,
            state=ended.state,
            why=ended.why,
            results=found,
            failing=failing(cases, heard),
            missed=tuple((case, why) for _, _, case, why in trials.missed[:3]),
            missing=len(trials.missed),
            idle=tuple(id for ids in untried(self._project, chosen).values() for id in ids),
            spending=spent(running, self._aim, self._judge),
        )

    def _speaking(self) -> Mapping[str, frozenset[str]]:
        """The requirements of each feature for which a grader speaks that can be asked."""
        return {
            plan.feature: frozenset(
                one.requirement for one in plan.graders if one.check != JUDGE or self._judge is not None
            )
            for plan in self._project.compiled.plan.features
        }

    def _judging(self, running: Running) -> Judging | None:
        if self._judge is None:
            return None
        manner = Manner(purse=running.sender.purse, afresh=self._wish.afresh, offline=self._wish.offline)
        lines = calibration.kept(self._project)
        return Judging(self._judge, questions(self._project), self._store, manner, lines)

    def _step(self) -> None:
        trials = self._trials
        if self._watch is not None and trials is not None and trials.running is not None:
            cost, recalled = trials.running.sender.purse.cost, trials.running.recalled
            self._watch(Progress(trials.done, trials.of, 0, 0, cost, recalled))


def _refuse_edited(course: tuple[Part, ...]) -> None:
    """Raise `Unusable` where a prompt is not the one that the specs make: nobody knows then which words are whose."""
    for one in course:
        if one.cases and not one.same:
            raise Unusable(
                f"{one.path} is not what the specs make; `specc build` writes it, `specc check` tells what differs"
            )


def _row(mutation: int, number: int, one: Mutant, result: Result) -> PastMutant:
    return PastMutant(
        mutation=mutation,
        number=number,
        feature=one.feature,
        requirement=one.requirement,
        operator=one.operator,
        name=one.name,
        what=one.what,
        clause=one.clause,
        before=digest(one.before),
        after=digest(one.after),
        prompt=digest(one.prompt),
        fate=result.fate.value,
        chance=result.chance,
    )

"""`specc bisect`: which of the differences between two runs makes the one fail where the other did not.

In: a folder, two runs and what is wished. Out: a `Bisected`. Changes are made one axis at a time, then in ever smaller sets, and as few
cases as show the loss are asked again.
Invariant: what is told to break was seen to, by the test by which a mutant is called killed; where the answers bear no verdict, it is open.
"""

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from ..diagnostics.diagnostic import has_errors
from ..engine.answers.score import UnknownFeature
from ..engine.compiling import Opened, open_project
from ..plan.grader import JUDGE
from ..project.asked.targets import Target as Stated
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.running import State
from ..run.statistics import lost
from ..run.store.database import Store, open_store
from ..run.store.reading import PastRun
from ..run.targets.callable import Answers
from ..source.records import replace
from ..source.suggest import nearest
from .aims import STUB, Aim, aim_at, aim_so, stated_as
from .bisecting.minimal import Breaking, Verdict, causes
from .bisecting.mixing import Mixing, Swap
from .bisecting.outcome import Bisected, Cause, Flip, Wish
from .bisecting.trials import Over, Trials, Tried, Watched
from .compare import find, results, side
from .comparing.varied import Axis
from .evidence import address, has_store
from .judging import Appointed, appointed
from .mutation.verdict import SURE
from .outcome import Progress, Unfit

MOST_CAUSES = 3
"""How many sets of changes, each of which breaks by itself, are looked for."""

_OFTEN = 5
"""How often a case is asked where answers may differ; more often where that many can't show a loss."""

Lost = Mapping[tuple[str, str], tuple[str, ...]]
"""By feature and case, the requirements that fewer answers meet than before; what lost most comes first."""


def bisect(
    folder: Path,
    runs: tuple[str, str],
    wish: Wish,
    watch: Callable[[Progress], None] | None = None,
    function: Answers | None = None,
) -> Bisected | Unfit:
    """Search what differs between the runs that are called `runs`, on `function` if there is one.

    Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`.
    """
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    if not has_store(project):
        raise Unusable("nothing has been run yet; `specc eval` runs the cases")
    store = open_store(address(project), memory(project.root))
    try:
        before, after = (find(store, name) for name in runs)
        chosen = _chosen(_lost(store, before, after), wish, (before.id, after.id))
        mixing = _mixing(project, store, (before, after), chosen, asks=not wish.target and function is None)
        watched = {key: ids for key, ids in chosen.items() if key in mixing.both}
        if not watched:
            raise Unusable("none of the cases that were lost is in both runs: there is nothing to ask again")
        return _Search(project, store, mixing, watched, wish, watch, function).run(before, after)
    finally:
        store.close()


def _lost(store: Store, before: PastRun, after: PastRun) -> Lost:
    """What was lost between two runs."""
    judge = None if before.judge != after.judge else before.judge
    one, other = results(store.answers(before.id, judge)), results(store.answers(after.id, judge))
    found: dict[tuple[str, str], dict[str, float]] = {}
    for key in sorted(one.keys() & other.keys()):
        was, now = _shares(one[key]), _shares(other[key])
        for case in was.keys() & now.keys():
            if now[case] < was[case]:
                found.setdefault((key[0], case), {})[key[1]] = was[case] - now[case]
    order = sorted(found, key=lambda key: (-max(found[key].values()), key))
    return {key: tuple(found[key]) for key in order}


def _shares(answers: Mapping[tuple[str, int], bool]) -> dict[str, float]:
    """The share of the answers to each case that pass."""
    held: dict[str, list[bool]] = {}
    for (case, _), passed in answers.items():
        held.setdefault(case, []).append(passed)
    return {case: sum(passed) / len(passed) for case, passed in held.items()}


def _chosen(every: Lost, wish: Wish, runs: tuple[int, int]) -> Lost:
    """What of that is wished. Raises `Unusable` where nothing is, and `UnknownFeature` where nobody knows a name."""
    if not every:
        raise Unusable(f"nothing that passes in run {runs[0]} fails in run {runs[1]}: there is nothing to be explained")
    known = {name for (feature, _), ids in every.items() for id in ids for name in (feature, id, f"{feature}/{id}")}
    for name in wish.names:
        if name not in known:
            raise UnknownFeature(name, nearest(name, known) or "")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (feature, case), ids in every.items():
        kept = tuple(id for id in ids if not wish.names or {feature, id, f"{feature}/{id}"} & set(wish.names))
        if kept and (not wish.case or fnmatchcase(case, wish.case)):
            found[feature, case] = kept
    if not found:
        raise Unusable(
            f"no case that was lost is called as `{wish.case}` says; the first that was is `{next(iter(every))[1]}`"
        )
    return found


def _mixing(
    project: Opened, store: Store, runs: tuple[PastRun, PastRun], chosen: Iterable[tuple[str, str]], *, asks: bool
) -> Mixing:
    sides = [side(project, store, run) for run in runs]
    if sides[0] is None or sides[1] is None:
        bare = runs[0] if sides[0] is None else runs[1]
        raise Unusable(f"run {bare.id} was made by an earlier specc, which kept nothing of its envelope; run it again")
    mixing = Mixing(sides[0], sides[1], tuple(chosen), asks=asks)
    if not mixing.swaps:
        told = ", ".join(f"{one.axis} ({one.name})" for one in mixing.fixed) or "nothing"
        raise Unusable(f"nothing that can be swapped differs in what the runs were asked within; what does: {told}")
    return mixing


class _Search:
    """One search; lives no longer than the call."""

    __slots__ = ("_function", "_left", "_mixing", "_project", "_stub", "_trials", "_watched", "_wish")

    def __init__(
        self,
        project: Opened,
        store: Store,
        mixing: Mixing,
        lost_cases: Lost,
        wish: Wish,
        watch: Callable[[Progress], None] | None,
        function: Answers | None,
    ) -> None:
        self._project = project
        self._function = function
        self._mixing = mixing
        self._watched: Watched = dict(list(lost_cases.items())[: wish.most])
        self._left = len(lost_cases) - len(self._watched)
        self._wish = wish
        self._stub = function is None and self._stated(frozenset()).use == STUB
        steady = wish.steady or self._stub
        self._wish = replace(wish, steady=steady, repeat=wish.repeat or _repeat(len(self._watched), steady=steady))
        self._trials = Trials(store, mixing, self._watched, self._wish, self._aimed, watch)

    def run(self, before: PastRun, after: PastRun) -> Bisected:
        """Ask, and tell what it comes to."""
        trials, swaps = self._trials, self._mixing.swaps
        groups = [tuple(one.key for one in swaps if one.axis is axis) for axis in Axis]
        groups = [one for one in groups if one]
        every = frozenset(one.key for one in swaps)
        found: tuple[Breaking, ...] = ()
        state, why = State.DONE, ""
        try:
            if trials.verdict(every) is Verdict.BAD:
                for group in groups:
                    trials.verdict(frozenset(group))
                found = causes(groups, trials.verdict, MOST_CAUSES)
        except Over as over:
            state, why = over.state, over.why
        model = self._model()
        return Bisected(
            before=before,
            after=after,
            target=model[0],
            model=model[1],
            stub=self._stub,
            steady=self._wish.steady,
            repeat=self._wish.repeat,
            watched=tuple((*key, ids) for key, ids in self._watched.items()),
            left=self._left,
            changes=tuple(one.varied for one in swaps),
            fixed=self._mixing.fixed,
            nothing=self._flip(frozenset()),
            whole=self._flip(every),
            flips=tuple(flip for group in groups if (flip := self._flip(frozenset(group))) is not None),
            causes=tuple(self._cause(one) for one in found),
            asked=len(trials.tried),
            snapshots=tuple(sorted(trials.snapshots)),
            state=state,
            why=why,
            missed=tuple(trials.missed),
            spending=trials.spending,
        )

    def _model(self) -> tuple[str, str]:
        """Whom the trials ask with nothing changed: its name and its model."""
        aimed = self._aimed(frozenset())[0] if self._function is not None or self._stub else None
        if aimed is not None:
            return aimed.stated.name, aimed.target.model
        stated = self._stated(frozenset())
        return stated.name, stated.model or stated.at

    def _stated(self, chosen: frozenset[str]) -> Stated:
        """How the target of a choice of changes is stated."""
        if self._wish.target:
            return stated_as(self._project, self._wish.target)
        return self._mixing.stated(self._project, chosen)

    def _aimed(self, chosen: frozenset[str]) -> tuple[Aim, Appointed | None]:
        """The target of a choice of changes, and the judge, where one has a say."""
        judge = appointed(self._project) if self._wish.judge and self._is_judged() else None
        if self._function is not None:
            return aim_at(self._function), judge
        stated = self._stated(chosen)
        readings = self._mixing.readings() if stated.use == STUB else None
        return aim_so(self._mixing.project, stated, readings=readings), judge

    def _is_judged(self) -> bool:
        """Whether a judge has a say on what is watched."""
        ids = {(feature, id) for (feature, _), watched in self._watched.items() for id in watched}
        plans = self._mixing.project.compiled.plan.features
        return any(
            one.check == JUDGE and (plan.feature, one.requirement) in ids for plan in plans for one in plan.graders
        )

    def _swapped(self, names: Iterable[str]) -> tuple[Swap, ...]:
        held = set(names)
        return tuple(one for one in self._mixing.swaps if one.key in held)

    def _flip(self, chosen: frozenset[str]) -> Flip | None:
        """What came of a choice of changes; None where it was not asked."""
        found: Tried | None = self._trials.tried.get(chosen)
        if found is None:
            return None
        swaps = self._swapped(chosen)
        return Flip(
            axes=tuple(dict.fromkeys(one.axis for one in swaps)),
            changes=tuple(one.varied for one in swaps),
            passed=sum(passed for passed, _ in found.counts.values()),
            n=sum(n for _, n in found.counts.values()),
            verdict=found.verdict,
            chance=found.call.chance,
            times=found.call.times,
        )

    def _cause(self, found: Breaking) -> Cause:
        swaps = self._swapped(found.names)
        return Cause(
            axes=tuple(dict.fromkeys(one.axis for one in swaps)),
            changes=tuple(one.varied for one in swaps),
            sure=found.sure,
        )


def _repeat(cases: int, *, steady: bool) -> int:
    """How often each of so many cases is asked, so that losing all of them would show."""
    count = 1 if steady else _OFTEN
    while not steady and lost([(count, count, 0, count)] * cases) > SURE:
        count += 1
    return count

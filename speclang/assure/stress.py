"""`specc stress`: the cases as other users would write them, on a target, and how far the answers get worse.

In: a folder and what is wished. Out: a `Tried`. Answers and verdicts stand in the store, as those of any run.
Invariant: asked, kept and graded by what `specc eval` is asked by: an answer to a case is the one that `specc eval` would have.
"""

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from ..diagnostics.diagnostic import has_errors
from ..engine.answers.score import UnknownFeature
from ..engine.compiling import Opened, open_project
from ..plan.plan import FeaturePlan
from ..run.asking import Unusable
from ..run.errors import CUT_SHORT, OTHER_PROMPT, UNANSWERED
from ..run.store.database import Store
from ..run.store.reading import PastRun
from ..run.targets.callable import Answers as Function
from ..source.suggest import nearest
from . import outcome
from .aims import aim, aim_at
from .compare import Difference, Results, differences, find
from .evaluate import evaluated
from .evidence import opened
from .outcome import Evaluated, Progress, Unfit
from .stressing.curves import Answers, by_level, curves, gates, together
from .stressing.expanding import expanded
from .stressing.outcome import Tried, Wish

_OF_RUNS = (UNANSWERED, CUT_SHORT, OTHER_PROMPT)
"""What is said of a run; what answers come to is told by curves."""

Key = tuple[str, str]
"""A feature and a case."""


def stress(
    folder: Path, wish: Wish, watch: Callable[[Progress], None] | None = None, function: Function | None = None
) -> Tried | Unfit:
    """Run what is wished, on `function` if there is one. Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    plans = _plans(project, wish)
    among = _among(plans, wish)
    if not among:
        raise Unusable("no variant is to be run" + (f": no seed is called as `{wish.case}` says" if wish.case else ""))
    before = _run(project, wish.against) if wish.against else None
    wider = expanded(project)
    aimed = aim(wider, wish.target) if function is None else aim_at(function)
    ran = evaluated(wider, aimed, _asking(wish), watch, among)
    store = opened(project)
    try:
        return _told(plans, wish, ran, store, before, among)
    finally:
        store.close()


def _plans(project: Opened, wish: Wish) -> tuple[FeaturePlan, ...]:
    """The features that are tried under stress."""
    plans = project.compiled.plan.features
    names = [one.feature for one in plans]
    if wish.feature and wish.feature not in names:
        raise UnknownFeature(wish.feature, nearest(wish.feature, names) or "")
    found = tuple(one for one in plans if one.stresses and wish.feature in ("", one.feature))
    if not found:
        where = f"`{wish.feature}`" if wish.feature else "no feature"
        says = f"{where} says nothing of `stress`" if wish.feature else f"{where} has a `stress`"
        raise Unusable(f"{says}; write `stress everyday {{ register casual, formal; typos 0% .. 20% }}` into it")
    return found


def _among(plans: Iterable[FeaturePlan], wish: Wish) -> frozenset[Key]:
    """The variants that are wished, and their seeds."""
    chosen = [
        (plan.feature, one)
        for plan in plans
        for stress in plan.stresses
        for one in stress.variants
        if not wish.case or fnmatchcase(one.seed, wish.case)
    ]
    return frozenset(key for feature, one in chosen for key in ((feature, one.id), (feature, one.seed)))


def _asking(wish: Wish) -> outcome.Wish:
    """The same, as it is wished of a run of cases."""
    return outcome.Wish(
        target=wish.target,
        feature=wish.feature,
        repeat=wish.repeat,
        resume=wish.resume,
        afresh=wish.afresh,
        offline=wish.offline,
        max_cost=wish.max_cost,
        max_tokens=wish.max_tokens,
        concurrency=wish.concurrency,
        judge=wish.judge,
    )


def _run(project: Opened, name: str) -> PastRun:
    store = opened(project)
    try:
        return find(store, name)
    finally:
        store.close()


def _told(
    plans: Iterable[FeaturePlan],
    wish: Wish,
    ran: Evaluated,
    store: Store,
    before: PastRun | None,
    among: frozenset[Key],
) -> Tried:
    steady = wish.steady or ran.stub
    own = next(one for one in store.runs() if one.id == ran.run)
    pairs = [(plan, one) for plan in plans for one in plan.stresses]
    answers = {plan.feature: _answers(store, own, plan, among) for plan in plans}
    joint = [together(plan, one, answers[plan.feature]) for plan, one in pairs]
    seeds = {plan.feature: tuple(dict.fromkeys(id for one in plan.stresses for id in one.seeds)) for plan in plans}
    return Tried(
        run=ran.run,
        target=ran.target,
        model=ran.model,
        stub=ran.stub,
        steady=steady,
        state=ran.state,
        variants=sum((plan.feature, variant.id) in among for plan, one in pairs for variant in one.variants),
        seeds=tuple((plan.feature, one.name, one.seed) for plan, one in pairs),
        curves=tuple(curve for plan, one in pairs for curve in curves(plan, one, answers[plan.feature], steady=steady)),
        gates=tuple(gate for plan, one in pairs for gate in gates(plan, one, answers[plan.feature]) if gate.rate.n),
        together=tuple(one for one in joint if one is not None and one.rate.n),
        lacks=tuple((plan.feature, one.name, lack) for plan, one in pairs for lack in one.lacks),
        failing=tuple(
            (feature, id)
            for feature, ids in seeds.items()
            for id in ids
            if id in answers[feature].gating and not answers[feature].all_pass(id)
        ),
        missing=ran.of - ran.summary.answers,
        spending=ran.spending,
        against=before.id if before is not None else 0,
        differences=_differences(plans, store, before, own, among) if before is not None else (),
        diagnostics=tuple(one for one in ran.diagnostics if one.code in _OF_RUNS),
        places=ran.places,
    )


def _answers(store: Store, run: PastRun, plan: FeaturePlan, among: frozenset[Key]) -> Answers:
    held = store.answers(run.id, run.judge)
    return Answers(one for one in held if one.feature == plan.feature and (one.feature, one.case) in among)


def _differences(
    plans: Iterable[FeaturePlan], store: Store, before: PastRun, after: PastRun, among: frozenset[Key]
) -> tuple[Difference, ...]:
    """What differs at each level between two runs; only of cases that were played and judged alike."""
    if before.judge != after.judge:
        raise Unusable(f"run {before.id} had another judge: what they told can't be compared")
    one: dict[tuple[str, str], dict[tuple[str, int], bool]] = {}
    other: dict[tuple[str, str], dict[tuple[str, int], bool]] = {}
    for plan in plans:
        was, now = _answers(store, before, plan, among), _answers(store, after, plan, among)
        for stress in plan.stresses:
            for found, answers in ((one, was), (other, now)):
                for level, told in by_level(stress, answers, now.hashes).items():
                    found[plan.feature, level] = dict(told)
    shared: Results = one
    return differences(shared, other)

"""`specc cases prune`: which cases show no more than others do, by runs of mutants.

In: a compiled project and its store. Out: a `Pruned`: what is kept, what is redundant and what that costs, and what the specs would say.
Invariant: every mutant that was killed stays killed, every obligation keeps a case; of a case that was in no run of mutants nothing is
said. Nothing is written here.
"""

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby

from ..engine.compiling import Opened
from ..lowering.checked.overlap import near, plain
from ..plan.case import Case
from ..plan.plan import FeaturePlan
from ..run.asking import Unusable
from ..run.store.database import Store
from ..run.store.mutations import AS_IT_IS, PastMutant, Trial
from ..source.hashing import Json, canonical
from ..source.records import dataclass
from .course import parts
from .evidence import opened
from .mutation.verdict import Fate
from .proven import clauses
from .pruning import Choice, Piece, choose


@dataclass(frozen=True, slots=True)
class Cost:
    """What an answer to a case takes on average: tokens and seconds; None where it is not known."""

    tokens: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redundant:
    """The case `id` repeats `like` in other words and kills no mutant that those which are kept do not kill.

    `retires` says that its requirement is nothing but this case, so that the specs can retire it.
    """

    feature: str
    id: str
    requirement: str
    like: str
    cost: Cost
    retires: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """`cases` is how many there are, `kills` how many mutants they kill. `saturated` are cases that no mutant has
    ever made fail.

    `beyond` is by how many cases the choice may miss the smallest one. `untried` are near copies that were in no run of mutants.
    """

    cases: int
    kills: int
    redundant: tuple[Redundant, ...]
    beyond: int
    saturated: tuple[tuple[str, str], ...]
    untried: tuple[tuple[str, str], ...]


def prune(project: Opened, feature: str = "") -> Pruned:
    """What can go of the cases of one feature, or of all. Raises `Unusable`."""
    store = opened(project)
    try:
        seen = _seen(project, store)
    finally:
        store.close()
    if not seen.tried:
        raise Unusable("no run of mutants tells what the cases of today notice; `specc mutate` runs them")
    plans = [one for one in project.compiled.plan.features if feature in ("", one.feature)]
    redundant: list[Redundant] = []
    untried: list[tuple[str, str]] = []
    beyond = 0
    for plan in plans:
        like = _groups(plan)
        missing = [id for id, first in like.items() if id != first and (plan.feature, id) not in seen.tried]
        untried += [(plan.feature, id) for id in missing]
        choice = _chosen(plan, like, seen, frozenset(missing))
        beyond += choice.beyond
        redundant += _redundant(plan, like, seen, {*choice.kept, *missing})
    names = {one.feature for one in plans}
    return Pruned(
        cases=sum(len(one.cases) for one in plans),
        kills=len({kill for (name, _), kills in seen.kills.items() if name in names for kill in kills}),
        redundant=tuple(redundant),
        beyond=beyond,
        saturated=tuple(
            (one.feature, case.id)
            for one in plans
            for case in one.cases
            if (one.feature, case.id) in seen.tried and (one.feature, case.id) not in seen.failed
        ),
        untried=tuple(untried),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What runs of mutants tell of the cases of today: those that were `tried`, the mutants that each `kills`, those that have `failed`
    with any prompt, and what an answer takes.
    """

    tried: frozenset[tuple[str, str]]
    kills: Mapping[tuple[str, str], frozenset[Hashable]]
    failed: frozenset[tuple[str, str]]
    costs: Mapping[tuple[str, str], Cost]


def _seen(project: Opened, store: Store) -> _Seen:
    today = {one.plan.feature: one for one in parts(project, "", lambda *_: True)}
    covers = {
        (one.feature, case.id): frozenset(case.covers) for one in project.compiled.plan.features for case in one.cases
    }
    reads = clauses(project)
    models = {one.id: one.model for one in store.mutations.runs()}
    mutants = {
        (one.mutation, one.number): one
        for one in store.mutations.mutants()
        if one.clause in reads.get((one.feature, one.requirement), ())
    }
    tried: set[tuple[str, str]] = set()
    failed: set[tuple[str, str]] = set()
    kills: dict[tuple[str, str], set[Hashable]] = {}
    records: dict[tuple[str, str], list[str]] = {}
    for mutation, trials in groupby(store.mutations.trials(), lambda one: one.mutation):
        accepted: set[tuple[str, str, str]] = set()
        for one in trials:
            part = today.get(one.feature)
            key = (one.feature, one.case)
            if (
                part is None
                or part.hashes.get(one.case) != one.case_hash
                or part.graders.get(one.grader) != one.grader_hash
            ):
                continue
            mutant = mutants.get((mutation, one.number))
            if one.number == AS_IT_IS:
                if one.state == "pass":
                    accepted.add((*key, one.grader))
                records.setdefault(key, []).append(one.record)
            elif mutant is not None:
                tried.add(key)
                if _kills(one, mutant, covers[key]) and (*key, one.grader) in accepted:
                    kills.setdefault(key, set()).add((models[mutation], mutant.name, mutant.clause))
            if one.state == "fail":
                failed.add(key)
    costs = {key: _cost([store.mutations.record(one) for one in dict.fromkeys(some)]) for key, some in records.items()}
    return _Seen(frozenset(tried), {key: frozenset(some) for key, some in kills.items()}, frozenset(failed), costs)


def _kills(one: Trial, mutant: PastMutant, covers: frozenset[str]) -> bool:
    return mutant.fate == Fate.KILLED and one.state == "fail" and one.requirement in covers | {mutant.requirement}


def _cost(records: Sequence[bytes]) -> Cost:
    """What answers took on average, as far as all of them tell."""
    told = [json.loads(one).get("measured", {}) for one in records]

    def average(*names: str) -> float | None:
        sums = [sum(one[name] for name in names) for one in told if all(name in one for name in names)]
        return sum(sums) / len(sums) if sums and len(sums) == len(told) else None

    return Cost(average("input_tokens", "tokens"), average("latency"))


def _groups(plan: FeaturePlan) -> dict[str, str]:
    """For each case the first one that it repeats in other words, or itself."""
    bare = _bare(plan)
    checks = {one.id: [one.check, *([two.name, two.value] for two in one.settings)] for one in plan.graders}
    alike: dict[str, list[tuple[str, str]]] = {}
    found: dict[str, str] = {}
    for case in plan.cases:
        words = plain(" ".join(turn.text for turn in case.turns))
        leaders = alike.setdefault(_purpose(case, checks, own=case.requirement in bare), [])
        first = next((id for id, said in leaders if near(words, said)), "")
        if not first:
            leaders.append((case.id, words))
        found[case.id] = first or case.id
    return found


def _purpose(case: Case, checks: Mapping[str, Sequence[Json]], *, own: bool) -> str:
    """All of a case but its words, and the name of whoever it was made for, if that says nothing to a model: what it tries.

    What that one's graders look for is part of it all the same.
    """
    lead = f"{case.requirement}/"
    covers = sorted(id for id in case.covers if not (own and id == case.requirement))
    technique = "" if own else "/".join(case.id.split("/")[:2])
    uses: list[Json] = [
        [
            checks[one.grader] if own and one.grader.startswith(lead) else one.grader,
            [list(pair) for pair in one.settings],
        ]
        for one in case.uses
    ]
    return canonical(
        [
            technique, covers, [[one.given, one.shown] for one in (*case.inputs, *case.context)],
            [[one.tool, one.state, one.returns, one.cut_at, [list(pad) for pad in one.pad]] for one in case.replies],
            [one.outcome for one in case.expected], uses, [turn.role for turn in case.turns], case.base, case.times,
        ]
    )  # fmt: skip


def _bare(plan: FeaturePlan) -> frozenset[str]:
    """The requirements that say nothing to a model and judge no case but their own: examples that are held out."""
    said = {clause.owner for section in plan.sections for clause in section.clauses}
    always = {one.requirement for one in plan.graders if one.always}
    return frozenset(id for id, _ in plan.meanings if id not in said and id not in always)


def _chosen(plan: FeaturePlan, like: Mapping[str, str], seen: _Seen, untried: frozenset[str]) -> Choice:
    places = {case.id: place for place, case in enumerate(plan.cases)}
    pieces = [
        Piece(
            case.id,
            places[like[case.id]],
            seen.kills.get((plan.feature, case.id), frozenset()),
            _money(seen.costs.get((plan.feature, case.id))),
        )
        for case in plan.cases
        if case.id not in untried
    ]
    return choose(pieces)


def _money(cost: Cost | None) -> float:
    return (cost.tokens or 0.0) if cost is not None else 0.0


def _redundant(plan: FeaturePlan, like: Mapping[str, str], seen: _Seen, kept: set[str]) -> Iterator[Redundant]:
    bare = _bare(plan)
    for case in plan.cases:
        if case.id in kept:
            continue
        stays = next(id for id in like if id in kept and like[id] == like[case.id])
        alone = sum(one.requirement == case.requirement for one in plan.cases) == 1
        yield Redundant(
            feature=plan.feature,
            id=case.id,
            requirement=case.requirement,
            like=stays,
            cost=seen.costs.get((plan.feature, case.id), Cost(None, None)),
            retires=alone and case.requirement in bare,
        )

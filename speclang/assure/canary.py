"""`specc canary`: messages on both sides of each line are asked again, unchanged; has the provider moved?

In: a folder and what is wished. Out: a `Watching`, and the series of the store, which this run goes on with.
Invariant: every message is asked anew; what is held against one another was asked with one prompt; a stub's series is its own.
"""

from collections.abc import Callable
from pathlib import Path

from ..diagnostics.diagnostic import has_errors
from ..engine.answers.score import UnknownFeature
from ..engine.compiling import Opened, open_project
from ..plan.case import Case
from ..plan.sides import Sided, sided
from ..project.clock import today
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.errors import CUT_SHORT, OTHER_PROMPT, UNANSWERED
from ..run.store.canaries import PastCanary, Sighting
from ..run.store.database import Store, open_store
from ..run.store.reading import Past
from ..run.targets.callable import Answers
from ..source.hashing import Json, canonical, digest
from ..source.suggest import nearest
from ..version import VERSION
from . import outcome
from .aims import Aim, aim, aim_at
from .canaries.outcome import Series, Watched, Watching, Wish
from .canaries.series import beginning, listed, risen, watched
from .course import Part, parts
from .evaluate import evaluated
from .evidence import address
from .outcome import Evaluated, Progress, Unfit

_HINT = 'write `SAFE-1 canary "…" { watch LAW-1 }`; `specc explain canary` tells more'


def canary(
    folder: Path, wish: Wish, watch: Callable[[Progress], None] | None = None, function: Answers | None = None
) -> Watching | Unfit:
    """Run the canaries, on `function` if there is one. Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    _known(project, wish.feature)
    aimed = aim(project, wish.target) if function is None else aim_at(function)
    run = evaluated(project, aimed, _asked(wish), watch)
    store = open_store(address(project), memory(project.root))
    try:
        seen = _Run(project, aimed, wish, store).kept(run.run)
    finally:
        store.close()
    return _watching(run, seen)


def series(folder: Path, feature: str = "") -> tuple[Series, ...]:
    """All series of canaries in the store, also of those that the specs no longer have. Raises `Unusable`, `UnknownFeature`."""
    project = open_project(folder)
    store = open_store(address(project), memory(project.root))
    try:
        rows = store.canaries.runs()
        names = dict.fromkeys([one.feature for one in rows] + [one.feature for one in project.compiled.plan.features])
        if feature and feature not in names:
            raise UnknownFeature(feature, nearest(feature, names) or "")
        return listed([one for one in rows if feature in ("", one.feature)], store.canaries.snapshots())
    finally:
        store.close()


def _known(project: Opened, feature: str) -> None:
    """Raise `UnknownFeature` and `Unusable` where there is nothing to ask."""
    plans = {one.feature: one for one in project.compiled.plan.features}
    if feature and feature not in plans:
        raise UnknownFeature(feature, nearest(feature, plans) or "")
    wanted = [plans[feature]] if feature else list(plans.values())
    if not any(case.canaries for plan in wanted for case in plan.cases):
        raise Unusable(f"{f'`{feature}` has no' if feature else 'no feature has a'} canary; {_HINT}")


def _asked(wish: Wish) -> outcome.Wish:
    return outcome.Wish(
        feature=wish.feature,
        repeat=wish.repeat,
        afresh=True,
        max_cost=wish.max_cost,
        max_tokens=wish.max_tokens,
        concurrency=wish.concurrency,
        judge=False,
        watched=True,
    )


def _watching(run: Evaluated, seen: tuple[Watched, ...]) -> Watching:
    return Watching(
        run=run.run,
        target=run.target,
        model=run.model,
        stub=run.stub,
        state=run.state,
        of=run.of,
        answers=run.summary.answers,
        seen=seen,
        spending=run.spending,
        diagnostics=tuple(one for one in run.diagnostics if one.code in (UNANSWERED, CUT_SHORT, OTHER_PROMPT)),
        places=run.places,
    )


class _Run:
    """One run whose answers are in the store; lives no longer than the call."""

    __slots__ = ("_aim", "_day", "_parts", "_project", "_store", "_wish")

    def __init__(self, project: Opened, aimed: Aim, wish: Wish, store: Store) -> None:
        self._project = project
        self._aim = aimed
        self._wish = wish
        self._store = store
        self._day = today().isoformat()
        self._parts = {
            one.plan.feature: one for one in parts(project, aimed.prompt, lambda _, case: bool(case.canaries))
        }

    def kept(self, run: int) -> tuple[Watched, ...]:
        """What the run shows of each canary of which an answer came, once it is in its series."""
        answers: dict[str, list[Past]] = {}
        for one in self._store.answers(run):
            answers.setdefault(one.feature, []).append(one)
        past = self._store.canaries.runs()
        found: list[Watched] = []
        for feature, heard in answers.items():
            part = self._parts[feature]
            for name in dict.fromkeys(watch.canary for case in part.cases for watch in case.canaries):
                now = self._seen(run, part, name, heard)
                if now.sightings:
                    found.append(self._in_series(now, past))
        return tuple(found)

    def _in_series(self, now: PastCanary, past: tuple[PastCanary, ...]) -> Watched:
        """Give a run its series, have that tell what it shows, and keep both."""
        who = _who(now)
        before = [one for one in past if _who(one) == who]
        begun = beginning(now, before, anew=self._wish.anew)
        now = now._replace(series=begun.series, began=begun.new)
        alarm = ",".join(one.value for one in risen(now, before))
        self._store.canaries.keep(now._replace(alarm=alarm))
        return watched(now._replace(alarm=alarm), before, self._store.canaries.snapshots())

    def _seen(self, run: int, part: Part, name: str, heard: list[Past]) -> PastCanary:
        graders = {one.id: one for one in part.plan.graders}
        cases: dict[str, tuple[Case, Sided]] = {}
        for case in part.cases:
            side = sided(case, graders)
            if side is not None and name in {one.canary for one in case.canaries}:
                cases[case.id] = case, side
        speaks = {id: (side.grader, part.graders[side.grader]) for id, (_, side) in cases.items()}
        failed: dict[str, list[bool]] = {}
        speaking: set[tuple[str, str, int]] = set()
        for one in heard:
            for said in one.said:
                if (said.grader, said.grader_hash) == speaks.get(one.case) and said.state in ("pass", "fail"):
                    failed.setdefault(one.case, []).append(said.state == "fail")
                    speaking.add((said.grader, said.grader_hash, said.version))
        asked: list[Json] = [[id, [[turn.role, turn.text] for turn in case.turns]] for id, (case, _) in cases.items()]
        tools: list[Json] = [[id, part.stage.script(case).tools] for id, (case, _) in cases.items()]
        envelope = {
            "prompt": digest(part.prompt),
            "cases": digest(canonical(asked)),
            "target": digest(canonical(self._aim.target.identity)),
            "tools": digest(canonical(tools)),
            "graders": digest(canonical([list(one) for one in sorted(speaking)])),
            "specc": VERSION,
        }
        sightings = [Sighting(id, cases[id][1].side.value, sum(seen), len(seen)) for id, seen in failed.items()]
        who = (self._aim.stated.name, self._aim.target.model, self._aim.stub)
        return PastCanary(run, part.plan.feature, name, self._day, *who, 0, "", envelope, "", tuple(sorted(sightings)))


def _who(one: PastCanary) -> tuple[str, str, str, str, bool]:
    return (one.feature, one.canary, one.target, one.model, one.stub)

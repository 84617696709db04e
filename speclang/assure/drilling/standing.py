"""How the drills of a project stand today: what was run, on what it is now, and how long ago.

In: drills as they are now, drills as they were run, and a moment. Out: one standing for each tier.
Invariant: a drill that was run on other words, other values or another tier tells nothing of today's; the moment is given, never looked up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from ...plan.drill import Drill
from ...run.store.drills import PastDrill
from ...source.records import dataclass
from .ready import Ready


class State(StrEnum):
    """How a tier stands, the gravest first: its last drill failed, it was never drilled, what was drilled has changed since, that was too
    long ago, or nothing is wrong.
    """

    FAILED = "failed"
    NEVER = "never drilled"
    STALE = "stale"
    ATROPHIED = "atrophied"
    FINE = "fine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One tier: its gravest state, of how many `drills` (`fine` ones of which), and the oldest of their last runs, "" where one has none.

    `every` is how many seconds ago that may be, None for any number; `why` is the first reason of a drill that failed.
    """

    feature: str
    fallback: str
    tier: str
    state: State
    drills: int
    fine: int
    last: str
    every: Decimal | None
    why: str

    @property
    def passes(self) -> bool:
        """Whether nothing is due: what nobody wants drilled may be old, but not broken."""
        return self.state is State.FINE or (self.every is None and self.state is not State.FAILED)


def standings(features: Sequence[Ready], past: Iterable[PastDrill], moment: datetime) -> Iterator[Standing]:
    """Every tier of every fallback of `features`, at `moment`."""
    last: dict[tuple[str, str], dict[str, PastDrill]] = {}
    for one in past:
        last.setdefault((one.feature, one.drill), {})[one.digest] = one
    for ready in features:
        tiers: dict[tuple[str, str], list[Drill]] = {}
        for drill in ready.drills:
            tiers.setdefault((drill.fallback, drill.tier), []).append(drill)
        for (fallback, tier), drills in tiers.items():
            yield _standing(ready, fallback, tier, drills, last, moment)


def _standing(
    ready: Ready,
    fallback: str,
    tier: str,
    drills: Sequence[Drill],
    last: Mapping[tuple[str, str], Mapping[str, PastDrill]],
    moment: datetime,
) -> Standing:
    name, every = ready.feature.name, drills[0].every
    told = [_state(ready, drill, last.get((name, drill.id), {}), moment) for drill in drills]
    worst = min((state for state, _ in told), key=list(State).index)
    runs = [run for _, run in told if run is not None]
    why = next((run.why.partition("\n")[0] for state, run in told if state is State.FAILED and run is not None), "")
    return Standing(
        feature=name,
        fallback=fallback,
        tier=tier,
        state=worst,
        drills=len(drills),
        fine=sum(state is State.FINE for state, _ in told),
        last=min((run.made for run in runs), default="") if len(runs) == len(drills) else "",
        every=every,
        why=why,
    )


def _state(
    ready: Ready, drill: Drill, runs: Mapping[str, PastDrill], moment: datetime
) -> tuple[State, PastDrill | None]:
    """How one drill stands, and its last run on what it is now; where there is none, its last on something else."""
    run = runs.get(ready.digests[drill.id])
    if run is None:
        return (State.STALE, max(runs.values(), key=lambda one: one.made)) if runs else (State.NEVER, None)
    if not run.passed:
        return State.FAILED, run
    age = (moment - datetime.fromisoformat(run.made)).total_seconds()
    old = drill.every is not None and age > float(drill.every)
    return (State.ATROPHIED if old else State.FINE), run

"""`specc drill`: what an application falls back on, made to happen.

In: a folder and what is wished. Out: a `Drilled`. When each drill was run, and what came of it, stands in the store.
Invariant: one thing is broken at a time, on this machine, on the way between the application and its models; each drill is kept as it ends.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from ..diagnostics.diagnostic import has_errors
from ..engine.compiling import Opened, open_project
from ..plan.drill import Drill
from ..project.asked.targets import Target as Stated
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.drilling.driving import Came, Trip, drive
from ..run.drilling.proxy import Proxy
from ..run.environment import told
from ..run.script import Script
from ..run.store.database import Store, open_store
from ..run.store.drills import PastDrill
from ..source.hashing import digest
from ..source.records import replace
from .aims import Aim, aim
from .drilling.outcome import Drilled, Result, Wish
from .drilling.ready import Models, Ready, application, models, ready, upstream
from .drilling.verdict import faults, is_of_models, recorded, result
from .evidence import address
from .outcome import Progress, Unfit

Way = tuple[Ready, Drill | None]
"""A feature and the drill that a trip is for; None for the trip on which nothing is broken."""


def drill(folder: Path, wish: Wish, watch: Callable[[Progress], None] | None = None) -> Drilled | Unfit:
    """Drill what is wished. Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    features = ready(project, wish.features)
    name = application(project, wish)
    known = models(project, features)
    with ExitStack() as held:
        store = open_store(address(project), memory(project.root))
        held.callback(store.close)
        proxies = [_proxy(one, held) for one in known.stated]
        addresses = {one.name: one.address for one in proxies}
        named = {one.drill.env: addresses[one.name] for one in known.stated if one.drill is not None and one.drill.env}
        held.enter_context(told(named))
        drilling = _Drilling(project, aim(project, name), known, store, watch)
        return drilling.run(features, proxies, addresses)


def _proxy(stated: Stated, held: ExitStack) -> Proxy:
    proxy = Proxy(stated.name, stated.model, upstream(stated), stated.drill.port if stated.drill is not None else 0)
    held.callback(proxy.close)
    return proxy


class _Drilling:
    """One run; lives no longer than the call."""

    __slots__ = ("_aim", "_models", "_of", "_project", "_results", "_store", "_usual", "_watch")

    def __init__(
        self, project: Opened, aimed: Aim, known: Models, store: Store, watch: Callable[[Progress], None] | None
    ) -> None:
        self._project = project
        self._aim = aimed
        self._models = known
        self._store = store
        self._watch = watch
        self._results: list[Result] = []
        self._usual: dict[str, Came] = {}
        self._of = 0

    def run(self, features: tuple[Ready, ...], proxies: list[Proxy], addresses: dict[str, str]) -> Drilled:
        """Go on every trip, keep what came of it, and tell."""
        self._of = sum(len(one.drills) for one in features)
        stated = self._aim.stated
        trips = self._trips(features, addresses)
        drive(self._aim.target, proxies, trips, self._heard, timeout=float(stated.timeout), rounds=stated.rounds)
        return Drilled(target=stated.name, model=self._aim.target.model, results=tuple(self._results))

    def _trips(self, features: tuple[Ready, ...], addresses: dict[str, str]) -> Iterator[Trip[Way]]:
        """For each feature the trip on which nothing is broken, if its models are to be, then its drills."""
        for one in features:
            plain = next((drill for drill in one.drills if is_of_models(one, drill)), None)
            if plain is not None:
                yield Trip((one, None), _with(one.scripts[plain.id], addresses), {})
            for drill in one.drills:
                yield Trip((one, drill), _with(one.scripts[drill.id], addresses), faults(drill, one, self._models))

    def _heard(self, trip: Trip[Way], came: Came) -> None:
        one, drill = trip.of
        if drill is None:
            self._begun(one, came)
            return
        data, record = recorded(one, drill.id, self._aim.target.model, came)
        found = result(one, drill, came, self._models, self._usual.get(one.feature.name), record)
        self._results.append(found)
        self._store.drills.keep(
            PastDrill(
                feature=one.feature.name,
                drill=drill.id,
                digest=one.digests[drill.id],
                target=self._aim.stated.name,
                model=self._aim.target.model,
                passed=found.passed,
                ended=found.ended,
                why="\n".join(found.reasons),
                record=digest(data),
            ),
            data,
        )
        if self._watch is not None:
            failed = sum(not one.passed for one in self._results)
            self._watch(Progress(len(self._results), self._of, len(self._results) - failed, len(self._results), 0.0, 0))

    def _begun(self, one: Ready, came: Came) -> None:
        """Hold what came when nothing was broken. Raises `Unusable` where nothing can be shown by breaking things."""
        first = self._models.first
        if came.played is None:
            raise Unusable(f"`{self._aim.stated.name}` gives no answer when nothing is broken: {came.why}")
        passed = came.seen.get(first, ())
        if not passed:
            stated = next(other for other in self._models.stated if other.name == first)
            env = stated.drill.env if stated.drill is not None else ""
            how = f"the variable `{env}`" if env else "`models` in the request"
            raise Unusable(
                f"`{self._aim.stated.name}` asks `{first}` behind specc's back, so that nothing can be broken; "
                f"have it find the model's address by {how}"
            )
        if not any(other.answered for other in passed):
            raise Unusable(f"`{first}` does not answer when nothing is broken: it says {passed[-1].status}")
        self._usual[one.feature.name] = came


def _with(script: Script, addresses: dict[str, str]) -> Script:
    """`script`, in which the application is told where its models are."""
    return replace(script, setting={**script.setting, "models": addresses}) if addresses else script

"""What drills have shown: how each tier stands today, and which share of answers comes from one.

In: a folder, what is wished, answers that were recorded. Out: a `Stands`. Nobody is asked.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ..diagnostics.diagnostic import has_errors
from ..engine.compiling import open_project
from ..project.lines import Line
from ..project.writing import memory
from ..run.clock import now
from ..run.store.database import open_store
from ..source.records import dataclass
from .drilling.mix import Share, shares
from .drilling.outcome import Wish
from .drilling.ready import ready
from .drilling.standing import Standing, standings
from .evidence import address
from .outcome import Unfit


@dataclass(frozen=True, slots=True)
class Stands:
    """The standing of each tier, and of each share that is bounded, as far as anybody asked for them."""

    tiers: tuple[Standing, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether nothing is due, and no share too large."""
        return all(one.passes for one in self.tiers) and all(one.passes for one in self.shares)


def stand(folder: Path, wish: Wish, moment: str = "") -> Stands | Unfit:
    """How each tier stands at `moment`, or now; on the target that is wished, or on any. Raises as `drill`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    features = ready(project, wish.features)
    store = open_store(address(project), memory(project.root))
    try:
        past = [one for one in store.drills.all() if wish.target in ("", one.target)]
    finally:
        store.close()
    return Stands(tuple(standings(features, past, datetime.fromisoformat(moment or now()))))


def mixed(folder: Path, wish: Wish, lines: Iterable[Line]) -> Stands | Unfit:
    """Which share of the answers in `lines` comes from a tier. Raises as `drill`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    features = [one.feature for one in ready(project, wish.features)]
    models = {one.name: one.model for one in project.home.config.asked if one.model}
    return Stands(shares=shares(features, models, lines))


def shortest(folder: Path, wish: Wish) -> float | None:
    """How many seconds ago the drills that have to be run most often may be; None where none has to. Raises as `drill`."""
    limits = [
        one.every for of in ready(open_project(folder), wish.features) for one in of.drills if one.every is not None
    ]
    return float(min(limits)) if limits else None

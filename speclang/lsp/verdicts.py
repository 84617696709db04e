"""What runs have shown of requirements, for who writes them: how many answers passed, of which model, and how long ago.

In: a project as it was looked at, and the store in its folder. Out: a sentence for each requirement and model that answered.
Invariant: where nothing was ever run, no library of the store is loaded; a store elsewhere is not asked, for that is the network.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ..assure.evidence import Evidence, Reach, evidence, has_store
from ..engine.compiling import Opened
from ..engine.session import View
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.clock import now
from ..run.store.database import FILE
from . import log

Told = Mapping[str, tuple[Evidence, ...]]
"""By the ID of a requirement, what answers have shown of it: for each feature that has it, and each model."""

Stamp = tuple[int, ...]
"""Changes with the store; () where there is none."""

_UNITS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


class Verdicts:
    """What is known of one project's runs."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.told: Told = {}
        self.weighed: View | None = None
        """Of what it is known."""
        self._stamp: Stamp = ()

    def weigh(self, view: View) -> bool:
        """Ask the store what it shows of what `view` compiled to; whether that is something else than before."""
        stamp = _stamp(view.opened)
        if self.weighed is view and self._stamp == stamp:
            return False
        before, self.told = self.told, _told(view.opened) if stamp else {}
        self.weighed, self._stamp = view, stamp
        return self.told != before


def _stamp(opened: Opened) -> Stamp:
    if opened.home.config.store or not has_store(opened):
        return ()
    file = memory(opened.root) / FILE
    found: list[int] = []
    for one in (file, file.with_name(f"{FILE}-wal")):
        try:
            known = one.stat()
            found += [known.st_mtime_ns, known.st_size]
        except OSError:
            found += [0, 0]
    return tuple(found)


def _told(opened: Opened) -> Told:
    found: dict[str, list[Evidence]] = {}
    try:
        for one in evidence(opened):
            if one.reach in (Reach.EXECUTED, Reach.STALE):
                found.setdefault(one.requirement, []).append(one)
    except Unusable as problem:
        log.note(f"no verdicts: {type(problem).__name__}")
    return {id: tuple(rows) for id, rows in found.items()}


def said(one: Evidence, moment: str = "") -> str:
    """`3 of 4 passed, gpt-4o, 2 days ago`, seen at `moment` (now, where it is not given); stale verdicts are told as such."""
    passed, count = (one.rate.passed, one.rate.n) if one.reach is Reach.EXECUTED else one.stale
    stale = "stale: " if one.reach is Reach.STALE else ""
    return f"{stale}{passed:,} of {count:,} passed, {one.model}, {age(one.last, moment or now())}"


def age(since: str, moment: str) -> str:
    """How long before `moment` it was `since`, both as ISO 8601 writes them: `just now`, `3 hours ago`."""
    passed = datetime.fromisoformat(moment) - datetime.fromisoformat(since)
    for unit, name in _UNITS:
        if passed >= unit:
            number = passed // unit
            return f"{number:,} {name}{'' if number == 1 else 's'} ago"
    return "just now"

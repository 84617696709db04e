"""`specc latency`: how long answers took, by hour and weekday, and whether budgets are kept in the hours that they name.

In: a folder and its store. Out: a `Latency`. Invariant: asks nobody; a stub's answers count nowhere, and each target stands alone.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..diagnostics.diagnostic import Diagnostic, has_errors
from ..engine.answers.score import UnknownFeature
from ..engine.compiling import Opened, open_project
from ..grading.holding import Call, Decision, decide
from ..grading.tally import Rate
from ..plan.daytime import Daytime, daytime
from ..plan.grader import Grader
from ..project.writing import memory
from ..run import errors
from ..run.asking import Unusable
from ..run.store.database import open_store
from ..run.store.timed import Timed
from ..source.records import dataclass, field
from ..source.span import Places
from ..source.suggest import nearest
from .evidence import address
from .hours.counting import Compared, Percentile, compared, percentile

PERCENTILES = (50, 95, 99)
MINUTES = 60
WEEK, DAY = 7, 24


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers of one hour of one weekday (0 is Monday): how many, and the percentile that is shown."""

    weekday: int
    hour: int
    found: Percentile


@dataclass(frozen=True, slots=True)
class Kept:
    """How a limit of a budget is kept by the answers in its hours: `during` is None for all of the day.

    `uncovered` says that answers were asked, and none of them in these hours.
    """

    grader: str
    requirement: str
    at_most: float
    percentile: int
    during: Daytime | None
    gates: bool
    rate: Rate
    decision: Decision
    uncovered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The answers of one target to one feature, from the day `first` to the day `last`, in local time."""

    feature: str
    target: str
    model: str
    first: str
    last: str
    percentiles: tuple[Percentile, ...]
    cells: tuple[Cell, ...]
    kept: tuple[Kept, ...]
    periods: Compared | None = None


@dataclass(frozen=True, slots=True)
class Latency:
    """All that the store tells of latencies, in `zone`; `split` is the day with which the second of two periods begins, or ""."""

    zone: str
    split: str
    timings: tuple[Timing, ...]
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)

    @property
    def fails(self) -> bool:
        """Whether a limit that gates is not kept in its hours, or nothing was asked in them."""
        late = any(one.gates and one.decision.call is Call.FAILS for timing in self.timings for one in timing.kept)
        return late or has_errors(self.diagnostics)


def latency(folder: Path, *, feature: str = "", target: str = "", zone: str = "", split: str = "") -> Latency:
    """What the store tells, in the hours of `zone`, or of the first limit that names some, or in UTC.

    Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`.
    """
    project = open_project(folder)
    limits = _limits(project)
    if feature and feature not in limits:
        raise UnknownFeature(feature, nearest(feature, limits) or "")
    named = [during.zone for some in limits.values() for _, during in some if during is not None]
    zone = zone or (named[0] if named else "UTC")
    zones = {name: zoned(name) for name in {zone, *named}}
    heard: dict[tuple[str, str, str], list[tuple[datetime, float]]] = {}
    store = open_store(address(project), memory(project.root))
    try:
        for one in store.timed(feature):
            seconds = _seconds(one)
            if not one.stub and one.feature in limits and target in ("", one.target) and seconds is not None:
                heard.setdefault((one.feature, one.target, one.model), []).append(
                    (datetime.fromisoformat(one.made), seconds)
                )
    finally:
        store.close()
    found = [
        _timing(
            key, spans, zones[zone], [_kept(grader, during, spans, zones) for grader, during in limits[key[0]]], split
        )
        for key, spans in sorted(heard.items())
    ]
    missing = tuple(_uncovered(limits, found))
    return Latency(zone, split, tuple(found), missing, project.compiled.places)


def _uncovered(limits: Mapping[str, list[tuple[Grader, Daytime | None]]], found: list[Timing]) -> Iterator[Diagnostic]:
    """A finding for each limit in whose hours nothing was asked, while something was in others."""
    heads = {(feature, grader.id): grader for feature, some in limits.items() for grader, _ in some}
    for timing in found:
        asked = timing.percentiles[0].n
        for one in timing.kept:
            if one.uncovered and one.during is not None:
                at = heads[timing.feature, one.grader].origin.span
                yield errors.uncovered(one.requirement, at, str(one.during), timing.target, asked, gates=one.gates)


def zoned(name: str) -> tzinfo:
    """The time zone called `name`. Raises `Unusable`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unusable(
            f"this machine knows no time zone `{name}`; look at its spelling, or `pip install tzdata`"
        ) from None


def _limits(project: Opened) -> dict[str, list[tuple[Grader, Daytime | None]]]:
    """The limits of latency of each feature, with their hours."""
    found: dict[str, list[tuple[Grader, Daytime | None]]] = {}
    for plan in project.compiled.plan.features:
        own = found.setdefault(plan.feature, [])
        for grader in plan.graders:
            settings = {one.name: one.value for one in grader.settings}
            if grader.check == "within_budget" and settings.get("measure") == "latency":
                own.append((grader, daytime(str(settings.get("during", "")))))
    return found


def _seconds(one: Timed) -> float | None:
    measured = json.loads(one.record).get("measured")
    value = measured.get("latency") if isinstance(measured, dict) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _kept(
    grader: Grader, during: Daytime | None, spans: list[tuple[datetime, float]], zones: Mapping[str, tzinfo]
) -> Kept:
    settings = {one.name: one.value for one in grader.settings}
    at_most = float(str(settings["at_most"]))
    share = int(str(settings.get("percentile", 100)))
    own = [seconds for made, seconds in spans if during is None or during.holds(minute(made, zones[during.zone]))]
    rate = Rate(sum(one <= at_most for one in own), len(own))
    gates = grader.gates and grader.level.value in ("must", "must_not")
    return Kept(grader.id, grader.requirement, at_most, share, during, gates, rate, decide(rate, share / 100), not own)


def minute(made: datetime, zone: tzinfo) -> int:
    """The minute of the day at which somebody in `zone` sees the moment `made` on a clock."""
    local = made.astimezone(zone)
    return local.hour * MINUTES + local.minute


def _timing(
    key: tuple[str, str, str], spans: list[tuple[datetime, float]], zone: tzinfo, kept: list[Kept], split: str
) -> Timing:
    local = [(made.astimezone(zone), seconds) for made, seconds in spans]
    ordered = sorted(seconds for _, seconds in local)
    days = [made.date().isoformat() for made, _ in local]
    return Timing(
        feature=key[0],
        target=key[1],
        model=key[2],
        first=min(days),
        last=max(days),
        percentiles=tuple(percentile(ordered, one) for one in PERCENTILES),
        cells=tuple(_cells(local)),
        kept=tuple(kept),
        periods=_periods(local, split) if split else None,
    )


def _cells(local: list[tuple[datetime, float]]) -> Iterator[Cell]:
    held: dict[tuple[int, int], list[float]] = {}
    for made, seconds in local:
        held.setdefault((made.weekday(), made.hour), []).append(seconds)
    for (weekday, hour), values in sorted(held.items()):
        yield Cell(weekday, hour, percentile(sorted(values), 95))


def _periods(local: list[tuple[datetime, float]], split: str) -> Compared | None:
    before: dict[int, list[float]] = {}
    after: dict[int, list[float]] = {}
    for made, seconds in local:
        side = before if made.date().isoformat() < split else after
        side.setdefault(made.hour, []).append(seconds)
    return compared(before, after)

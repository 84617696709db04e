"""Which runs of a canary are held against one another, and what they show.

In: the runs of one canary on one target, as the store has them, and the latest. Out: a `Watched`.
Invariant: runs whose prompt or messages differ are never held against one another; the two sides never share a rate.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...grading.tally import Rate
from ...plan.sides import Side
from ...run.statistics import lost
from ...run.store.canaries import PastCanary
from ...source.records import dataclass
from .moving import Counts, Moved, described, moved, patience
from .outcome import Alarm, Cause, Point, Series, Step, Watched

AXES = {
    "prompt": "the prompt",
    "cases": "the messages that are asked",
    "target": "the target's settings or code",
    "tools": "the tools",
    "graders": "the graders",
    "specc": "the version of specc",
}
"""All that a run is asked within that is ours, by what people are told."""

PINNED = ("prompt", "cases")
"""What begins a new series where it changes."""

_FLIPPED = (1, 2)
"""For how many cases it is told how long they go unnoticed."""

_SHOWS = 0.05

Snapshots = Mapping[int, tuple[str, ...]]
"""By run, the models that the provider said it ran."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The series to which a run belongs, and why that begins with it, or ""."""

    series: int
    new: str


def beginning(now: PastCanary, before: Sequence[PastCanary], *, anew: bool) -> Beginning:
    """Where the run `now` belongs, after those `before`."""
    if not before:
        return Beginning(now.run, "it is the first run")
    last = before[-1]
    changed = [AXES[one] for one in PINNED if now.envelope.get(one) != last.envelope.get(one)]
    if changed:
        return Beginning(now.run, f"{' and '.join(changed)} changed")
    return Beginning(now.run, "it was asked for") if anew else Beginning(last.series, "")


def risen(now: PastCanary, before: Sequence[PastCanary]) -> tuple[Side, ...]:
    """The sides on which more answers fail, by what the series of `now` shows with it."""
    own = _own(now, before)
    return tuple(side for side in Side if moved([counts(one, side) for one in own]) is not None)


def watched(now: PastCanary, before: Sequence[PastCanary], snapshots: Snapshots) -> Watched:
    """What the run `now` shows, which knows its series and its alarms, after those `before`."""
    own = _own(now, before)
    first: dict[Side, str] = {}
    for one in own:
        first |= {side: one.made for side in alarmed(one) if side not in first}
    alarms: list[Alarm] = []
    for side, day in first.items():
        found = described([counts(one, side) for one in own])
        alarms += [_told(side, found, own, snapshots, day)] if found is not None else []
    eased = {side: found for side in Side if (found := moved([_kept(counts(one, side)) for one in own])) is not None}
    return Watched(
        feature=now.feature,
        canary=now.canary,
        points=tuple(point(one, snapshots) for one in own),
        new=now.began,
        steps=tuple(_steps(now, before)) if now.began else (),
        alarms=tuple(alarms),
        eased=tuple(_told(side, found, own, snapshots, now.made) for side, found in eased.items()),
        patience=() if first else tuple(_patience(own)),
    )


def _own(now: PastCanary, before: Sequence[PastCanary]) -> list[PastCanary]:
    """The runs of the series of `now`, which is the last of them."""
    return [*(one for one in before if one.series == now.series), now]


def listed(rows: Sequence[PastCanary], snapshots: Snapshots) -> tuple[Series, ...]:
    """All series of `rows`, in the order in which they began."""
    found: dict[tuple[str, str, str, str, bool, int], list[PastCanary]] = {}
    for one in rows:
        key = (one.feature, one.canary, one.target, one.model, one.stub, one.series)
        found.setdefault(key, []).append(one)
    return tuple(
        Series(*key[:5], own[0].began, tuple(point(one, snapshots) for one in own)) for key, own in found.items()
    )


def counts(one: PastCanary, side: Side) -> Counts:
    """By case, how many answers of a run failed to keep to `side`."""
    return {seen.case: (seen.failed, seen.answers) for seen in one.sightings if seen.side == side}


def alarmed(one: PastCanary) -> tuple[Side, ...]:
    """The sides of which a run told that they moved."""
    return tuple(side for side in Side if side.value in one.alarm.split(","))


def point(one: PastCanary, snapshots: Snapshots) -> Point:
    """A run as a point of its series."""
    rates = tuple((side, _rate(counts(one, side))) for side in Side)
    return Point(one.run, one.made, rates, alarmed(one), snapshots.get(one.run, ()))


def _rate(seen: Counts) -> Rate:
    return Rate(sum(failed for failed, _ in seen.values()), sum(of for _, of in seen.values()))


def _kept(seen: Counts) -> Counts:
    """The same, counting the answers that do keep to it."""
    return {case: (of - failed, of) for case, (failed, of) in seen.items()}


def _told(side: Side, found: Moved, own: Sequence[PastCanary], snapshots: Snapshots, day: str) -> Alarm:
    least, most = found.within
    return Alarm(
        side=side,
        moved=found,
        last=own[found.since - 1].made,
        since=own[found.since].made,
        earliest=own[least].made,
        latest=own[most].made,
        told=day,
        cause=cause(own[least - 1 : most + 1], snapshots),
    )


def cause(runs: Sequence[PastCanary], snapshots: Snapshots) -> Cause:
    """What changed from run to run of those between which a rate moved."""
    axes = tuple(told for axis, told in AXES.items() if len({one.envelope.get(axis) for one in runs}) > 1)
    before, after = snapshots.get(runs[0].run, ()), snapshots.get(runs[-1].run, ())
    return Cause(axes, before, after) if before != after else Cause(axes)


def _steps(now: PastCanary, before: Sequence[PastCanary]) -> Iterator[Step]:
    """What a run that begins a series shows against the one before, by the cases that both have."""
    last = [one for one in before if one.series == before[-1].series]
    for side in Side:
        seen = counts(now, side)
        strata = []
        for case, (then, m) in seen.items():
            past = [counts(one, side)[case] for one in last if case in counts(one, side)]
            k, n = sum(one[0] for one in past), sum(one[1] for one in past)
            strata.append((k, n, then, m))
        rates = [Rate(sum(one[at] for one in strata), sum(one[at + 1] for one in strata)) for at in (0, 2)]
        # Either way: twice the rarer tail.
        more, fewer = lost([(n - k, n, m - x, m) for k, n, x, m in strata]), lost(strata)
        chance = min(1.0, 2 * min(more, fewer))
        if rates[0].n and rates[1].n and chance <= _SHOWS:
            yield Step(side, rates[0], rates[1], chance)


def _patience(own: Sequence[PastCanary]) -> list[tuple[int, int]]:
    """For how many more runs it goes unnoticed that one case, or two, of the smaller side have turned."""
    cases = min((len(counts(own[-1], side)) for side in Side), default=0)
    repeat = max((one.answers for one in own[-1].sightings), default=1)
    found = [(flipped, patience(len(own), cases, flipped, repeat)) for flipped in _FLIPPED if flipped <= cases]
    return [(flipped, more) for flipped, more in found if more is not None]

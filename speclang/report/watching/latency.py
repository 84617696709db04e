"""What is told of latencies: a map of hours and weekdays, budgets in their hours, two periods hour by hour.

In: a `Latency`. Out: lines and a document. Invariant: a percentile stands nowhere without its n and its interval.
"""

import json
from collections.abc import Iterator

from ...assure.hours.counting import Percentile
from ...assure.latency import DAY, Kept, Latency, Timing
from ...diagnostics.formats import json as findings_as_json
from ...grading.holding import Call
from ...grading.tally import Rate
from ...source.hashing import Json

VERSION = 1
"""The version of the shape of `specc latency --format json`."""

_BARS = "▁▂▃▄▅▆▇█"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SCALE = "0  3  6  9  12 15 18 21 "
_LEVEL = 0.05


def told(found: Latency) -> list[str]:
    """All of it, for people."""
    if not found.timings:
        return ["no answer with a latency is in the store"]
    lines = [line for one in found.timings for line in (*_timing(one, found), "")]
    return lines[:-1]


def as_json(found: Latency) -> str:
    """One JSON document, as `latency.schema.json` describes it."""
    data: Json = {
        "version": VERSION,
        "zone": found.zone,
        "split": found.split or None,
        "fails": found.fails,
        "timings": [_data(one) for one in found.timings],
        "findings": json.loads(findings_as_json.render(found.diagnostics, found.places))["findings"],
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _timing(one: Timing, found: Latency) -> Iterator[str]:
    whom = one.target if one.target == one.model else f"{one.target} ({one.model})"
    days = one.first if one.first == one.last else f"{one.first} to {one.last}"
    yield f"{one.feature} on {whom}: {one.percentiles[0].n:,} answers, {days}"
    for each in one.percentiles:
        yield f"  {_percentile(each)}"
    most = max(cell.found.value for cell in one.cells)
    yield f"  p95 by hour, {found.zone}; the highest bar is {_seconds(most)}, a dot an hour without answers"
    yield f"       {_SCALE}".rstrip()
    cells = {(cell.weekday, cell.hour): cell.found.value for cell in one.cells}
    for weekday in sorted({cell.weekday for cell in one.cells}):
        yield f"  {_DAYS[weekday]}  {''.join(_bar(cells.get((weekday, hour)), most) for hour in range(DAY))}"
    for kept in one.kept:
        yield f"  {_limit(kept)}"
    if found.split:
        yield f"  {_periods(one, found.split)}"


def _bar(value: float | None, most: float) -> str:
    if value is None:
        return "·"
    return _BARS[min(int(value / most * len(_BARS)), len(_BARS) - 1)] if most else _BARS[0]


def _percentile(one: Percentile) -> str:
    low, high = ("?" if end is None else _seconds(end) for end in (one.low, one.high))
    return f"p{one.of} {_seconds(one.value)} (n = {one.n:,}, {low} to {high})"


def _limit(one: Kept) -> str:
    hours = f"during {one.during}" if one.during is not None else "all day"
    share = f"p{one.percentile} " if one.percentile < 100 else ""
    what = f"{one.requirement}: latency {share}<= {one.at_most:g} s {hours}"
    if not one.rate.n:
        return f"{what}: nothing was asked"
    more = f", {one.decision.more:,} more would tell" if one.decision.more else ""
    rate: Rate = one.rate
    return f"{what}: {one.decision.call.value}, {rate} within it{more}"


def _periods(one: Timing, split: str) -> str:
    seen = one.periods
    if seen is None:
        return f"before and from {split}: no hour of the day in which both were asked"
    n = f"{seen.before:,} and {seen.after:,} answers in {seen.hours:,} {'hour' if seen.hours == 1 else 'hours'} of the day"
    if seen.chance > _LEVEL:
        return f"before and from {split}, hour by hour: no difference beyond chance ({n}, p = {seen.chance:.2g})"
    way = "slower" if seen.slower > 0 else "faster"
    return f"before and from {split}, hour by hour: {_seconds(abs(seen.slower))} {way} ({n}, p = {seen.chance:.2g})"


def _seconds(value: float) -> str:
    """`1.2 s`, `640 ms`."""
    if value >= 1:
        return f"{value:.3g} s"
    return f"{value * 1000:.0f} ms" if value >= 0.001 else "under 1 ms"


def _data(one: Timing) -> Json:
    return {
        "feature": one.feature,
        "target": one.target,
        "model": one.model,
        "first": one.first,
        "last": one.last,
        "percentiles": [_percentile_data(each) for each in one.percentiles],
        "hours": [{"weekday": cell.weekday, "hour": cell.hour, **_percentile_data(cell.found)} for cell in one.cells],
        "limits": [_limit_data(each) for each in one.kept],
        "periods": None
        if one.periods is None
        else {
            "hours": one.periods.hours,
            "before": one.periods.before,
            "after": one.periods.after,
            "chance": one.periods.chance,
            "slower": one.periods.slower,
        },
    }


def _percentile_data(one: Percentile) -> dict[str, Json]:
    return {"percentile": one.of, "seconds": one.value, "low": one.low, "high": one.high, "n": one.n}


def _limit_data(one: Kept) -> Json:
    low, high = one.rate.interval
    return {
        "grader": one.grader,
        "requirement": one.requirement,
        "at_most": one.at_most,
        "percentile": one.percentile,
        "during": None if one.during is None else str(one.during),
        "gates": one.gates,
        "within": one.rate.passed,
        "n": one.rate.n,
        "interval": [round(low, 6), round(high, 6)],
        "verdict": one.decision.call.value if one.decision.call is not Call.NOTHING else "nothing",
        "more": one.decision.more,
    }

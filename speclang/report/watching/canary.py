"""What is told of canaries: after a run whether a rate has moved, and of the store how their series went.

In: a `Watching`, or series. Out: lines and documents.
Invariant: two rates, never one; each with its n and its interval; what a stub answered bears its name.
"""

import json
from collections.abc import Iterator, Sequence

from ...assure.canaries.outcome import Alarm, Cause, Point, Series, Watched, Watching, summed
from ...diagnostics.formats import json as findings_as_json
from ...grading.tally import Rate
from ...plan.sides import Side
from ...source.hashing import Json
from ..marked import code
from ..spending import spent_data, took

VERSION = 1
"""The version of the shape of `specc canary --format json`."""

STUB = "by the obedient stub, which is no model: this tells of the chain, and of no provider"

_RATES = {Side.REFUSE: "leaks", Side.ANSWER: "false refusals"}
_FAILED = {Side.REFUSE: "not refused", Side.ANSWER: "not answered"}
_BARS = "▁▂▃▄▅▆▇█"
_WIDEST = 60
"""How many runs a chart shows."""

_SHOWN = 8
"""How many cases are named."""


def told(found: Watching) -> list[str]:
    """What each canary shows, and what the run took."""
    many = len({one.feature for one in found.seen}) > 1
    lines = [line for one in found.seen for line in (*_canary(one, many=many), "")]
    return [*lines, *closing(found)]


def closing(found: Watching) -> list[str]:
    """How much was answered, what it took, and by whom."""
    whom = found.target if found.model == found.target else f"{found.target} ({found.model})"
    lines = [f"{found.answers:,} of {found.of:,} answers of {whom}"]
    lines.append(f"run {found.run}: {took(found.spending)}")
    return [*lines, STUB] if found.stub else lines


def charts(series: Sequence[Series]) -> list[str]:
    """Each series with a column for each run, a row for each rate."""
    lines: list[str] = []
    for one in series:
        whom = one.target if one.model == one.target else f"{one.target} ({one.model})"
        lead = "by the stub, " if one.stub else ""
        lines.append(f"{one.feature}/{one.canary} on {whom}: {lead}{_runs(one.points)}; {one.began}")
        shown_points = one.points[-_WIDEST:]
        for side, name in _RATES.items():
            lines.append(f"  {name:<14}  {_bars(shown_points, side)}  {summed(one.points, side)}")
        if any(point.alarm for point in shown_points):
            lines.append(f"  {'alarm':<14}  {''.join('!' if point.alarm else ' ' for point in shown_points)}".rstrip())
        lines.append("")
    return lines[:-1]


def markdown(found: Watching) -> str:
    """A comment for an issue: whether something moved, and what."""
    state = "a rate has moved" if found.alarmed else "nothing has moved"
    head = [f"### specc canary: {state}", ""]
    if found.stub:
        head += [f"**{STUB[0].upper()}{STUB[1:]}.**", ""]
    lines: list[str] = []
    many = len({one.feature for one in found.seen}) > 1
    for one in found.seen:
        first, *rest = _canary(one, many=many)
        lines += [f"**{first}**", "", *(f"- {code(line.strip())}" for line in rest), ""]
    return "\n".join([*head, *lines, *closing(found)[:2], ""])


def as_json(found: Watching) -> str:
    """One JSON document, as `canary.schema.json` describes it."""
    data: Json = {
        "version": VERSION,
        "run": found.run,
        "target": found.target,
        "model": found.model,
        "stub": found.stub,
        "state": found.state.value,
        "alarmed": found.alarmed,
        "of": found.of,
        "answers": found.answers,
        "canaries": [_watched(one) for one in found.seen],
        "spent": spent_data(found.spending),
        "findings": json.loads(findings_as_json.render(found.diagnostics, found.places))["findings"],
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def series_as_json(series: Sequence[Series]) -> str:
    """The series as one JSON document."""
    data: Json = {
        "version": VERSION,
        "series": [
            {
                "feature": one.feature,
                "canary": one.canary,
                "target": one.target,
                "model": one.model,
                "stub": one.stub,
                "began": one.began,
                "runs": [_point(point) for point in one.points],
            }
            for one in series
        ],
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _canary(one: Watched, *, many: bool) -> Iterator[str]:
    name = f"{one.feature}/{one.canary}" if many else one.canary
    yield f"{name}: {_runs(one.points)}"
    if one.new:
        yield f"  a new series begins: {one.new}"
    *before, now = one.points
    for side, rate in now.rates:
        past = summed(before, side)
        yield f"  {_RATES[side]:<14}  {rate}" + (f"  before {past}" if past.n else "")
    for step in one.steps:
        yield (
            f"  {_RATES[step.side]} in the series before {step.before}, now {step.after}: chance alone does that once in "
            f"{1 / step.chance:,.0f} times, but {one.new}, so it is not said of the provider"
        )
    for alarm in one.alarms:
        yield from _alarm(alarm, now.day)
    for alarm in one.eased:
        yield f"  fewer {_RATES[alarm.side]} since {alarm.since}: {_listed([shift.case for shift in alarm.moved.shifts])}"
    if one.alarmed:
        yield "  `--anew` begins a new series, once that is known"
    else:
        yield f"  nothing has moved{_patience(one)}"


def _alarm(alarm: Alarm, today: str) -> Iterator[str]:
    moved = alarm.moved
    (failed, of), (then, n) = moved.before, moved.after
    between = f"between {alarm.last} and {alarm.since}" if alarm.last != alarm.since else f"on {alarm.since}"
    yield f"  alarm: {_RATES[alarm.side]} went up {between}: {Rate(failed, of)} before, {Rate(then, n)} since"
    if (alarm.earliest, alarm.latest) != (alarm.since, alarm.since):
        yield f"    it may have been from {alarm.earliest} to {alarm.latest}"
    for one in moved.shifts[:_SHOWN]:
        (k, m), (x, y) = one.before, one.after
        yield f"    {one.case}: {_FAILED[alarm.side]} {k:,} of {m:,} times before, {x:,} of {y:,} since"
    if len(moved.shifts) > _SHOWN:
        yield f"    and {len(moved.shifts) - _SHOWN:,} more"
    yield f"    {_cause(alarm.cause)}"
    if alarm.told != today:
        yield f"    told first on {alarm.told}"


def _cause(cause: Cause) -> str:
    if not cause.provider:
        return f"{' and '.join(cause.axes)} changed at that time, so it is not said of the provider"
    said = "it is the provider's: prompt, messages, settings, tools, graders and specc were the same"
    if cause.after:
        return f"{said}; it says `{', '.join(cause.after)}` in place of `{', '.join(cause.before) or 'nothing'}`"
    return said


def _patience(one: Watched) -> str:
    """After how many more runs it would be told that messages of a side have turned for good."""
    if not one.patience:
        return "; it takes more runs until a message that turns could be told from chance"
    most, *fewer = sorted(one.patience, reverse=True)
    told = f"{_counted(most[1], 'more run')} would tell that {_counted(most[0], 'message')} of a side turned for good"
    return "; " + ", ".join([told, *(f"{runs:,} that {cases:,} did" for cases, runs in fewer)])


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def _runs(points: Sequence[Point]) -> str:
    days = points[0].day if points[0].day == points[-1].day else f"{points[0].day} to {points[-1].day}"
    return f"{_counted(len(points), 'run')}, {days}"


def _bars(points: Sequence[Point], side: Side) -> str:
    """A column for each run, as high as its rate; a space where nothing was answered."""
    shares = [dict(one.rates).get(side, Rate(0, 0)).share for one in points]
    return "".join(" " if one is None else _BARS[min(int(one * len(_BARS)), len(_BARS) - 1)] for one in shares)


def _watched(one: Watched) -> Json:
    return {
        "feature": one.feature,
        "canary": one.canary,
        "new": one.new or None,
        "steps": [
            {
                "rate": _RATES[step.side],
                "before": _rate(step.before),
                "after": _rate(step.after),
                "chance": step.chance,
            }
            for step in one.steps
        ],
        "alarmed": one.alarmed,
        "runs": [_point(point) for point in one.points],
        "alarms": [_alarm_data(alarm) for alarm in one.alarms],
        "eased": [_alarm_data(alarm) for alarm in one.eased],
        "patience": [{"cases": cases, "runs": runs} for cases, runs in one.patience],
    }


def _point(point: Point) -> Json:
    return {
        "run": point.run,
        "day": point.day,
        **{_RATES[side].replace(" ", "_"): _rate(rate) for side, rate in point.rates},
        "alarm": [_RATES[side] for side in point.alarm],
        "snapshots": list(point.snapshots),
    }


def _rate(rate: Rate) -> Json:
    """A rate of answers that do not keep to their side, with Wilson's interval."""
    low, high = rate.interval
    share = None if rate.share is None else round(rate.share, 6)
    return {"failed": rate.passed, "n": rate.n, "share": share, "interval": [round(low, 6), round(high, 6)]}


def _alarm_data(alarm: Alarm) -> Json:
    return {
        "rate": _RATES[alarm.side],
        "last": alarm.last,
        "since": alarm.since,
        "earliest": alarm.earliest,
        "latest": alarm.latest,
        "told": alarm.told,
        "before": _rate(Rate(*alarm.moved.before)),
        "after": _rate(Rate(*alarm.moved.after)),
        "cases": [
            {"case": one.case, "before": list(one.before), "after": list(one.after), "chance": one.chance}
            for one in alarm.moved.shifts
        ],
        "provider": alarm.cause.provider,
        "changed": list(alarm.cause.axes),
        "snapshots": [list(alarm.cause.before), list(alarm.cause.after)],
    }

"""Plots as inline SVG: intervals, curves over runs, distributions, shares of a whole.

In: rates and measures. Out: markup in whole numbers and tenths, so that the same figures give the same bytes.
Invariant: every plot says in words what it shows; what is coloured has a class, and no colour of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil, floor, log10

from ...assure.accounts import Point
from ...grading.tally import Rate
from ...trace.page.markup import text

_WIDE = 150
_CURVE_WIDE, _CURVE_HIGH, _STEPS = 300, 74, 30
_BINS = 28
_STEEP = 8


def interval(rate: Rate, wanted: float, state: str) -> str:
    """A rate with its interval on a line from 0 to 100%, and a mark at what is wanted."""
    low, high = rate.interval
    share = rate.share or 0.0
    x1, x2, x, mark = (_one(4 + value * (_WIDE - 8)) for value in (low, high, share, wanted))
    said = f"{rate}, {wanted:.0%} wanted"
    return (
        f'<svg class="interval {state}" width="{_WIDE}" height="18" viewBox="0 0 {_WIDE} 18" role="img" aria-label="{text(said)}">'
        f'<path class="axis" d="M4 9H{_WIDE - 4}M4 5v8M{_WIDE // 2} 6v6M{_WIDE - 4} 5v8"/>'
        f'<path class="wanted" d="M{mark} 1v16"/><path class="reach" d="M{x1} 9H{x2}"/><circle cx="{x}" cy="9" r="4"/></svg>'
    )


def shares(counts: Mapping[str, int], said: str) -> str:
    """How a whole falls into states: a bar, in the order of `counts`."""
    whole = sum(counts.values()) or 1
    at = 0
    parts: list[str] = []
    for state, count in counts.items():
        start, at = at, at + count
        x1, x2 = (_one(value / whole * 1000) for value in (start, at))
        wide = _one(float(x2) - float(x1))
        parts.append(f'<rect class="{state}" x="{x1}" y="0" width="{wide}" height="20"/>')
    return (
        f'<svg class="shares" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label="{text(said)}">'
        f"{''.join(parts)}</svg>"
    )


def curve(points: Sequence[Point], name: str) -> str:
    """The rate in each run, with its interval; hollow where it was measured on an earlier prompt, case or grader."""
    shown = points[-_STEPS:]
    left, right, top, bottom = 34, 8, 8, 18
    high = _CURVE_HIGH - top - bottom
    step = (_CURVE_WIDE - left - right) / max(1, len(shown))

    def y(share: float) -> str:
        return _one(top + (1 - share) * high)

    marks: list[str] = []
    line: list[str] = []
    for at, point in enumerate(shown):
        x = _one(left + step * (at + 0.5))
        low, up = point.rate.interval
        line.append(f"{x} {y(point.rate.share or 0)}")
        kind = "now" if point.today else "then"
        title = f"run {point.run}: {point.rate}{'' if point.today else ', before the last change'}"
        marks.append(
            f'<g class="{kind}"><title>{text(title)}</title><path class="reach" d="M{x} {y(low)}V{y(up)}"/>'
            f'<circle cx="{x}" cy="{y(point.rate.share or 0)}" r="3.5"/></g>'
        )
    ticks = "".join(
        f'<path class="axis" d="M{left} {y(share)}H{_CURVE_WIDE - right}"/>'
        f'<text x="{left - 5}" y="{_one(float(y(share)) + 3.5)}" text-anchor="end">{share:.0%}</text>'
        for share in (0.0, 0.5, 1.0)
    )
    ends = dict.fromkeys((0, len(shown) - 1))
    names = "".join(
        f'<text x="{_one(left + step * (at + 0.5))}" y="{_CURVE_HIGH - 4}" text-anchor="middle">run {shown[at].run}</text>'
        for at in ends
    )
    said = f"{name}, by run: " + "; ".join(f"run {one.run} {one.rate}" for one in shown)
    return (
        f'<svg class="curve" width="{_CURVE_WIDE}" height="{_CURVE_HIGH}" viewBox="0 0 {_CURVE_WIDE} {_CURVE_HIGH}" role="img" '
        f'aria-label="{text(said)}">{ticks}<path class="line" d="M{"L".join(line)}"/>{"".join(marks)}{names}</svg>'
    )


def histogram(values: Sequence[float], unit: str, name: str) -> str:
    """How often which value was measured: `values` in order; bins grow by a constant factor where the largest is far from the least."""
    wide, high, bottom = 420, 130, 22
    if values[0] == values[-1]:
        return f"<p>{text(name)}: {len(values):,} times {amount(values[0], unit)}</p>"
    least = next((value for value in values if value > 0), values[-1])
    steep = values[-1] > _STEEP * least

    def place(value: float) -> float:
        """Where a value lies between the least and the largest, from 0 to 1."""
        if steep:
            return log10(max(value, least) / least) / log10(values[-1] / least)
        return (value - values[0]) / (values[-1] - values[0])

    def x(value: float) -> float:
        return 8 + place(value) * (wide - 16)

    counts = Counter(min(int(place(value) * _BINS), _BINS - 1) for value in values)
    most, room, bar = max(counts.values()), high - 16 - bottom, (wide - 16) / _BINS
    bars = "".join(
        f'<rect x="{_one(8 + at * bar + 0.5)}" y="{_one(16 + room * (1 - count / most))}" width="{_one(bar - 1)}" '
        f'height="{_one(room * count / most)}"><title>{count:,}</title></rect>'
        for at, count in sorted(counts.items())
    )
    half, most_of = quantile(values, 50), quantile(values, 95)
    marks = "".join(
        f'<path class="mark" d="M{_one(x(value))} 12V{high - bottom}"/>'
        f'<text x="{_one(x(value))}" y="9" text-anchor="{anchor}">{label} {amount(value, unit)}</text>'
        for value, label, anchor in _apart(half, most_of, x)
    )
    ends = (
        f'<text x="8" y="{high - 6}">{amount(values[0], unit)}</text>'
        f'<text x="{wide - 8}" y="{high - 6}" text-anchor="end">{amount(values[-1], unit)}</text>'
    )
    said = (
        f"{name} of {len(values):,} answers: half within {amount(half, unit)}, 95 of 100 within {amount(most_of, unit)}, "
        f"at most {amount(values[-1], unit)}"
    )
    return (
        f'<svg class="histogram" viewBox="0 0 {wide} {high}" role="img" aria-label="{text(said)}">'
        f'<path class="axis" d="M8 {high - bottom}H{wide - 8}"/>{bars}{marks}{ends}</svg>'
    )


def _apart(half: float, most_of: float, x: Callable[[float], float]) -> Iterable[tuple[float, str, str]]:
    """The two marks with their labels, which stand on either side of their lines."""
    yield half, "p50", "end" if x(half) > 90 else "start"
    if most_of > half:
        yield most_of, "p95", "start" if x(most_of) < 330 else "end" if x(most_of) - x(half) > 100 else "start"


def quantile(values: Sequence[float], percent: int) -> float:
    """The smallest value that is reached by `percent` of 100 of `values`, which are in order."""
    return values[max(0, ceil(len(values) * percent / 100) - 1)]


def amount(value: float, unit: str) -> str:
    """``1.25 s``: three figures that count."""
    digits = 0 if value >= 100 or value == 0 else min(9, 2 - floor(log10(abs(value))))
    shown = f"{value:,.{digits}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"{shown} {unit}".rstrip()


def squares(counts: Mapping[str, int], most: int = 40) -> str:
    """A square for each case, by state; of more than `most` the share."""
    total = sum(counts.values())
    scale = 1 if total <= most else most / total
    listed: list[str] = []
    for state, count in counts.items():
        listed += [state] * max(1, round(count * scale)) if count else []
    a_row = 10
    paths: dict[str, list[str]] = {}
    for at, state in enumerate(listed):
        row, column = divmod(at, a_row)
        paths.setdefault(state, []).append(f"M{column * 8} {row * 8}h6v6h-6z")
    rows = (len(listed) + a_row - 1) // a_row
    body = "".join(f'<path class="{state}" d="{"".join(found)}"/>' for state, found in paths.items())
    wide = min(len(listed), a_row) * 8
    return f'<svg class="squares" width="{wide}" height="{rows * 8}" viewBox="0 0 {wide} {rows * 8}" aria-hidden="true">{body}</svg>'


def _one(value: float) -> str:
    """A number to one place, without a zero behind it."""
    return f"{value:.1f}".removesuffix(".0")

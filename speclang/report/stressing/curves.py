"""What is told of a run under stress: for each level how many answers hold, for each requirement where it breaks.

In: a `Tried`. Out: lines and rows.
Invariant: a rate stands nowhere without its n and its interval, a stub's results nowhere without its name; a level that was not tried is
told as such.
"""

from collections.abc import Iterator, Sequence

from ...assure.mutation.verdict import Fate
from ...assure.stressing.outcome import Curve, Gate, Point, Tried
from ...grading.holding import Call
from ...run.running import State
from ..spending import took

STUB = "by the obedient stub, which is no model: it reads only what it has to do, so this tries the chain and tells nothing of a prompt"

HEAD = ("level", "meets all that must hold", "")
_MOST = 8
_TEXT = 160
"""How many characters of a message are shown."""

AS_IS = "as it is"


def tables(found: Tried) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """For each axis a title and a row for each level: how many answers meet all that gates, and what that means."""
    by: dict[tuple[str, str, str], list[Gate]] = {}
    for one in found.gates:
        by.setdefault((one.feature, one.stress, one.at[0]), []).append(one)
    for (feature, stress, axis), gates in by.items():
        least = f", at least {gates[0].least:.0%} wanted" if gates[0].least is not None else ""
        rows = [(gate.at[1], str(gate.rate), verdict(gate)) for gate in gates]
        yield f"{feature}/{stress}: {axis}{least}", rows


def verdict(gate: Gate) -> str:
    """Whether a level has as many as are wanted."""
    match gate.decision.call:
        case Call.FAILS:
            return "too few"
        case Call.UNDECIDED if gate.decision.more:
            more = gate.decision.more
            return f"undecided, {more:,} more {'answer' if more == 1 else 'answers'} would tell"
        case Call.UNDECIDED:
            return "undecided"
        case Call.HOLDS:
            return "enough"
        case _:
            return ""


def cliffs(found: Tried) -> list[str]:
    """For each requirement that gets worse along an axis: where, how sure that is, its curve, and the first input."""
    lines: list[str] = []
    for one in found.curves:
        point = one.cliff
        if point is None:
            continue
        wide = max(len(str(each.rate)) for each in one.points)
        lines += [f"{called(one, found)} {breaks(one, point)}", f"  {AS_IS:<12}{one.base}"]
        lines += [f"  {each.level:<12}{each.rate!s:<{wide}}{marked(each)}".rstrip() for each in one.points]
        lines += [f"  first {point.fallen[0].variant}", f"    {cut_short(point.fallen[0].text)}", ""]
    return lines


def breaks(one: Curve, point: Point) -> str:
    """Where a curve first falls, and where it is worse beyond chance; `point` is its cliff."""
    broken = one.broken
    level = "must" if one.must else "should"
    if broken is not None and broken.level == point.level:
        return f"({level}) breaks at {one.axis}={point.level}{_chance(broken)}"
    then = f", and breaks at {broken.level}{_chance(broken)}" if broken is not None else ""
    told = "" if then else f": may be chance{_times(point)}"
    return f"({level}) first fails at {one.axis}={point.level}{then}{told}"


def _chance(point: Point) -> str:
    return "" if point.chance is None else f" (chance {point.chance:.2g})"


def _times(point: Point) -> str:
    return (
        f", `--repeat {point.times}` may tell (`--steady` if the target answers the same each time)"
        if point.times
        else ""
    )


def marked(point: Point) -> str:
    """What stands beside the rate of a point that is worse, or may be."""
    if point.fate is Fate.KILLED:
        return f"  worse{_chance(point)}"
    return f"  {len(point.fallen):,} fail whose seed passes" if point.fallen else ""


def called(one: Curve, found: Tried) -> str:
    """The requirement of a curve, with its feature where there are several."""
    many = len({each.feature for each in found.curves}) > 1
    return f"{one.feature}/{one.requirement}" if many else one.requirement


def cut_short(text: str) -> str:
    """A message on one line, the middle left out of a long one."""
    line = " ".join(text.split())
    return line if len(line) <= _TEXT else f"{line[: _TEXT - 41]} … {line[-38:]}"


def flat(found: Tried) -> list[str]:
    """The requirements of which no answer fails whose seed passes, axis by axis."""
    by: dict[str, list[str]] = {}
    for one in found.curves:
        if one.cliff is None:
            by.setdefault(one.axis, []).append(called(one, found))
    return [f"no worse along {axis}: {_listed(list(dict.fromkeys(names)))}" for axis, names in by.items()]


def joint(found: Tried) -> list[str]:
    """What only several levels together break."""
    lines: list[str] = []
    for one in found.together:
        lines.append(f"{one.feature}/{one.stress}: several at once {one.rate}")
        for each in one.fallen[:_MOST]:
            lines += [f"  fails where each alone passes: {each.variant}", f"    {cut_short(each.text)}"]
        if len(one.fallen) > _MOST:
            lines.append(f"  and {len(one.fallen) - _MOST:,} more")
    return lines


def lacking(found: Tried) -> list[str]:
    """The levels that were not tried, or not on every seed, and why."""
    lines: list[str] = []
    for _, stress, lack in found.lacks:
        axis, level = lack.at
        many = f"{lack.cases:,} {'seed' if lack.cases == 1 else 'seeds'}"
        if lack.texts:
            lines.append(
                f"not tried: {stress} at {axis}={level} on {many}, {_texts(len(lack.texts))} missing (`paraphrase`)"
            )
        else:
            lines.append(f"not tried: {stress} at {axis}={level} on {many}: it changes nothing in what they say")
    return lines


def _texts(count: int) -> str:
    return "1 text is" if count == 1 else f"{count:,} texts are"


def compared(found: Tried) -> list[tuple[str, ...]]:
    """A row for each level that two runs answered, under a head; nothing where no other run is looked at."""
    if not found.against:
        return []
    many = len({one.feature for one in found.differences}) > 1
    rows: list[tuple[str, ...]] = [
        ("level", "pairs", f"run {found.against}", f"run {found.run}", "lost", "won", "chance", "verdict")
    ]
    for one in found.differences:
        name = f"{one.feature}/{one.requirement}" if many else one.requirement
        counts = (str(one.before), str(one.after), f"{one.lost:,}", f"{one.won:,}")
        rows.append((name, f"{one.pairs:,}", *counts, f"{one.chance:.2g}", one.verdict))
    return rows


def closing(found: Tried) -> list[str]:
    """What was run, and what it took."""
    whom = found.target if found.model == found.target else f"{found.target} ({found.model})"
    seeds = ", ".join(dict.fromkeys(str(seed) for _, _, seed in found.seeds))
    lines = [f"{found.variants:,} {'variant' if found.variants == 1 else 'variants'} on {whom}, made from seed {seeds}"]
    if found.failing:
        lines.append(f"fail as they are, and show nothing: {_listed([case for _, case in found.failing])}")
    if found.state is not State.DONE:
        lines.append("it did not come to its end; the same command goes on with it")
    lines.append(f"run {found.run}: {took(found.spending)}")
    if found.stub:
        lines.append(STUB)
    return lines


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"

"""What tools gave when somebody last said that it is right, as a file of the project; and a probe held against it.

In: what a probe has seen. Out: the text of a baseline, and back; which rates have moved beyond chance, and which values differ.
Invariant: a line of JSON for each call and each rate, sorted; the same results on the same day give the same bytes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from ...grading.record import Refusal, loaded
from ...grading.tally import Rate
from ...run.statistics import fisher, holm
from ...source.hashing import Json, canonical
from ...source.records import dataclass, replace
from .outcome import Moved, Promised, Verdict

SURE = 0.05

_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Line:
    """What one call gave (`result`), or how often the condition of a rate held (`rate`), on a day, from a version of the tool."""

    tool: str
    call: str
    day: str
    version: str
    result: Json
    rate: Rate | None


class Unreadable(ValueError):
    """A baseline that is of another form; says which line."""


def written(lines: Sequence[Line]) -> str:
    """The text of the file."""
    return "".join(f"{one}\n" for one in sorted(_text(line) for line in lines))


def _text(line: Line) -> str:
    said: dict[str, Json] = {"tool": line.tool, "call": line.call, "day": line.day}
    if line.version:
        said["version"] = line.version
    if line.rate is not None:
        said |= {"held": line.rate.passed, "of": line.rate.n}
    else:
        said["result"] = line.result
    return json.dumps(said, ensure_ascii=False, separators=(", ", ": "))


def read(text: str) -> tuple[Line, ...]:
    """The baseline that `text` is. Raises `Unreadable`."""
    found: list[Line] = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        held = loaded(row)
        if isinstance(held, Refusal):
            raise Unreadable(f"line {number:,} is not JSON: {held.why}")
        line = _line(held)
        if line is None:
            raise Unreadable(f"line {number:,} is no line of a baseline")
        found.append(line)
    return tuple(found)


def _line(held: Json) -> Line | None:
    if not isinstance(held, Mapping):
        return None
    match held.get("tool"), held.get("call"), held.get("day"), held.get("version", ""):
        case str() as tool, str() as call, str() as day, str() as version:
            line = Line(tool, call, day, version, held.get("result"), None)
        case _:
            return None
    match held.get("held"), held.get("of"):
        case int() as passed, int() as n if 0 <= passed <= n:
            return replace(line, rate=Rate(passed, n))
        case None, None if "result" in held:
            return line
        case _:
            return None


def drifted(promised: Sequence[tuple[str, Promised]], before: Sequence[Line]) -> list[Promised]:
    """The same promises of tools, by name; a rate that is not what it was, beyond chance, has drifted.

    Fisher's exact test (1922), two-sided, on the calls of both probes, corrected by Holm for all rates of the probe.
    """
    was = {(line.tool, line.call): line.rate for line in before if line.rate is not None}
    pairs = [(one, was.get((tool, one.text)), one.rate) for tool, one in promised]
    chances = iter(holm([fisher(old.passed, old.n, new.passed, new.n) for _, old, new in pairs if old and new]))
    found: list[Promised] = []
    for one, old, new in pairs:
        if not old or not new:
            found.append(one)
            continue
        chance = next(chances)
        moved = chance <= SURE and one.verdict in (Verdict.KEPT, Verdict.UNDECIDED)
        found.append(replace(one, before=old, chance=chance, verdict=Verdict.DRIFTED if moved else one.verdict))
    return found


def moved(tool: str, seen: Mapping[str, Json], before: Sequence[Line]) -> tuple[Moved, ...]:
    """The first value in which each call of a tool differs from what it gave before."""
    was = {line.call: line.result for line in before if line.tool == tool and line.rate is None}
    found: list[Moved] = []
    for call, value in seen.items():
        if call in was:
            told = next(_differences("", was[call], value, 0), "")
            if told:
                found.append(Moved(call, told))
    return tuple(found)


def _differences(path: str, old: Json, new: Json, depth: int) -> Iterator[str]:
    if depth > _DEEPEST or canonical(old) == canonical(new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in sorted({*old, *new}):
            here = f"{path}.{name}" if path else name
            if name not in new:
                yield f"{here} is gone"
            elif name not in old:
                yield f"{here} is new"
            else:
                yield from _differences(here, old[name], new[name], depth + 1)
    elif _listed(old) and _listed(new):
        if len(old) != len(new):
            yield f"{path} has {len(new):,} items and had {len(old):,}"
        for at, (one, other) in enumerate(zip(old, new, strict=False), 1):
            yield from _differences(f"{path}[{at}]", one, other, depth + 1)
    else:
        yield f"{path or 'the result'} was {_short(old)} and is {_short(new)}"


def _listed(value: Json) -> TypeGuard[Sequence[Json]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _short(value: Json) -> str:
    text = canonical(value)
    return text if len(text) <= 60 else f"{text[:59]}…"

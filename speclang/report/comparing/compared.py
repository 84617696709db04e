"""Two runs side by side as a document: Markdown for a pull request, JSON for machines.

In: a `Compared`. Out: text.
Invariant: what a model or a spec wrote is text, and never markup.
"""

import json

from ...assure.compare import Compared
from ...assure.comparing.meetings import Line, Meeting
from ...assure.comparing.steps import CALL, Step
from ...assure.comparing.varied import Varied
from ...source.hashing import Json
from ..marked import cells, code
from .comparison import explained, parted, partings, rows, runs, short, title

VERSION = 2
"""The version of the shape of `specc compare --format json`."""


def markdown(found: Compared) -> str:
    """A comment for a pull request."""
    lines = [f"### Run {found.after.id} against run {found.before.id}", ""]
    lines += [f"> {why}" for why in found.unknown]
    if found.varied:
        lines += [cells(("axis", "what", "how")), "|---|---|---|"]
        for one in found.varied[:200]:
            where = "/".join(part for part in (one.feature, one.case or "", one.name) if part)
            change = f": {code(short(one.before))} → {code(short(one.after))}" if one.before or one.after else ""
            lines.append(cells((one.axis.value, code(where), f"{one.how}{change}")))
        lines.append("")
    table = rows(found)
    lines += [cells(table[0]), "|---" * len(table[0]) + "|"]
    lines += [cells((code(row[0]), *row[1:])) for row in table[1:]]
    lines.append("")
    seen = found.partings
    lines += [partings(found)[0], ""] if seen.pairs else []
    lines += [f"- {code(title(one))}: {code(parted(one))}; {code(explained(found, one))}" for one in seen.shown]
    return "\n".join([*lines, "", *(f"{code(line)}  " for line in runs(found))]) + "\n"


def as_json(found: Compared) -> str:
    """One JSON object; the shape is `speclang/report/schemas/comparison.schema.json`."""
    return json.dumps(data(found), ensure_ascii=True, indent=1) + "\n"


def data(found: Compared) -> Json:
    """What `as_json` writes."""
    seen = found.partings
    return {
        "version": VERSION,
        "before": found.before._asdict(),
        "after": found.after._asdict(),
        "unknown": list(found.unknown),
        "envelope": [_varied_data(one) for one in found.varied],
        "alone": found.alone,
        "judges": found.judges,
        "requirements": [
            {
                "feature": one.feature,
                "requirement": one.requirement,
                "pairs": one.pairs,
                "before": {"pass": one.before.passed, "n": one.before.n},
                "after": {"pass": one.after.passed, "n": one.after.n},
                "lost": one.lost,
                "won": one.won,
                "chance": round(one.chance, 6),
                "verdict": one.verdict,
                "cases": list(one.cases),
            }
            for one in found.differences
        ],
        "answers": {
            "pairs": seen.pairs,
            "same": seen.same,
            "first": dict(seen.first),
            "shown": [_meeting(found, one) for one in seen.shown],
            "left": seen.left,
        },
    }


def _varied_data(one: Varied) -> Json:
    return {
        "axis": one.axis.value,
        "feature": one.feature or None,
        "case": one.case or None,
        "name": one.name,
        "how": str(one.how),
        "before": one.before,
        "after": one.after,
        "why": list(one.why),
        "idle": one.idle,
    }


def _meeting(found: Compared, one: Meeting) -> Json:
    parting = one.parting
    return {
        "feature": one.feature,
        "case": one.case,
        "sample": one.repetition,
        "lost": list(one.lost),
        "won": list(one.won),
        "parts_at": None if parting is None else one.lines.index(parting),
        "parting": None if parting is None else parted(one),
        "axes": list(found.axes(one)),
        "steps": [_line(line) for line in one.lines],
    }


def _line(line: Line) -> Json:
    return {
        "how": str(line.how),
        "before": _step(line.before),
        "after": _step(line.after),
        "differs": [{"at": path, "before": was, "after": now} for path, was, now in line.differs],
    }


def _step(step: Step | None) -> Json:
    if step is None:
        return None
    told: dict[str, Json] = {"number": step.number, "kind": step.kind, "name": step.name}
    if step.kind == CALL:
        return {**told, "arguments": step.arguments, "result": step.result}
    return {**told, "text": step.text}

"""A run under stress as Markdown for a pull request, and as JSON for machines.

In: a `Tried`. Out: documents. Invariant: `report/schemas/stress.schema.json` says what is in the latter.
"""

import json

from ...assure.mutation.verdict import Fate
from ...assure.stressing.outcome import Curve, Fallen, Gate, Point, Tried
from ...engine.answers import shown
from ...run.running import State
from ...source.hashing import Json
from ..marked import cells, code
from ..spending import spent_data
from .curves import AS_IS, HEAD, breaks, called, closing, compared, cut_short, flat, joint, lacking, marked, tables

VERSION = 1
"""The version of the shape of `specc stress --format json`."""


def markdown(found: Tried) -> str:
    """A comment for a pull request."""
    lines = [f"### specc stress: {_outcome(found)}", ""]
    told = closing(found)
    if found.stub:
        lines += [f"**{told[-1][0].upper()}{told[-1][1:]}.**", ""]
    for title, rows in tables(found):
        lines += [f"#### {code(title)}", "", cells(HEAD), cells("---" for _ in HEAD)]
        lines += [*(cells((code(level), rate, said)) for level, rate, said in rows), ""]
    for one in found.curves:
        if one.cliff is not None:
            lines += _details(one, one.cliff, found)
    lines += [f"- {line}" for line in (*flat(found), *joint(found), *lacking(found))]
    head, *rest = compared(found) or [()]
    if head:
        lines += ["", cells(head), cells("---" for _ in head), *(cells((code(row[0]), *row[1:])) for row in rest)]
    return "\n".join([*lines, "", *(told[:-1] if found.stub else told), ""])


def _details(one: Curve, point: Point, found: Tried) -> list[str]:
    first = point.fallen[0]
    return [
        f"<details><summary>{code(called(one, found))} {code(breaks(one, point))}</summary>",
        "",
        cells((one.axis, "passes")),
        cells(("---", "---")),
        cells((AS_IS, str(one.base))),
        *(cells((code(each.level), f"{each.rate}{marked(each)}")) for each in one.points),
        "",
        f"first {code(first.variant)}: {code(cut_short(first.text))}",
        "",
        "</details>",
        "",
    ]


def _outcome(found: Tried) -> str:
    if found.state is not State.DONE:
        return "not finished"
    if found.unmet:
        return f"{len(found.unmet):,} of {sum(one.least is not None for one in found.gates):,} levels do not reach their least"
    broken = sum(one.must and one.broken is not None for one in found.curves)
    return f"{broken:,} {'curve breaks' if broken == 1 else 'curves break'}"


def as_json(found: Tried) -> str:
    """The document; `report/schemas/stress.schema.json` says what is in it."""
    data: Json = {
        "version": VERSION,
        "run": found.run,
        "target": found.target,
        "model": found.model,
        "stub": found.stub,
        "steady": found.steady,
        "state": found.state.value,
        "seeds": [{"feature": feature, "stress": name, "seed": seed} for feature, name, seed in found.seeds],
        "variants": found.variants,
        "levels": [_gate(one) for one in found.gates],
        "curves": [_curve(one) for one in found.curves],
        "together": [
            {
                "feature": one.feature,
                "stress": one.stress,
                "rate": shown.rate(one.rate),
                "fallen": [_fallen(each) for each in one.fallen],
            }
            for one in found.together
        ],
        "lacks": [
            {
                "feature": feature,
                "stress": stress,
                "axis": one.at[0],
                "level": one.at[1],
                "cases": one.cases,
                "texts": list(one.texts),
            }
            for feature, stress, one in found.lacks
        ],
        "failing": [{"feature": feature, "case": case} for feature, case in found.failing],
        "missing": found.missing,
        "against": found.against or None,
        "differences": [
            {
                "feature": one.feature,
                "level": one.requirement,
                "pairs": one.pairs,
                "before": shown.rate(one.before),
                "after": shown.rate(one.after),
                "lost": one.lost,
                "won": one.won,
                "chance": round(one.chance, 6),
                "verdict": one.verdict,
            }
            for one in found.differences
        ],
        "spent": spent_data(found.spending),
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _gate(one: Gate) -> Json:
    return {
        "feature": one.feature,
        "stress": one.stress,
        "axis": one.at[0],
        "level": one.at[1],
        "rate": shown.rate(one.rate),
        "least": one.least,
        "call": None if one.least is None else one.decision.call.value,
        "more": one.decision.more,
    }


def _curve(one: Curve) -> Json:
    return {
        "feature": one.feature,
        "stress": one.stress,
        "axis": one.axis,
        "requirement": one.requirement,
        "must": one.must,
        "base": shown.rate(one.base),
        "cliff": one.cliff.level if one.cliff is not None else None,
        "broken": one.broken.level if one.broken is not None else None,
        "points": [
            {
                "level": each.level,
                "rate": shown.rate(each.rate),
                "worse": each.fate is Fate.KILLED,
                "undecided": each.fate is Fate.UNDECIDED,
                "chance": None if each.chance is None else round(each.chance, 6),
                "times": each.times,
                "fallen": [_fallen(other) for other in each.fallen],
            }
            for each in one.points
        ],
    }


def _fallen(one: Fallen) -> Json:
    return {"variant": one.variant, "seed": one.seed, "text": one.text}

"""`specc compare`: two runs side by side, case by case."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project

if TYPE_CHECKING:
    from ...assure.compare import Compared
    from ...source.hashing import Json

EXAMPLES = """\
examples:
  specc compare 3 4               run 4 against run 3, requirement by requirement
  specc compare small large       the last run of one target against that of another
  specc compare 3 4 --format json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("before", metavar="RUN", help="the number of a run, or a target, whose last run is meant")
    parser.add_argument("after", metavar="OTHER", help="the run that is held against it")
    add_form(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Compare; 1 if a requirement is worse than chance explains."""
    from ...assure.compare import compare, find
    from ...assure.evidence import opened
    from ...engine.compiling import open_project
    from ...run.asking import Unusable

    try:
        store = opened(open_project(args.project))
        try:
            found = compare(store, find(store, args.before), find(store, args.after))
        finally:
            store.close()
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    if args.format == "json":
        console.data(_data(found))
    else:
        _table(found, console)
    return FINDINGS if any(one.verdict == "worse" for one in found.differences) else FINE


def _table(found: "Compared", console: Console) -> None:
    before, after = found.before, found.after
    many = len({one.feature for one in found.differences}) > 1
    rows = [("requirement", "pairs", f"run {before.id}", f"run {after.id}", "lost", "won", "chance", "verdict")]
    for one in found.differences:
        name = f"{one.feature}/{one.requirement}" if many else one.requirement
        counts = (str(one.before), str(one.after), f"{one.lost:,}", f"{one.won:,}")
        rows.append((name, f"{one.pairs:,}", *counts, f"{one.chance:.2g}", one.verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        console.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for one in found.differences:
        if one.cases:
            console.say(
                f"{one.requirement} was lost in {', '.join(one.cases)}{' …' if one.lost > len(one.cases) else ''}"
            )
    for run in (before, after):
        stub = ", the obedient stub and no model" if run.stub else ""
        console.say(f"run {run.id}: {run.target} ({run.model}), {run.started[:16]}, {run.state}{stub}")
    if found.judges:
        console.say("they were not judged by the same judge: what only a judge can tell is left out")
    if found.alone:
        console.say(f"{found.alone:,} verdicts have no partner in the other run")


def _data(found: "Compared") -> "Json":
    def rate(passed: int, n: int) -> "Json":
        return {"pass": passed, "n": n}

    return {
        "version": 1,
        "before": found.before._asdict(),
        "after": found.after._asdict(),
        "alone": found.alone,
        "judges": found.judges,
        "requirements": [
            {
                "feature": one.feature,
                "requirement": one.requirement,
                "pairs": one.pairs,
                "before": rate(one.before.passed, one.before.n),
                "after": rate(one.after.passed, one.after.n),
                "lost": one.lost,
                "won": one.won,
                "chance": round(one.chance, 6),
                "verdict": one.verdict,
                "cases": list(one.cases),
            }
            for one in found.differences
        ],
    }

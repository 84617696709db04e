"""`specc gate`: a run against the baseline that was committed."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STUB_FINE, USAGE
from ..options import add_project

if TYPE_CHECKING:
    from ...assure.baseline import Baseline, Judged
    from ...engine.compiling import Opened
    from ...run.store.reading import Past, PastRun

EXAMPLES = """\
examples:
  specc gate                 the last run against specs/baseline.txt
  specc gate --run small     the last run of a target
  specc gate --bless         take the last run as the baseline
"""

NAME = "baseline.txt"
_MOST = 3
_JUDGE = "# judge "


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--run",
        default="",
        metavar="RUN",
        help="the number of a run, or a target, whose last run is meant (default: the last)",
    )
    parser.add_argument("--bless", action="store_true", help="write what this run has shown as the baseline")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Hold a run against the baseline; 1 if a requirement is worse."""
    from ...assure.baseline import Unreadable, judged, read, written
    from ...assure.doubted import doubted
    from ...assure.reliable import said
    from ...engine.compiling import open_project
    from ...project.clock import today
    from ...project.disk import write_all
    from ...report.evaluation import trusts
    from ...run.asking import Unusable

    project = open_project(args.project)
    path = f"{project.home.config.specs}/{NAME}"
    try:
        one, now, left, told = _results(project, args.run)
        if args.bless and one.stub:
            console.tell(f"specc: run {one.id} is the obedient stub's: what it shows is no baseline")
            return USAGE
        if args.bless and left:
            console.tell(f"specc: run {one.id} leaves out {left:,} of the cases; run all of them with `specc eval`")
            return USAGE
        if args.bless:
            write_all(project.root, {path: f"{written(now)}{_judge(one) if told else ''}".encode()})
            console.say(f"wrote {path}: {len(now):,} requirements as run {one.id} ({one.target}) has shown them")
            return FINE
        text = project.home.tree.text(path)
        if text is None:
            console.tell(f"specc: there is no {path}; `specc gate --bless` writes it")
            return USAGE
        own = said(project, now, today())
        found = judged(own.without(read(text)), own.without(now), own.held, own.known)
        doubts = doubted(project, one.judge or "", told)
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    except Unreadable as problem:
        console.tell(f"specc: {path}: {problem}")
        return USAGE
    for line in trusts(doubts.trusts):
        console.say(line)
    for row in found:
        _say(row, console)
    if told and _JUDGE in text and _judge(one) not in text:
        console.say("the baseline was judged by another judge, so what only a judge tells may differ for that alone")
    shut = sum(row.blocks for row in found)
    stub = "; the obedient stub answered, and no model" if one.stub else ""
    console.say(f"run {one.id} ({one.target}): {len(found):,} requirements, {shut:,} worse than the baseline{stub}")
    if doubts.requirements:
        console.say(
            f"{', '.join(doubts.requirements)}: the judge is not shown to agree with people as far as the settings want"
        )
    return FINDINGS if shut or doubts.requirements else STUB_FINE if one.stub else FINE


def _judge(one: "PastRun") -> str:
    """The line of a baseline that says who judged."""
    return f"{_JUDGE}{one.judge}\n"


def _results(project: "Opened", name: str) -> "tuple[PastRun, Baseline, int, set[tuple[str, str]]]":
    """The run that is meant, what it has shown, how many cases of today it leaves out, and what a judge had a part in.

    Raises `Unusable`.
    """
    from ...assure.baseline import of
    from ...assure.compare import find, results
    from ...assure.evidence import opened
    from ...run.store.reading import judged

    told: set[tuple[str, str]] = set()
    store = opened(project)
    try:
        one = find(store, name)
        left = {(plan.feature, case.id) for plan in project.compiled.plan.features for case in plan.cases}

        def answers() -> "Iterator[Past]":
            for answer in store.answers(one.id, one.judge):
                left.discard((answer.feature, answer.case))
                told.update((answer.feature, id) for id in answer.states if judged(answer, id))
                yield answer

        return one, of(results(answers())), len(left), told
    finally:
        store.close()


def _say(row: "Judged", console: Console) -> None:
    style = "red" if row.blocks else "green" if row.verdict in ("held", "better") else "dim"
    counts = f"{row.before.passed} of {row.before.n} before, {row.after.passed} of {row.after.n} now"
    console.say(f"{console.paint(row.verdict.ljust(9), style)}  {row.feature}/{row.requirement}  {counts}")
    if row.blocks:
        for case in row.cases[:_MOST]:
            console.say(f"           {'lost' if row.verdict == 'worse' else 'not run'}: {case}")
        if len(row.cases) > _MOST:
            console.say(f"           … and {len(row.cases) - _MOST:,} more")

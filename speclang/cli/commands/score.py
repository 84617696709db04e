"""`specc score`: recorded answers, graded by the project's requirements."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STUB_FINE, USAGE
from ..options import add_budget, add_format, add_project

if TYPE_CHECKING:
    from ...engine.answers.score import Scoring
    from ...engine.answers.summary import Summary
    from ...engine.compiling import Opened
    from ...grading.tally import Standing
    from ...grading.verdicts import Graded
    from ...project.lines import Line

_MOST = 8
"""How many names stand on a line."""

EXAMPLES = """\
examples:
  specc score answers.jsonl                    how each requirement stands, with the answers that fail it
  specc score answers.jsonl --feature refunds  grade the answers of one feature
  specc score answers.jsonl --loose            count what only a first line, a last line or asterisks break, too
  specc score answers.jsonl --judge            ask the judge of the settings where no code can tell
  specc score answers.jsonl --judge --max-cost 2  the same, and leave open what is over when this much is spent
  specc score answers.jsonl --format json      every verdict with its reason
  collect-answers | specc score -              from standard input
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "answers", metavar="ANSWERS", help="a file of JSON Lines, one answer a line; - for standard input"
    )
    parser.add_argument(
        "--feature", default="", help="grade the answers of this feature; lines that name none belong to it"
    )
    parser.add_argument("--loose", action="store_true", help="grade formats by IFEval's loose reading as well")
    parser.add_argument("--judge", action="store_true", help="ask the judge of the settings what no code can tell")
    add_budget(parser, of="judge")
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Grade the answers by the specs as they stand; nothing is written."""
    from ...diagnostics.diagnostic import has_errors
    from ...engine.answers.score import Scoring, UnknownFeature
    from ...engine.compiling import open_project
    from ...project.lines import lines, lines_of
    from ..findings import show

    project = open_project(args.project)
    if has_errors(project.compiled.diagnostics) and args.format == "json":
        from ...engine.answers.shown import ungraded

        console.raw(ungraded(project.compiled.diagnostics, project.compiled.places))
        return FINDINGS
    if has_errors(project.compiled.diagnostics):
        show(project.compiled.diagnostics, project.compiled.places, args.format, console)
        return FINDINGS
    name = "standard input" if args.answers == "-" else args.answers
    try:
        scoring = Scoring(project, name, feature=args.feature, loose=args.loose)
    except UnknownFeature as problem:
        hint = f"; did you mean `{problem.near}`" if problem.near else ""
        console.tell(f"specc: there is no feature `{problem.name}`{hint}")
        return USAGE
    held = lines(sys.stdin.buffer) if args.answers == "-" else lines_of(args.answers)
    if not args.judge:
        return _graded(scoring, scoring.each(held), args.format, console)
    return _judged(project, scoring, held, args, console)


def _judged(
    project: "Opened", scoring: "Scoring", lines: "Iterable[Line]", args: argparse.Namespace, console: Console
) -> int:
    """The same, with a judge; the stub's verdicts are called by its name, and are no success. Nor is a budget that did not reach."""
    from ...assure.scored import Judged
    from ...report.evaluation import JUDGE_STUB, judge, left
    from ...report.spending import spent
    from ...run.asking import Unusable
    from ...run.schedule import Budget

    how = args.format
    try:
        judged = Judged(project, scoring, Budget(args.max_cost, args.max_tokens))
        code = _graded(scoring, judged.each(lines), how, console)
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    bench = judged.bench
    for line in (*judge(bench), *spent(judged.spending)) if bench is not None and how == "human" else ():
        console.say(line)
    if judged.left:
        console.tell(f"specc: {left(judged.left)}")
        return FINDINGS
    if bench is not None and bench.stub and bench.verdicts:
        console.tell(f"specc: {JUDGE_STUB}")
        return STUB_FINE if code == FINE else code
    return code


def _graded(scoring: "Scoring", graded: "Iterable[Graded]", how: str, console: Console) -> int:
    from ...diagnostics.diagnostic import has_errors
    from ...engine.answers.shown import as_json, junit
    from ..findings import show

    if how == "json":
        for piece in as_json(scoring, graded):
            console.raw(piece)
        return FINDINGS if has_errors(scoring.findings) else FINE
    for _ in graded:
        pass
    found, places = scoring.findings, scoring.places
    if how == "junit":
        console.raw(junit(found, scoring.summary.standings, places))
        return FINDINGS if has_errors(found) else FINE
    code = show(found, places, how, console)
    if how == "human":
        if found:
            console.say()
        _table(scoring.summary, console)
    return code


def _table(summary: "Summary", console: Console) -> None:
    """A row for each requirement, and what all answers come to."""
    from ...report.columns import columns

    loose = summary.loose is not None
    many = len({one.feature for one in summary.standings}) > 1
    told = [one for one in summary.standings if one.rate.n or one.judge]
    head = ("requirement", "pass", "fail", "judge", "n/a", "rate", *(("loose",) if loose else ()))
    rows = [head, *(_row(one, many=many, loose=loose) for one in told)]
    for line in columns(rows, range(1, 5)) if told else ():
        console.say(line)
    _rest("nothing tells of", [_name(one, many=many) for one in summary.standings if one not in told], console)
    _rest("no grader speaks for", summary.ungraded, console)
    rates = (
        ("meet all that code can tell", summary.strict),
        ("do by the loose reading", summary.loose),
        ("that were judged meet all that code and judge can tell", summary.judged if summary.judged.n else None),
    )
    for said, rate in rates:
        if rate is not None:
            console.say(f"{rate.passed:,} of {rate.n:,} answers {said}: {rate}")
    if summary.answers > summary.strict.n:
        console.say(f"of {summary.answers - summary.strict.n:,} more, code can tell nothing")
    if summary.refused:
        console.say(f"{summary.refused:,} {'line was' if summary.refused == 1 else 'lines were'} not graded")


def _row(one: "Standing", *, many: bool, loose: bool) -> tuple[str, ...]:
    counts = (f"{one.passed:,}", f"{one.failed:,}", f"{one.judge:,}", f"{one.not_applicable:,}")
    return (
        _name(one, many=many),
        *counts,
        str(one.rate),
        *(("-" if one.loose is None else f"{one.loose:,}",) if loose else ()),
    )


def _name(one: "Standing", *, many: bool) -> str:
    return f"{one.feature}/{one.requirement}" if many else one.requirement


def _rest(said: str, names: Sequence[str], console: Console) -> None:
    """The requirements of which there is nothing to show, on one line."""
    if names:
        more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
        console.say(f"{said} {', '.join(names[:_MOST])}{more}")

"""`specc report`: what the store shows of the specs, as a page or as a comment for a pull request."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINE, USAGE
from ..options import add_project

if TYPE_CHECKING:
    from ...engine.compiling import Opened
    from ...report.view import View

EXAMPLES = """\
examples:
  specc report                          write report.html: verdicts, coverage, graph, drift, every case with its answers
  specc report refunds -o refunds.html  of one feature
  specc report --format markdown        a comment for a pull request: each requirement, and what changed against the baseline
  specc report -o - > report.html       to standard output
"""

FILE = Path("report.html")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("features", nargs="*", metavar="FEATURE", help="show these features only")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write to this file (default: report.html; -: standard output)",
    )
    parser.add_argument(
        "--format",
        choices=("html", "markdown"),
        default="html",
        help="a page, or a comment for a pull request (default: html; markdown goes to standard output)",
    )
    parser.add_argument(
        "--now", type=_day, metavar="DAY", help="the day by which marks as known to fail count (default: today)"
    )
    parser.add_argument("--overwrite", action="store_true", help="also replace a file that specc did not write")
    add_project(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no day; write it as 2026-03-31") from None


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the report; nothing is run, and nothing is asked."""
    from ...diagnostics.diagnostic import has_errors
    from ...engine.compiling import open_project
    from ...project.clock import today
    from ...report.gathering import view
    from ...run.asking import Unusable
    from ...source.suggest import nearest
    from ..findings import show

    project = open_project(args.project)
    compiled = project.compiled
    if has_errors(compiled.diagnostics):
        return show(compiled.diagnostics, compiled.places, "human", console)
    names = [plan.feature for plan in compiled.plan.features]
    for name in args.features:
        if name not in names:
            near = nearest(name, names)
            console.tell(f"specc: there is no feature `{name}`" + (f"; did you mean `{near}`" if near else ""))
            return USAGE
    try:
        found = view(project, args.now or today(), tuple(args.features))
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    return _written(found, project, args, console)


def _written(found: "View", project: "Opened", args: argparse.Namespace, console: Console) -> int:
    """Write the page or the comment where it is wanted, over nothing but an older one."""
    from ...assure.proven import links, proofs
    from ...engine.tracing import graph_of, part
    from ...project.single import NotOurs, write_one
    from ...report import comment
    from ...report.page import html
    from ...trace.page.html import page as graph

    if args.format == "markdown":
        text, ours, file = comment.markdown(found), comment.MARK, args.output or Path("-")
    else:
        trace = part(graph_of(project).proven(links(proofs(project))), (), *args.features)
        text, ours, file = html.page(found, graph(trace, found.project)), html.MARK, args.output or FILE
    if str(file) == "-":
        console.raw(text)
        return FINE
    try:
        write_one(file, text.encode(), None if args.overwrite else ours.encode())
    except NotOurs:
        console.tell(f"specc: {file} is there, and specc did not write it; `--overwrite` replaces it")
        return USAGE
    console.say(f"wrote {file}: {comment.headline(found)}")
    return FINE

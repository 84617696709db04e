"""`specc fmt`: one style for `.spec` files."""

import argparse
import sys
from pathlib import Path

from ...source.text import SourceText
from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

EXAMPLES = """\
examples:
  specc fmt                          format every spec of the project
  specc fmt specs/refunds.spec       format one file
  specc fmt --check                  change nothing; exit 1 if something is not formatted
  specc fmt --diff                   show what would change
  cat a.spec | specc fmt -           from standard input to standard output
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: the project's specs); - for a pipe")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is not formatted")
    parser.add_argument("--diff", action="store_true", help="change nothing; show what would change")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Format the files that are named."""
    if args.paths == ["-"]:
        return _pipe(console)
    from ...engine.formatting import format_files

    report = format_files(args.project, [Path(path) for path in args.paths], write=not (args.check or args.diff))
    if report.diagnostics:
        from ..findings import show

        show(report.diagnostics, report.places, "human", console)
    if args.diff:
        console.raw("".join(report.diff(name) for name in report.changed))
    else:
        verb = "is not formatted" if args.check else "formatted"
        for name in report.changed:
            console.say(f"{name}: {verb}" if args.check else f"{verb} {name}")
    if report.unreadable:
        return USAGE
    return FINDINGS if report.diagnostics or (report.changed and (args.check or args.diff)) else FINE


def _pipe(console: Console) -> int:
    from ...diagnostics.diagnostic import has_errors
    from ...source.span import Places
    from ...syntax.format import format_source

    source = SourceText("<stdin>", sys.stdin.read())
    result = format_source(source)
    console.raw(result.value)
    if has_errors(result.diagnostics):
        from ...diagnostics.draw import draw_all

        console.tell(draw_all(result.diagnostics, Places.of([source], {}), colour=False, width=console.width))
        return FINDINGS
    return FINE

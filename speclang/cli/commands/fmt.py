"""`specc fmt`: one style for `.spec` files."""

import argparse
import sys
from pathlib import Path

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

EXAMPLES = """\
examples:
  specc fmt                          format every spec of the project
  specc fmt specs/refunds.spec       format one file
  specc fmt --check                  change nothing; exit 1 if something is not formatted
  specc fmt --diff                   change nothing; show what would change
  specc fmt --staged                 in a git hook: format the specs that are staged; exit 1 if there was something to do
  cat a.spec | specc fmt -           from standard input to standard output
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders (default: all specs); - for standard input"
    )
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is not formatted")
    parser.add_argument("--diff", action="store_true", help="change nothing; show what would change")
    parser.add_argument(
        "--staged", action="store_true", help="format what is staged in git; exit 1 if something was not formatted"
    )
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Format the files that are named."""
    if args.paths == ["-"]:
        return _pipe(console)
    if args.paths and args.staged:
        console.tell("specc: what is staged says which files are meant; leave out the paths or `--staged`")
        return USAGE
    from ...engine.formatting import format_files, format_staged
    from ..findings import show

    write = not (args.check or args.diff)
    report = (
        format_staged(args.project, write=write)
        if args.staged
        else format_files(args.project, [Path(path) for path in args.paths], write=write)
    )
    code = show(report.diagnostics, report.places, "human", console)
    if args.diff:
        console.raw("".join(report.diff()))
    else:
        for source, _ in report.changed:
            done = write and source.name not in report.left
            console.say(f"formatted {source.name}" if done else f"{source.name} is not formatted")
    if write and report.left:
        console.tell(
            "what is staged of a file and what lies here differ: nothing was written; run `specc fmt` and `git add` it"
        )
    return FINDINGS if code or (report.changed and (args.check or args.diff or args.staged)) else FINE


def _pipe(console: Console) -> int:
    from ...diagnostics.diagnostic import Diagnostic, has_errors
    from ...diagnostics.draw import draw_all
    from ...project.disk import decoded
    from ...source.span import Places
    from ...syntax.edit import places
    from ...syntax.format import format_source
    from ...syntax.parser import parse

    source = decoded("<stdin>", sys.stdin.buffer.read())
    if isinstance(source, Diagnostic):
        console.tell(draw_all([source], Places(), colour=False, width=console.width))
        return FINDINGS
    result = format_source(source)
    console.raw(result.value)
    if not has_errors(result.diagnostics):
        return FINE
    console.tell(draw_all(result.diagnostics, places([parse(source).value]), colour=False, width=console.width))
    return FINDINGS

"""`specc check`: do specs, prompts and cases still say the same."""

import argparse

from ..console import Console
from ..main import FINE
from ..options import add_format, add_project

EXAMPLES = """\
examples:
  specc check                       findings for people
  specc check --afresh              compare everything, whatever is remembered
  specc check --format github       annotations for a pull request
  specc check --format sarif > specc.sarif
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--afresh", action="store_true", help="compare everything, even if nothing changed since the last check"
    )
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Check the project; no file of it is written."""
    from ...engine.fresh import look

    seen = look(args.project)
    if seen.unchanged and not args.afresh and args.format == "human":
        _in_sync(seen.said.features, seen.said.summary, console)
        return FINE
    from ...engine.check import check
    from ..findings import show

    report = check(args.project, afresh=args.afresh, seen=seen)
    code = show(report.diagnostics, report.places, args.format, console)
    if args.format == "human" and report.in_sync:
        _in_sync(report.features, report.summary, console)
    return code


def _in_sync(features: tuple[str, ...], summary: str, console: Console) -> None:
    console.some(features)
    console.say(f"{console.paint('in sync', 'green')}: {summary}")

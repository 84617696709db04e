"""`specc check`: do specs, prompts and cases still say the same."""

import argparse

from ..console import Console
from ..main import FINE
from ..options import add_format, add_project

EXAMPLES = """\
examples:
  specc check                       findings for people
  specc check --format github       annotations for a pull request
  specc check --format sarif > specc.sarif
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Check the project; nothing is written."""
    from ...engine.fresh import freshness

    state = freshness(args.project)
    if state.same and not state.lock_findings and args.format == "human":
        for line in state.features:
            console.say(line)
        console.say(console.paint("in sync", "green") + f": {state.summary}")
        return FINE
    from ...engine.check import check
    from ..findings import show

    report = check(args.project)
    code = show(report.diagnostics, report.places, args.format, console)
    if args.format == "human":
        for line in report.features:
            console.say(line)
        if code == FINE:
            console.say(console.paint("in sync", "green") + f": {report.summary}")
    return code

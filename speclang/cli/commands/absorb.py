"""`specc absorb`: hand edits of prompts back into the specs."""

import argparse

from ..console import Console
from ..main import FINDINGS, FINE
from ..options import add_format, add_project

EXAMPLES = """\
examples:
  specc absorb --dry-run            show what the specs would say, and write nothing
  specc absorb                      make the specs say what the prompts were edited to say, and build
  specc absorb --everywhere         a limit that was edited in one clause moves in all of its feature
  specc build --discard             the other way: put back what the specs say

A number, a word or a name goes back to where the spec says it; other wording becomes a `phrase`, a new line a `prose` requirement,
a clause that was taken out is retired, and one that was moved moves its requirement. All edits are taken, or none.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--everywhere",
        action="store_true",
        help="change an edited quantity wherever its feature says it, `30 days` to `45 days`",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing; show what the specs would say")
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Absorb the edits of the project."""
    from ...engine.absorption.absorb import absorb
    from ..findings import show

    report = absorb(args.project, dry_run=args.dry_run, wide=args.everywhere)
    code = show(report.diagnostics, report.places, args.format, console)
    if not report.done:
        console.tell("nothing was written")
        return FINDINGS
    if args.format != "human":
        return code
    if not report.specs:
        console.say("nothing to take back: no prompt was edited by hand")
        return FINE
    for one in report.specs:
        console.diff(one.diff)
    wrote = "would write" if args.dry_run else "wrote"
    console.some([f"{wrote} {path}" for path in (*(one.path for one in report.specs), *report.written)])
    console.say(f"{'would take' if args.dry_run else 'took'} back edits of {', '.join(report.taken)}")
    return code

"""`specc latency`: how long answers took, by hour and weekday, and whether budgets are kept in their hours."""

import argparse
from datetime import date

from ..console import Console
from ..main import FINDINGS, FINE
from ..options import add_form, add_project
from ..worked import worked

EXAMPLES = """\
examples:
  specc latency                                  every answer in the store, by hour and weekday
  specc latency desk --target small              of one feature and one target
  specc latency --zone Europe/Berlin             in the hours of another place
  specc latency --compare 2026-11-30             before that day and from it on, the same hours against each other
  specc latency --format json                    for a program
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("feature", nargs="?", default="", metavar="FEATURE", help="only answers to its cases")
    parser.add_argument("--target", default="", metavar="NAME", help="only answers of this target")
    parser.add_argument(
        "--zone",
        default="",
        metavar="ZONE",
        help="whose hours are shown (default: those of the first budget that names some, or UTC)",
    )
    parser.add_argument(
        "--compare",
        type=_day,
        metavar="DAY",
        help="hold the answers before DAY against those from it on, hour by hour",
    )
    add_form(parser, what="it")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Tell what the store knows; 1 if a budget is not kept in its hours or nothing was asked in them."""
    from ...assure.latency import latency
    from ...report.watching import latency as report
    from ..findings import show

    found = worked(
        lambda _: latency(
            args.project, feature=args.feature, target=args.target, zone=args.zone, split=args.compare or ""
        ),
        args.format,
        console,
    )
    if isinstance(found, int):
        return found
    if args.format == "json":
        console.raw(report.as_json(found))
    else:
        show(found.diagnostics, found.places, "human", console)
        for line in ([""] if found.diagnostics else []) + report.told(found):
            console.say(line)
    return FINDINGS if found.fails else FINE


def _day(text: str) -> str:
    """A day, as an option takes it."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no day, as 2026-11-30") from None

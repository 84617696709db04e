"""`specc bisect`: which of the differences between two runs makes the one fail where the other did not."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STOPPED, STUB_FINE, USAGE
from ..options import add_form, add_project, add_sending, add_steady, count, sent
from ..worked import worked

if TYPE_CHECKING:
    from ...assure.bisecting.outcome import Bisected

EXAMPLES = """\
examples:
  specc bisect 3 4                        what makes run 4 fail where run 3 did not
  specc bisect 3 4 REF-1                  of one requirement, or of a feature
  specc bisect 3 4 --case REF-1/nominal   of one case
  specc bisect small large --repeat 10    two targets, each case asked ten times with each choice of changes
  specc bisect 3 4 --target stub          what the prompts alone account for: no model, no key, no cost
  specc bisect 3 4 --max-cost 2.50        stop before more is spent; the same command goes on with it

Swaps the axes in which the runs differ (prompt, model, parameters, tools, cases, graders, harness) one at a time, then looks for the
smallest set of changes, down to single clauses, that breaks what was lost. Replies that are in the store are not asked for again.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("good", metavar="GOOD", help="the run in which it passes: its number, or a target")
    parser.add_argument("bad", metavar="BAD", help="the run in which it fails")
    parser.add_argument("names", nargs="*", metavar="FEATURE|REQ", help="what was lost of these only (default: of all)")
    parser.add_argument("--case", default="", metavar="GLOB", help="only cases whose IDs match, as 'REF-1/*'")
    parser.add_argument(
        "--cases",
        type=count,
        default=3,
        metavar="N",
        help="how many of the cases that were lost are asked (default: 3)",
    )
    parser.add_argument(
        "--target",
        default="",
        metavar="NAME",
        help="whom to ask in place of both: model and parameters are not swapped",
    )
    parser.add_argument(
        "--repeat",
        type=count,
        default=0,
        metavar="N",
        help="how often each case is asked with each choice of changes (default: 5, or what a loss takes to show)",
    )
    add_steady(parser)
    add_sending(parser)
    add_form(parser, "markdown")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Search; 1 if nothing was found or it is undecided, 2 if nothing could be asked, 3 for the stub's 0."""
    from ...assure.bisect import bisect
    from ...assure.bisecting.outcome import Wish

    wish = Wish(
        names=tuple(args.names),
        case=args.case,
        most=args.cases,
        target=args.target,
        repeat=args.repeat,
        steady=args.steady,
        **sent(args),
    )
    found = worked(
        lambda watch: bisect(args.project, (args.good, args.bad), wish, watch),
        args.format,
        console,
        "nothing was lost of",
    )
    return found if isinstance(found, int) else _shown(found, args.format, console)


def _shown(found: "Bisected", how: str, console: Console) -> int:
    from ...report.comparing import bisection
    from ...report.evaluation import STUB
    from ...run.running import State

    if how == "json":
        console.raw(bisection.as_json(found))
    elif how == "markdown":
        console.raw(bisection.markdown(found))
    else:
        for line in bisection.lines(found):
            console.say(line)
    if found.stub and how != "human":
        console.tell(f"specc: {STUB}")
    if found.state is State.STOPPED:
        return STOPPED
    if found.state is State.BROKEN and not found.asked:
        console.tell(f"specc: {found.why}")
        return USAGE
    if found.state is not State.DONE or not found.causes or not all(one.sure for one in found.causes):
        return FINDINGS
    return STUB_FINE if found.stub else FINE

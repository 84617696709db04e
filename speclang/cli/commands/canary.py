"""`specc canary`: messages on both sides of each line, asked again; has the provider moved."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STOPPED, STUB_FINE, USAGE
from ..options import add_budget, add_concurrency, add_project, count
from ..worked import worked

if TYPE_CHECKING:
    from ...assure.canaries.outcome import Watching

EXAMPLES = """\
examples:
  specc canary --target small          ask every message of the canaries, and go on with their series
  specc canary desk --repeat 3         of one feature, each message three times
  specc canary --series                how the series went, a column for each run; asks nothing
  specc canary --schedule cron         a line for cron that runs it each morning; also github, gitlab
  specc canary --anew                  a move is known: begin a new series with this run

exit codes: 0 nothing has moved, 1 a rate has moved or an answer is missing, 2 nothing could be asked, 3 the stub's 0
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("feature", nargs="?", default="", metavar="FEATURE", help="only its canaries (default: all)")
    parser.add_argument("--target", default="", metavar="NAME", help="whom to ask, as the settings call it")
    parser.add_argument(
        "--repeat", type=count, default=1, metavar="N", help="how often each message is asked (default: 1)"
    )
    parser.add_argument("--anew", action="store_true", help="begin new series with this run: what has moved is known")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--series", action="store_true", help="ask nothing: show how the series in the store went")
    other.add_argument(
        "--schedule",
        choices=("cron", "github", "gitlab"),
        help="ask nothing: write what has cron, GitHub or GitLab run this command each day",
    )
    add_budget(parser)
    add_concurrency(parser)
    parser.add_argument(
        "--format", choices=("human", "json", "markdown"), default="human", help="how it is written (default: human)"
    )
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the canaries; 1 if a rate has moved, 2 if nothing could be asked, 3 for the stub's 0."""
    from ...assure.canaries.outcome import Wish
    from ...assure.canary import canary

    if args.series:
        return _series(args, console)
    if args.schedule:
        return _schedule(args, console)
    wish = Wish(
        target=args.target,
        feature=args.feature,
        repeat=args.repeat,
        anew=args.anew,
        max_cost=args.max_cost,
        max_tokens=args.max_tokens,
        concurrency=args.concurrency,
    )
    found = worked(lambda watch: canary(args.project, wish, watch), args.format, console)
    return found if isinstance(found, int) else _shown(found, args.format, console)


def _series(args: argparse.Namespace, console: Console) -> int:
    from ...assure.canary import series
    from ...report.watching import canary

    found = worked(lambda _: series(args.project, args.feature), args.format, console)
    if isinstance(found, int):
        return found
    if args.format == "json":
        console.raw(canary.series_as_json(found))
        return FINE
    if not found:
        console.say("no canary was run yet")
    for line in canary.charts(found):
        console.say(line)
    return FINE


def _schedule(args: argparse.Namespace, console: Console) -> int:
    from ...engine.starting.schedules import scheduled

    told = [("--target", args.target), ("--repeat", str(args.repeat) if args.repeat > 1 else "")]
    words = ["canary", *([args.feature] if args.feature else []), *(word for pair in told if pair[1] for word in pair)]
    console.raw(scheduled(args.schedule, words, args.project, args.target))
    return FINE


def _shown(found: "Watching", how: str, console: Console) -> int:
    from ...diagnostics.diagnostic import has_errors
    from ...report.watching import canary
    from ...run.running import State
    from ..findings import show

    if how == "json":
        console.raw(canary.as_json(found))
    elif how == "markdown":
        console.raw(canary.markdown(found))
    else:
        show(found.diagnostics, found.places, how, console)
        for line in canary.told(found):
            console.say(line)
    if found.stub and how != "human":
        console.tell(f"specc: {canary.STUB}")
    if found.state is State.STOPPED:
        return STOPPED
    if found.state is State.BROKEN and not found.answers:
        return USAGE
    if found.alarmed or has_errors(found.diagnostics):
        return FINDINGS
    return STUB_FINE if found.stub else FINE

"""`specc drill`: what an application falls back on is made to happen, and held against the spec."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project

if TYPE_CHECKING:
    from ...assure.drilling.outcome import Wish

EXAMPLES = """\
examples:
  specc drill                          every tier of every fallback, on the only application
  specc drill desk --target app        of one feature, on the application that is named
  specc drill --status                 how each tier stands, and when it was drilled last; asks nobody
  specc drill --answers answers.jsonl  which share of recorded answers comes from a tier; asks nobody
  specc drill --schedule github        a workflow that drills often enough; gitlab, or a line for cron
  specc drill --format json            for programs
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "features", nargs="*", metavar="FEATURE", help="drill these only (default: all with a fallback)"
    )
    parser.add_argument("--target", default="", metavar="NAME", help="the application, as the settings call it")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--status", action="store_true", help="drill nothing: tell how each tier stands, and what is due"
    )
    instead.add_argument(
        "--answers", default="", metavar="FILE", help="drill nothing: hold recorded answers against each `at_most`"
    )
    instead.add_argument(
        "--schedule",
        default="",
        choices=("cron", "github", "gitlab"),
        help="drill nothing: print what runs this often enough",
    )
    add_form(parser, what="what came of it")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Drill; 1 if a drill fails or is due, 2 if nothing could be drilled."""
    from ...assure.drilling.outcome import Wish
    from ...engine.answers.score import UnknownFeature
    from ...run.asking import Unusable

    wish = Wish(features=tuple(args.features), target=args.target)
    try:
        if args.schedule:
            return _scheduled(args, wish, console)
        return _stands(args, wish, console) if args.status or args.answers else _drilled(args, wish, console)
    except UnknownFeature as problem:
        hint = f"; did you mean `{problem.near}`" if problem.near else ""
        console.tell(f"specc: there is no feature `{problem.name}`{hint}")
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
    return USAGE


def _drilled(args: argparse.Namespace, wish: "Wish", console: Console) -> int:
    from ...assure.drill import drill
    from ...assure.outcome import Unfit
    from ...report.drilling import shown
    from ..findings import show
    from ..progress import Bar

    bar = Bar(console)
    try:
        found = drill(args.project, wish, bar.watch)
    finally:
        bar.clear()
    if isinstance(found, Unfit):
        show(found.diagnostics, found.places, args.format, console)
        return FINDINGS
    if args.format == "json":
        console.raw(shown.as_json(found))
    else:
        for line in shown.lines(found):
            console.say(line)
    return FINE if found.passed else FINDINGS


def _stands(args: argparse.Namespace, wish: "Wish", console: Console) -> int:
    from ...assure.drilled import mixed, stand
    from ...assure.outcome import Unfit
    from ...project.lines import lines_of
    from ...report.drilling import shown
    from ..findings import show

    found = stand(args.project, wish) if args.status else mixed(args.project, wish, lines_of(args.answers))
    if isinstance(found, Unfit):
        show(found.diagnostics, found.places, args.format, console)
        return FINDINGS
    if args.format == "json":
        console.raw(shown.standing_as_json(found))
    else:
        for line in shown.standing(found):
            console.say(line)
    return FINE if found.passes else FINDINGS


def _scheduled(args: argparse.Namespace, wish: "Wish", console: Console) -> int:
    from ...assure.drilled import shortest
    from ...report.drilling.scheduled import schedule

    every = shortest(args.project, wish)
    if every is None:
        console.tell("specc: no fallback says how often it is drilled; write `drill every 7 days`")
        return USAGE
    words = ["specc", "drill", *args.features, *(["--target", args.target] if args.target else [])]
    console.raw(schedule(args.schedule, "drill", " ".join(words), every))
    return FINE

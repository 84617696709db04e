"""`specc drill`: what an application falls back on is made to happen, and held against the spec."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project
from ..worked import worked

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

    wish = Wish(features=tuple(args.features), target=args.target)
    if args.schedule:
        return _scheduled(args, wish, console)
    return _stands(args, wish, console) if args.status or args.answers else _drilled(args, wish, console)


def _drilled(args: argparse.Namespace, wish: "Wish", console: Console) -> int:
    from ...assure.drill import drill
    from ...report.drilling import shown

    found = worked(lambda watch: drill(args.project, wish, watch), args.format, console)
    if isinstance(found, int):
        return found
    if args.format == "json":
        console.raw(shown.as_json(found))
    else:
        for line in shown.lines(found):
            console.say(line)
    return FINE if found.passed else FINDINGS


def _stands(args: argparse.Namespace, wish: "Wish", console: Console) -> int:
    from ...assure.drilled import mixed, stand
    from ...project.lines import lines_of
    from ...report.drilling import shown

    found = worked(
        lambda _: stand(args.project, wish) if args.status else mixed(args.project, wish, lines_of(args.answers)),
        args.format,
        console,
    )
    if isinstance(found, int):
        return found
    if args.format == "json":
        console.raw(shown.standing_as_json(found))
    else:
        for line in shown.standing(found):
            console.say(line)
    return FINE if found.passes else FINDINGS


def _scheduled(args: argparse.Namespace, wish: "Wish", console: Console) -> int:
    from ...assure.drilled import shortest
    from ...engine.starting.schedules import often, scheduled

    every = worked(lambda _: shortest(args.project, wish), args.format, console)
    if isinstance(every, int):
        return every
    if every is None:
        console.tell("specc: no fallback says how often it is drilled; write `drill every 7 days`")
        return USAGE
    words = ["drill", *args.features, *(["--target", args.target] if args.target else [])]
    console.raw(scheduled(args.schedule, words, args.project, args.target, often(every)))
    return FINE

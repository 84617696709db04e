"""`specc watch`: prompts and cases that follow the specs while both are edited."""

import argparse
from queue import SimpleQueue

from ..console import Console
from ..options import add_project

EXAMPLES = """\
examples:
  specc watch                       build whenever a spec is saved; tell at once which requirement an edited prompt breaks
  specc watch --format lines        one line for each thing that happens, also in a terminal
  specc watch --format json         one JSON object a line, for other programs
  specc watch --poll                where the system does not tell of changes, as in some network folders

Keys: `a` absorbs hand edits, `d` discards them, `l` leaves them for now, `?` tells all, `q` ends.
"""

FORMATS = ("screen", "lines", "json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="how it is told what happens (default: screen, or lines where there is no terminal)",
    )
    parser.add_argument("--poll", action="store_true", help="look at the files again and again instead of being told")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Watch until it is told to end."""
    from ...engine.watching.rounds import Rounds
    from ..watch.files import Files
    from ..watch.loop import Loop, heed
    from ..watch.signs import Sign
    from ..watch.tellers import Printed, Shown
    from ..watch.terminal import Terminal

    signs: SimpleQueue[Sign] = SimpleQueue()
    rounds = Rounds(args.project)
    how = args.format or ("screen" if console.is_screen else "lines")
    heed(signs)
    with Files(signs, polling=args.poll) as files:
        if how != "screen" or not console.is_screen:
            return Loop(rounds, files, signs, Printed(console, json=how == "json")).run()
        with Terminal(console, signs) as terminal:
            shown = Shown(console, terminal, args.project.resolve().name)
            code = Loop(rounds, files, signs, shown).run()
    console.say(f"{shown.view.state}: {shown.view.summary}")
    return code

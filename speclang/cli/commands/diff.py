"""`specc diff`: what a change of the specs means."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project

if TYPE_CHECKING:
    from ...engine.comparing.compare import Compared

EXAMPLES = """\
examples:
  specc diff HEAD                    what lies here against the last commit
  specc diff main --breaking         fail if something that must hold was weakened and does not say why
  specc diff v1.2..v1.3              two revisions
  specc diff ../before ../after      two folders
  specc diff main --format markdown  a comment for a pull request

A requirement is tightened where it binds on more inputs, asks for more or at a stricter level than before; loosened the other way round;
changed where neither can be said; reworded where only its words differ. The inputs whose outcome changed are told as a region, with the
smallest of them. A loosened `must` or a removed requirement is breaking unless its new `because` or `since` accounts for it.
"""

_COLOURS = {
    "loosened": "red",
    "removed": "red",
    "retired": "yellow",
    "changed": "yellow",
    "tightened": "cyan",
    "added": "green",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("before", metavar="REV", help="a revision, REV..REV, or a folder")
    parser.add_argument(
        "after", nargs="?", default="", metavar="REV", help="what to compare with (default: what lies here)"
    )
    parser.add_argument("--breaking", action="store_true", help="exit with 1 if a change is breaking")
    add_form(parser, "markdown")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Compare two versions of the project."""
    from ...engine.comparing.compare import compare

    before, after = args.before, args.after
    if not before:
        console.tell("specc: name a revision or a folder to compare with, as `specc diff HEAD`")
        return USAGE
    for one in (before, after):
        if one.startswith("../") and not _is_folder(one):
            console.tell(f"specc: there is no folder `{one}`")
            return USAGE
    if ".." in before and not after and not _is_folder(before):
        before, _, after = before.partition("..")
        after = after.removeprefix(".")
        if not before or not after:
            console.tell("specc: name both revisions, as `main..HEAD`\nspecc diff --help tells more")
            return USAGE
    said = compare(args.project, before, after)
    if said.broken:
        from ..findings import show

        show(said.diagnostics, said.places, "human", console)
        console.tell(f"specc: the specs of {said.broken} have errors, and nobody knows what they mean")
        return FINDINGS
    _say(said, args.format, console)
    return FINDINGS if args.breaking and said.breaking else FINE


def _is_folder(name: str) -> bool:
    from pathlib import Path

    return Path(name).is_dir()


def _say(said: "Compared", how: str, console: Console) -> None:
    from ...engine.comparing import shown

    if how == "json":
        console.raw(shown.as_json(said))
    elif how == "markdown":
        console.raw(shown.markdown(said))
    else:
        for change, line in shown.lines(said):
            style = _COLOURS.get(change)
            console.say(console.paint(line, style) if style else line)

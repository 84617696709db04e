"""`specc init`: a project that builds and checks at once."""

import argparse
from pathlib import Path

from ..console import Console
from ..main import FINE, USAGE

EXAMPLES = """\
examples:
  specc init                 a project in this folder
  specc init desk            a project in a new folder
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="where (default: here)")


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the first files, then build; a file that is there already is never touched."""
    from ...engine.start import AlreadyThere, start

    try:
        written = start(args.folder)
    except AlreadyThere as there:
        console.tell(f"specc: {there.path} is there already; nothing was written")
        return USAGE
    for path in written:
        console.say(f"wrote {path}")
    console.say("next: edit specs/first.spec and run `specc build`; `specc check` tells when something drifts")
    return FINE

"""`specc trace`: from a requirement to what was made of it, and back."""

import argparse

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

EXAMPLES = """\
examples:
  specc trace                              every requirement: its line in the prompt, its cases
  specc trace REF-1                        its clause, its graders, its cases
  specc trace REF-1/boundary/age=30        a case: where each field comes from
  specc trace generated/refunds/prompt.md:12
                                           which requirement wrote this line
  specc trace --feature refunds --json     as data
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="?", help="a requirement, a declaration (`given age`), a case, or FILE:LINE[:COLUMN]")
    parser.add_argument("--feature", help="look in this feature only")
    parser.add_argument("--json", action="store_true", help="print data, not prose")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Answer from the spec as it stands now; nothing is written."""
    from ...engine.ask import ask
    from ..findings import show

    answer = ask(args.project, args.what, args.feature)
    if answer.diagnostics:
        code = show(answer.diagnostics, answer.places, "human", console)
        if not answer.lines:
            return code
    if answer.unknown:
        console.tell(f"specc: nothing is called `{args.what}`" + (f"; did you mean `{answer.near}`" if answer.near else ""))
        console.tell("specc trace lists every requirement")
        return USAGE
    if args.json:
        console.say(answer.json)
    else:
        for line in answer.lines:
            console.say(line)
    return FINDINGS if answer.diagnostics else FINE

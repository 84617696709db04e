"""`specc trace`: from a requirement to what was made of it, and back."""

import argparse
import json

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

EXAMPLES = """\
examples:
  specc trace                              every requirement: its line in the prompt, its cases
  specc trace REF-1                        its clause, its graders, its cases
  specc trace "given age"                  a declaration
  specc trace REF-1/boundary/age=31        a case: where each field comes from
  specc trace generated/refunds/prompt.md:12
                                           which requirement wrote this line
  specc trace --feature refunds --json     as data
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="?", help="a requirement, a declaration, a case, or FILE:LINE[:COLUMN]")
    parser.add_argument("--feature", default="", help="look in this feature only")
    parser.add_argument("--json", action="store_true", help="print data, not prose")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Answer from the specs as they stand; nothing is written."""
    from ...diagnostics.diagnostic import has_errors
    from ...engine.ask import about, overview
    from ...engine.compiling import open_project
    from ..findings import show

    compiled = open_project(args.project).compiled
    if has_errors(compiled.diagnostics):
        show(compiled.diagnostics, compiled.places, "human", console)
        return FINDINGS
    answer = about(compiled, args.what, args.feature) if args.what else overview(compiled, args.feature)
    if not answer.found:
        what = args.what or args.feature
        console.tell(f"specc: nothing is called `{what}`" + (f"; did you mean `{answer.near}`" if answer.near else ""))
        console.tell("specc trace lists every requirement")
        return USAGE
    if args.json:
        console.say(json.dumps(answer.data, ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            console.say(line)
    return FINE

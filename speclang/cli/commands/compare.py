"""`specc compare`: two runs side by side: what they were asked within, what was lost, and where their answers part."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project

if TYPE_CHECKING:
    from ...assure.compare import Compared

EXAMPLES = """\
examples:
  specc compare 3 4                        run 4 against run 3: envelopes, requirements, answers
  specc compare small large                the last run of one target against that of another
  specc compare 3 4 --case REF-1/nominal   both conversations step by step, side by side
  specc compare 3 4 --format markdown      a comment for a pull request
  specc compare 3 4 --format json

What differs is told axis by axis first: prompt (by requirement, with what `specc diff` says that it means), model, parameters, tools,
cases, graders, harness. The order of keys, IDs that were made for the occasion and the time of the answer make no difference.
"""

_COLOURS = {"same": "dim", "moved": "cyan", "only before": "red", "only after": "green"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("before", metavar="RUN", help="the number of a run, or a target, whose last run is meant")
    parser.add_argument("after", metavar="OTHER", help="the run that is held against it")
    parser.add_argument(
        "--case", default="", metavar="GLOB", help="show the cases whose IDs match step by step, as 'REF-1/*'"
    )
    add_form(parser, "markdown")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Compare; 1 if a requirement is worse than chance explains."""
    from ...assure.compare import compare, find
    from ...assure.evidence import opened
    from ...engine.compiling import open_project
    from ...report.comparing import compared
    from ...run.asking import Unusable

    try:
        project = open_project(args.project)
        store = opened(project)
        try:
            found = compare(project, store, find(store, args.before), find(store, args.after), args.case)
        finally:
            store.close()
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    if args.format == "json":
        console.raw(compared.as_json(found))
    elif args.format == "markdown":
        console.raw(compared.markdown(found))
    elif args.case:
        _conversations(found, console)
    else:
        _table(found, console)
    return FINDINGS if any(one.verdict == "worse" for one in found.differences) else FINE


def _conversations(found: "Compared", console: Console) -> None:
    from ...report.comparing import comparison

    for line in comparison.envelope(found):
        console.say(line)
    for one in found.partings.shown:
        console.say()
        for how, line in comparison.side_by_side(found, one, console.width):
            style = _COLOURS.get(how, "yellow" if how else "")
            console.say(console.paint(line, style) if style else line)
    console.say()
    for line in comparison.runs(found):
        console.say(line)


def _table(found: "Compared", console: Console) -> None:
    from ...report.columns import columns
    from ...report.comparing import comparison

    for line in comparison.envelope(found):
        console.say(line)
    console.say()
    rows = comparison.rows(found)
    for line in columns(rows):
        console.say(line)
    for one in found.differences:
        if one.cases:
            more = " …" if one.lost > len(one.cases) else ""
            console.say(f"{one.requirement} was lost in {', '.join(one.cases)}{more}")
    console.say()
    for line in (*comparison.partings(found), *comparison.runs(found)):
        console.say(line)

"""`specc eval`: the cases on a target, graded by what the specs require."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STOPPED, STUB_FINE, USAGE
from ..options import add_form, add_project, add_sending, count, sent
from ..worked import worked

if TYPE_CHECKING:
    from ...assure.outcome import Evaluated

_MOST = 8

EXAMPLES = """\
examples:
  specc eval --target small                    every case once, graded; what was answered before is not asked again
  specc eval refunds --repeat 5                the cases of one feature, five times each
  specc eval --affected main                   those that a change since main reaches
  specc eval --case 'REF-1/*'                  those of one requirement
  specc eval --max-cost 2.50 --concurrency 4   stop before more is spent, ask for four answers at a time
  specc eval --no-judge                        leave to a judge what only a judge can tell
  specc eval --target stub                     without a model: an obedient stub follows the clauses of the prompt
  specc eval --format markdown                 for a pull request
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("feature", nargs="?", default="", metavar="FEATURE", help="run the cases of this feature only")
    parser.add_argument("--target", default="", metavar="NAME", help="whom to ask, as the settings call it")
    parser.add_argument("--case", default="", metavar="GLOB", help="run the cases whose IDs match, as 'REF-1/*'")
    parser.add_argument(
        "--repeat",
        type=count,
        default=0,
        metavar="N",
        help="how often each case is run (default: as `holds` in the specs says, else once)",
    )
    parser.add_argument(
        "--affected",
        nargs="?",
        const="HEAD",
        default="",
        metavar="REV",
        help="run the cases that a change since REV reaches (default: HEAD)",
    )
    add_sending(parser)
    add_form(parser, "sarif", "github", "junit", "markdown", what="the outcome")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the cases; 0 if all that must hold holds, 1 if not, 2 if nothing could be asked, 3 for the stub's 0."""
    from ...assure.evaluate import evaluate
    from ...assure.outcome import Wish

    wish = Wish(
        target=args.target,
        feature=args.feature,
        case=args.case,
        repeat=args.repeat,
        affected=args.affected,
        **sent(args),
    )
    found = worked(lambda watch: evaluate(args.project, wish, watch), args.format, console)
    return found if isinstance(found, int) else _shown(found, args.format, console)


def _shown(found: "Evaluated", how: str, console: Console) -> int:
    from ...diagnostics.diagnostic import has_errors
    from ...report import evaluation
    from ...run.running import State
    from ..findings import show

    if how == "json":
        console.raw(evaluation.as_json(found))
    elif how == "junit":
        console.raw(evaluation.junit(found))
    elif how == "markdown":
        console.raw(evaluation.markdown(found))
    else:
        show(found.diagnostics, found.places, how, console)
    if how == "human":
        _table(found, console)
    if found.stub and how != "human":
        console.tell(f"specc: {evaluation.closing(found)[-1]}")
    if found.state is State.STOPPED:
        return STOPPED
    if found.state is State.BROKEN and not found.summary.answers:
        return USAGE
    if has_errors(found.diagnostics):
        return FINDINGS
    return STUB_FINE if found.stub else FINE


def _table(found: "Evaluated", console: Console) -> None:
    """A row for each requirement, and what all answers come to."""
    from ...report import evaluation
    from ...report.columns import columns

    if found.diagnostics:
        console.say()
    rows = evaluation.rows(found)
    for line in columns(rows, range(2, 5)) if len(rows) > 1 else ():
        console.say(line)
    many = len({one.standing.feature for one in found.rows}) > 1
    silent = [evaluation.name(one, many=many) for one in found.rows if not evaluation.told(one)]
    for said, names in (("nothing tells of", silent), ("no grader speaks for", list(found.summary.ungraded))):
        if names:
            more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
            console.say(f"{said} {', '.join(names[:_MOST])}{more}")
    for line in evaluation.closing(found):
        console.say(line)

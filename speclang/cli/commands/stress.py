"""`specc stress`: the cases as other users would write them, and how far the answers get worse."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STOPPED, STUB_FINE, USAGE
from ..options import add_project, add_sending, add_steady, count, sent
from ..worked import worked

if TYPE_CHECKING:
    from ...assure.stressing.outcome import Tried

EXAMPLES = """\
examples:
  specc stress --target small                  every variant once; what was answered before is not asked again
  specc stress refunds --repeat 5              of one feature, five times each: whether what falls is more than chance
  specc stress --case 'REF-1/*' --target app   the variants of the cases of one requirement
  specc stress --target app --steady           one answer decides: this target answers the same each time
  specc stress --target small --against 12     the curves of run 12, with another prompt or model, beside these
  specc stress --max-cost 2.50                 stop before more is spent; the same command goes on with it
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "feature", nargs="?", default="", metavar="FEATURE", help="run the variants of this feature only"
    )
    parser.add_argument("--target", default="", metavar="NAME", help="whom to ask, as the settings call it")
    parser.add_argument(
        "--case", default="", metavar="GLOB", help="run the variants of cases whose IDs match, as 'REF-1/*'"
    )
    parser.add_argument(
        "--repeat",
        type=count,
        default=0,
        metavar="N",
        help="how often each case and variant is run (default: as `holds` in the specs says, else once)",
    )
    add_steady(parser)
    parser.add_argument(
        "--against",
        default="",
        metavar="RUN",
        help="hold the curves beside those of an earlier run, or of a target's last",
    )
    add_sending(parser)
    parser.add_argument(
        "--format", choices=("human", "json", "markdown"), default="human", help="how it is written (default: human)"
    )
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the variants; 1 if a level does not reach its least, 2 if nothing could be asked, 3 for the stub's 0."""
    from ...assure.stress import stress
    from ...assure.stressing.outcome import Wish

    wish = Wish(
        target=args.target,
        feature=args.feature,
        case=args.case,
        repeat=args.repeat,
        steady=args.steady,
        against=args.against,
        **sent(args),
    )
    found = worked(lambda watch: stress(args.project, wish, watch), args.format, console)
    return found if isinstance(found, int) else _shown(found, args.format, console)


def _shown(found: "Tried", how: str, console: Console) -> int:
    from ...diagnostics.diagnostic import has_errors
    from ...report.stressing import curves, forms
    from ...run.running import State
    from ..findings import show

    if how == "json":
        console.raw(forms.as_json(found))
    elif how == "markdown":
        console.raw(forms.markdown(found))
    else:
        if found.diagnostics:
            show(found.diagnostics, found.places, "human", console)
            console.say()
        _tables(found, console)
    if found.stub and how != "human":
        console.tell(f"specc: {curves.STUB}")
    if found.state is State.STOPPED:
        return STOPPED
    if found.state is State.BROKEN and not found.spending.sent + found.spending.recalled:
        return USAGE
    worse = any(one.verdict == "worse" for one in found.differences)
    if found.state is not State.DONE or found.missing or found.unmet or worse or has_errors(found.diagnostics):
        return FINDINGS
    return STUB_FINE if found.stub else FINE


def _tables(found: "Tried", console: Console) -> None:
    """A table for each axis, what gets worse and where, and what all of it took."""
    from ...report.columns import columns
    from ...report.stressing import curves

    for title, rows in curves.tables(found):
        console.say(title)
        for line in columns(rows):
            console.say(f"  {line}")
    console.say()
    for line in (*curves.cliffs(found), *curves.flat(found), *curves.joint(found), *curves.lacking(found)):
        console.say(line)
    for line in (*columns(curves.compared(found)), *curves.closing(found)):
        console.say(line)

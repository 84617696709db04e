"""`specc accept`: what was found, looked at, and stands as it is until a day."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

if TYPE_CHECKING:
    from datetime import date

    from ...engine.accepting.accept import Accepted

EXAMPLES = """\
examples:
  specc accept REF-1 --because "legal reviews the sentence" --until 2027-01-31
  specc accept REF-1/nominal --because "the tool is down" --until 2027-01-31     one case that was taken out or edited
  specc accept E0501 --because "returns open in March" --until 2027-03-01        whatever has this code
  specc accept --withdraw REF-1                                                  tell it again
  specc accept --tidy                                                            drop entries that do nothing any more

An accepted hand edit stays where it is, through every build, until its last day or until its requirement changes. The entries
stand in accepted.toml beside the specs: commit it.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "id", nargs="?", metavar="ID", help="a requirement, a case, a feature, or the code of a finding"
    )
    parser.add_argument("--because", metavar="TEXT", help="why it stands as it is")
    parser.add_argument("--until", metavar="DATE", help="the last day on which that holds, as 2027-01-31")
    parser.add_argument("--withdraw", metavar="ID", help="take out what was accepted about ID")
    parser.add_argument("--tidy", action="store_true", help="take out entries whose finding is gone or another by now")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be written")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Accept findings, or take back that they were."""
    asked = [args.id is not None, args.withdraw is not None, bool(args.tidy)]
    if sum(asked) != 1:
        return _refuse(console, "name what to accept: an ID or a code; or use --withdraw ID, or --tidy")
    from ...engine.accepting import accept as accepting

    if args.tidy:
        return _said(accepting.tidy(args.project, dry_run=args.dry_run), "nothing to tidy", args, console)
    if args.withdraw is not None:
        report = accepting.withdraw(args.project, args.withdraw, dry_run=args.dry_run)
        return _said(report, f"nothing was accepted about `{args.withdraw}`", args, console)
    if not (args.because or "").strip():
        return _refuse(console, "give a reason: --because TEXT; what stands without one is never looked at again")
    if not args.because.isprintable():
        return _refuse(console, "write the reason on one line, in letters that can be printed")
    until = _day(args.until or "", console)
    if until is None:
        return USAGE
    report = accepting.accept(args.project, args.id, because=args.because.strip(), until=until, dry_run=args.dry_run)
    return _said(report, f"nothing that can be accepted is found about `{args.id}`", args, console)


def _day(text: str, console: Console) -> "date | None":
    """The last day that `text` says, which is to come."""
    from datetime import date

    from ...project.clock import today

    try:
        until = date.fromisoformat(text)
    except ValueError:
        _refuse(console, "give a last day: --until DATE, as 2027-01-31; nothing is accepted for ever")
        return None
    if until < today():
        _refuse(console, f"{until.isoformat()} has passed; give a day that is to come")
        return None
    return until


def _said(report: "Accepted", nothing: str, args: argparse.Namespace, console: Console) -> int:
    if report.diagnostics:
        from ..findings import show

        show(report.diagnostics, report.places, "human", console)
        console.tell("nothing was written")
        return FINDINGS
    if not report.entries and not report.dropped:
        near = (
            f"; there are findings about {', '.join(f'`{one}`' for one in report.others[:6])}" if report.others else ""
        )
        console.tell(f"specc: {nothing}{near}")
        return FINE if args.tidy else FINDINGS
    for one in report.entries:
        console.say(f"accepted until {one.until.isoformat()}: {one.code} {one.said}")
    for one in report.dropped:
        console.say(f"no longer accepted: {one.code} {one.said or one.about}")
    console.say(f"{'would write' if args.dry_run else 'wrote'} {report.path}")
    return FINE


def _refuse(console: Console, why: str) -> int:
    console.tell(f"specc: {why}\nspecc accept --help shows how")
    return USAGE

"""`specc review`: texts by hand whose meaning moved, and that somebody has read them."""

import argparse
from typing import TYPE_CHECKING

from ...diagnostics.width import safe
from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project

if TYPE_CHECKING:
    from ...drift.reviewed import Suspect
    from ...engine.reviewing.review import Read

EXAMPLES = """\
examples:
  specc review                                        what is to be read again, and what changed beneath it
  specc review REF-3                                  the phrase of REF-3 was read, and is right as it stands
  specc review EX-1 EX-2 --because "tone is the same" why, for whoever reads the record
  specc review --format json                          for programs

A phrase, an example and a definition that names givens are written by hand, and nobody but a person can tell whether they still say
what the spec means; nor whether what relies on a tool is still right where the tool promises something else. Where that moves beneath
them, `specc check` fails until the words are changed or somebody says that they were read. What was read stands in reviewed.txt beside
the specs: commit it.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="a requirement, a defined word or a tool, of which the text was read"
    )
    parser.add_argument("--because", metavar="TEXT", default="", help="why the text is right as it stands")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be noted")
    add_form(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """List what is in doubt, or note what was read."""
    because = args.because.strip()
    if because and not args.ids:
        return _refuse(console, "name what was read: an ID")
    if because and not because.isprintable():
        return _refuse(console, "write the reason on one line, in letters that can be printed")
    from ...engine.reviewing.review import as_data, review
    from ..findings import show

    report = review(args.project, args.ids, because=because, dry_run=args.dry_run)
    if report.diagnostics:
        show(report.diagnostics, report.places, "human", console)
        console.tell("nothing was written")
        return FINDINGS
    if args.format == "json":
        told = {"noted": [as_data(one) for one in report.noted], "waiting": [as_data(one) for one in report.waiting]}
        console.data(told)
        return FINDINGS if report.waiting else FINE
    return _noted(report, args, console) if args.ids else _listed(report, console)


def _listed(report: "Read", console: Console) -> int:
    if not report.waiting:
        console.say("nothing is to be read again")
        return FINE
    for one in report.waiting:
        place = report.places.locate(one.written.span)
        text = report.places.sources[place.file].text
        line = text.count("\n", 0, place.start) + 1
        console.say(f"{console.paint(f'{one.feature}: {_what(one)}', 'bold')}  {place.file}:{line}")
        for words in text[place.start : place.end].splitlines():
            console.say(f"    {safe(words.strip())}")
        _changed(one, console)
    ids = " ".join(dict.fromkeys(_asked(one) for one in report.waiting))
    console.tell(f"read them; change what is not right any more, and say `specc review {ids}` of what is")
    return FINDINGS


def _changed(one: "Suspect", console: Console) -> None:
    before, now = one.changed
    if not before and not now:
        console.say("  what it is about has changed in what its sentence does not say")
    for line in before:
        console.say(console.paint(f"  - {safe(line)}", "red"))
    for line in now:
        console.say(console.paint(f"  + {safe(line)}", "green"))


def _noted(report: "Read", args: argparse.Namespace, console: Console) -> int:
    known = {name for one in report.noted for name in (one.written.owner, _asked(one))}
    unknown = [name for name in args.ids if name not in known]
    for one in report.noted:
        console.say(f"{one.feature}: {_what(one)} was read, and stands")
    if report.noted:
        console.say(f"{'would write' if args.dry_run else 'wrote'} {report.path}")
    if unknown:
        others = ", ".join(f"`{one}`" for one in dict.fromkeys(_asked(one) for one in report.waiting))
        near = f"; to be read again: {others}" if others else "; nothing else is to be read again"
        console.tell(f"specc: nothing is to be read again of {', '.join(f'`{one}`' for one in unknown)}{near}")
        return FINDINGS
    return FINE


def _what(one: "Suspect") -> str:
    from ...drift.review_errors import what

    return what(one.written)


def _asked(one: "Suspect") -> str:
    from ...engine.reviewing.review import called

    return called(one)


def _refuse(console: Console, why: str) -> int:
    console.tell(f"specc: {why}\nspecc review --help shows how")
    return USAGE

"""`specc absorb`: hand edits of generated files back into the specs."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_format, add_project

if TYPE_CHECKING:
    from ...engine.absorption.absorb import Absorbed
    from ...engine.absorption.asking import Choice, Offer

EXAMPLES = """\
examples:
  specc absorb --dry-run            show what the specs would say, and write nothing
  specc absorb                      make the specs say what the prompts were edited to say, and build
  specc absorb --everywhere         a limit that was edited in one clause moves in all of its feature
  specc absorb --interactive        look at one edit after the other: take, discard or skip it
  specc build --discard             the other way: put back what the specs say

A number, a word or a name goes back to where the spec says it; other wording becomes a `phrase`, a new line a `prose` requirement,
a clause that was taken out is retired, and one that was moved moves its requirement. A case that was added becomes an `example`.
All edits are taken, or none.
"""

_KEYS = {"t": "take", "d": "discard", "s": "skip", "q": "quit"}
_LONGEST = 24
"""So many lines of a text are shown."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--everywhere",
        action="store_true",
        help="change an edited quantity wherever its feature says it, `30 days` to `45 days`",
    )
    parser.add_argument(
        "--interactive",
        action="store_true",
        help="ask for each edit, showing what was built, what the file says, and what the spec would build now",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing; show what the specs would say")
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Absorb the edits of the project."""
    if args.interactive and not (console.asks and args.format == "human"):
        console.tell(
            "specc: --interactive asks at a terminal, and there is none\nspecc absorb --help lists the options"
        )
        return USAGE
    from ...engine.absorption.absorb import absorb
    from ..findings import show

    choose = (lambda one: _chosen(one, console)) if args.interactive else None
    report = absorb(args.project, dry_run=args.dry_run, wide=args.everywhere, choose=choose)
    code = show(report.diagnostics, report.places, args.format, console)
    if not report.done:
        console.tell("stopped; nothing was written" if report.stopped else "nothing was written")
        return FINDINGS
    return code if args.format != "human" else _said(report, args, console, code)


def _said(report: "Absorbed", args: argparse.Namespace, console: Console, code: int) -> int:
    would = args.dry_run
    for path in report.saved:
        console.tell(f"{'would keep' if would else 'kept'} what was replaced as {path}")
    for one in report.specs:
        console.diff(one.diff)
    console.some(
        [
            f"{'would write' if would else 'wrote'} {path}"
            for path in (*(one.path for one in report.specs), *report.written)
        ]
    )
    if report.taken:
        console.say(f"{'would take' if would else 'took'} back edits of {', '.join(report.taken)}")
    if report.discarded:
        console.say(f"{'would put' if would else 'put'} back {', '.join(report.discarded)}")
    if report.skipped:
        console.say(f"left as {'it is' if len(report.skipped) == 1 else 'they are'}: {', '.join(report.skipped)}")
    if report.unread:
        console.tell(
            f"to be read again, for what it is about has changed: {', '.join(report.unread)}; `specc review` shows how"
        )
    if not (report.taken or report.discarded or report.skipped):
        console.say("nothing to take back: no prompt was edited by hand")
        return FINE
    return FINDINGS if report.skipped else code


def _chosen(offer: "Offer", console: Console) -> "Choice":
    """Show one edit from its three sides, and ask what to do with it."""
    from ...diagnostics.width import safe
    from ...engine.absorption.asking import Choice

    place = f"{offer.path}:{offer.line}" if offer.line else offer.path
    console.say()
    console.say(f"{console.paint(f'[{offer.number}/{offer.count}] {offer.what}', 'bold')}  {place}")
    console.say(f"  {safe(offer.changed)}")
    built = "nobody knows any more" if offer.base is None else offer.base
    same = offer.base == offer.ours
    sides = [("built", built, "dim"), ("file", offer.theirs, "yellow")]
    sides.extend([] if same else [("spec", offer.ours, "cyan")])
    for name, text, style in sides:
        for number, line in enumerate(_shown(text)):
            console.say(f"  {console.paint((name if not number else '').ljust(5), style)} | {safe(line)}")
    if same:
        console.say(f"  {console.paint('spec'.ljust(5), 'cyan')} | builds what was built")
    for one in offer.specs:
        console.say("  taken, the spec says:")
        console.diff(one.diff, "    ")
    if offer.reason:
        console.say(f"  it can't be taken: {safe(offer.reason)}")
    keys = [key for key in _KEYS if key != "t" or offer.specs]
    asked = ", ".join(f"[{key}]{_KEYS[key][1:]}" for key in keys)
    while True:
        answer = console.ask(f"{asked}? ")
        if answer is None:
            return Choice.QUIT
        key = next((key for key in keys if answer.strip().lower() in (key, _KEYS[key])), None)
        if key is not None:
            return Choice(_KEYS[key])
        console.say(f"answer with {', '.join(keys[:-1])} or {keys[-1]}")


def _shown(text: str) -> list[str]:
    """The lines of a text; of a long one the first."""
    lines = text.rstrip("\n").split("\n") if text.strip() else ["(nothing)"]
    return lines if len(lines) <= _LONGEST else [*lines[:_LONGEST], f"… and {len(lines) - _LONGEST} more lines"]

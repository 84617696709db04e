"""`specc build`: specs into prompts, cases, trace and lock."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE
from ..options import add_format, add_project

if TYPE_CHECKING:
    from ...engine.fresh import Seen

EXAMPLES = """\
examples:
  specc build                       write what the specs say to generated/
  specc build --dry-run             say what would be written
  specc build --discard             also over files that were edited by hand; their text is kept in .specc/discarded/
  specc build --dump bind           print a stage as JSON instead: parse, bind, lower, emit or seal
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--discard", action="store_true", help="overwrite hand edits of generated files; a copy is kept"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be written")
    parser.add_argument("--dump", metavar="STEP", help="write nothing; print what the step makes as JSON")
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Build the project."""
    if args.dump is not None:
        from ..dumping import dump

        return dump(args, console)
    from ...engine.fresh import look

    seen = look(args.project)
    if seen.unchanged and args.format == "human" and not args.discard:
        console.say(f"nothing to do: {seen.said.summary}")
        return FINE
    return _build(args, seen, console)


def _build(args: argparse.Namespace, seen: "Seen", console: Console) -> int:
    from ...engine.build import build
    from ..findings import show

    report = build(args.project, discard=args.discard, dry_run=args.dry_run, seen=seen)
    code = show(report.diagnostics, report.places, args.format, console, seen.found.value.root)
    kept = "would keep" if args.dry_run else "kept"
    for path in report.saved:
        console.tell(f"{kept} what was replaced as {path}")
    if not report.done:
        console.tell("nothing was written")
        return FINDINGS
    if args.format != "human":
        return code
    wrote, removed = ("would write", "would remove") if args.dry_run else ("wrote", "removed")
    console.some([*(f"{wrote} {path}" for path in report.written), *(f"{removed} {path}" for path in report.removed)])
    if not report.written and not report.removed:
        console.say("nothing to do")
    console.some(report.features)
    if report.unread:
        console.tell(
            f"to be read again, for what it is about has changed: {', '.join(report.unread)}; `specc review` shows how"
        )
    return code

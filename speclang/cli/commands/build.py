"""`specc build`: specs into prompts, cases, trace and lock."""

import argparse

from ..console import Console
from ..main import FINDINGS, FINE
from ..options import add_format, add_project

EXAMPLES = """\
examples:
  specc build                       write what the specs say to generated/
  specc build --discard             also over files that were edited by hand (their text is kept in .specc/discarded/)
  specc build --dry-run             say what would be written
  specc build --stop-after bind --dump
                                    print a stage of the compilation as JSON (parse, bind, lower, emit, seal)
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--discard", action="store_true", help="overwrite hand edits of generated files; a copy is kept")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be written")
    parser.add_argument("--stop-after", metavar="STEP", help="stop after a step: parse, bind, lower, emit or seal")
    parser.add_argument("--dump", action="store_true", help="print the value of the last step as JSON")
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Build the project."""
    from ...engine.fresh import freshness

    if args.stop_after or args.dump:
        from ..dumping import dump

        return dump(args, console)
    state = freshness(args.project)
    if state.same and not state.lock_findings:
        if args.format == "human":
            console.say(f"nothing to do: {state.summary}")
        else:
            from ..findings import show_none

            show_none(args.format, console)
        return FINE
    return _build(args, console)


def _build(args: argparse.Namespace, console: Console) -> int:
    from ...engine.build import build
    from ..findings import show

    report = build(args.project, discard=args.discard, dry_run=args.dry_run)
    code = show(report.diagnostics, report.places, args.format, console)
    if args.format != "human":
        return code
    for path in report.saved:
        console.tell(f"kept the replaced text as {path}")
    if report.written is None:
        console.tell("nothing was written")
        return FINDINGS
    verb = "would write" if args.dry_run else "wrote"
    for path in report.written:
        console.say(f"{verb} {path}")
    for path in report.removed:
        console.say(f"{'would remove' if args.dry_run else 'removed'} {path}")
    for line in report.summary:
        console.say(console.paint(line, "bold"))
    return code

"""`specc import`: files of another tool as a draft of a spec, and what could not be carried over."""

import argparse
from pathlib import Path

from ..console import Console
from ..findings import show
from ..main import FINDINGS, USAGE
from ..options import add_format, add_project

EXAMPLES = """\
examples:
  specc import promptfoo promptfooconfig.yaml prompts.txt
  specc import github-prompt summarize.prompt.yml --name summary
  specc import prompty desk.prompty --dry-run     show the draft, write nothing
  specc import promptfoo config.yaml --format json > losses.json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from ...engine.importing.importing import format_names, reads

    known = "; ".join(f"{name}: {reads(name)}" for name in format_names())
    parser.add_argument("kind", metavar="FORMAT", choices=format_names(), help=known.replace("%", "%%"))
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="the files; one that is not named is not read"
    )
    parser.add_argument("--name", default="", help="what the feature is called (default: as the first file)")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; show the draft")
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Import, report, write."""
    from ...engine.importing.failing import NotImported
    from ...engine.importing.importing import import_files
    from ...engine.starting.start import AlreadyThere

    try:
        made = import_files(args.project, args.kind, args.files, args.name, dry_run=args.dry_run)
    except AlreadyThere as there:
        console.tell(f"specc: {there.path} is there already; nothing was written")
        return USAGE
    except NotImported as problem:
        console.tell(f"specc: {problem}; nothing was written")
        return USAGE
    human = args.format == "human"
    if human and args.dry_run:
        console.raw(made.text)
    code = show(made.gathered if human else made.diagnostics, made.places, args.format, console)
    say = console.say if human else console.tell
    if code == FINDINGS:
        console.tell("nothing was written")
        return code
    for path in made.written:
        say(f"wrote {path}")
    lost = made.values - made.carried
    say(
        f"{made.carried:,} of {made.values:,} values are in {made.spec}; {lost:,} {'is' if lost == 1 else 'are'} not, as told above"
    )
    for one in made.figures:
        say(one)
    if made.written:
        say(f"next: look through {made.spec}, then run `specc build`")
    return code

"""`specc cases`: which cases show no more than others do."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project

if TYPE_CHECKING:
    from ...assure.prune import Pruned
    from ...assure.retiring import Retired
    from ...engine.compiling import Opened

EXAMPLES = """\
examples:
  specc cases prune                 near copies that kill no mutant more, and what the specs would say without them
  specc cases prune refunds         of one feature
  specc cases prune --write         write that to the specs; `specc build` then makes the cases anew
  specc cases prune --format json   as data
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "deed", metavar="DEED", choices=("prune",), help="prune: find the smallest suite that shows as much"
    )
    parser.add_argument("feature", nargs="?", default="", metavar="FEATURE", help="of this feature only")
    parser.add_argument("--write", action="store_true", help="retire in the specs what is redundant")
    add_form(parser, what="what is found")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Tell what is redundant, and write it if that is wanted; 2 where no run of mutants tells anything."""
    from ...assure.prune import prune
    from ...assure.retiring import retire
    from ...diagnostics.diagnostic import has_errors
    from ...engine.compiling import open_project
    from ...run.asking import Unusable
    from ...source.suggest import nearest
    from ..findings import show

    project = open_project(args.project)
    if has_errors(project.compiled.diagnostics):
        show(project.compiled.diagnostics, project.compiled.places, "human", console)
        return FINDINGS
    names = [one.name for one in project.compiled.program.features]
    if args.feature not in ("", *names):
        near = nearest(args.feature, names)
        console.tell(f"specc: there is no feature `{args.feature}`" + (f"; did you mean `{near}`" if near else ""))
        return USAGE
    try:
        found = prune(project, args.feature)
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    ids = {(one.feature, one.requirement) for one in found.redundant if one.retires}
    return _told(found, retire(project, ids), project, args, console)


def _told(found: "Pruned", retired: "Retired", project: "Opened", args: argparse.Namespace, console: Console) -> int:
    from ...assure.retiring import write
    from ...report import pruning

    if args.format == "json":
        console.raw(pruning.text(found))
    else:
        for line in pruning.lines(found):
            console.say(line)
        for line in retired.diff():
            console.say(line.rstrip("\n"))
        for line in pruning.closing(found):
            console.say(line)
    if not args.write:
        if retired.changed and args.format == "human":
            console.say("nothing is written; `--write` does that")
        return FINE
    for name in write(project.root, retired) if retired.changed else ():
        (console.say if args.format == "human" else console.tell)(f"wrote {name}; `specc build` makes the cases anew")
    return FINE

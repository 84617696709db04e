"""`specc type`: a kind for a requirement in prose, so that it is tested."""

import argparse

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

EXAMPLES = """\
examples:
  specc type HOW-1                      show what the requirement can be, as a diff
  specc type HOW-1 --write              make it so
  specc type                            show it for all requirements in prose
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="requirements in prose (default: all)")
    parser.add_argument("--write", action="store_true", help="change the specs")
    parser.add_argument("--feature", default="", help="look in this feature only")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Propose, and write if that is wanted: all of it, or nothing."""
    from ...diagnostics.diagnostic import has_errors
    from ...engine.adoption.proposing import accept, propose, stated
    from ...engine.compiling import open_project
    from ...source.suggest import nearest
    from ..findings import show

    opened = open_project(args.project)
    compiled = opened.compiled
    if has_errors(compiled.diagnostics):
        show(compiled.diagnostics, compiled.places, "human", console)
        return FINDINGS
    known = stated(opened, args.feature)
    for id in args.ids:
        if id not in known:
            near = nearest(id, known)
            console.tell(f"specc: there is no requirement `{id}`" + (f"; did you mean `{near}`" if near else ""))
            return USAGE
        if len(known[id]) > 1:
            console.tell(f"specc: {len(known[id])} features have a requirement `{id}`; name one with --feature")
            return USAGE
    wanted = [one for id in args.ids or known for one in known[id]]
    proposed = propose(opened, wanted)
    console.raw("".join(proposed.diff()))
    for one in proposed.left if args.ids else ():
        console.tell(f"{one.id} {one.why}")
    for id, kind, cases, unchecked in proposed.proposals:
        console.say(f"{id} as `{kind}`: {cases:,} case{'' if cases == 1 else 's'}, and the model reads the same words")
        for words in unchecked:
            console.say(f"  not checked: {words}")
    if args.write:
        for path in accept(opened, proposed):
            console.say(f"wrote {path}")
    elif proposed.proposals:
        console.say("--write makes it so; then run `specc build`")
    elif not args.ids:
        console.say("no requirement in prose says something that is known by its form")
    return FINDINGS if args.ids and proposed.left else FINE

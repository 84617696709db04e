"""`specc init`: a project that builds and checks at once, or one that builds a prompt that is there already."""

import argparse
from pathlib import Path

from ..console import Console
from ..main import FINDINGS, FINE, USAGE

EXAMPLES = """\
examples:
  specc init                            a project in this folder
  specc init desk                       a project in a new folder
  specc init --adopt prompt.md          a spec of the prompt, here: what it builds is the prompt, byte for byte
  specc init --adopt p.txt --name desk  the same, as the feature `desk`
  specc init --with hook --with github  and what has git and GitHub check every change; also for a project that is there
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from ...engine.starting.surroundings import SURROUNDINGS

    parser.add_argument("folder", nargs="?", metavar="FOLDER", type=Path, default=Path(), help="where (default: here)")
    parser.add_argument(
        "--adopt", type=Path, metavar="PROMPT", help="start from this prompt, in a new project or the one that is there"
    )
    parser.add_argument("--name", default="", help="what to call the feature (default: as the prompt's file)")
    parser.add_argument(
        "--with",
        dest="around",
        action="append",
        default=[],
        choices=tuple(SURROUNDINGS),
        help="also a file that has others call specc; may be given several times",
    )


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the first files, then build; a file that is there already is never touched."""
    from ...engine.starting.start import AlreadyThere
    from ...engine.starting.surroundings import NotAtTop, check, surround

    around = tuple(args.around)
    if args.name and args.adopt is None:
        console.tell("specc: --name is the name of an adopted prompt; give the prompt with --adopt")
        return USAGE
    try:
        check(args.folder, around)
        code = _begin(args, console) if args.adopt is not None or not around or _is_new(args.folder) else FINE
        for one in surround(args.folder, around) if code == FINE else ():
            console.say(f"wrote {one.path}" + (f"; {one.next}" if one.next else ""))
    except AlreadyThere as there:
        console.tell(f"specc: {there.path} is there already; nothing was written")
        return USAGE
    except NotAtTop as lost:
        console.tell(
            f"specc: {lost.path} is looked for at the top of the repository, {lost.top}, and not here; nothing was written"
        )
        return USAGE
    return code


def _is_new(folder: Path) -> bool:
    """Whether no project is in `folder` yet."""
    from ...project.config import NoProject, find

    try:
        return find(folder).value.root != folder.resolve()
    except (NoProject, FileNotFoundError):
        return True


def _begin(args: argparse.Namespace, console: Console) -> int:
    from ...engine.starting.start import start

    if args.adopt is not None:
        return _adopt(args, console)
    for path in start(args.folder):
        console.say(f"wrote {path}")
    console.say("next: edit specs/first.spec and run `specc build`; `specc check` tells when something drifts")
    return FINE


def _adopt(args: argparse.Namespace, console: Console) -> int:
    from ...engine.adoption.adopt import NotAdopted, adopt
    from ..findings import count_smells

    try:
        made = adopt(args.folder, args.adopt, args.name)
    except NotAdopted as problem:
        console.tell(f"specc: {problem}; nothing was written")
        return USAGE
    for path in (*made.written, *made.built.written):
        console.say(f"wrote {path}")
    if not made.built.done:
        console.tell("specc: the spec is written but not built; `specc build` tells why")
        return FINDINGS
    console.say(f"{made.feature} has {_counted(made.requirements, 'requirement')} and builds the prompt, byte for byte")
    if made.kept:
        console.say(
            f"{_counted(made.kept, 'passage')} with characters that nobody sees or line ends of two kinds: in {made.written[1]}"
        )
    count_smells(made.built.diagnostics, console)
    console.say(f"next: give a requirement of {made.written[0]} a kind of its own, and it is tested")
    return FINE


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"

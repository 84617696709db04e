"""`specc merge`: git's merge driver for generated files."""

import argparse
import shutil
import sys
from pathlib import Path

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

EXAMPLES = """\
examples:
  specc merge --install             once in each clone: git calls this command for generated files

Git then calls `specc merge BASE OURS THEIRS PATH` for each generated file that both sides of a merge or rebase changed. The file is built
from the merged specs. Where these are not decided, or the file was edited by hand, git reports a conflict and leaves our side in place:
resolve the specs, run `specc build --discard`, and `git add` what was generated.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", metavar="BASE OURS THEIRS PATH", help="what git hands to a merge driver")
    parser.add_argument("--install", action="store_true", help="write .gitattributes, and set the driver of this clone")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Merge one file, or install the driver."""
    from ...engine.merging.merge import NotMerged, install, merge

    if args.install and not args.files:
        console.some(install(args.project, _command()))
        return FINE
    if args.install or len(args.files) != 4:
        console.tell(
            "specc: git calls this with four files; `specc merge --install` makes it do so\nspecc merge --help tells more"
        )
        return USAGE
    base, ours, theirs, path = args.files
    try:
        merge(Path(base), Path(ours), Path(theirs), path)
    except NotMerged as why:
        console.tell(f"specc: {path} is not merged: {why}")
        console.tell("resolve the specs first, then run `specc build --discard` and `git add` it")
        return FINDINGS
    return FINE


def _command() -> str:
    """How git can call this very program, also where it is not on the PATH."""
    found = shutil.which("specc")
    if found is not None and Path(found).resolve() == Path(sys.argv[0]).resolve():
        return "specc merge"
    return f'"{sys.executable}" -m speclang merge'

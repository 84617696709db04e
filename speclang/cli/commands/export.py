"""`specc export`: a feature as the files of another tool, and what these can't say."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..console import Console
from ..findings import show
from ..main import FINDINGS, FINE, USAGE
from ..options import add_format, add_project

if TYPE_CHECKING:
    from ...engine.compiling import Opened
    from ...engine.exporting.exporting import Export
    from ...export.judge import Judge

EXAMPLES = """\
examples:
  specc export pytest refunds                 exports/pytest/refunds/: the suite, its checks, how to run it
  specc export promptfoo --out evals          every feature, each in a folder of its own below evals/
  specc export openai-batch refunds -o - > batch.jsonl
  specc export chat refunds --target small    with the prompt that this target gets
  specc export inspect-ai refunds --overwrite     also over files that were edited since
  specc export inspect-ai refunds --judge     asks the judge of the settings there, too, where no code can tell
"""

FOLDER = "exports"
OUTPUT = "-"
MOST = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from ...engine.exporting.exporting import format_names, writes

    known = "; ".join(f"{name}: {writes(name)}" for name in format_names())
    parser.add_argument("kind", metavar="FORMAT", choices=format_names(), help=known.replace("%", "%%"))
    parser.add_argument("feature", nargs="?", default="", metavar="FEATURE", help="the feature (default: every one)")
    parser.add_argument(
        "-o",
        "--out",
        default="",
        metavar="DIR",
        help="a folder of the project to write to (default: exports/FORMAT/FEATURE); `-` writes a format of one file to standard output",
    )
    parser.add_argument(
        "--model", default="gpt-4.1-mini", help="openai-batch: the model to ask (default: gpt-4.1-mini)"
    )
    parser.add_argument(
        "--repeat",
        type=int,
        default=0,
        metavar="N",
        help="openai-batch: how often each case is asked (default: as `holds` in the specs says, else once)",
    )
    parser.add_argument(
        "--target", default="", metavar="NAME", help="with the prompt of this target (default: everybody's prompt)"
    )
    parser.add_argument(
        "--judge",
        action="store_true",
        help="suites: have the judge of the settings asked there what no code can tell, as `specc score --judge` asks it",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that specc did not write or that were edited since"
    )
    add_format(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Export each feature, report, write."""
    from ...diagnostics.diagnostic import has_errors
    from ...engine.compiling import open_project
    from ...engine.exporting.exporting import export
    from ...run.asking import Unusable
    from ...source.suggest import nearest

    if not 0 <= args.repeat <= MOST:
        console.tell(f"specc: `--repeat` takes 1 to {MOST:,}")
        return USAGE
    opened = open_project(args.project)
    if has_errors(opened.compiled.diagnostics):
        code = show(opened.compiled.diagnostics, opened.compiled.places, args.format, console, opened.root)
        console.tell("nothing was written")
        return code
    names = [one.name for one in opened.compiled.program.features]
    if args.feature and args.feature not in names:
        near = nearest(args.feature, names)
        hint = f"; did you mean `{near}`?" if near else f"; there is {', '.join(f'`{one}`' for one in names)}"
        console.tell(f"specc: no feature is called `{args.feature}`{hint}")
        return USAGE
    targets = [name for name, _ in opened.home.config.targets]
    if args.target and args.target not in targets:
        near = nearest(args.target, targets)
        hint = f"; did you mean `{near}`?" if near else "; a target with a `layout` in the settings has one"
        console.tell(f"specc: no target `{args.target}` has a prompt of its own{hint}")
        return USAGE
    try:
        judge = _judge(opened, args)
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    asked = (args.model, args.repeat, args.target, judge)
    made = [export(opened, args.kind, name, *asked) for name in names if args.feature in ("", name)]
    if args.out == OUTPUT:
        return _printed(made, args, console)
    return _written(opened, made, args, console)


def _judge(opened: "Opened", args: argparse.Namespace) -> "Judge | None":
    """The judge that is to travel, if one is. Raises `Unusable`."""
    if not args.judge:
        return None
    from ...assure.travelling import travelling
    from ...engine.exporting.exporting import format_names, grades
    from ...run.asking import Unusable

    if not grades(args.kind):
        suites = ", ".join(f"`{one}`" for one in format_names() if grades(one))
        raise Unusable(f"`{args.kind}` gives no verdicts, so that there is nothing to judge; {suites} do")
    return travelling(opened)


def _printed(made: "list[Export]", args: argparse.Namespace, console: Console) -> int:
    """One file to standard output, what it can't say to the other."""
    texts = [text for one in made for text in one.texts.values()]
    if len(texts) != 1:
        why = f"`{args.kind}` writes {len(texts)} files" if len(made) == 1 else "name one feature"
        console.tell(f"specc: only one file can go to standard output; {why}")
        return USAGE
    console.raw(texts[0])
    for one in made[0].diagnostics:
        console.tell(f"{one.level.value}[{one.code.id}]: {one.title}; {'; '.join(one.told)}")
    return FINE


def _written(opened: "Opened", made: "list[Export]", args: argparse.Namespace, console: Console) -> int:
    from ...engine.exporting.exporting import NotOurs, write

    say = console.say if args.format == "human" else console.tell
    base = _folder(args, opened)
    found = [finding for one in made for finding in one.diagnostics]
    for one in made:
        own = f"{one.feature}.{args.target}" if args.target else one.feature
        folder = base if args.out and args.feature else f"{base}/{own}"
        try:
            changed = write(opened, folder, one.texts, overwrite=args.overwrite)
        except NotOurs as other:
            console.tell(f"specc: {other.path} is there, and not as specc wrote it; `--overwrite` replaces it")
            return USAGE
        for path in changed:
            say(f"wrote {path}" if (opened.root / path).exists() else f"removed {path}")
        if not changed:
            say(f"{folder} is as it was")
    places = made[0].places if made else opened.compiled.places
    code = show(found, places, args.format, console, opened.root)
    return code if code == FINDINGS else FINE


def _folder(args: argparse.Namespace, opened: "Opened") -> str:
    """The folder to write to, from the project's root; what is typed counts from where one stands. Raises `Outside`."""
    from ...project.paths import relative

    return relative(opened.root, Path(args.out)) if args.out else f"{FOLDER}/{args.kind}"

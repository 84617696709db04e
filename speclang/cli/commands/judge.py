"""`specc judge`: hold the judge against people, see what it is asked, make a sheet to label."""

import argparse
import sys
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STUB_FINE, USAGE
from ..options import add_budget, add_form, add_project, count

if TYPE_CHECKING:
    from ...assure.calibrate import Calibration
    from ...engine.compiling import Opened

EXAMPLES = """\
examples:
  specc judge show STY-1                       the exact words of a question, as they are sent
  specc judge label STY-1 > labelled.jsonl     a sheet of answers in the store, for people to label
  specc judge calibrate labelled.jsonl         how far the judge agrees with them, and with itself
  specc judge calibrate labelled.jsonl --keep  and keep it as specs/calibration.txt; commit that
"""

_MOST = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "deed",
        metavar="DEED",
        choices=("calibrate", "show", "label"),
        help="calibrate: judge what people have labelled, and compare; show: print a question; label: print a sheet of answers",
    )
    parser.add_argument(
        "what",
        nargs="?",
        default="",
        metavar="WHAT",
        help="the file with labels, or the grader or requirement (default: all)",
    )
    parser.add_argument("--keep", action="store_true", help="calibrate: keep the figures with the project")
    parser.add_argument("--afresh", action="store_true", help="calibrate: ask again, whatever is stored")
    add_budget(parser, of="calibrate")
    parser.add_argument(
        "--vote", type=count, default=1, metavar="N", help="show: the vote with this number (default: 1)"
    )
    parser.add_argument(
        "--answer",
        default="(the answer)",
        metavar="TEXT",
        help="show: the answer in the question (default: a mark in its place)",
    )
    parser.add_argument(
        "--most",
        type=count,
        default=_MOST,
        metavar="N",
        help=f"label: at most so many for each grader (default: {_MOST})",
    )
    add_form(parser, "markdown", what="the calibration")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Do what is asked; 1 where the judge agrees too little, or a line is no label."""
    from ...diagnostics.diagnostic import has_errors
    from ...engine.compiling import open_project
    from ...run.asking import Unusable
    from ..findings import show

    project = open_project(args.project)
    if has_errors(project.compiled.diagnostics):
        show(project.compiled.diagnostics, project.compiled.places, "human", console)
        return FINDINGS
    deed = {"calibrate": _calibrate, "show": _show, "label": _label}[args.deed]
    try:
        return deed(project, args, console)
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    except LookupError as problem:
        console.tell(f"specc: {_nothing(project, str(problem.args[0]))}")
        return USAGE


def _nothing(project: "Opened", named: str) -> str:
    from ...assure.judging import questions
    from ...source.suggest import nearest

    names = {name for one in questions(project).values() for name in (one.grader, one.requirement)}
    if not names:
        return "no grader of this project asks a judge; a `style` with a `tone` has one"
    near = nearest(named, sorted(names))
    hint = f"; did you mean `{near}`" if near else f"; there are {', '.join(f'`{one}`' for one in sorted(names))}"
    return f"no grader that asks a judge is called `{named}`{hint}"


def _show(project: "Opened", args: argparse.Namespace, console: Console) -> int:
    """The messages of one vote, word for word."""
    from ...assure.sheet import wished
    from ...grading.judging.question import Subject, messages

    for question in wished(project, args.what).values():
        console.say(console.paint(f"{question.feature}/{question.grader}, version {question.version}", "bold"))
        for message in messages(question, Subject((), args.answer), args.vote):
            console.say(f"\n--- {message['role']}\n{message['content']}")
        console.say()
    return FINE


def _label(project: "Opened", args: argparse.Namespace, console: Console) -> int:
    """A sheet on standard output."""
    from ...assure.sheet import sheet

    written = 0
    for line in sheet(project, args.what, args.most):
        console.raw(f"{line}\n")
        written += 1
    if not written:
        console.tell("specc: no stored answer waits for a judge; `specc eval` runs the cases")
        return USAGE
    what = "answer" if written == 1 else "answers"
    console.tell(f'{written:,} {what}: write "pass" or "fail" as each `label`, then run `specc judge calibrate`')
    return FINE


def _calibrate(project: "Opened", args: argparse.Namespace, console: Console) -> int:
    from ...assure.calibrate import Wished, calibrate
    from ...diagnostics.diagnostic import has_errors
    from ...project.lines import lines, lines_of
    from ...report.calibration import as_json, markdown
    from ...report.calibration import lines as told
    from ...run.schedule import Budget
    from ..findings import show
    from ..progress import Bar

    if not args.what:
        console.tell("specc: name the file with the labels; `specc judge label > labelled.jsonl` makes one to fill in")
        return USAGE
    held = lines(sys.stdin.buffer) if args.what == "-" else lines_of(args.what)
    name = "standard input" if args.what == "-" else args.what
    bar = Bar(console)
    wish = Wished(budget=Budget(args.max_cost, args.max_tokens), afresh=args.afresh, watch=bar.watch)
    try:
        found = calibrate(project, name, held, wish)
    finally:
        bar.clear()
    if args.format == "json":
        console.raw(as_json(found))
    elif args.format == "markdown":
        console.raw(markdown(found))
    else:
        show(found.diagnostics, found.places, "human", console)
        for line in told(found):
            console.say(line)
    if args.keep and not _kept(project, found, console):
        return USAGE
    if not _enough(project, found):
        console.tell(
            "specc: that is less agreement than `kappa` in the settings wants: all of the interval has to lie there"
        )
        return FINDINGS
    if has_errors(found.diagnostics) or found.spent:
        return FINDINGS
    return STUB_FINE if found.bench.stub else FINE


def _enough(project: "Opened", found: "Calibration") -> bool:
    """Whether each grader's judge agrees as far as the settings want."""
    stated = project.home.config.judge
    wanted = stated.kappa if stated is not None else None
    seen = [one.agreement for one in found.measured]
    return wanted is None or all(one.kappa is not None and one.interval[0] >= wanted for one in seen)


def _kept(project: "Opened", found: "Calibration", console: Console) -> bool:
    """Keep the figures with the project, unless they are nobody's."""
    from ...assure import calibration
    from ...assure.judging import questions
    from ...project.disk import write_all

    if found.bench.stub:
        console.tell("specc: the obedient stub judged: how far it agrees with people is nothing to keep")
        return False
    if found.spent or found.diagnostics:
        console.tell(f"specc: {'not all was judged' if found.spent else 'some lines are no labels'}: nothing is kept")
        return False
    path, before = calibration.path(project), calibration.kept(project)
    text = calibration.written(calibration.merged(before, found.lines, questions(project)))
    write_all(project.root, {path: text.encode()})
    console.tell(f"wrote {path}")
    return True

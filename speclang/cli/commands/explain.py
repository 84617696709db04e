"""`specc explain`: what a diagnostic means, what a kind of requirement is for, why a case is red, what the rules say of an input."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_json, add_project

if TYPE_CHECKING:
    from ...engine.compiling import Opened
    from ...engine.explaining.explain import Explained, Recorded
    from ...plan.case import Case

EXAMPLES = """\
examples:
  specc explain E0201                           a diagnostic
  specc explain boundary                        a kind of requirement
  specc explain REF-1/boundary/age=31           why this case is red, by spec, files, and the answers of its last run
  specc explain REF-1/nominal --answers now.jsonl --before then.jsonl
                                                by recorded answers, and earlier ones that were green
  specc explain --input age=31d,total=501USD    what the rules say of an input: who decides, who is beaten and why,
                                                and which single change would lead to something else
  specc explain --input lookup_order=timeout    the same where a tool does not work
  specc explain                                 everything that can be explained

Why a case is red is asked in this order, and the first that holds is the answer: the case or its grader was edited; a grader is wrong
about its own samples; the clause was edited, moved or is missing; the requirement has changed since, or is at odds with another;
another model answered; the difference is a matter of chance; the model did not do what it was told.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "what",
        nargs="?",
        metavar="WHAT",
        help="a code (E0201, boundary/needs-near-miss), a kind (rule), or a case (REF-1/nominal)",
    )
    parser.add_argument("--answers", metavar="FILE", help="recorded answers to the case, as `specc score` reads them")
    parser.add_argument("--before", metavar="FILE", help="recorded answers of an earlier time, when it was green")
    parser.add_argument(
        "--input",
        action="append",
        metavar="NAME=VALUE,…",
        help="values of givens, and failures of tools; all else is as usual (or a JSON object)",
    )
    parser.add_argument("--feature", default="", help="with --input: the feature whose rules are asked")
    add_form(parser, what="the cause, or what becomes of an input,")
    add_json(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Print the page, or the cause."""
    from ...diagnostics import pages
    from ...kit import registry

    what: str | None = args.what
    wrong = _together(args)
    if wrong:
        console.tell(f"specc: {wrong}")
        return USAGE
    if args.input is not None:
        return _input(args, console)
    if what is None:
        if args.format == "json":
            return _prose(console)
        for code, title in pages.listing():
            console.say(f"{console.paint(code, 'bold')}  {title}")
        console.say(f"{console.paint('kinds', 'bold')}  {', '.join(registry.names(_foreign(args.project)))}")
        return FINE
    text = pages.find(what) or registry.describe(what)
    if text is None:
        # A code of somebody else's kind has no page of ours: the kind itself says what it wants.
        text = registry.describe(what.partition("/")[0], _foreign(args.project))
    if text is not None:
        if args.format == "json":
            return _prose(console)
        console.say(text.rstrip())
        return FINE
    if "/" in what:
        return _case(args, what, console)
    return _unknown(what, "", args.project, console)


def _prose(console: Console) -> int:
    console.tell(
        "specc: `--format json` goes with a case or with `--input`; what a code or a kind means is told in words only"
    )
    return USAGE


def _together(args: argparse.Namespace) -> str:
    """Why these options can't stand together, or ""."""
    if args.input is None:
        return "`--feature` goes with `--input`" if args.feature else ""
    other = next((one for one in ("answers", "before") if getattr(args, one) is not None), "")
    if args.what is not None or other:
        return f"`{args.what or f'--{other}'}` is asked beside `--input`; ask one at a time"
    return ""


def _input(args: argparse.Namespace, console: Console) -> int:
    """What the rules of the project here say of an input."""
    from ...engine.explaining.deciding import explain_input
    from ...engine.explaining.told import as_json, lines, visible

    found = explain_input(args.project, args.input, args.feature)
    if found.problems:
        for problem in found.problems:
            console.tell(visible(f"specc: {problem}"))
        return USAGE
    if found.findings:
        from ..findings import show

        return show(found.findings, found.places, "human", console)
    if args.format == "json":
        console.raw(as_json(found))
        return FINE
    for style, text in lines(found):
        console.say(console.paint(text, style) if style else text)
    return FINE


def _foreign(folder: Path) -> tuple[str, ...]:
    """The kinds of others that the project here uses, if there is a project."""
    from ...project import config

    try:
        return config.find(folder).value.config.kinds
    except OSError:
        return ()


def _unknown(what: str, near: str, folder: Path, console: Console) -> int:
    from ...diagnostics import pages
    from ...kit import registry
    from ...source.suggest import nearest

    near = near or nearest(what, [*(code for code, _ in pages.listing()), *registry.names(_foreign(folder))]) or ""
    hint = f"; did you mean `{near}`" if near else ""
    console.tell(f"specc: nothing is called `{what}`{hint}")
    console.tell("specc explain lists what can be explained; specc trace lists every requirement")
    return USAGE


def _case(args: argparse.Namespace, name: str, console: Console) -> int:
    """Why a case of the project here is red."""
    from ...assure.recalled import recalled
    from ...engine.explaining.explain import explain
    from ...project.config import NoProject
    from ...run.asking import Unusable

    def recall(project: "Opened", feature: str, case: "Case") -> "tuple[Recorded | None, Recorded | None]":
        try:
            return recalled(project, feature, case)
        except Unusable as problem:
            console.tell(f"specc: the answers of earlier runs are not looked at: {problem.why}")
            return None, None

    try:
        said = explain(
            args.project, name, answers=_recorded(args.answers), before=_recorded(args.before), recall=recall
        )
    except NoProject:
        return _unknown(name, "", args.project, console)
    if not said.case:
        return _unknown(name, said.near, args.project, console)
    if args.format == "json":
        from ...engine.explaining.shown import as_json

        console.raw(as_json(said))
        return FINE
    if said.findings:
        from ..findings import show

        show(said.findings, said.places, "human", console)
        console.say()
    if said.cause is None and not said.asked:
        console.tell("specc: the specs have errors, and nobody knows what the case should be")
        return FINDINGS
    _say(said, console)
    return FINE


def _recorded(name: "str | None") -> "Recorded | None":
    if name is None:
        return None
    from ...engine.explaining.explain import Recorded
    from ...project.lines import lines_of

    return Recorded(name, lines_of(name))


def _say(said: "Explained", console: Console) -> None:
    """What was asked, in order, up to the cause, and what to do."""
    from ...engine.explaining.shown import lines

    for mark, text in lines(said):
        style = {"yes": "green", "no": "red", "": "dim"}[mark]
        sign = {"yes": "ok  ", "no": "here", "": "    "}[mark]
        console.say(f"{console.paint(sign, style)}  {text}" if mark or text.startswith(" ") else text)

"""`specc trace`: from a requirement to what was made of it, and back."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

if TYPE_CHECKING:
    from ...engine.compiling import Opened
    from ...engine.tracing import Told, Unnamed
    from ...trace.elements import Trace

EXAMPLES = """\
examples:
  specc trace                              every requirement: its line in the prompt, its cases
  specc trace REF-1                        its clause, its graders, its cases
  specc trace "given age"                  a declaration
  specc trace REF-1/boundary/age=31        a case: where each field comes from
  specc trace generated/refunds/prompt.md:12
                                           which requirement wrote this line
  specc trace --feature refunds --json     as data

  specc trace --impact "policy brand"      what must be rebuilt, read again and run again when it changes
  specc trace --impact specs/brand.spec REF-1
                                           the same for files, tools, givens, several at once
  specc trace --obligations                what each requirement's cases are for, and which obligations no case meets
  specc trace REF-1 --obligations          the same for one, case by case
  specc trace --uncovered                  requirements without a clause, case, grader or negative case
  specc trace --format dot | dot -Tsvg     the graph for other tools; of one requirement: specc trace REF-1 --format dot
  specc trace --html trace.html            the graph as a page for a browser
"""

FORMATS = ("human", "json", "graphml", "dot", "mermaid", "csv", "reqif")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "what", nargs="?", metavar="WHAT", help="a requirement, a declaration, a case, or FILE:LINE[:COLUMN]"
    )
    parser.add_argument("--feature", default="", help="look in this feature only")
    parser.add_argument("--impact", nargs="+", metavar="PATH|ID", help="what a change of these reaches")
    parser.add_argument("--uncovered", action="store_true", help="what nothing says, tries or can refuse")
    parser.add_argument("--obligations", action="store_true", help="what cases are for, and what no case meets")
    parser.add_argument("--all", action="store_true", help="with --impact: cut no list")
    parser.add_argument(
        "--format", choices=FORMATS, default="human", help="the graph, or the answer to a question (default: human)"
    )
    parser.add_argument("--html", metavar="FILE", type=Path, help="write the graph as one page (-: to standard output)")
    parser.add_argument("--overwrite", action="store_true", help="with --html: also a file that specc did not write")
    parser.add_argument(
        "--json", action="store_true", help="print the answer as data; `--format json` prints the graph"
    )
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Answer from the specs as they stand; nothing is written."""
    from ...analysis.errors import DOUBTS
    from ...diagnostics.diagnostic import has_errors
    from ...engine.compiling import open_project
    from ..findings import show

    wrong = _together(args)
    if wrong:
        console.tell(f"specc: {wrong}")
        return USAGE
    opened = open_project(args.project)
    compiled = opened.compiled
    # What is left open or at odds makes no case: that is what is asked here.
    broken = [one for one in compiled.diagnostics if not (args.obligations and one.code in DOUBTS)]
    if has_errors(broken):
        show(compiled.diagnostics, compiled.places, "human", console)
        return FINDINGS
    if args.obligations:
        return _obligations(args, opened, console)
    if args.impact or args.uncovered or args.html or args.format != "human":
        return _graph(args, opened, console)
    return _links(args, opened, console)


def _together(args: argparse.Namespace) -> str:
    """Why these options can't stand together, or ""."""
    asked = next((one for one in ("impact", "uncovered", "html") if getattr(args, one)), "")
    if args.obligations and (asked or args.format not in ("human", "json")):
        return f"`--obligations` does not go with `--{asked or 'format ' + args.format}`; ask one at a time"
    if args.impact and args.uncovered:
        return "`--impact` and `--uncovered` are two questions; ask one at a time"
    if args.what and (args.impact or args.uncovered):
        return f"`{args.what}` is asked beside `--{'impact' if args.impact else 'uncovered'}`; ask one at a time"
    if args.uncovered and args.format in ("graphml", "dot", "mermaid", "reqif"):
        return f"`--uncovered` answers with a list; `--format {args.format}` draws the graph, and `json` and `csv` take both"
    if args.json and args.format not in ("human", "json"):
        return f"`--json` and `--format {args.format}` ask for two forms; give one"
    other = next((one for one in ("impact", "uncovered", "json") if getattr(args, one)), "")
    if args.html and (other or args.format != "human"):
        return f"`--html` writes the graph itself and does not go with `--{other or 'format'}`"
    if args.overwrite and not args.html:
        return "`--overwrite` goes with `--html`"
    if args.all and not args.impact:
        return "`--all` goes with `--impact`"
    return ""


def _links(args: argparse.Namespace, opened: "Opened", console: Console) -> int:
    """What was made of a requirement, or where something comes from."""
    from ...engine.ask import about, overview

    compiled = opened.compiled
    if args.what:
        from ...assure.proven import parts_proven, proofs

        answer = about(compiled, args.what, args.feature, parts_proven(proofs(opened)))
    else:
        answer = overview(compiled, args.feature)
    if not answer.found:
        what = args.what or args.feature
        console.tell(f"specc: nothing is called `{what}`" + (f"; did you mean `{answer.near}`" if answer.near else ""))
        console.tell("specc trace lists every requirement")
        return USAGE
    if args.json:
        console.data(answer.data)
    else:
        for line in answer.lines:
            console.say(line)
    return FINE


def _obligations(args: argparse.Namespace, opened: "Opened", console: Console) -> int:
    """What cases are for."""
    from ...engine.explaining.obligations import obligations

    answer = obligations(opened.compiled, args.what or "", args.feature)
    if not answer.found:
        console.tell(
            f"specc: no requirement or feature is called `{args.what or args.feature}`"
            + (f"; did you mean `{answer.near}`" if answer.near else "")
        )
        return USAGE
    if args.json or args.format == "json":
        console.data(answer.data)
    else:
        for line in answer.lines:
            console.say(line)
    return FINE


def _ran(opened: "Opened") -> "frozenset[tuple[str, str]] | None":
    """The requirements of which a run on today's digests tells; None where there is no store, or it can't be read."""
    from ...assure.evidence import Reach, evidence, has_store
    from ...run.asking import Unusable

    if not has_store(opened):
        return None
    try:
        return frozenset((one.feature, one.requirement) for one in evidence(opened) if one.reach is Reach.EXECUTED)
    except Unusable:
        return None


def _graph(args: argparse.Namespace, opened: "Opened", console: Console) -> int:
    """A question to the graph, or the graph."""
    from ...assure.proven import links, proofs
    from ...engine.tracing import Unnamed, graph_of, named, part, reaches, text, uncovered

    proven = proofs(opened)
    trace = graph_of(opened).proven(links(proven))
    words = args.impact or ([args.what] if args.what else [])
    ids = named(trace, [_from_root(word, opened) for word in words], args.feature)
    if isinstance(ids, Unnamed):
        return _unnamed(ids, console)
    if args.uncovered:
        killed = frozenset((one.feature, one.requirement) for one in proven) if proven else None
        return _told(uncovered(trace, args.feature, _ran(opened), killed), args, trace, console)
    if args.impact:
        return _told(reaches(trace, ids, every=args.all), args, trace, console)
    wanted = part(trace, ids, args.feature)
    if args.html:
        return _page(wanted, args, opened, console)
    console.raw(text(wanted, args.format))
    return FINE


def _page(trace: "Trace", args: argparse.Namespace, opened: "Opened", console: Console) -> int:
    """Write the page, over nothing but an older one."""
    from ...project.single import NotOurs, write_one
    from ...trace.page.html import MARK, page

    text = page(trace, opened.root.resolve().name)
    if str(args.html) == "-":
        console.raw(text)
        return FINE
    try:
        write_one(args.html, text.encode(), None if args.overwrite else MARK.encode())
    except NotOurs:
        console.tell(f"specc: {args.html} is there, and specc did not write it; `--overwrite` replaces it")
        return USAGE
    console.say(f"wrote {args.html}")
    return FINE


def _told(told: "Told", args: argparse.Namespace, trace: "Trace", console: Console) -> int:
    from ...engine.tracing import text

    if args.json or args.format == "json":
        console.data(told.data)
    elif args.format == "csv":
        console.raw(told.table)
    elif args.format != "human":
        console.raw(text(trace.only(told.ids), args.format))
    else:
        for line in told.lines:
            console.say(line)
    return FINE


def _unnamed(one: "Unnamed", console: Console) -> int:
    if one.why:
        console.tell(f"specc: {one.why}")
        return USAGE
    console.tell(f"specc: nothing is called `{one.what}`" + (f"; did you mean `{one.instead}`" if one.instead else ""))
    console.tell("specc trace lists every requirement")
    return USAGE


def _from_root(word: str, opened: "Opened") -> str:
    """The path of a file that is there as the project calls it, whichever folder it was typed in; any other word as it is."""
    from ...project.paths import Outside, relative

    try:
        return relative(opened.root, Path(word)) if "\0" not in word and Path(word).is_file() else word
    except (Outside, OSError):
        return word

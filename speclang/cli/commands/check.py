"""`specc check`: do specs, prompts and cases still say the same."""

import argparse
from importlib import import_module
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import FORMATS, add_format, add_project

if TYPE_CHECKING:
    from ...diagnostics.result import Result
    from ...engine.fresh import Seen
    from ...project.config import Home

EXAMPLES = """\
examples:
  specc check                       findings for people
  specc check --afresh              compare everything, whatever is remembered
  specc check --smells              also what could be worded better
  specc check --coverage            also what nothing tries, or nothing can fail
  specc check --fix                 correct what can be corrected without a doubt, and check then
  specc check --staged              in a git hook: what the commit will hold, whatever lies beside it
  specc check --since origin/main   what this branch brought, or stands where it changed something
  specc check --evidence            how far each requirement was run, and on what
  specc check --format github       annotations for a pull request
  specc check --format sarif > specc.sarif
  specc check --as-table refunds    the rules of a feature as a decision table, with overlaps and gaps
  specc check --as-table refunds --format html > refunds.html
"""

TABLES = ("human", "markdown", "html", "json")
"""The formats of a table."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--afresh", action="store_true", help="compare everything, even if nothing changed since the last check"
    )
    parser.add_argument(
        "--staged",
        action="store_true",
        help="check what is staged in git, not the files on the disk; nothing else is read",
    )
    parser.add_argument(
        "--smells",
        action="store_true",
        help="show words that a model can read in more than one way, too; compares everything",
    )
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="show what no case tries, no answer can fail or only a judge grades, too",
    )
    parser.add_argument("--fix", action="store_true", help="make the safe fixes in the specs first, and show them")
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="the same, with fixes that may change what a spec means"
    )
    parser.add_argument(
        "--evidence", action="store_true", help="tell how far each requirement is covered by answers on today's digests"
    )
    parser.add_argument("--since", metavar="REV", help="tell only what this branch has changed since it left REV")
    parser.add_argument(
        "--as-table",
        metavar="FEATURE",
        help="show the rules of a feature as a decision table instead (formats: human, markdown, html, json)",
    )
    add_format(parser, *(one for one in TABLES if one not in FORMATS))
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Check the project; no file of it is written, but for specs where fixes are asked for."""
    wrong = _misused(args)
    if wrong:
        console.tell(f"specc: {wrong}\nspecc check --help tells more")
        return USAGE
    if args.as_table is not None:
        return _table(args, console)
    if args.fix or args.unsafe_fixes:
        _fix(args, console)
    seen = _staged(args, console) if args.staged else _look(args)
    left = _fork(args) if args.since is not None else None
    if seen is None:
        return FINE
    afresh = args.afresh or args.smells or args.coverage
    if seen.unchanged and not afresh and args.format == "human" and not args.evidence:
        _in_sync(seen.said.features, seen.said.summary, console)
        return FINE
    from ...engine.check import check
    from ..findings import COVERAGE, WORDS, show

    also = (*(WORDS if args.smells else ()), *(COVERAGE if args.coverage else ()))
    report = check(args.project, afresh=afresh, coverage=args.coverage, seen=seen)
    found = report.diagnostics
    if args.since is not None:
        from ...engine.versions.since import answerable

        found = answerable(report, seen, left)
    code = show(found, report.places, args.format, console, seen.found.value.root, also=also)
    if args.format == "human" and report.in_sync:
        _in_sync(report.features, report.summary, console)
    if args.evidence:
        _evidence(args, console)
    if len(found) < len(report.diagnostics):
        _left_out(len(report.diagnostics) - len(found), args.since, console)
    if code and args.staged:
        _not_staged(seen, console)
    return code


def _misused(args: argparse.Namespace) -> str:
    """What does not go together, or ""."""
    if args.staged and (args.fix or args.unsafe_fixes):
        return "`--fix` writes the specs that lie here, and `--staged` reads none of them; fix first, then stage"
    if args.as_table is None:
        return "" if args.format in FORMATS else f"`--format {args.format}` goes with `--as-table`"
    other = next((name for name, given in (("--staged", args.staged), ("--since", args.since)) if given), "")
    if other:
        return f"`{other}` does not go with `--as-table`"
    return "" if args.format in TABLES else f"a table is written as {', '.join(TABLES[:-1])} or {TABLES[-1]}"


def _fix(args: argparse.Namespace, console: Console) -> None:
    """Make fixes, and show what they change."""
    from ...engine.fixing import fix

    fixed = fix(args.project, unsafe=args.unsafe_fixes)
    if args.format == "human":
        if fixed.changed:
            console.diff("".join(fixed.diff()).removesuffix("\n"))
        files = f"{len(fixed.changed)} file{'' if len(fixed.changed) == 1 else 's'}"
        made = f"fixed {_findings(len(fixed.made))} in {files}" if fixed.made else "nothing was fixed"
        more = (
            f"; --unsafe-fixes would try {_findings(len(fixed.left))} more"
            if fixed.left and not args.unsafe_fixes
            else ""
        )
        console.say(f"{made}{more}")


def _findings(number: int) -> str:
    return "1 finding" if number == 1 else f"{number:,} findings"


def _table(args: argparse.Namespace, console: Console) -> int:
    """Show the rules of one feature as a table."""
    from ...engine.tabling.tabling import tabled

    said = tabled(args.project, args.as_table)
    if said.diagnostics:
        from ..findings import show

        show(said.diagnostics, said.places, "human", console)
        console.tell("specc: the specs have errors, and nobody knows what they mean")
        return FINDINGS
    if said.table is None:
        console.tell(
            f"specc: no feature is called `{args.as_table}`" + (f"; did you mean `{said.near}`" if said.near else "")
        )
        console.tell(f"features are {', '.join(said.features)}" if said.features else "there is no feature")
        return USAGE
    from ...engine.tabling.sheets import sheets

    found = sheets(said.table)
    if args.format == "human":
        from ...engine.tabling.terminal import lines

        for parts in lines(found, console.width):
            console.say("".join(console.paint(text, *([style] if style else [])) for text, style in parts))
    else:
        written = import_module(f"...engine.tabling.formats.{args.format}", __package__)
        console.raw(written.render(found))
    return FINE


def _evidence(args: argparse.Namespace, console: Console) -> None:
    """A row for each requirement: how far its evidence goes, and on what it was measured."""
    from ...assure.evidence import evidence
    from ...assure.proven import proofs
    from ...engine.compiling import open_project
    from ...report.evidence import lines
    from ...run.asking import Unusable

    try:
        project = open_project(args.project)
        rows = lines(evidence(project), proofs(project))
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return
    for line in rows:
        (console.say if args.format == "human" else console.tell)(line)


def _look(args: argparse.Namespace) -> "Seen":
    from ...engine.fresh import look

    return look(args.project)


def _fork(args: argparse.Namespace) -> "Result[Home] | None":
    """The project where the branch left the revision; looked up also where nothing is found, so that a wrong name is told."""
    from ...engine.versions.since import fork

    return fork(args.project, args.since)


def _staged(args: argparse.Namespace, console: Console) -> "Seen | None":
    """The project as it is staged; None where the commit does not touch it."""
    from ...engine.fresh import look_at
    from ...engine.versions.staged import staged

    what = staged(args.project)
    if what.found is not None and not what.untouched:
        return look_at(what.found)
    if args.format == "human":
        console.say("nothing that is staged touches the project" if what.found else "the project is taken away")
    else:
        from ...source.span import Places
        from ..findings import show

        show((), Places({}, {}), args.format, console)
    return None


def _not_staged(seen: "Seen", console: Console) -> None:
    """Say which files are otherwise on the disk: the repair may lie there already."""
    from ...project.snapshot import unstaged

    names = unstaged(seen.found.value)
    if names:
        console.tell(
            "these files of the project are not staged as they lie here; `git add` what belongs to the commit:"
        )
        console.tell("\n".join(f"  {name}" for name in names))
    else:
        console.tell("this is about what is staged: `git add` what you repair")


def _left_out(count: int, revision: str, console: Console) -> None:
    console.tell(
        f"{_findings(count)} {'is' if count == 1 else 'are'} left out that this branch has not touched since it left `{revision}`"
    )


def _in_sync(features: tuple[str, ...], summary: str, console: Console) -> None:
    console.some(features)
    console.say(f"{console.paint('in sync', 'green')}: {summary}")

"""`specc triage`: of every conversation that failed, which layer broke first."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STUB_FINE, USAGE
from ..options import add_project
from ..worked import worked

if TYPE_CHECKING:
    from ...assure.triaging.outcome import Triage

EXAMPLES = """\
examples:
  specc triage                              the failed answers of the last run: which layer broke first, at which step
  specc triage 7                            of run 7; a target means its last run
  specc triage refunds --case 'TOOL-1/*'    of one feature, of some cases
  specc triage spans.jsonl                  conversations of your own application, as OpenTelemetry writes them
  specc triage spans.jsonl --feature refunds  the same, where the spans do not say whose they are
  specc triage --spans out                  write the spans of what is found, a file for each conversation
  specc triage --format json                everything, with all steps

layers and joints:
  tool-to-model     a tool returned null, nothing, an error, late or of another type, and the model did not cope
  harness           a result was cut, altered, lost or asked for twice, or the conversation was ended
  model-to-tool     the model called a tool with wrong or invented arguments, against a rule, or not at all
  prompt-to-model   all was well, and the model ignored a clause, invented a value, asked or said nothing
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "what",
        nargs="*",
        metavar="RUN|FEATURE|FILE",
        help="the number of a run or a target (default: the last run), a feature, or files of spans (- for standard input)",
    )
    parser.add_argument("--feature", default="", help="the feature that is looked at, or that the spans belong to")
    parser.add_argument("--case", default="", metavar="GLOB", help="only cases whose IDs match, as 'REF-1/*'")
    parser.add_argument("--spans", type=Path, metavar="DIR", help="write the spans of what is found into this folder")
    parser.add_argument("--all", action="store_true", help="with --spans: write those of all that was looked at")
    parser.add_argument(
        "--format", choices=("human", "json", "markdown"), default="human", help="how it is written (default: human)"
    )
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Triage; 1 if something broke, 3 for the stub's 0."""
    from ...assure.triage import triage
    from ...assure.triaging.imported import is_file
    from ...assure.triaging.outcome import Wish
    from ...project.single import NotOurs

    files = tuple(one for one in args.what if is_file(one))
    names = tuple(one for one in args.what if one not in files)
    if args.all and args.spans is None:
        console.tell("specc: `--all` goes with `--spans`")
        return USAGE
    if files and names:
        console.tell(f"specc: `{names[0]}` is no file; runs and files of spans are triaged one at a time")
        return USAGE
    wish = Wish(names=names, files=files, case=args.case, feature=args.feature, spans=args.spans, every=args.all)
    try:
        found = worked(lambda _: triage(args.project, wish), args.format, console)
    except NotOurs as problem:
        console.tell(f"specc: {problem.filename} is there, and holds no spans; name another folder")
        return USAGE
    return found if isinstance(found, int) else _shown(found, args.format, console)


def _shown(found: "Triage", how: str, console: Console) -> int:
    from ...report import triage as told
    from ...report.columns import columns
    from ...report.evaluation import STUB

    if how == "json":
        console.raw(told.as_json(found))
    elif how == "markdown":
        console.raw(told.markdown(found))
    else:
        rows = told.rows(found) if found.found else []
        lines = [*told.conversations(found), *columns(rows, range(1, len(rows[0]) if rows else 0))]
        for line in (*lines, *told.closing(found)):
            console.say(line)
    if found.stub and how != "human":
        console.tell(f"specc: {STUB}")
    if not found.looked:
        console.tell("specc: there was nothing to look at")
        return FINDINGS
    if found.found or found.refused:
        return FINDINGS
    return STUB_FINE if found.stub else FINE

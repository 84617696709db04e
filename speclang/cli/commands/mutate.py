"""`specc mutate`: one clause of the prompt at a time says something else; do the cases notice."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, STOPPED, STUB_FINE, USAGE
from ..options import add_project, add_sending, add_steady, count, sent
from ..worked import worked

if TYPE_CHECKING:
    from ...assure.mutation.outcome import Mutated

EXAMPLES = """\
examples:
  specc mutate --target stub                   what the cases can notice at all: no model, no key, no cost
  specc mutate --target small --repeat 5       whether a model needs each clause, and the cases notice
  specc mutate refunds REF-1 --target small    of one feature, or of single requirements
  specc mutate --operators delete,bound        leave clauses out, move bounds, and nothing else
  specc mutate --target app --steady           one answer decides: this target answers the same each time
  specc mutate --at-least 80%                  exit with 1 unless so many mutants are killed
  specc mutate --max-cost 2.50                 stop before more is spent; the same command goes on with it

operators:
  delete      the clause is left out
  negate      what is asked for is forbidden, and what is forbidden is asked for
  weaken      what must be only should be
  bound       a constant is doubled or halved, a date is a month later or earlier
  condition   a part of its condition is dropped
  override    it no longer beats other requirements, or an exception is dropped
  item        one of several items is dropped
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "names", nargs="*", metavar="FEATURE|REQ", help="change the clauses of these only (default: of all)"
    )
    parser.add_argument("--target", default="", metavar="NAME", help="whom to ask, as the settings call it")
    parser.add_argument(
        "--operators", type=_words, default=(), metavar="NAME,…", help="what is changed (default: all of them)"
    )
    parser.add_argument(
        "--all-cases",
        action="store_true",
        help="run every case that a requirement's graders judge, not only those that it is for",
    )
    parser.add_argument(
        "--repeat",
        type=count,
        default=0,
        metavar="N",
        help="how often each case is run, with the prompt as it is and with each mutant (default: as `holds` says, else once)",
    )
    add_steady(parser)
    parser.add_argument(
        "--at-least", type=_share, metavar="SHARE", help="fail unless so many mutants are killed, as 80%%"
    )
    add_sending(parser)
    parser.add_argument(
        "--format", choices=("human", "json", "markdown"), default="human", help="how it is written (default: human)"
    )
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the mutants; 1 if fewer are killed than is wanted, 2 if nothing could be asked, 3 for the stub's 0."""
    from ...assure.mutate import mutate
    from ...assure.mutation.outcome import Wish

    wish = Wish(
        target=args.target,
        names=tuple(args.names),
        operators=args.operators,
        every=args.all_cases,
        repeat=args.repeat,
        steady=args.steady,
        **sent(args),
    )
    found = worked(
        lambda watch: mutate(args.project, wish, watch), args.format, console, "there is no feature or requirement"
    )
    return found if isinstance(found, int) else _shown(found, args, console)


def _shown(found: "Mutated", args: argparse.Namespace, console: Console) -> int:
    from ...report import mutation
    from ...run.running import State

    if args.format == "json":
        console.raw(mutation.as_json(found, args.at_least))
    elif args.format == "markdown":
        console.raw(mutation.markdown(found, args.at_least))
    else:
        _table(found, console)
    if found.stub and args.format != "human":
        console.tell(f"specc: {mutation.STUB}")
    if found.state is State.STOPPED:
        return STOPPED
    if found.state is State.BROKEN and not found.spending.sent + found.spending.recalled:
        console.tell(f"specc: {found.why}")
        return USAGE
    if args.at_least is not None and not found.reaches(args.at_least):
        of = f"{found.killed:,} of {len(found.results):,} mutants are shown to be killed"
        console.tell(f"specc: {of}, and {args.at_least:.0%} are wanted")
        return FINDINGS
    if found.state is not State.DONE or found.missing:
        return FINDINGS
    return STUB_FINE if found.stub else FINE


def _table(found: "Mutated", console: Console) -> None:
    """What is alive, a row for each requirement, and what all of it comes to."""
    from ...report import mutation
    from ...report.columns import columns

    for line in mutation.alive(found):
        console.say(line)
    rows = mutation.rows(found)
    for line in columns(rows, range(1, 5)):
        console.say(line)
    for line in (*mutation.open_ones(found), *mutation.closing(found)):
        console.say(line)


def _words(text: str) -> tuple[str, ...]:
    """Names between commas, as an option takes them."""
    found = tuple(word.strip() for word in text.split(",") if word.strip())
    if not found:
        raise argparse.ArgumentTypeError(f"`{text}` names nothing")
    return found


def _share(text: str) -> float:
    """A share, as an option takes it: `80%` or `0.8`."""
    digits, percent = text.removesuffix("%"), text.endswith("%")
    try:
        found = float(digits) / (100 if percent else 1)
    except ValueError:
        found = -1.0
    if not 0 < found <= 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no share, as 80% or 0.8")
    return found

"""`specc probe`: the real tools are called, and held against what the specs say of them."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_project
from ..worked import worked

if TYPE_CHECKING:
    from ...assure.probing.outcome import Probe, Probed, Promised

EXAMPLES = """\
examples:
  specc probe                    every tool that promises something, as specc.toml says how it is called
  specc probe lookup_order       this tool only
  specc probe --bless            take what the tools give now as the baseline, specs/probes.jsonl
  specc probe --offline          call nothing: are recordings past their age, or of another version
  specc probe --format json      for machines

a tool and how it is called, in specc.toml:
  [tools.lookup_order]
  use = "http"                   or "mcp", or "callable" for a Python function
  at = "https://shop.example.com/orders/{order_id}"
  method = "GET"
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "tools", nargs="*", metavar="TOOL", help="call these only (default: all that promise something)"
    )
    parser.add_argument("--bless", action="store_true", help="write what the tools give now as the baseline")
    parser.add_argument("--offline", action="store_true", help="call nothing: look at dates and versions of recordings")
    add_form(parser, what="the probe")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Probe the tools; 1 if a promise is broken or a recording is out of date, 2 if nothing could be called."""
    from ...assure.probe import Wish, probe
    from ...assure.probing.baseline import Unreadable
    from ...project.clock import today

    if args.bless and args.offline:
        console.tell("specc: `--bless` takes what the tools give now, and `--offline` calls none")
        return USAGE
    wish = Wish(tools=tuple(args.tools), bless=args.bless, offline=args.offline)
    try:
        found = worked(lambda _: probe(args.project, wish, today()), args.format, console, "there is no tool")
    except Unreadable as problem:
        console.tell(f"specc: the baseline can't be read: {problem}")
        return USAGE
    if isinstance(found, int):
        return found
    if args.format == "json":
        from ...report.probing import as_json

        console.raw(as_json(found))
    else:
        _say(found, console, blessed=args.bless)
    return FINE if found.passed else FINDINGS


def _say(found: "Probe", console: Console, *, blessed: bool) -> None:
    from ...report import probing
    from ..findings import show

    for one in found.tools:
        _tool(one, console)
    if found.diagnostics:
        show(found.diagnostics, found.places, "human", console)
    if blessed:
        console.say(f"wrote {found.path}")
    console.say(probing.summary(found))


def _tool(one: "Probed", console: Console) -> None:
    """Each promise of a tool with what shows its verdict; where one is broken, who relies on the tool."""
    from ...report import probing

    console.say(probing.head(one))
    before = ""
    for promised in one.promised:
        console.say(f"  {_painted(promised, console)}  {probing.words(promised)}")
        if not promised.why or promised.why != before:  # why nothing can be told is said once
            for line in probing.details(promised):
                console.say(f"              {line}")
        before = promised.why
    if one.moved:
        console.say("  moved since the baseline, and nothing promises it:")
        for line in probing.moves(one):
            console.say(f"              {line}")
    if one.fails:
        console.say(f"  what relies on {one.name}:")
        for relying in one.relying:
            for line in probing.relied(relying, many=len(one.relying) > 1):
                console.say(f"              {line}")
    console.say()


def _painted(one: "Promised", console: Console) -> str:
    from ...assure.probing.outcome import FAILING, Verdict

    style = "red" if one.verdict in FAILING else "green" if one.verdict is Verdict.KEPT else "yellow"
    return console.paint(one.verdict.value.ljust(10), style)

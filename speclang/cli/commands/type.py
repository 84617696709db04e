"""`specc type`: a kind for a requirement in prose, so that it is tested."""

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINDINGS, FINE, USAGE
from ..options import add_project

if TYPE_CHECKING:
    from ...engine.adoption.proposing import Proposal, Proposed
    from ...model.requirement import Requirement

EXAMPLES = """\
examples:
  specc type HOW-1                      show what the requirement can be, as a diff
  specc type HOW-1 --write              make it so
  specc type                            show it for all requirements in prose
  specc type --drafts                   also draft rules of sentences such as "If A, do B"
"""

_ID = re.compile(r"`([A-Z][A-Z0-9]*-[0-9]+)`")
_NOWHERE = "(no heading)"
_REASONS = 6
"""How many reasons why passages are left are told; the rest is counted."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="requirements in prose (default: all)")
    parser.add_argument(
        "--drafts", action="store_true", help="also draft rules of what holds under a condition, to look at"
    )
    parser.add_argument("--write", action="store_true", help="change the specs")
    parser.add_argument("--feature", default="", help="look in this feature only")
    add_project(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Propose, and write if that is wanted: all of it, or nothing."""
    from ...diagnostics.diagnostic import has_errors
    from ...engine.adoption.proposing import accept, propose, stated
    from ...engine.compiling import open_project
    from ..findings import show

    opened = open_project(args.project)
    compiled = opened.compiled
    if has_errors(compiled.diagnostics):
        show(compiled.diagnostics, compiled.places, "human", console)
        return FINDINGS
    known = stated(opened, args.feature)
    wrong = next(_wrong(args.ids, known), None)
    if wrong is not None:
        console.tell(f"specc: {wrong}")
        return USAGE
    wanted = [one for id in args.ids or known for one in known[id]]
    proposed = propose(opened, wanted, drafts=args.drafts)
    console.raw("".join(proposed.diff()))
    for one in proposed.left if args.ids else ():
        console.tell(f"{one.id} {one.why}")
    for proposal in proposed.proposals:
        console.say("\n".join(_told(proposal)))
    _tell_meetings(proposed, console)
    if not args.ids:
        console.say("\n".join(_summary(proposed)))
    if args.write:
        for path in accept(opened, proposed):
            console.say(f"wrote {path}")
    elif proposed.proposals:
        console.say("--write makes it so; then run `specc build`")
    if not args.ids and not args.drafts:
        console.say("--drafts also drafts rules of what holds under a condition")
    return FINDINGS if args.ids and proposed.left else FINE


def _wrong(ids: Sequence[str], known: "Mapping[str, Sequence[Requirement]]") -> Iterator[str]:
    """Why `ids` are not requirements of which each is one."""
    from ...source.suggest import nearest

    for id in ids:
        if id not in known:
            near = nearest(id, known)
            yield f"there is no requirement `{id}`" + (f"; did you mean `{near}`" if near else "")
        elif len(known[id]) > 1:
            yield f"{len(known[id])} features have a requirement `{id}`; name one with --feature"


def _told(one: "Proposal") -> Iterator[str]:
    """What a requirement becomes, and what of its words is left open."""
    if one.draft:
        says = ", ".join(part for part in one.fields.split("; ") if part != "status draft")
        yield f"{one.id} as a draft of a `{one.kind}`: {says}"
    else:
        yield f"{one.id} as `{one.kind}`: {one.cases:,} case{'' if one.cases == 1 else 's'}, and the model reads the same words"
    for words in one.unchecked:
        yield f"  not checked: {words}"


def _tell_meetings(proposed: "Proposed", console: Console) -> None:
    """What the analysis finds where drafts meet other rules, and what to say to the model to see it."""
    from ..findings import show

    if not proposed.news or proposed.places is None:
        return
    console.say("")
    show(tuple(one.finding for one in proposed.news), proposed.places, "human", console)
    said = [one for one in proposed.news if one.said]
    if said:
        console.say("\nto see what the model makes of it, say:")
    for one in said:
        ids = dict.fromkeys(_ID.findall(one.finding.title)) or (one.finding.code.id,)
        console.say(f"  {', '.join(ids)}: {' / '.join(one.said)}")


def _summary(proposed: "Proposed") -> Iterator[str]:
    """How many passages of each section become what, and why the others are left."""
    if not proposed.proposals:
        yield "no requirement in prose says something that is known by its form"
        return
    sections: dict[str, list[int]] = {}
    for proposal in proposed.proposals:
        sections.setdefault(proposal.section, [0, 0, 0])[1 if proposal.draft else 0] += 1
    reasons: dict[str, int] = {}
    for left in proposed.left:
        sections.setdefault(left.section, [0, 0, 0])[2] += 1
        why = left.why.partition(": ")[0]
        reasons[why] = reasons.get(why, 0) + 1
    width = min(40, max(7, *(len(name or _NOWHERE) for name in sections)))
    yield ""
    yield f"{'section':<{width}}  by form  drafts  left"
    for name, (formed, drafted, rest) in sections.items():
        yield f"{(name or _NOWHERE)[:width]:<{width}}  {formed or '':>7}  {drafted or '':>6}  {rest or '':>4}".rstrip()
    counts = [sum(column) for column in zip(*sections.values(), strict=True)]
    yield f"{'all':<{width}}  {counts[0]:>7}  {counts[1]:>6}  {counts[2]:>4}"
    often = sorted(reasons.items(), key=lambda one: -one[1])
    for why, count in often[:_REASONS]:
        yield f"{count:,} left: {'it' if count == 1 else 'each'} {why}"
    if len(often) > _REASONS:
        yield f"{sum(count for _, count in often[_REASONS:]):,} left for other reasons; `specc type ID` tells which"
    yield ""

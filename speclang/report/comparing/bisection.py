"""What is told of a search for what broke: what was asked and what came of it, and the smallest sets of changes that break it.

In: a `Bisected`. Out: lines for people, Markdown, JSON.
Invariant: a count stands nowhere without its n, a stub's results nowhere without its name; what nobody can tell is called so.
"""

import json
from collections.abc import Iterator, Sequence

from ...assure.bisecting.minimal import Verdict
from ...assure.bisecting.outcome import Bisected, Cause, Flip
from ...assure.comparing.varied import Varied
from ...diagnostics.width import safe
from ...grading.tally import Rate
from ...run.running import State
from ...source.hashing import Json
from ..evaluation import STUB
from ..marked import code
from ..spending import spent_data
from .comparison import described

VERSION = 1
"""The version of the shape of `specc bisect --format json`."""


_ENDED = {State.STOPPED: "it was told to stop", State.SPENT: "the budget is spent; the same command goes on with it"}
_MOST = 6


def lines(found: Bisected) -> Iterator[str]:
    """All of it, for people."""
    yield from (safe(line) for line in _watched(found))
    yield ""
    yield from (safe(line) for line in _table(found))
    yield ""
    yield from (safe(line) for line in (*_found(found), *_closing(found)))


def _watched(found: Bisected) -> Iterator[str]:
    one, other = found.before, found.after
    cases = ", ".join(f"{case} ({', '.join(ids)})" for _, case, ids in found.watched[:_MOST])
    more = f", and {len(found.watched) - _MOST:,} more" if len(found.watched) > _MOST else ""
    yield f"lost from run {one.id} ({one.target}) to run {other.id} ({other.target}): {cases}{more}"
    if found.left:
        yield f"{found.left:,} more cases were lost and are not asked; `--cases N` asks more of them"
    times = "once" if found.repeat == 1 else f"{found.repeat:,} times"
    steady = "; one answer decides" if found.steady else ""
    yield f"each is asked {times} with each choice of changes, on {found.target} ({found.model}){steady}"


def _table(found: Bisected) -> Iterator[str]:
    listed: list[tuple[str, Flip]] = []
    if found.nothing is not None:
        listed.append((f"nothing changed, as run {found.before.id}", found.nothing))
    listed.extend((f"{' and '.join(one.axes)} alone", one) for one in found.flips if one != found.whole)
    if found.whole is not None:
        listed.append((f"all of it, as run {found.after.id}", found.whole))
    width = max((len(name) for name, _ in listed), default=0)
    for name, one in listed:
        verdict = "" if one is found.nothing else f"  {_verdict(one)}"
        yield f"{name:<{width}}  {Rate(one.passed, one.n)}{verdict}"


def _verdict(one: Flip) -> str:
    if one.verdict is Verdict.OPEN:
        return "open" + (f", `--repeat {one.times}` may tell" if one.times else "")
    word = "breaks it" if one.verdict is Verdict.BAD else "does not break it"
    return word + (f" (chance {one.chance:.2g})" if one.chance is not None and one.verdict is Verdict.BAD else "")


def _found(found: Bisected) -> Iterator[str]:
    whole = found.whole
    for number, one in enumerate(found.causes):
        yield f"{'besides, by itself' if number else 'what breaks it'}: {_named(one)}"
        features = len({each.feature for each in one.changes if each.feature}) > 1
        for axis in one.axes:
            label = axis.value
            for each in one.changes:
                if each.axis is axis:
                    for text in described(each, features=features):
                        yield f"  {label:<10}  {text}"
                        label = ""
    if found.causes or whole is None:
        return
    if whole.verdict is Verdict.OPEN:
        what = "undecided: the answers do not bear a verdict on all changes together"
        yield f"{what}; `--repeat {whole.times}` may tell" if whole.times else what
    elif found.nothing is not None and not found.nothing.passed:
        yield f"undecided: asked as run {found.before.id} was, none of the cases passes today"
    else:
        yield "what was lost is not seen again with all that can be swapped: it was chance, or lies in what can't be swapped"


def _named(one: Cause) -> str:
    axes = " and ".join(one.axes)
    if len(one.changes) == 1:
        return f"one change, of the {axes}"
    together = f"{len(one.changes):,} changes, of {axes}, together"
    return (
        f"{together}, and none of them alone" if one.sure else f"{together}; it is open whether each of them is needed"
    )


def _closing(found: Bisected) -> Iterator[str]:
    if found.fixed:
        told = ", ".join(f"{one.axis} ({one.name})" for one in found.fixed[:_MOST])
        yield f"differs too and can't be swapped: {told}{', …' if len(found.fixed) > _MOST else ''}"
    if len(found.snapshots) > 1:
        yield (
            f"the replies come from several snapshots ({', '.join(found.snapshots)}); "
            "where that was not swapped, `--afresh` asks all of them of today's"
        )
    for case, why in found.missed[:3]:
        yield f"! {case} got no answer: {why}"
    if found.state in _ENDED or found.why:
        yield f"it did not come to its end: {_ENDED.get(found.state, found.why)}"
    spent = found.spending
    cost = f", {spent.cost:.4f} {spent.currency}" if spent.currency else ""
    yield f"{found.asked:,} choices of changes, {spent.sent:,} requests, {spent.recalled:,} answers from the store{cost}"
    if found.stub:
        yield STUB


def markdown(found: Bisected) -> str:
    """A comment for a pull request."""
    head = f"### What broke between run {found.before.id} and run {found.after.id}"
    parts = [[code(line) if line.strip() else "" for line in part] for part in (_watched(found), _table(found))]
    told = [f"- {code(line.strip())}" for line in (*_found(found), *_closing(found))]
    return "\n".join([head, "", *("  \n".join(part) + "\n" for part in parts), *told]) + "\n"


def as_json(found: Bisected) -> str:
    """One JSON object; the shape is `speclang/report/schemas/bisection.schema.json`."""
    data: Json = {
        "version": VERSION,
        "before": found.before.id,
        "after": found.after.id,
        "target": found.target,
        "model": found.model,
        "stub": found.stub,
        "steady": found.steady,
        "repeat": found.repeat,
        "watched": [
            {"feature": feature, "case": case, "requirements": list(ids)} for feature, case, ids in found.watched
        ],
        "left": found.left,
        "changes": _changes(found.changes),
        "fixed": _changes(found.fixed),
        "nothing": _flip(found.nothing),
        "whole": _flip(found.whole),
        "axes": [_flip(one) for one in found.flips],
        "causes": [
            {"axes": list(one.axes), "changes": _changes(one.changes), "sure": one.sure} for one in found.causes
        ],
        "asked": found.asked,
        "snapshots": list(found.snapshots),
        "state": found.state.value,
        "why": found.why or None,
        "missed": [{"case": case, "why": why} for case, why in found.missed],
        "spent": spent_data(found.spending),
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _flip(one: Flip | None) -> Json:
    if one is None:
        return None
    return {
        "axes": list(one.axes),
        "pass": one.passed,
        "n": one.n,
        "verdict": one.verdict.value,
        "chance": None if one.chance is None else round(one.chance, 6),
        "times": one.times or None,
    }


def _changes(found: Sequence[Varied]) -> Json:
    return [
        {
            "axis": one.axis.value,
            "feature": one.feature or None,
            "name": one.name,
            "how": str(one.how),
            "before": one.before,
            "after": one.after,
        }
        for one in found
    ]

"""What is told of cases that show no more than others do.

In: a `Pruned`. Out: lines for people, JSON for machines.
Invariant: what a case costs stands beside it only where its answers tell.
"""

import json
from collections.abc import Sequence

from ..assure.prune import Cost, Pruned, Redundant
from ..source.hashing import Json

VERSION = 1
"""The version of the shape of `specc cases prune --format json`."""

_MOST = 20

_SHORT = 0.05
"""Seconds below which it is not told how long something takes."""


def lines(found: Pruned) -> list[str]:
    """What is redundant, what has never failed, what nothing is known of."""
    told = [
        f"redundant: {one.id} repeats {one.like} in other words, and kills no mutant more{_cost(one.cost)}"
        for one in found.redundant[:_MOST]
    ]
    if len(found.redundant) > _MOST:
        told.append(f"redundant: and {len(found.redundant) - _MOST:,} more")
    by_hand = [one.id for one in found.redundant if not one.retires]
    if by_hand:
        told.append(f"to be taken out by hand, for a requirement says more than this: {_listed(by_hand)}")
    if found.untried:
        names = _listed([case for _, case in found.untried])
        told.append(f"near copies that were in no run of mutants, and stay: {names}")
    if found.saturated:
        told.append(f"no mutant has ever made these fail: {_listed([case for _, case in found.saturated])}")
    return told


def closing(found: Pruned) -> list[str]:
    """What it comes to."""
    left = found.cases - len(found.redundant)
    told = [f"{left:,} of {found.cases:,} cases keep every obligation and all of {found.kills:,} kills"]
    if found.redundant:
        tokens = [one.cost.tokens for one in found.redundant if one.cost.tokens is not None]
        seconds = [one.cost.seconds for one in found.redundant if one.cost.seconds is not None]
        took: list[str] = [f"{sum(tokens):,.0f} tokens"] if len(tokens) == len(found.redundant) else []
        took += [f"{sum(seconds):,.1f} s"] if len(seconds) == len(found.redundant) and sum(seconds) >= _SHORT else []
        told[0] += f"; {len(found.redundant):,} {'is' if len(found.redundant) == 1 else 'are'} redundant"
        told[0] += f" ({' and '.join(took)} for a run)" if took else ""
    exact = "no smaller choice keeps as much"
    told.append(
        exact if not found.beyond else f"at most {found.beyond:,} more than the smallest choice that keeps as much"
    )
    return told


def as_json(found: Pruned) -> Json:
    """The same as data."""
    return {
        "version": VERSION,
        "cases": found.cases,
        "kills": found.kills,
        "beyond": found.beyond,
        "redundant": [_redundant(one) for one in found.redundant],
        "saturated": [{"feature": feature, "case": case} for feature, case in found.saturated],
        "untried": [{"feature": feature, "case": case} for feature, case in found.untried],
    }


def text(found: Pruned) -> str:
    """The data as one document."""
    return json.dumps(as_json(found), ensure_ascii=True, indent=1) + "\n"


def _redundant(one: Redundant) -> Json:
    return {
        "feature": one.feature,
        "case": one.id,
        "requirement": one.requirement,
        "like": one.like,
        "tokens": one.cost.tokens,
        "seconds": one.cost.seconds,
        "retires": one.retires,
    }


def _cost(cost: Cost) -> str:
    said = [f"{cost.tokens:,.0f} tokens"] if cost.tokens is not None else []
    said += [f"{cost.seconds:.1f} s"] if cost.seconds is not None and cost.seconds >= _SHORT else []
    return f" ({', '.join(said)} for an answer)" if said else ""


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"

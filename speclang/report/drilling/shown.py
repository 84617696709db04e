"""Drills for people and programs.

In: what a run of drills came to, or how each stands today. Out: lines for a terminal, JSON.
Invariant: what an application said is on one line, cut and without control characters before it gets here.
"""

import json
from collections.abc import Iterator
from decimal import Decimal

from ...assure.drilled import Stands
from ...assure.drilling.mix import Share
from ...assure.drilling.outcome import Drilled, Result
from ...grading.holding import Call
from ...source.hashing import Json
from ..columns import columns

_UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60))

VERSION = 1
"""The version of the form of the JSON."""


def lines(found: Drilled) -> Iterator[str]:
    """The drills that fail, those of a tier that fail alike together; a line for each tier, and what it comes to."""
    failing: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in found.results:
        if not one.passed:
            tier = f"{one.feature}/{one.drill.removesuffix(f'/{one.failure}')}"
            failing.setdefault((tier, one.reasons), []).append(one.failure)
    for (tier, reasons), failures in failing.items():
        yield f"failed: {tier} after {', '.join(failures)}"
        yield from (f"  {reason}" for reason in reasons)
        yield ""
    tiers: dict[tuple[str, str, str], list[Result]] = {}
    for one in found.results:
        tiers.setdefault((one.feature, one.fallback, one.tier), []).append(one)
    rows = [("fallback", "tier", "drills", "passed", "told by")]
    for (feature, fallback, tier), some in tiers.items():
        signs = ", ".join(dict.fromkeys(one.sign for one in some if one.passed and one.sign))
        passed = sum(one.passed for one in some)
        rows.append((f"{feature}/{fallback}", tier, str(len(some)), str(passed), signs or "-"))
    yield from columns(rows, right=(2, 3))
    failed = sum(not one.passed for one in found.results)
    yield f"{counted(len(found.results), 'drill')} on {found.target}: {len(found.results) - failed:,} passed, {failed:,} failed"


def as_json(found: Drilled) -> str:
    """What a run of drills came to."""
    drills: list[Json] = [
        {
            "feature": one.feature,
            "drill": one.drill,
            "fallback": one.fallback,
            "tier": one.tier,
            "failure": one.failure,
            "passed": one.passed,
            "ended": one.ended,
            "sign": one.sign,
            "said": one.said,
            "reasons": list(one.reasons),
            "cases": [
                {"case": held.case, "requirement": held.requirement, "passed": held.passed, "why": held.why}
                for held in one.held
            ],
        }
        for one in found.results
    ]
    whole: Json = {
        "version": VERSION,
        "target": found.target,
        "model": found.model,
        "passed": found.passed,
        "drills": drills,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def counted(count: int, what: str) -> str:
    """`1 drill`, `2 drills`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def standing(found: Stands) -> Iterator[str]:
    """How each tier stands, and each share; what is due comes after it in words."""
    if found.tiers:
        rows: list[tuple[str, ...]] = [("fallback", "tier", "stands", "drills", "last", "every")]
        rows += [
            (
                f"{one.feature}/{one.fallback}",
                one.tier,
                one.state.value,
                f"{one.fine} of {one.drills}",
                one.last[:16].replace("T", " ") or "-",
                _amount(one.every) if one.every is not None else "-",
            )
            for one in found.tiers
        ]
        yield from columns(rows)
        yield from (f"{one.feature}/{one.fallback}/{one.tier}: {one.why}" for one in found.tiers if one.why)
        due = [one for one in found.tiers if not one.passes]
        yield f"{counted(len(found.tiers), 'tier')}: {len(found.tiers) - len(due):,} fine, {len(due):,} due"
    for share in found.shares:
        yield from _share(share)


def _amount(seconds: Decimal) -> str:
    """So many seconds in the largest unit in which they are whole: `7 days`."""
    unit, size = next(((name, size) for name, size in _UNITS if not seconds % size), ("second", 1))
    return f"{seconds / size:f} {unit}{'' if seconds == size else 's'}"


def _share(one: Share) -> Iterator[str]:
    lead = f"{one.feature}/{one.fallback}: "
    if not one.n:
        yield f"{lead}no answer of it was recorded"
        return
    by = f" ({', '.join(f'{tier} {count:,}' for tier, count in one.by)})" if one.by else ""
    said = {
        Call.HOLDS: f"at most {one.most:g}%",
        Call.FAILS: f"more than the {one.most:g}% that may",
        Call.UNDECIDED: f"undecided whether at most {one.most:g}%",
        Call.NOTHING: "nothing to tell it from",
    }[one.decision.call]
    more = f"; about {one.decision.more:,} more answers would tell" if one.decision.more else ""
    yield f"{lead}{one.rate} of the answers come from a tier{by}: {said}{more}"


def standing_as_json(found: Stands) -> str:
    """The same for programs."""
    tiers: list[Json] = [
        {
            "feature": one.feature,
            "fallback": one.fallback,
            "tier": one.tier,
            "state": one.state.value,
            "passes": one.passes,
            "drills": one.drills,
            "fine": one.fine,
            "last": one.last or None,
            "every_seconds": float(one.every) if one.every is not None else None,
            "why": one.why,
        }
        for one in found.tiers
    ]
    shares: list[Json] = [
        {
            "feature": one.feature,
            "fallback": one.fallback,
            "from_tiers": one.fell,
            "answers": one.n,
            "interval": list(one.rate.interval) if one.n else None,
            "at_most": one.most / 100,
            "verdict": one.decision.call.value,
            "more": one.decision.more,
            "tiers": dict(one.by),
        }
        for one in found.shares
    ]
    whole: Json = {"version": VERSION, "passes": found.passes, "tiers": tiers, "shares": shares}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"

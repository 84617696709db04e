"""What is told of a probe of real tools: a line for each promise, what breaks it, and who relies on the tool; JSON for machines.

In: a `Probe`. Out: lines and a document.
Invariant: a rate stands nowhere without its n and its interval; what a tool says is shown as text that is safe in a terminal.
"""

import json
from collections.abc import Sequence

from ..assure.probing.outcome import FAILING, Probe, Probed, Promised, Relying, Verdict
from ..diagnostics.located import Locator
from ..grading.tally import Rate
from ..kit.checks.evidence import harmless
from ..source.hashing import Json
from ..source.span import Span

VERSION = 1
"""The version of the shape of `specc probe --format json`."""

_MOST = 8
_LONGEST = 300


def head(one: Probed) -> str:
    """A tool, how it was called, and how often."""
    if one.passed_over:
        return f"{one.name} was not called: it {one.passed_over}"
    version = f", version {harmless(one.version, 60)}" if one.version else ""
    return f"{one.name} ({one.use}{version}): {one.calls:,} {'call' if one.calls == 1 else 'calls'}"


def words(one: Promised) -> str:
    """A promise as the spec says it."""
    return one.text if one.head in ("returns", "example", "version", "call") else f"{one.head} {one.text}"


def details(one: Promised) -> list[str]:
    """What shows the verdict on a promise."""
    lines: list[str] = []
    if one.rate is not None and one.rate.n:
        before = f"; {one.before} in the baseline" if one.before else ""
        chance = f", p = {one.chance:.2g}" if one.chance is not None else ""
        lines.append(f"{one.rate}{before}{chance}")
    if one.why:
        lines.append(harmless(one.why, _LONGEST))
    if one.verdict is Verdict.UNDECIDED and one.more:
        lines.append(f"this sample bears no verdict; about {one.more:,} more calls at the same rate would")
    elif one.verdict is Verdict.UNDECIDED:
        lines.append("this sample bears no verdict")
    if one.call and one.verdict in FAILING and one.head in ("returns", "ensures"):
        lines.append(f"call: {harmless(one.call, _LONGEST)}")
    return lines


def moves(one: Probed) -> list[str]:
    """What has moved that nothing promises."""
    lines = [f"{harmless(each.call, 120)}: {harmless(each.what, _LONGEST)}" for each in one.moved[:_MOST]]
    more = len(one.moved) - _MOST
    return lines + ([f"and {more:,} more calls"] if more > 0 else [])


def relied(one: Relying, *, many: bool) -> list[str]:
    """Who relies on a tool."""
    name = f" of {one.feature}" if many else ""
    lines = [f"requirements{name}: {listed(one.requirements) or 'none'}"]
    lines.append(f"clauses{name}: {listed(one.clauses) or 'none'}")
    lines.append(f"cases{name}: {_cases(one.cases)}")
    return lines


def listed(names: Sequence[str]) -> str:
    """Names, as many as can be read at a glance."""
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"


def _cases(names: Sequence[str]) -> str:
    return f"{len(names):,}: {listed(names)}" if names else "none"


def summary(found: Probe) -> str:
    """All of it in one line."""
    told = [promised for one in found.tools for promised in one.promised]
    if not found.tools:
        late = len(found.diagnostics)
        said = f"{late:,} {'is' if late == 1 else 'are'} out of date" if late else "none is out of date"
        return f"nothing was called; of the recordings, {said}"
    counts = [
        (sum(promised.verdict is verdict for promised in told), verdict.value)
        for verdict in Verdict
        if any(promised.verdict is verdict for promised in told)
    ]
    said = ", ".join(f"{count:,} {word}" for count, word in counts) or "nothing was called"
    since = f"; baseline of {found.baseline}" if found.baseline else ""
    return f"{len(told):,} promises: {said}{since}" if told else f"{said}{since}"


def as_json(found: Probe) -> str:
    """The whole probe as one document."""
    where = Locator(found.places)
    data: dict[str, Json] = {
        "version": VERSION,
        "day": found.day,
        "baseline": found.baseline or None,
        "passed": found.passed,
        "tools": [_tool(one, where) for one in found.tools],
        "recordings": [
            {"code": one.code.id, "title": one.title, "place": _place(one.primary.span, where)}
            for one in found.diagnostics
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _tool(one: Probed, where: Locator) -> Json:
    return {
        "tool": one.name,
        "use": one.use or None,
        "version": one.version or None,
        "calls": one.calls,
        "passed_over": one.passed_over or None,
        "promises": [_promised(each, where) for each in one.promised],
        "moved": [{"call": each.call, "what": each.what} for each in one.moved],
        "relying": [
            {
                "feature": each.feature,
                "requirements": list(each.requirements),
                "clauses": list(each.clauses),
                "cases": list(each.cases),
            }
            for each in one.relying
        ],
    }


def _promised(one: Promised, where: Locator) -> Json:
    return {
        "field": one.head,
        "text": one.text,
        "verdict": one.verdict.value,
        "why": one.why or None,
        "call": one.call or None,
        "calls": one.calls,
        "rate": _rate(one.rate),
        "before": _rate(one.before),
        "chance": None if one.chance is None else round(one.chance, 6),
        "more": one.more or None,
        "place": _place(one.span, where),
    }


def _rate(rate: Rate | None) -> Json:
    if rate is None or rate.share is None:
        return None
    low, high = rate.interval
    return {
        "held": rate.passed,
        "n": rate.n,
        "share": round(rate.share, 6),
        "interval": [round(low, 6), round(high, 6)],
    }


def _place(span: Span, where: Locator) -> str:
    place = where.place(span)
    return f"{place.file}:{place.line}:{place.column}"

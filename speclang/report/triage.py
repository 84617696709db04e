"""What is told of a triage: each conversation with the step that broke first, how often each layer did, Markdown, JSON.

In: a `Triage`. Out: lines and documents.
Invariant: what a model, a tool or a spec wrote is quoted, on one line and without what a terminal would act on; a stub's results stand
nowhere without its name.
"""

import json
from collections.abc import Iterator, Sequence

from ..assure.triaging.breaks import Break
from ..assure.triaging.outcome import BROKEN, Row, Triage, Triaged
from ..assure.triaging.verdict import Finding
from ..grading.spans.order import Skew
from ..grading.steps import Deed, Step
from ..kit.checks.evidence import harmless, quote
from ..source.hashing import Json
from .evaluation import STUB
from .marked import cells, code

VERSION = 1
"""The version of the shape of `specc triage --format json`."""


HEAD = ("requirement", *(layer.value for layer in BROKEN))

_SHOWN = 20
"""Of how many conversations is told in words."""

_NAMES = 6
_LONGEST = 300
_CLAUSE = 200
_SECOND = 1_000_000_000
_NOTHING = "no requirement"


def conversations(found: Triage, most: int = _SHOWN) -> Iterator[str]:
    """The conversations with findings, each with its verdict, the steps and the clause; of those that broke alike the first."""
    groups = list(_alike(found).values())
    for group in groups[:most]:
        yield from _conversation(group[0])
        if len(group) > 1:
            yield f"  the same in {len(group) - 1:,} more: {_listed([one.name for one in group[1:]])}"
        yield ""
    if len(groups) > most:
        yield f"and {len(groups) - most:,} more that broke otherwise; `--case` chooses some, `--format json` tells all"
        yield ""


def _alike(found: Triage) -> dict[tuple[object, ...], list[Triaged]]:
    """The conversations by what broke in them, in which order, for which requirements."""
    groups: dict[tuple[object, ...], list[Triaged]] = {}
    for one in found.found:
        key = tuple(
            (each.joint, each.requirement, each.fails, *_kind(each.first), *_kind(each.then)) for each in one.findings
        )
        groups.setdefault((one.feature, *key), []).append(one)
    return groups


def _kind(one: Break | None) -> tuple[str, str]:
    return ("", "") if one is None else (one.fault.name, one.tool)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
    return f"{', '.join(harmless(name, _LONGEST) for name in names[:_NAMES])}{more}"


def rows(found: Triage) -> list[tuple[str, ...]]:
    """A row for each requirement, under a head."""
    many = len({one.feature for one in found.found}) > 1
    return [HEAD, *(_row(one, many=many) for one in found.rows)]


def closing(found: Triage) -> list[str]:
    """What all of it comes to."""
    lines = [_counted(found)]
    if found.found:
        told = ", ".join(f"{layer.value} {count:,}" for layer, count in zip(BROKEN, found.layers, strict=True))
        lines.append(f"broke first: {told}")
    lines.extend(_skews(found))
    if found.elsewhere:
        count = f"{found.elsewhere:,} {_plural('answer', found.elsewhere)}"
        lines.append(f"{count} to a prompt or a case of another time, not looked at")
    if found.mute:
        lines.append(
            f"{found.mute:,} without messages, not looked at: have your instrumentation record the content of messages"
        )
    for place, why in found.refused[:_SHOWN]:
        lines.append(f"not read: {harmless(place, _LONGEST)}: {harmless(why, _LONGEST)}")
    if found.written:
        lines.append(f"wrote the spans of {found.written:,} {_plural('conversation', found.written)}")
    case = next((one.case for one in found.found if one.case and one.failed), "")
    if case:
        lines.append(f"next: `specc explain {case}` tells whether the spec, its files or a grader are at fault instead")
    if found.stub:
        lines.append(STUB)
    return lines


def _counted(found: Triage) -> str:
    what = f"{found.looked:,} {_plural('answer' if found.run else 'conversation', found.looked)}"
    whose = f" of run {found.run.id} ({found.run.target})" if found.run is not None else ""
    besides = len(found.found) - found.failed
    more = f", and {besides:,} that fail no requirement are not as they should be" if besides > 0 else ""
    if not found.looked:
        return f"{what}{whose}: nothing was looked at"
    if not found.found:
        return f"{what}{whose}: nothing broke"
    return f"{what}{whose}: {found.failed:,} {'fails' if found.failed == 1 else 'fail'}{more}"


def markdown(found: Triage) -> str:
    """A comment for a pull request."""
    lines = [f"### specc triage: {_counted(found)}", ""]
    if found.stub:
        lines += [f"**{STUB[0].upper()}{STUB[1:]}.**", ""]
    if found.found:
        head, *body = rows(found)
        lines += [cells(head), cells("---" for _ in head), *(cells((code(row[0]), *row[1:])) for row in body), ""]
    for one in [group[0] for group in _alike(found).values()][:_SHOWN]:
        verdict = one.verdict
        lines += [f"<details><summary>{code(one.name)}: {verdict.joint.value}</summary>", ""]
        for finding in one.findings:
            lines += [f"- {code(line.strip())}" for line in _finding(finding)]
        lines += ["", "</details>", ""]
    told = closing(found)[1:]
    return "\n".join([*lines, *(told[:-1] if found.stub else told), ""])


def as_json(found: Triage) -> str:
    """One JSON document, as `triage.schema.json` describes it."""
    tool, harness, model = found.layers
    run = found.run
    data: Json = {
        "version": VERSION,
        "run": None if run is None else {"id": run.id, "target": run.target, "model": run.model},
        "stub": found.stub,
        "looked": found.looked,
        "failed": found.failed,
        "layers": {"tool": tool, "harness": harness, "model": model},
        "requirements": [_counts(one) for one in found.rows],
        "conversations": [_data(one) for one in found.found],
        "elsewhere": found.elsewhere,
        "mute": found.mute,
        "refused": [{"place": place, "why": why} for place, why in found.refused],
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _conversation(one: Triaged) -> Iterator[str]:
    yield f"{harmless(one.name, _LONGEST)}: {one.verdict.joint.value}{_case_of(one)}"
    before: Finding | None = None
    for finding in one.findings:
        yield from _finding(finding, before)
        before = finding


def _case_of(one: Triaged) -> str:
    return f" (`{one.case}`)" if one.case and one.case not in one.name else ""


def _finding(one: Finding, before: Finding | None = None) -> Iterator[str]:
    """What broke first, what the model made of it, what fails, and the clause; what was told `before` is not told again."""
    if before is None or before.first != one.first:
        yield _at(one.first)
    if one.then is not None and (before is None or before.then != one.then):
        yield _at(one.then)
    if one.requirement:
        yield f"    {one.requirement}: {harmless(one.reason, _LONGEST)}"
    values = ", ".join(quote(value) for value in one.invented[:5])
    if values and (before is None or before.invented != one.invented):
        yield f"    no source holds {values}"
    if one.clause:
        yield f"    its clause: {harmless(one.clause, _CLAUSE)}"
    if one.unhandled:
        yield f"    {one.unhandled}"


def _at(one: Break) -> str:
    what = f"{one.fault.value}: " if one.layer.value == "model" else ""
    return f"  step {one.step:<3} {one.layer.value:<8} {what}{harmless(one.said, _LONGEST)}"


def _skews(found: Triage) -> Iterator[str]:
    """How far clocks are off, each once, by the conversation that tells it most exactly."""
    nearest: dict[str, Skew] = {}
    for skew in (each for one in found.found for each in one.told.skews):
        known = nearest.get(skew.clock)
        if known is None or skew.most - skew.least < known.most - known.least:
            nearest[skew.clock] = skew
    for name, skew in sorted(nearest.items()):
        yield f"the clock of {harmless(name, 80)} is {_far(skew)}; the order is by what caused what"
    if any(one.told.torn for one in found.found):
        yield "some spans are each before the other by what they say: their order is by times"


def _far(skew: Skew) -> str:
    """How far, as exactly as the order tells."""
    ahead = skew.least > 0
    least, most = sorted((abs(skew.least), abs(skew.most)))
    side = "ahead" if ahead else "behind"
    if most == float("inf"):
        return f"at least {least / _SECOND:.3g} s {side}"
    return f"{least / _SECOND:.3g} to {most / _SECOND:.3g} s {side}"


def _row(one: Row, *, many: bool) -> tuple[str, ...]:
    name = one.requirement or _NOTHING
    return (f"{one.feature}/{name}" if many else name, *(f"{count:,}" for count in one.counts))


def _counts(one: Row) -> Json:
    tool, harness, model = one.counts
    return {
        "feature": one.feature,
        "requirement": one.requirement or None,
        "layers": {"tool": tool, "harness": harness, "model": model},
    }


def _data(one: Triaged) -> Json:
    verdict = one.verdict
    return {
        "name": one.name,
        "feature": one.feature,
        "case": one.case or None,
        "sample": one.told.sample,
        "failed": one.failed,
        "verdict": {
            "joint": verdict.joint.value,
            "layer": verdict.first.layer.value,
            "step": verdict.first.step,
            "requirement": verdict.requirement or None,
            "clause": verdict.clause or None,
        },
        "findings": [_finding_data(each) for each in one.findings],
        "steps": [_step(each) for each in one.told.steps],
        "skews": [
            {"clock": each.clock, "least": _seconds(each.least), "most": _seconds(each.most)} for each in one.told.skews
        ],
    }


def _finding_data(one: Finding) -> Json:
    return {
        "joint": one.joint.value,
        "fails": one.fails,
        "requirement": one.requirement or None,
        "clause": one.clause or None,
        "reason": one.reason or None,
        "first": _break(one.first),
        "then": _break(one.then) if one.then is not None else None,
        "invented": list(one.invented),
        "unhandled": one.unhandled or None,
    }


def _break(one: Break) -> Json:
    return {
        "step": one.step,
        "layer": one.layer.value,
        "fault": one.fault.name.lower(),
        "tool": one.tool or None,
        "said": one.said,
    }


def _step(one: Step) -> Json:
    """A step without its text, which the spans hold: its size and its hash stand for it."""
    held = one.deed in (Deed.RETURNED, Deed.SHOWN)
    return {
        "step": one.number,
        "layer": one.layer.value,
        "deed": one.deed.value,
        "tool": one.tool or None,
        "text": harmless(one.text, _LONGEST),
        "bytes": len(one.text.encode()),
        "hash": one.hash if held else None,
        "error": one.error or None,
        "seconds": one.seconds,
        "span": one.span or None,
    }


def _seconds(nanoseconds: float) -> float | None:
    return None if abs(nanoseconds) == float("inf") else round(nanoseconds / _SECOND, 9)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"

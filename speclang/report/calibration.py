"""What is told of a calibration: a table for people, Markdown for a pull request, JSON for machines.

In: a `Calibration`. Out: lines and documents.
Invariant: a figure stands nowhere without its n and its interval; a stub's nowhere without its name.
"""

import json
from collections.abc import Iterable

from ..assure.calibrate import Calibration, Dispute, Measured
from ..assure.calibration import kappa
from ..diagnostics.formats import json as findings_as_json
from ..engine.answers import shown
from ..grading.judging.ballot import Say
from ..grading.tally import Rate
from ..source.hashing import Json
from .columns import columns
from .evaluation import JUDGE_STUB, judge
from .marked import cells, code

VERSION = 1
"""The version of the shape of `specc judge calibrate --format json`."""

HEAD = ("grader", "both pass", "both fail", "only judge", "only people", "undecided", "agreement")

_MOST = 20
"""How many answers on which judge and people differ are told, for each grader."""


def lines(found: Calibration) -> list[str]:
    """The table, and below it what it comes to for each grader."""
    rows = [HEAD, *(_row(one, found) for one in found.measured)]
    told = list(columns(rows, range(1, len(HEAD) - 1)))
    for one in found.measured:
        told += ["", *_about(one, found)]
    return [*told, "", *closing(found)]


def closing(found: Calibration) -> list[str]:
    """What was judged, and what was not."""
    told = judge(found.bench)[:1]
    if found.open:
        told.append(f"{found.open:,} {'line has' if found.open == 1 else 'lines have'} no label yet")
    if found.spent:
        done = sum(one.agreement.n + one.agreement.undecided for one in found.measured)
        told.append(f"the budget is spent: {done:,} of {found.labels:,} labelled answers were judged")
    return [*told, *([JUDGE_STUB] if found.bench.stub else [])]


def markdown(found: Calibration) -> str:
    """A comment for a pull request."""
    title = f"### specc judge calibrate: {found.bench.target} ({found.bench.model})"
    body = (_row(one, found) for one in found.measured)
    told = [title, "", cells(HEAD), cells("---" for _ in HEAD), *(cells((code(row[0]), *row[1:])) for row in body), ""]
    for one in found.measured:
        head, *rest = _about(one, found)
        told += [
            f"**{head}**",
            "",
            *(f"- {line.strip()}" if _plain(line) else f"- {code(line.strip())}" for line in rest),
            "",
        ]
    return "\n".join([*told, *closing(found), ""])


def _plain(line: str) -> bool:
    """Whether a line holds nothing that a model wrote."""
    return not line.startswith("  ")


def as_json(found: Calibration) -> str:
    """One JSON document, as `calibration.schema.json` describes it."""
    data: Json = {
        "version": VERSION,
        "judge": {
            "target": found.bench.target,
            "model": found.bench.model,
            "stub": found.bench.stub,
            "hash": found.key,
            "votes": found.bench.votes,
            "sent": found.bench.sent,
        },
        "labels": found.labels,
        "open": found.open,
        "spent": found.spent,
        "graders": [_grader(one) for one in found.measured],
        "findings": json.loads(findings_as_json.render(found.diagnostics, found.places))["findings"],
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _row(one: Measured, found: Calibration) -> tuple[str, ...]:
    seen = one.agreement
    counts = (seen.both, seen.neither, seen.only_judge, seen.only_people, seen.undecided)
    return (_name(one, found), *(f"{count:,}" for count in counts), str(seen.rate))


def _name(one: Measured, found: Calibration) -> str:
    many = len({other.question.feature for other in found.measured}) > 1
    return f"{one.question.feature}/{one.question.grader}" if many else one.question.grader


def _about(one: Measured, found: Calibration) -> list[str]:
    """What the figures of one grader come to; what begins with spaces was written by a model in part."""
    seen, votes = one.agreement, one.consistency
    told = [
        f"{_name(one, found)}: {kappa(seen)}",
        f"of what people refuse, the judge lets pass: {seen.lenient}",
        f"of what people let pass, the judge refuses: {seen.strict}",
        f"two votes with the anchors in one order say the same: {votes.same_order}",
        f"two votes with the anchors swapped say the same: {votes.swapped}",
    ]
    if votes.void:
        told.append(f"{votes.void:,} of {votes.votes:,} votes gave no verdict")
    told += [_dispute(other) for other in one.disputes[:_MOST]]
    left = len(one.disputes) - _MOST
    return [*told, *([f"and {left:,} more on which they differ"] if left > 0 else [])]


def _dispute(one: Dispute) -> str:
    case = f" ({one.case})" if one.case else ""
    first = one.outcome.first if one.outcome.say is not Say.UNSURE else None
    by = f', by "{first.quote}": {first.reason}' if first else ""
    return f"  line {one.line:,}{case}: people say {_said(one.people)}; {one.outcome.told}{by}"


def _said(passes: bool) -> str:  # noqa: FBT001 - it is what is told
    return "pass" if passes else "fail"


def _grader(one: Measured) -> Json:
    seen, votes = one.agreement, one.consistency
    low, high = seen.interval
    return {
        "feature": one.question.feature,
        "requirement": one.question.requirement,
        "grader": one.question.grader,
        "question": one.question.version,
        "both_pass": seen.both,
        "both_fail": seen.neither,
        "only_judge": seen.only_judge,
        "only_people": seen.only_people,
        "undecided": seen.undecided,
        "agreement": shown.rate(seen.rate),
        "kappa": None if seen.kappa is None else round(seen.kappa, 6),
        "kappa_interval": None if seen.kappa is None else [round(low, 6), round(high, 6)],
        "lenient": shown.rate(seen.lenient),
        "strict": shown.rate(seen.strict),
        "same_order": _rate(votes.same_order),
        "swapped": _rate(votes.swapped),
        "flips": _rate(votes.flips),
        "votes": votes.votes,
        "void": votes.void,
        "disputes": [_told(other) for other in one.disputes],
    }


def _told(one: Dispute) -> Json:
    votes: Iterable[Json] = (
        {"say": vote.say.value, "quote": vote.quote, "reason": vote.reason, "tries": vote.tries}
        for vote in one.outcome.votes
    )
    return {
        "line": one.line,
        "case": one.case or None,
        "people": _said(one.people),
        "judge": one.outcome.say.value,
        "votes": list(votes),
    }


def _rate(one: Rate) -> Json:
    return shown.rate(one)

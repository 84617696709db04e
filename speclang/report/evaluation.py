"""What is told of a run: a table for people, Markdown for a pull request, JSON and JUnit for machines.

In: an `Evaluated`. Out: lines and documents.
Invariant: a rate stands nowhere without its n and its interval, a stub's results nowhere without its name, and what a judge says is
marked as judged.
"""

import json
from collections.abc import Mapping, Sequence

from ..assure.calibration import Calibrated, Trust
from ..assure.outcome import Bench, Evaluated, Row
from ..diagnostics.formats import json as findings_as_json
from ..engine.answers import shown
from ..grading.holding import Call
from ..grading.tally import Rate
from ..model.reliability import KnownFailure
from ..run.running import State
from ..source.hashing import Json
from .marked import cells, code
from .spending import spent_data, took

VERSION = 1
"""The version of the shape of `specc eval --format json`."""

STUB = "by the obedient stub, which is no model: this tells of specs, cases and graders, and of no answer that a model gives"

JUDGE_STUB = "judged by the obedient stub, which is no model: this tells of specs, cases and graders, and nothing of a tone or the like"

HEAD = ("requirement", "level", "pass", "fail", "judge", "rate", "verdict")


def rows(found: Evaluated) -> list[tuple[str, ...]]:
    """A row for each requirement of which answers tell, under a head."""
    many = len({one.standing.feature for one in found.rows}) > 1
    return [HEAD, *(cells_of(one, many=many) for one in found.rows if told(one))]


def told(row: Row) -> bool:
    """Whether any answer tells of the requirement."""
    return bool(row.standing.rate.n or row.standing.judge)


def verdict(row: Row) -> str:
    """What can be said of the requirement, and whether a judge had a part in it."""
    if row.expected and row.standing.known is not None:
        return f"known to fail until {row.standing.known.until.isoformat()}"
    said = _decided(row)
    told = [f"{row.holds} wanted"] if row.holds and row.decision.call is not Call.NOTHING else []
    told += ["judged"] if row.standing.judged.n or row.standing.undecided else []
    told += ["the judge is in doubt"] if row.doubt else []
    return f"{said} ({', '.join(told)})" if told else said


def _decided(row: Row) -> str:
    match row.decision.call:
        case Call.HOLDS:
            return "holds"
        case Call.FAILS:
            return "fails" if row.level == "must" else "below what is wanted"
        case Call.UNDECIDED:
            return f"undecided, run {row.decision.more:,} more" if row.decision.more else "undecided"
        case Call.NOTHING:
            return "left to a judge" if row.standing.judge else "-"


def name(row: Row, *, many: bool) -> str:
    """What the requirement is called, with its feature where there are several."""
    return f"{row.standing.feature}/{row.standing.requirement}" if many else row.standing.requirement


def closing(found: Evaluated) -> list[str]:
    """What all answers come to, and what they took."""
    summary = found.summary
    whom = found.target if found.model == found.target else f"{found.target} ({found.model})"
    lines = [f"{summary.answers:,} of {found.of:,} answers of {whom}: {summary.strict} meet all that code can tell"]
    if summary.judged.n:
        lines.append(
            f"{summary.judged.n:,} of them were judged, too: {summary.judged} meet all that code and judge can tell"
        )
    if found.every_time is not None:
        lines.append(f"every time that it was run: {found.every_time} of the cases do")
    for row in found.rows:
        if row.standing.excused:
            failed = ", ".join(
                f"{case} ({rate.n - rate.passed:,} of {rate.n:,})" for case, rate in row.standing.excused
            )
            lines.append(f"known to fail, and counted nowhere above: {failed}")
    lines.append(f"run {found.run}: {took(found.spending)}")
    lines += judge(found.judge) if found.judge is not None else _unjudged(found)
    if found.stub:
        lines.append(STUB if found.judge is None or not found.judge.stub else JUDGE_STUB)
    return lines


def left(answers: int) -> str:
    """That the budget did not reach."""
    were = "answer is" if answers == 1 else "answers are"
    return f"the budget is spent: {answers:,} {were} left to the judge; run it again, and what he has said is not asked again"


def judge(bench: Bench) -> list[str]:
    """What the judge did, on a line."""
    if not bench.verdicts:
        return []
    whom = bench.target if bench.model == bench.target else f"{bench.target} ({bench.model})"
    parts = [f"{bench.verdicts:,} {'verdict' if bench.verdicts == 1 else 'verdicts'} by {bench.votes:,} votes"]
    if bench.split:
        parts.append(f"{bench.split:,} split")
    if bench.undecided:
        parts.append(f"{bench.undecided:,} undecided")
    parts.append(f"{bench.sent:,} asked")
    if bench.recalled:
        parts.append(f"{bench.recalled:,} verdicts from the store")
    return [f"judged by {whom}: {', '.join(parts)}", *trusts(bench.trusts)]


def trusts(found: Sequence[Trust]) -> list[str]:
    """How far a judge is shown to agree with people, a line for each grader; one for all of which nothing is known."""
    known = [one for one in found if one.state is not Calibrated.NO]
    unknown = [f"`{one.grader}`" for one in found if one.state is Calibrated.NO]
    told = [f"`{one.grader}` is {one.told}" for one in known]
    if unknown:
        told.append(
            f"not calibrated: {', '.join(unknown)}; `specc judge label` and `calibrate` hold the judge against people"
        )
    return told


def _unjudged(found: Evaluated) -> list[str]:
    """That there is something which only a judge can tell, where none was asked."""
    left = sum(one.standing.judge for one in found.rows)
    if not left:
        return []
    verb = "verdict is" if left == 1 else "verdicts are"
    return [f"{left:,} {verb} left to a judge; `[judge]` in the settings names one"]


def as_json(found: Evaluated) -> str:
    """One JSON document, as `evaluation.schema.json` describes it."""
    data: Json = {
        "version": VERSION,
        "run": found.run,
        "target": found.target,
        "model": found.model,
        "stub": found.stub,
        "state": found.state.value,
        "of": found.of,
        "spent": spent_data(found.spending),
        "answers": found.summary.answers,
        "rate": shown.rate(found.summary.strict),
        "every_time": None if found.every_time is None else shown.rate(found.every_time),
        "judge": None if found.judge is None else _judge(found.judge, found.summary.judged),
        "requirements": [_requirement(one) for one in found.rows],
        "ungraded": list(found.summary.ungraded),
        "findings": json.loads(findings_as_json.render(found.diagnostics, found.places))["findings"],
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _judge(bench: Bench, rate: Rate) -> Json:
    return {
        "target": bench.target,
        "model": bench.model,
        "stub": bench.stub,
        "rate": shown.rate(rate),
        "verdicts": bench.verdicts,
        "votes": bench.votes,
        "split": bench.split,
        "undecided": bench.undecided,
        "sent": bench.sent,
        "recalled": bench.recalled,
        "graders": [_trust(one) for one in bench.trusts],
    }


def _trust(one: Trust) -> Json:
    seen, known = one.agreement, one.agreement.kappa
    low, high = seen.interval
    return {
        "feature": one.feature,
        "grader": one.grader,
        "calibrated": _STATES[one.state],
        "kappa": None if known is None else round(known, 6),
        "interval": None if known is None else [round(low, 6), round(high, 6)],
        "n": seen.n,
    }


_STATES: Mapping[Calibrated, str] = {
    Calibrated.YES: "yes",
    Calibrated.OTHERWISE: "another version",
    Calibrated.NO: "no",
}


def junit(found: Evaluated) -> str:
    """JUnit's XML: a test for each requirement; a stub's suite bears its name."""
    suite = "specc eval (stub)" if found.stub else "specc eval"
    return shown.junit(found.diagnostics, (one.standing for one in found.rows), found.places, suite, failing(found))


def failing(found: Evaluated) -> frozenset[tuple[str, str]]:
    """The requirements that fail the run."""
    return frozenset((one.standing.feature, one.standing.requirement) for one in found.rows if one.blocks)


def markdown(found: Evaluated) -> str:
    """A comment for a pull request: the table, and for each requirement that does not hold the first answers that show it."""
    head, *body = rows(found)
    lines = [f"### specc eval: {_outcome(found)}", ""]
    told = closing(found)
    if found.stub:
        lines += [f"**{told[-1][0].upper()}{told[-1][1:]}.**", ""]
    lines += [cells(head), cells("---" for _ in head), *(cells((code(row[0]), *row[1:])) for row in body), ""]
    many = len({one.standing.feature for one in found.rows}) > 1
    for one in found.rows:
        if one.standing.failures:
            count = f"{one.standing.failed:,} of {one.standing.rate.n:,}"
            lines += [f"<details><summary>{name(one, many=many)}: {count} fail</summary>", ""]
            lines += [f"- {code(failure.case)}: {code(failure.reason)}" for failure in one.standing.failures]
            lines += ["", "</details>", ""]
    return "\n".join([*lines, *(told[:-1] if found.stub else told), ""])


def _outcome(found: Evaluated) -> str:
    if found.state is not State.DONE:
        return "did not come to its end"
    return f"{len(failing(found)):,} fail" if failing(found) else "all that must hold holds"


def cells_of(row: Row, *, many: bool) -> tuple[str, ...]:
    """A row of the table, as `HEAD` names its columns."""
    one = row.standing
    counts = (f"{one.passed:,}", f"{one.failed:,}", f"{one.judge:,}")
    return (name(row, many=many), row.level, *counts, str(one.rate), verdict(row))


def _requirement(row: Row) -> Json:
    one = row.standing
    first: Json = [
        {"case": failure.case, "repetition": failure.line, "reason": failure.reason} for failure in one.failures
    ]
    return {
        "feature": one.feature,
        "requirement": one.requirement,
        "level": row.level,
        "pass": one.passed,
        "fail": one.failed,
        "judge": one.judge,
        "not_applicable": one.not_applicable,
        "rate": shown.rate(one.rate),
        "judged": shown.rate(one.judged),
        "undecided": one.undecided,
        "wanted": row.wanted,
        "holds": row.holds or None,
        "known_to_fail": _known(one.known),
        "excused": [{"case": case, "rate": shown.rate(rate)} for case, rate in one.excused],
        "verdict": row.decision.call.value,
        "more": row.decision.more,
        "failures": first,
    }


def _known(mark: KnownFailure | None) -> Json:
    return None if mark is None else {"until": mark.until.isoformat(), "because": mark.because}

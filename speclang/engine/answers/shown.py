"""Verdicts for machines: JSON, as `scores.schema.json` describes it, and JUnit's XML.

In: verdicts and what they come to. Out: text; of a JSON document one piece at a time, for it may be long.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator, Sequence

from ...diagnostics.diagnostic import Diagnostic, has_errors
from ...diagnostics.formats import json as findings_as_json
from ...grading.suite import GraderVerdict, Judgement, RequirementVerdict
from ...grading.tally import Rate, Standing
from ...grading.verdicts import Graded
from ...source.hashing import Json
from ...source.span import Places
from .score import Scoring
from .summary import Summary

VERSION = 1
"""The version of the shape of `specc score --format json`."""

_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for; named by what it allows, it took a twentieth of the start of a run to compile."""


def as_json(scoring: Scoring, answers: Iterable[Graded]) -> Iterator[str]:
    """One JSON document, in pieces: each answer as it is graded, then the rest."""
    yield f'{{"version": {VERSION}, "answers": ['
    lead = "\n"
    for one in answers:
        yield lead + _dumped(answer(one))
        lead = ",\n"
    found: Json = json.loads(findings_as_json.render(scoring.findings, scoring.places))["findings"]
    yield f'\n],\n"summary": {_dumped(summary(scoring.summary))},\n"findings": {_dumped(found)}}}\n'


def ungraded(found: Sequence[Diagnostic], places: Places) -> str:
    """The document where the specs themselves have errors, and nothing could be graded."""
    said: Json = json.loads(findings_as_json.render(found, places))["findings"]
    return _dumped({"version": VERSION, "answers": [], "summary": None, "findings": said}) + "\n"


def answer(one: Graded) -> Json:
    """One answer with its verdicts."""
    return {
        "line": one.line,
        "feature": one.feature,
        "case": one.case or None,
        "model": one.model or None,
        "sample": one.sample,
        "passed": one.passed if one.told else None,
        "requirements": [_requirement(other) for other in one.requirements],
    }


def summary(one: Summary) -> Json:
    """What all verdicts come to."""
    return {
        "answers": one.answers,
        "refused": one.refused,
        "strict": rate(one.strict),
        "loose": None if one.loose is None else rate(one.loose),
        "judged": rate(one.judged),
        "requirements": [_standing(other) for other in one.standings],
        "ungraded": list(one.ungraded),
    }


def junit(
    found: Iterable[Diagnostic],
    standings: Iterable[Standing],
    places: Places,
    suite: str = "specc score",
    failing: Container[tuple[str, str]] | None = None,
) -> str:
    """One XML document: a test for each requirement, and one for each further finding that is an error.

    `failing` are the features and requirements that fail, where something else than any answer that does not pass decides it.
    """
    from xml.sax.saxutils import escape  # which loads the library for addresses, too

    from ...diagnostics.draw import draw

    rows: list[str] = []
    failures = skipped = 0
    drawn = {one.requirement: draw(one, places) for one in found if one.requirement}
    for one in standings:
        body = ""
        fails = one.fails if failing is None else (one.feature, one.requirement) in failing
        if fails:
            failures += 1
            text = drawn.get(one.requirement, "")
            body = f"<failure message={_attribute(one.short or str(one.rate))}>{escape(_legal(text))}</failure>"
        elif not one.rate.n:
            skipped += 1
            body = f"<skipped message={_attribute('left to a judge' if one.judge else 'no answer tells')}/>"
        name = f"classname={_attribute(one.feature)} name={_attribute(one.requirement)}"
        rows.append(f"  <testcase {name}>{body}</testcase>\n")
    for other in found:
        if not other.requirement and has_errors([other]):
            failures += 1
            body = f"<failure message={_attribute(other.title)}>{escape(_legal(draw(other, places)))}</failure>"
            rows.append(
                f"  <testcase classname={_attribute('answers')} name={_attribute(other.title)}>{body}</testcase>\n"
            )
    head = (
        f'<testsuite name={_attribute(suite)} tests="{len(rows)}" failures="{failures}" errors="0" skipped="{skipped}">'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(rows)}</testsuite>\n'


def _requirement(one: RequirementVerdict) -> Json:
    return {
        "requirement": one.requirement,
        "state": one.state.value,
        "loose": one.loose.value if one.loose else None,
        "gates": one.gates,
        "reason": one.reason,
        "judged": one.judged,
        "graders": [_grader(other) for other in one.graders],
    }


def _grader(one: GraderVerdict) -> Json:
    return {
        "grader": one.grader,
        "check": one.check,
        "version": one.version,
        "level": one.level.value,
        "gates": one.gates,
        "state": one.state.value,
        "loose": one.loose.value if one.loose else None,
        "reason": one.reason,
        "judgement": None if one.judgement is None else judgement(one.judgement),
    }


def judgement(one: Judgement) -> Json:
    """What a judge said, with the quote from the answer and how the votes fell."""
    votes: Json = {"pass": one.passes, "fail": one.fails, "none": one.others}
    return {"judge": one.by, "quote": one.quote or None, "votes": votes}


def _standing(one: Standing) -> Json:
    return {
        "feature": one.feature,
        "requirement": one.requirement,
        "pass": one.passed,
        "fail": one.failed,
        "judge": one.judge,
        "not_applicable": one.not_applicable,
        "loose": one.loose,
        "met": one.met,
        "rate": rate(one.rate),
        "judged": rate(one.judged),
        "undecided": one.undecided,
    }


def rate(one: Rate) -> Json:
    """A rate with its n and its interval."""
    low, high = one.interval
    share = one.share
    return {
        "pass": one.passed,
        "n": one.n,
        "share": None if share is None else round(share, 6),
        "interval": [round(low, 6), round(high, 6)],
    }


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=True)


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)

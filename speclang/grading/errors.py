"""The wording of E081x: recorded answers that can't be read, and requirements that they do not meet, or not surely."""

from collections.abc import Iterable, Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..model.reliability import KnownFailure
from ..source.span import Span

UNMET = Code("E0811", "Requirement that recorded answers do not meet")
NOT_JSON = Code("E0812", "Line of answers that is not JSON")
OTHER_FORM = Code("E0813", "Line of answers that is not of the form")
TOO_MUCH = Code("E0814", "Line of answers that is too large")
NO_CASE = Code("E0815", "Answer to a case that is not there")
NO_ANSWERS = Code("E0816", "Nothing to grade")
NOT_READ = Code("E0817", "Field of an answer that is not read", Severity.NOTE)
UNDECIDED = Code("E0824", "Requirement on which the sample carries no verdict")
PASSES = Code("E0818", "Known failure that no longer fails")
EXPIRED = Code("E0819", "Known failure whose day has passed")

_FORM = "the form is in `docs/scoring.md` and in `answers.schema.json`"


def unmet(
    requirement: str,
    head: Span,
    counts: tuple[int, int],
    reasons: Sequence[str],
    rate: str,
    *,
    gates: bool,
    case: str = "",
) -> Diagnostic:
    """`counts` are the answers that do not meet `requirement`, and all on which it was graded; `reasons` tell of the first.

    `case` is one that shows it, if any was answered.
    """
    failed, graded = counts
    more = failed - len(reasons)
    notes = (*reasons, *((f"and {more:,} more",) if more > 0 else ()), rate)
    return Diagnostic(
        code=UNMET,
        title=f"{failed:,} of {graded:,} {'answer' if graded == 1 else 'answers'} {_do(failed)} not meet `{requirement}`",
        primary=Label(head, f"`{requirement}` is stated here"),
        notes=notes,
        fix=Fix(f"`specc explain {case}` tells whether spec, prompt, grader or model is at fault") if case else None,
        requirement=requirement,
        severity=None if gates else Severity.WARNING,
    )


def passes(requirement: str, case: str, mark: KnownFailure, rate: str) -> Diagnostic:
    """`requirement`, or its case `case`, was marked as known to fail, and does not fail."""
    return Diagnostic(
        code=PASSES,
        title=f"`{case or requirement}` no longer fails",
        primary=Label(mark.span, "says that it is known to fail"),
        notes=(rate,),
        fix=Fix("remove the mark, so that the next failure is told"),
        requirement=requirement,
    )


def expired(requirement: str, case: str, mark: KnownFailure, rate: str) -> Diagnostic:
    """The day has passed until which `requirement`, or its case `case`, was known to fail."""
    return Diagnostic(
        code=EXPIRED,
        title=f"`{case or requirement}` was known to fail until {mark.until.isoformat()}, and that day has passed",
        primary=Label(mark.span, f"because {mark.because}"),
        notes=(rate,),
        fix=Fix("make it hold and remove the mark, or decide on another day"),
        requirement=requirement,
    )


def undecided(requirement: str, head: Span, rate: str, wanted: str, more: int) -> Diagnostic:
    """The interval of a rate reaches to both sides of what is wanted."""
    return Diagnostic(
        code=UNDECIDED,
        title=f"Whether `{requirement}` holds is not decided",
        primary=Label(head, f"{wanted} is wanted"),
        notes=(rate,),
        fix=Fix(f"run {more:,} more: raise `--repeat`" if more else "run more: raise `--repeat`, or want less"),
        requirement=requirement,
    )


def unexpected(file: Span, counts: tuple[int, int], reasons: Sequence[str], rate: str) -> Diagnostic:
    """Answers that bring the calls which are expected of them did others."""
    failed, graded = counts
    more = failed - len(reasons)
    return Diagnostic(
        code=UNMET,
        title=f"{failed:,} of {graded:,} {'answer' if graded == 1 else 'answers'} {_do(failed)} not make the expected calls",
        primary=Label(file, "each says under `expect` which calls are"),
        notes=(*reasons, *((f"and {more:,} more",) if more > 0 else ()), rate),
    )


def not_json(place: Span, line: int, why: str) -> Diagnostic:
    """A line that can't be read as JSON."""
    return Diagnostic(
        code=NOT_JSON,
        title=f"Line {line:,} is not JSON",
        primary=Label(place, why),
        fix=Fix("write one JSON object on each line"),
    )


def other_form(place: Span, line: int, why: str) -> Diagnostic:
    """A line of JSON that is no recorded answer."""
    return Diagnostic(
        code=OTHER_FORM,
        title=f"Line {line:,} is no recorded answer",
        primary=Label(place, why),
        fix=Fix(f"write it as described: {_FORM}"),
    )


def too_much(place: Span, line: int, why: str) -> Diagnostic:
    """A line that is longer, or holds more, than is read."""
    return Diagnostic(
        code=TOO_MUCH,
        title=f"Line {line:,} is too large to be read",
        primary=Label(place, why),
        fix=Fix("leave out of the record what no grader needs"),
    )


def no_case(place: Span, line: int, what: str, name: str, near: str, features: Sequence[str]) -> Diagnostic:
    """An answer names a `what` (feature or case) that the specs do not make, or that several of `features` make."""
    if features:
        listed = " and ".join(f"`{one}`" for one in features)
        return Diagnostic(
            code=NO_CASE,
            title=f"Line {line:,} may belong to more than one feature",
            primary=Label(place, f"{listed} could be meant"),
            fix=Fix('name one: `"feature": "…"` in the line, or `--feature` for all lines without'),
        )
    hint = f"write `{near}`" if near else "`specc trace` lists the requirements, `cases.yaml` the cases"
    return Diagnostic(
        code=NO_CASE,
        title=f"Line {line:,} answers the {what} `{name}`, which is not there",
        primary=Label(place, f"not a {what} that the specs make today"),
        notes=("an answer to a case that is gone says nothing of the requirements of today",),
        fix=Fix(hint),
    )


def no_answers(file: Span) -> Diagnostic:
    """No line holds an answer that could be graded."""
    return Diagnostic(
        code=NO_ANSWERS,
        title="There is no answer to grade",
        primary=Label(file, "no line of it could be graded"),
        notes=("nothing was shown, so nothing passes",),
        fix=Fix(f"record one answer on each line; {_FORM}"),
    )


def not_read(file: Span, names: Iterable[str], near: str) -> Diagnostic:
    """Fields that no part of specc reads; `near` is one that was perhaps meant."""
    told = ", ".join(f"`{name}`" for name in names)
    return Diagnostic(
        code=NOT_READ,
        title=f"Fields that are not read: {told}",
        primary=Label(file, "they take no part in any verdict"),
        fix=Fix(f"write `{near}`" if near else _FORM),
    )


def _do(count: int) -> str:
    return "does" if count == 1 else "do"

"""The wording of E082x: cases that got no answer, and runs that ended before their time; of E083x: what judges can't tell."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..source.span import Span

UNANSWERED = Code("E0821", "Case that got no answer")
CUT_SHORT = Code("E0822", "Run that ended before its time")
OTHER_PROMPT = Code("E0823", "Prompt that is not what the specs say", Severity.WARNING)
UNJUDGED = Code("E0831", "Answers on which the judge came to no verdict")
UNPROVED = Code("E0832", "Judge that is not shown to agree with people")
NO_LABEL = Code("E0833", "Line that labels no answer")
UNCOVERED = Code("E0841", "Budget of hours in which nothing was asked")


def unanswered(feature: str, head: Span, count: int, reasons: Sequence[str]) -> Diagnostic:
    """`count` answers to cases of `feature` did not come."""
    more = count - len(reasons)
    return Diagnostic(
        code=UNANSWERED,
        title=f"{count:,} {'answer' if count == 1 else 'answers'} did not come",
        primary=Label(head, f"cases of `{feature}`"),
        notes=(*reasons, *((f"and {more:,} more",) if more > 0 else ()), "they count in no rate"),
        fix=Fix("run it again: what was answered is not asked again"),
    )


def cut_short(feature: str, head: Span, why: str, done: int, of: int) -> Diagnostic:
    """A run ended after `done` of `of` cases, with or without an answer."""
    return Diagnostic(
        code=CUT_SHORT,
        title=f"The run ended after {done:,} of {of:,} answers",
        primary=Label(head, f"cases of `{feature}`"),
        notes=(why, "what was not asked says nothing"),
        fix=Fix("run it again with `--resume`: what was answered is not asked again"),
    )


def other_prompt(path: str, head: Span) -> Diagnostic:
    """The prompt on the disk is not the one that the specs make."""
    return Diagnostic(
        code=OTHER_PROMPT,
        title=f"`{path}` is not what the specs say",
        primary=Label(head, "its prompt is asked as it lies there"),
        notes=("what it shows counts for that prompt, not for the one of the specs",),
        fix=Fix("`specc check` tells what differs; `specc build` or `specc absorb` makes them one again"),
    )


def unjudged(requirement: str, head: Span, count: int, judged: int, *, gates: bool) -> Diagnostic:
    """The judge decided `judged` answers, and `count` not; how it had decided these makes the difference."""
    return Diagnostic(
        code=UNJUDGED,
        title=f"The judge came to no verdict on {count:,} of {count + judged:,} answers to `{requirement}`",
        primary=Label(head, "whether it holds depends on them"),
        notes=("they count as neither passed nor failed",),
        fix=Fix("make the rubric and the anchors sharper, name another judge, or read these answers yourself"),
        requirement=requirement,
        severity=None if gates else Severity.WARNING,
    )


def unproved(requirement: str, head: Span, told: str, wanted: float, *, gates: bool) -> Diagnostic:
    """A requirement is told by a judge of which the settings want more agreement with people than was shown; `told` is what was."""
    return Diagnostic(
        code=UNPROVED,
        title=f"The judge of `{requirement}` is not shown to agree with people",
        primary=Label(head, f"kappa of at least {wanted:g} is wanted"),
        notes=(told, "what it says is told above, and opens no gate"),
        fix=Fix("label answers (`specc judge label`), then run `specc judge calibrate LABELLED --keep`"),
        requirement=requirement,
        severity=None if gates else Severity.WARNING,
    )


def no_label(place: Span, line: int, why: str, fix: str) -> Diagnostic:
    """A line of labelled answers that can't be used."""
    return Diagnostic(code=NO_LABEL, title=f"Line {line:,} labels no answer", primary=Label(place, why), fix=Fix(fix))


def uncovered(requirement: str, head: Span, during: str, target: str, asked: int, *, gates: bool) -> Diagnostic:
    """A budget names hours, and all of the `asked` answers of `target` were given in others."""
    return Diagnostic(
        code=UNCOVERED,
        title=f"Nothing was asked of `{target}` during {during}",
        primary=Label(head, "nobody knows whether this is kept"),
        notes=(f"{asked:,} {'answer was' if asked == 1 else 'answers were'} given in other hours",),
        fix=Fix("run `specc eval` in these hours, or have a schedule do it"),
        requirement=requirement,
        severity=None if gates else Severity.WARNING,
    )

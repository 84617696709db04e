"""The wording of E062x: what a requirement lacks."""

from collections.abc import Sequence

from ...diagnostics.code import Code, Severity
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...source.span import Span

UNTRIED = Code("E0621", "Requirement that no case tries")
UNFAILING = Code("E0622", "Requirement that no answer can fail")
JUDGED_ONLY = Code("E0623", "Requirement that only a judge grades", Severity.NOTE)
NEVER_NEGATIVE = Code("E0624", "Requirement without a negative case", Severity.NOTE)
UNHANDLED = Code("E0625", "Failure that nothing handles", Severity.WARNING)
ALIKE = Code("E0626", "Messages that are all alike", Severity.NOTE)

_MESSAGES = "give it a kind that makes cases, or messages that bring it into play, as `probe`"
_INPUT = "correct its condition so that an input meets it, or write an example of that"
_BAD = "add an answer that must be refused, as `bad`"
_SEEN = 'say what is seen of it in an answer, as `mentions "…"` or `calls …` in its outcome'


def untried(id: str, at: Span, weight: Severity, *, typed: bool) -> Diagnostic:
    """No case brings `id` into play."""
    return Diagnostic(
        code=UNTRIED,
        title=f"No case tries `{id}`",
        primary=Label(at, "stands in the prompt, and nobody looks whether it is kept"),
        fix=Fix(_INPUT if typed else _MESSAGES),
        requirement=id,
        severity=weight,
    )


def unfailing(id: str, at: Span, weight: Severity, *, judged: bool, typed: bool) -> Diagnostic:
    """No answer is known that a grader of `id` refuses: there is none, or a judge that was `judged` by without a bad answer."""
    return Diagnostic(
        code=UNFAILING,
        title=f"No answer can fail `{id}`",
        primary=Label(at, "its judge is given no `bad` answer" if judged else "no grader speaks for it"),
        fix=Fix(_BAD if judged else _SEEN if typed else "give it a kind that grades answers"),
        requirement=id,
        severity=weight,
    )


def judged_only(id: str, at: Span) -> Diagnostic:
    """No code decides anything about `id`."""
    return Diagnostic(
        code=JUDGED_ONLY,
        title=f"Only a judge grades `{id}`",
        primary=Label(at, "no code decides any of it"),
        notes=("a judge costs a call for each answer, and does not always say the same",),
        fix=Fix("say what words can tell, as `banned` does, beside it"),
        requirement=id,
    )


def never_negative(id: str, at: Span) -> Diagnostic:
    """In every case of `id` its condition holds."""
    return Diagnostic(
        code=NEVER_NEGATIVE,
        title=f"`{id}` holds in all of its cases",
        primary=Label(at, "an answer that always does it passes them all"),
        fix=Fix("say what has to happen where it does not hold, or write an example of that"),
        requirement=id,
    )


def unhandled(of: str, failures: Sequence[str], at: Span, weight: Severity) -> Diagnostic:
    """No requirement and no fallback says what happens when `of`, a tool or the model, fails in one of these ways."""
    listed = " or ".join(f"`{one}`" for one in failures)
    return Diagnostic(
        code=UNHANDLED,
        title=f"Nothing says what happens when `{of}` fails with {listed}",
        primary=Label(at, "leaves it to chance"),
        notes=("what nobody says, a model invents and an application passes on",),
        fix=Fix(f"add `when {of} fails {' | '.join(failures)}` to a `fallback`, or a `fault` with that condition"),
        severity=weight,
    )


def alike(feature: str, at: Span, messages: int, traits: Sequence[tuple[str, str]]) -> Diagnostic:
    """All messages of the cases of `feature` have the same `traits`, each with the axis that it is a point of."""
    axes = [axis for axis, _ in traits]
    return Diagnostic(
        code=ALIKE,
        title=f"All {messages:,} messages of `{feature}` are alike in {', '.join(axes)}",
        primary=Label(at, "what users write otherwise is not tried"),
        notes=tuple(f"{axis}: {trait}" for axis, trait in traits),
        fix=Fix("write examples as users do, or say along which axes the cases are varied, in a `stress`"),
    )

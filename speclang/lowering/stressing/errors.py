"""The wording of E0556 and E0557: levels that nobody has written texts for, and paraphrases of what nobody says."""

from collections.abc import Sequence

from ...diagnostics.code import Code, Severity
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...source.span import Span

NO_TEXT = Code("E0556", "Level without a text", Severity.WARNING)
UNSAID = Code("E0557", "Paraphrase of what nobody says", Severity.WARNING)

_SHOWN = 60
"""How many characters of a text are shown."""


def no_text(level: str, texts: Sequence[str], cases: int, span: Span) -> Diagnostic:
    """At `level`, no rule makes what a user says in so many `cases`, and nobody has written `texts` for it."""
    more = len(texts) - 1
    return Diagnostic(
        code=NO_TEXT,
        title=f"{cases:,} {'case is' if cases == 1 else 'cases are'} not tried at `{level}`",
        primary=Label(span, "no rule can make a text of this"),
        notes=(f'what is missing first: "{_cut(texts[0])}"' + (f", and {more:,} more" if more else ""),),
        fix=Fix(f'write `paraphrase {level} "…" as "…"` for each of them'),
    )


def unsaid(text: str, span: Span) -> Diagnostic:
    """A paraphrase stands for a text that no case says."""
    return Diagnostic(
        code=UNSAID,
        title=f'No case says "{_cut(text)}"',
        primary=Label(span, "stands for nothing"),
        notes=("the text that it was written for is gone, or says something else now",),
        fix=Fix("write it for the text as it is now, or remove it"),
    )


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"

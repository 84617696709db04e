"""The wording of E033x: phrases and their holes, against the condition that they put into words."""

from collections.abc import Sequence

from ...diagnostics.code import Code, Severity
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...source.span import Span
from .names import listed

NO_BOUND = Code("E0331", "Hole for a bound that is not there")
TWO_BOUNDS = Code("E0332", "Hole for one of several bounds")
DISAGREES = Code("E0333", "Number that disagrees with the condition")
REPEATS = Code("E0334", "Number that repeats the condition", Severity.WARNING)
AGAINST_LEVEL = Code("E0335", "Wording that contradicts the level")
OTHER_HOLES = Code("E0336", "Paraphrase with other holes or numbers")


def no_bound(path: str, given: str, span: Span, others: Sequence[str]) -> Diagnostic:
    """`{age.limit}` where the condition says no such bound of `age`; `others` are the holes that there are."""
    return Diagnostic(
        code=NO_BOUND,
        title=f"The condition has no bound for `{{{path}}}`",
        primary=Label(span, f"nothing here compares `{given}` with a value on that side"),
        notes=(f"holes for bounds here: {listed(others)}",)
        if others
        else ("a hole like this shows a constant of the condition of the requirement that it stands in",),
        fix=Fix(f"write `{others[0]}`", (Edit(span, others[0]),)) if len(others) == 1 else Fix("write it out"),
    )


def two_bounds(path: str, shown: Sequence[tuple[str, Span]], span: Span, others: Sequence[str]) -> Diagnostic:
    """`{age.limit}` where the condition compares `age` with several values."""
    return Diagnostic(
        code=TWO_BOUNDS,
        title=f"`{{{path}}}` may be {listed([value for value, _ in shown], 'or')}",
        primary=Label(span, "which one is not said"),
        labels=tuple(Label(at, "one of them") for _, at in shown),
        fix=Fix(f"write {listed(others, 'or')}" if others else "split the requirement in two, or write it out"),
    )


def repeats(
    words: str, given: str, written: str, hole: str | None, span: Span, bound: Span, *, joined: bool
) -> Diagnostic:
    """A phrase says a number that the condition says too: right today."""
    return Diagnostic(
        code=REPEATS,
        title=f"`{words}` repeats what the condition says of `{given}`",
        primary=Label(span, "stays as it is when the condition changes"),
        labels=(Label(bound, f"`{written}` here"),),
        fix=Fix(f"write `{hole}`", (Edit(span, hole),), safe=not joined) if hole else None,
    )


def disagrees(
    words: str, shown: Sequence[tuple[str, Span]], hole: str | None, span: Span, *, calendar: bool
) -> Diagnostic:
    """A phrase says another number than the condition."""
    return Diagnostic(
        code=DISAGREES,
        title=f"`{words}` is not what the condition says",
        primary=Label(span, "the model would read this"),
        labels=tuple(Label(at, what) for what, at in shown),
        notes=("months and years have no fixed length, so they never equal a number of days",) if calendar else (),
        fix=Fix(f"write `{hole}`", (Edit(span, hole),)) if hole else Fix("make both say the same"),
    )


def disagrees_with_field(words: str, says: str, span: Span, there: Span) -> Diagnostic:
    """A phrase says another number than a field of the requirement."""
    return Diagnostic(
        code=DISAGREES,
        title=f"`{words}` is not what the requirement says",
        primary=Label(span, f"the requirement says {says}"),
        labels=(Label(there, "judged by this"),),
        fix=Fix("make both say the same"),
    )


def against_level(words: str, levels: Sequence[str], span: Span, there: Span | None) -> Diagnostic:
    """A phrase that binds what may be left, forbids nothing where it should, or leaves free what is bound, as said `there`."""
    return Diagnostic(
        code=AGAINST_LEVEL,
        title=f"`{words}` contradicts {listed(levels)}",
        primary=Label(span, f"the requirement says {listed(levels)}"),
        labels=() if there is None else (Label(there, f"asked for under {listed(levels)}"),),
        notes=("the graders judge by the level, the model reads the phrase",),
        fix=Fix("word the phrase as the level says, or leave the phrase out"),
    )


def other_holes(names: Sequence[str], source: Span, span: Span) -> Diagnostic:
    """A paraphrase has other holes or numbers than the text that it stands for: an answer may hang on what they show."""
    shown = listed(names)
    return Diagnostic(
        code=OTHER_HOLES,
        title=f"{shown} {'stands' if len(names) == 1 else 'stand'} in one of the two texts only",
        primary=Label(span, "says something else than the text that it stands for"),
        labels=(Label(source, "the text that it stands for"),),
        fix=Fix(f"show {shown} in both, or in none"),
    )

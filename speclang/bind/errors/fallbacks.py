"""The wording of what is wrong in a fallback: failures that nobody declares, tiers out of reach, holes that stay open."""

from collections.abc import Sequence

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...diagnostics.diagnostic import written as rename
from ...model.fallback import MODEL
from ...source.span import Span
from ...source.suggest import certain, nearest
from .names import listed
from .types import UNKNOWN_MEMBER

UNFILLABLE = Code("E0341", "Text of a fallback with a hole that stays open")
NEVER_REACHED = Code("E0342", "Tier that is never reached")


def unknown_failure(of: str, how: str, span: Span, known: Sequence[str]) -> Diagnostic:
    """`of`, a tool or the model, does not fail so."""
    near = nearest(how, known)
    again = Fix(f"write one of {listed(known, 'or')}") if of == MODEL else Fix(f"add `fails {how}` to `{of}`")
    return Diagnostic(
        code=UNKNOWN_MEMBER,
        title=f"`{of}` has no failure `{how}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not one of its failures"),
        notes=(f"it fails with {listed(known, 'or')}",) if known else (f"`{of}` has no `fails`",),
        fix=rename(span, near, safe=certain(how, known)) or again,
    )


def fails_never(of: str, span: Span) -> Diagnostic:
    """The tool `of` declares no failure."""
    return Diagnostic(
        code=UNKNOWN_MEMBER,
        title=f"`{of}` declares no failure",
        primary=Label(span, "has no `fails`"),
        fix=Fix(f"add `fails timeout` to `{of}`"),
    )


def unfillable(name: str, span: Span, declared: Span | None) -> Diagnostic:
    """A text that is ready shows `name`, which only the user, a tool or the model could tell."""
    return Diagnostic(
        code=UNFILLABLE,
        title=f"Nobody fills `{{{name}}}` when the model does not answer",
        primary=Label(span, "is not known to the program"),
        labels=(Label(declared, "who tells it is said here"),) if declared is not None else (),
        notes=("what the user says, and what tools return, has to be understood by a model first",),
        fix=Fix(f"leave it out, or declare `{name}` with `from context`"),
    )


def never_reached(name: str, span: Span, ended: str, there: Span) -> Diagnostic:
    """Tier `name` stands after one that can't fail."""
    return Diagnostic(
        code=NEVER_REACHED,
        title=f"The tier `{name}` is never reached",
        primary=Label(span, "comes after a text that is always there"),
        labels=(Label(there, f"`{ended}` can't fail"),),
        fix=Fix(f"put it before `{ended}`, or remove it"),
    )

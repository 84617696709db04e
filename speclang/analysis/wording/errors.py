"""The wording of E06xx: words of a text, as findings."""

from ...diagnostics.code import Severity
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...source.span import Span
from .smell import Smell


def smell(found: Smell, at: Span, requirement: str, edits: tuple[Edit, ...] = (), *, binds: bool = False) -> Diagnostic:
    """Words of a text that a model can read in more than one way; `edits` take them out where they are idle.

    They fail a requirement that `binds` where they leave open what it asks for.
    """
    return Diagnostic(
        code=found.code,
        title=found.title,
        primary=Label(at, found.label),
        fix=Fix(found.fix, edits),
        requirement=requirement,
        severity=Severity.ERROR if binds and found.open else None,
    )

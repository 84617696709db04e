"""The wording of E06xx: words of a text, as findings."""

from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...source.span import Span
from .smell import Smell


def smell(found: Smell, at: Span, requirement: str, edits: tuple[Edit, ...] = ()) -> Diagnostic:
    """Words of a text that a model can read in more than one way; `edits` take them out where they are idle."""
    return Diagnostic(
        code=found.code,
        title=found.title,
        primary=Label(at, found.label),
        fix=Fix(found.fix, edits),
        requirement=requirement,
    )

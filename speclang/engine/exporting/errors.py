"""The wording of what an export can't carry over."""

from collections.abc import Mapping

from ...diagnostics.code import Code, Severity
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...export.material import Loss
from ...model.feature import Feature
from ...source.span import Span

LOST = Code("E1005", "Lost in an export", Severity.WARNING)


def lost(loss: Loss, format: str, feature: Feature, heads: Mapping[str, Span]) -> Diagnostic:
    """Something that the files of `format` do not say, or say otherwise."""
    return Diagnostic(
        code=LOST,
        title=f"Not the same in {format}: {loss.what}",
        primary=Label(heads.get(loss.requirement, feature.span)),
        notes=(loss.why,),
        fix=Fix(loss.fix),
        requirement=loss.requirement,
    )

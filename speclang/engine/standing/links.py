"""Where a feature states what a generated file says, and which of these links an edit of a source map breaks.

In: a compiled project. Out: a place in its specs, or findings in the words of E07xx.
"""

from ...diagnostics.diagnostic import Diagnostic
from ...drift import errors
from ...drift.links import broken
from ...drift.states import Finding, State
from ...emit.tracemap import TRACE
from ...plan.artifact import Artifact
from ...source.span import Span, whole_file
from ..compiling import Opened

_FEW = 3
"""The links of so many requirements and declarations are told one by one; of more, the file as a whole."""


def stated(opened: Opened, feature: str, owner: str) -> Span | None:
    """Where the feature states the requirement or declaration."""
    plan = next((one for one in opened.compiled.plan.features if one.feature == feature), None)
    if plan is None:
        return opened.known.stated(feature) if opened.known is not None else None
    return next((span for name, span in plan.owners if name == owner), None)


def broken_links(opened: Opened, artifact: Artifact, one: Finding) -> tuple[Diagnostic, ...]:
    """The links that an edit of a source map breaks, where they are few enough to be told one by one."""
    if one.part is None or not one.path.endswith(f"/{TRACE}") or one.state is not State.EDITED or one.cosmetic:
        return ()
    found = broken(one.part.text, one.text, one.part.owner)
    if len(found) > _FEW:
        return ()
    start = one.theirs.start if one.theirs else 0
    return tuple(
        errors.broken(
            link.what,
            link.owner,
            whole_file(one.path, start + link.start, start + link.end),
            link.change,
            stated(opened, artifact.feature, link.owner),
        )
        for link in found
    )

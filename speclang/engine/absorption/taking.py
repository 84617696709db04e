"""Takes one hand edit back into the specs: propose, build, compare.

In: the project as it is by now, and one edit. Out: the project with the edit in its specs; or why no spec makes it.
Invariant: what comes out makes exactly what was edited, and changes nothing that belongs to another requirement.
"""

from itertools import islice
from typing import NamedTuple

from ...diagnostics.code import Severity
from ...drift.statements import stated
from ...drift.states import State
from ...drift.wording import change, named
from ...plan.artifact import Part
from ..standing.differences import differences
from .added import MARK, Added, Unsaid
from .proposals import Speaking, everywhere, proposals
from .work import EVERYTHING, PROMPTS, HandEdit, Work

_MOST = 6
"""The most proposals for one edit that are built."""


class Tried(NamedTuple):
    """`made` is the project with the edit in its specs; None where there is none, for `reason` ("" if nothing could be proposed)."""

    made: Work | None
    reason: str = ""


def take(work: Work, edit: HandEdit, *, wide: bool = False, decided: bool = False) -> Tried:
    """Take `edit` back; with `wide`, a quantity is changed wherever its feature says it.

    `decided` says that somebody has looked at it: an edit of what changed in the spec too is taken as it stands in the file.
    """
    if edit.finding.path.endswith(EVERYTHING[1]) and edit.finding.part is None:
        return _added(work, edit)
    if edit.finding.state is State.CONFLICT and not decided:
        return Tried(None)
    reason = ""
    feature = edit.difference.artifact.feature
    for narrow in islice(proposals(work.opened, edit.finding, edit.difference.plain), _MOST):
        made = work.rewritten(everywhere(work.opened, feature, narrow) if wide else narrow)
        if made is None:
            continue
        wrong = _wrong(work, made, edit, wide=wide)
        if not wrong:
            return Tried(made)
        reason = reason or wrong
    return Tried(None, reason)


def _wrong(before: Work, made: Work, edit: HandEdit, *, wide: bool) -> str:
    """What speaks against the specs of `made`: they do not hold, make something else, or change what was not edited."""
    broken = _broken(made)
    if broken:
        return broken
    more = _unwritten(made, edit) - _unwritten(before, edit)
    if more:
        return f"a build would write {min(more)} too"
    part = edit.finding.part
    own = part.owner if part is not None and part.kind != "clause" else None
    beside = () if wide else PROMPTS if own is None else EVERYTHING
    known = {one.key for one in before.edits(beside)}
    left = {one.key: one for one in made.edits(beside)}
    if part is None and left.keys() - known:
        return "a build would put it in another place"
    for key, other in left.items():
        changed = other.finding.part
        if key in known:
            continue
        if changed is None or changed.owner != own:
            return f"it would change {named(other.finding.path, [changed]) if changed else 'other text'} too"
        if other.finding.state is not State.STALE:
            return f"{named(other.finding.path, [changed])} was edited to say something else"
    if own is not None and part is not None:
        artifact = Speaking(made.opened).artifact(edit.finding.path)
        built = (
            next((one for one in artifact.parts if (one.kind, one.id) == (part.kind, part.id)), None)
            if artifact
            else None
        )
        return (
            _otherwise(edit, built) if built is not None else f"a build would make no {part.kind} `{part.id}` any more"
        )
    made_of = left.get(edit.key)
    if made_of is None or made_of.finding.part is None:
        return ""
    return _otherwise(edit, made_of.finding.part) or "a build would put it in another place"


def _unwritten(work: Work, edit: HandEdit) -> frozenset[str]:
    """The headings that a build writes into the edited file, and nobody has written there."""
    path = edit.finding.path
    found = [
        finding.part
        for one in differences(work.opened, work.held)
        if one.artifact.path == path
        for finding in one.findings
        if finding.state is State.UNBUILT and finding.part is not None
    ]
    return frozenset(named(path, [part]) for part in found if part.kind == "layout" and part.text.strip())


def _otherwise(edit: HandEdit, built: Part) -> str:
    """In what a part that was `built` differs from what somebody wrote in its place."""
    if built.text == edit.finding.text:
        return ""
    return f"a build would write it otherwise: {change(edit.finding.text, built.text).text}"


def _broken(made: Work) -> str:
    """Why the specs of `made` do not hold; what was accepted stands as it is."""
    accepted = {(one.code, one.title) for one, _ in made.opened.accepted}
    failing = (one for one in made.opened.compiled.diagnostics if one.level is Severity.ERROR)
    found = next((one.title for one in failing if (one.code, one.title) not in accepted), "")
    return f"the spec would not hold: {found[0].lower()}{found[1:]}" if found else ""


def _added(work: Work, edit: HandEdit) -> Tried:
    """Take a case that was added as an example, which a build makes a case of."""
    text = edit.finding.text
    if not text.lstrip().startswith(MARK):
        return Tried(None, "only a case can be added to the cases, as `- case: …`")
    name = edit.difference.artifact.feature
    compiled = work.opened.compiled
    feature = next(one for one in compiled.program.features if one.name == name)
    plan = next(one for one in compiled.plan.features if one.feature == name)
    try:
        case = Added(text, feature, plan)
        speaking = Speaking(work.opened)
        id = speaking.unused(case.id)
        unit = speaking.beside(name, case.about)
        if unit is None:
            return Tried(None, "no requirement of the feature's own stands where an example could be put")
        made = work.rewritten((stated(unit, case.lines(id)),))
        broken = _broken(made) if made is not None else "there is no place for it in the spec"
        if made is None or broken:
            return Tried(None, broken)
        after = next(one for one in made.opened.compiled.plan.features if one.feature == name)
        lost = case.lost(next((one for one in after.cases if one.requirement == id), None))
    except Unsaid as problem:
        return Tried(None, str(problem))
    if lost:
        return Tried(None, lost)
    known = {one.key for one in work.edits(EVERYTHING)}
    for other in made.edits(EVERYTHING):
        changed = other.finding.part
        if other.key not in known and (changed is None or changed.owner != id):
            return Tried(
                None, f"it would change {named(other.finding.path, [changed]) if changed else 'other text'} too"
            )
    return Tried(made)

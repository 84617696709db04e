"""What somebody has edited in a generated file, and what to do with it: take it back into the spec, or undo it.

In: a generated file, as it was when everything was looked at. Out: edits of texts, or the reason why there are none.
Invariant: nothing is written; an edit is taken back only if a build of the new specs makes exactly what was edited.
"""

from collections.abc import Iterator

from ...diagnostics.diagnostic import Diagnostic
from ...drift import errors
from ...drift.states import Finding, State
from ...source.differing import differing
from ...source.records import dataclass
from ...source.span import Range
from ..absorption.absorb import decide
from ..absorption.work import BY_HAND, Work
from ..session import View
from .lookup import Lookup
from .rename import Change, Refused

_BY_HAND = (State.EDITED, State.CONFLICT, State.MOVED, State.DUPLICATED, State.ORPHAN, State.DELETED)
_HERE = (State.EDITED, State.CONFLICT, State.DUPLICATED, State.ORPHAN)
"""What can be undone where it stands; a part that is gone or elsewhere needs the whole file."""


@dataclass(frozen=True, slots=True)
class Edited:
    """One hand edit: what is said of it, where it stands in the file, and what tells it apart."""

    said: Diagnostic
    finding: Finding

    @property
    def start(self) -> int:
        """Where it begins; the start of the file for what is gone."""
        return _start(self.finding)


def _start(finding: Finding) -> int:
    return finding.theirs.start if finding.theirs else 0


def edited(lookup: Lookup, name: str) -> tuple[Edited, ...]:
    """The hand edits of a generated file."""
    standing = lookup.standing()
    if standing is None:
        return ()
    return tuple(
        Edited(said, finding)
        for said, finding in standing.parts
        if finding.path == name and finding.state in BY_HAND and said.code != errors.COSMETIC
    )


def undone(lookup: Lookup, one: Edited) -> tuple[Change, ...]:
    """The edits that put back what a build wrote: there, or in the whole file where that is not enough."""
    finding, at = one.finding, one.finding.theirs
    if finding.state in _HERE and at is not None:
        built = finding.part.text if finding.part is not None and finding.state is not State.DUPLICATED else ""
        return (Change(Range(finding.path, at.start, at.end), built),)
    return tuple(_whole(lookup, finding.path))


def _whole(lookup: Lookup, name: str) -> Iterator[Change]:
    view = lookup.session.view
    if view is None:
        return
    built = next((one.text for one in view.opened.compiled.artifacts if one.path == name), None)
    held = view.report.places.sources.get(name)
    if built is not None and held is not None:
        for start, end, text in differing(held.text, built):
            yield Change(Range(name, start, end), text)


def taken(view: View, name: str, start: int, *, wide: bool) -> tuple[Change, ...]:
    """The edits of specs that take back what was edited at `start` of a file. Raises `Refused`. Takes a compilation or two."""
    before = Work.on(view.opened)
    others = [one.finding for one in before.edits() if one.finding.path != name or _start(one.finding) != start]
    decided = decide(before, others, wide=wide)
    if decided.refused:
        first = decided.refused[0]
        raise Refused(". ".join((first.title, *first.notes)))
    texts = {file.source.name: file.source.text for file in view.opened.compiled.files}
    changes = tuple(
        Change(Range(file.source.name, begin, end), text)
        for file in decided.work.formatted(before).opened.compiled.files
        for begin, end, text in differing(texts[file.source.name], file.source.text)
    )
    if not changes:
        raise Refused("it is no longer there, or changes nothing that a spec says")
    return changes

"""One hand edit as it is shown to somebody who decides: what was built, what the file says, what the spec would build now.

In: an edit and what became of the try to take it. Out: an `Offer`; a `Choice` comes back.
Invariant: decides nothing.
"""

from collections.abc import Callable
from difflib import unified_diff
from enum import Enum
from typing import TypeAlias

from ...drift.match import match
from ...drift.states import State
from ...drift.wording import change, named
from ...plan.artifact import Part
from ...project import git, snapshot
from ...project.config import NoProject
from ...source.hashing import digest
from ...source.records import dataclass
from ...source.text import SourceText
from ..standing.differences import plain
from .taking import Tried
from .work import HandEdit, Work


class Choice(Enum):
    """What to do with an edit: into the spec, back to what the spec says, left as it is; or to stop, and nothing is written."""

    TAKE = "take"
    DISCARD = "discard"
    SKIP = "skip"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A spec whose text has changed, and the change as a unified diff."""

    path: str
    diff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The `number`-th of `count` edits: `what` was edited, in which file and line.

    `base` is what was built (None where nobody can tell), `theirs` what the file says, `ours` what the spec would build now; "" is nothing.
    `changed` says in words what was done. `specs` are the changes by which the spec says it; where there are none, `reason` says why.
    """

    number: int
    count: int
    what: str
    path: str
    line: int
    base: str | None
    theirs: str
    ours: str
    changed: str
    specs: tuple[Rewritten, ...]
    reason: str


Choose: TypeAlias = Callable[[Offer], Choice]


def offer(before: Work, work: Work, edit: HandEdit, tried: Tried, why: str, number: int, count: int) -> Offer:
    """Show `edit` of a project that was as `before`; `why` says why it can't be taken, if it can't."""
    finding, part = edit.finding, edit.finding.part
    ours = part.text if part is not None and finding.state is not State.DUPLICATED else ""
    text = edit.difference.plain
    at = finding.theirs.start if finding.theirs else 0
    return Offer(
        number=number,
        count=count,
        what=named(finding.path, [part]) if part else "a line that was added",
        path=finding.path,
        line=text.count("\n", 0, at) + 1 if finding.theirs else 0,
        base=_base(before, edit, part),
        theirs=finding.text if finding.theirs else "",
        ours=ours,
        changed=_said(edit),
        specs=differ(work, tried.made) if tried.made is not None else (),
        reason="" if tried.made is not None else why,
    )


def differ(before: Work, after: Work) -> tuple[Rewritten, ...]:
    """What stands otherwise in the specs of `after`."""
    was = {file.source.name: file.source for file in before.opened.compiled.files}
    now = [file.source for file in after.opened.compiled.files]
    return tuple(_diff(was[one.name], one) for one in now if one.text != was[one.name].text)


def _diff(before: SourceText, after: SourceText) -> Rewritten:
    lines = unified_diff(before.text.splitlines(), after.text.splitlines(), before.name, after.name, lineterm="", n=1)
    return Rewritten(after.name, "\n".join(lines))


def _said(edit: HandEdit) -> str:
    finding = edit.finding
    match finding.state:
        case State.DELETED:
            return "it was removed"
        case State.MOVED:
            return "it was moved"
        case State.DUPLICATED:
            return "it stands there twice"
        case _ if finding.part is None:
            return "it was added"
        case _:
            return change(finding.part.text, finding.text).text


def _base(work: Work, edit: HandEdit, part: Part | None) -> str | None:
    """What was built: what the spec builds, unless that has changed since; then the last commit may still hold it."""
    if part is None:
        return ""
    hash = next(
        (
            one.hash
            for one in work.held.lock.parts
            if (one.path, one.kind, one.id) == (edit.finding.path, part.kind, part.id)
        ),
        "",
    )
    if hash in ("", digest(part.text)):
        return part.text if hash else ""
    try:
        home = snapshot.at(work.opened.root, "HEAD").value
    except (NoProject, git.GitFailed):
        return None
    text = plain(home.tree.text(edit.finding.path) or "")
    parts = edit.difference.artifact.parts
    segment = match([one.text for one in parts], text).segments[parts.index(part)]
    found = text[segment.start : segment.end] if segment is not None else ""
    return found if digest(found) == hash else None

"""The three-way comparison: what the lock says was built, what the file holds, what the spec would build now.

In: an artifact as a build makes it (ours), the text of the file (theirs), and the hashes that the lock keeps (base).
Out: one `Finding` for each part that is not in sync. Invariant: reads no file; decides nothing about what to do.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from ..plan.artifact import Artifact, Part
from ..source.hashing import digest
from ..source.records import dataclass
from . import layout
from .match import Segment, match, nearest


class State(StrEnum):
    """How one part stands, by base, theirs and ours."""

    STALE = "stale"
    EDITED = "edited"
    CONFLICT = "conflict"
    CONVERGED = "converged"
    DELETED = "deleted"
    MOVED = "moved"
    DUPLICATED = "duplicated"
    ORPHAN = "orphan"
    UNBUILT = "unbuilt"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of one artifact that is not in sync.

    `part` is the part as a build makes it; None for an orphan, for which `near` names the owner of the part most like it.
    `theirs` is where it stands in the file (None if it is gone) and `text` what stands there. `cosmetic` says that the edit
    changes white space or line ends only.
    """

    state: State
    path: str
    part: Part | None
    theirs: Segment | None
    text: str
    near: str = ""
    cosmetic: bool = False


def compare(artifact: Artifact, theirs: str, base: Mapping[tuple[str, str], str]) -> tuple[Finding, ...]:
    """The findings of one file, in the order of the file.

    `base` gives the locked hash of each part of this artifact by its kind and id; a part that is not in it was never built.
    """
    if theirs == artifact.text and all(base.get((part.kind, part.id)) == digest(part.text) for part in artifact.parts):
        return ()
    found = match([part.text for part in artifact.parts], theirs)
    gone = [part for part, segment in zip(artifact.parts, found.segments, strict=True) if segment is None]
    strays, moved = _recognised(artifact, gone, found.strays, theirs)
    placed: list[tuple[int, Finding]] = []
    at = 0
    for part, segment in zip(artifact.parts, found.segments, strict=True):
        finding = _part(
            artifact, part, segment, theirs, base.get((part.kind, part.id)), moved.get((part.kind, part.id))
        )
        if finding is not None:
            placed.append((finding.theirs.start if finding.theirs else at, finding))
        at = segment.end if segment else at
    placed.extend((finding.theirs.start if finding.theirs else 0, finding) for finding in strays)
    return tuple(finding for _, finding in sorted(placed, key=lambda pair: pair[0]))


def _part(
    artifact: Artifact, part: Part, segment: Segment | None, theirs: str, base: str | None, moved: Segment | None
) -> Finding | None:
    path = artifact.path
    ours = digest(part.text)
    if segment is None:
        if moved is not None:
            return Finding(State.MOVED, path, part, moved, theirs[moved.start : moved.end])
        if not part.text.strip():
            return Finding(State.DELETED, path, part, None, "", cosmetic=True)
        return Finding(State.DELETED if base is not None else State.UNBUILT, path, part, None, "")
    text = theirs[segment.start : segment.end]
    held = digest(text)
    if held == ours:
        return None if base == ours else Finding(State.CONVERGED, path, part, segment, text)
    if held == base:
        return Finding(State.STALE, path, part, segment, text)
    cosmetic = layout.alike(path, part.text, text) and not layout.joined(
        path, part.text, theirs, segment.start, segment.end
    )
    if base == ours or cosmetic:
        return Finding(State.EDITED, path, part, segment, text, cosmetic=cosmetic)
    return Finding(State.CONFLICT if base is not None else State.EDITED, path, part, segment, text)


def _recognised(
    artifact: Artifact, gone: Sequence[Part], strays: Sequence[Segment], theirs: str
) -> tuple[list[Finding], dict[tuple[str, str], Segment]]:
    """What the strays are: parts that were moved (by kind and id), and findings for the rest."""
    findings: list[Finding] = []
    moved: dict[tuple[str, str], Segment] = {}
    waiting = sorted(strays, key=lambda one: one.start)
    while waiting:
        first = waiting[0]
        run = [first]
        for one in waiting[1:]:
            if one.start != run[-1].end:
                break
            run.append(one)
        text = theirs[first.start : run[-1].end]
        part = _begins(text, [one for one in gone if (one.kind, one.id) not in moved]) or _begins(text, artifact.parts)
        if part is None:
            findings.append(_orphan(artifact, first, theirs))
            waiting = waiting[1:]
            continue
        end = first.start + len(text) - len(text.lstrip()) + len(part.text.strip())
        taken = [one for one in run if one.start < end]
        segment = Segment(first.start, taken[-1].end)
        if part in gone and (part.kind, part.id) not in moved:
            moved[part.kind, part.id] = segment
        else:
            findings.append(
                Finding(State.DUPLICATED, artifact.path, part, segment, theirs[segment.start : segment.end])
            )
        waiting = waiting[len(taken) :]
    return findings, moved


def _begins(text: str, parts: Sequence[Part]) -> Part | None:
    """The longest of `parts` with which `text` begins, whole lines of it."""
    bare = text.lstrip()
    fitting = [
        part
        for part in parts
        if (wanted := part.text.strip())
        and bare.startswith(wanted)
        and bare[len(wanted) :].split("\n")[0].strip() == ""
    ]
    return max(fitting, key=lambda part: len(part.text), default=None)


def _orphan(artifact: Artifact, segment: Segment, theirs: str) -> Finding:
    text = theirs[segment.start : segment.end]
    near = nearest(text, ((part.owner, part.text) for part in artifact.parts if part.kind != "layout"))
    return Finding(State.ORPHAN, artifact.path, None, segment, text, near=near or "", cosmetic=not text.strip())

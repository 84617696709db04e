"""The three-way comparison: what the lock says was built, what the file holds, what the spec would build now.

In: an artifact as a build makes it (ours), the text of the file (theirs), and the hashes that the lock keeps (base).
Out: one `Finding` for each part that is not in sync. Invariant: reads no file; decides nothing about what to do.
"""

from collections.abc import Mapping
from enum import StrEnum

from ..plan.artifact import Artifact, Part
from ..source.hashing import digest
from ..source.records import dataclass
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
    strays = list(found.strays)
    placed: list[tuple[int, Finding]] = []
    at = 0
    for part, segment in zip(artifact.parts, found.segments, strict=True):
        finding = _part(artifact, part, segment, theirs, base.get((part.kind, part.id)), strays)
        if finding is not None:
            placed.append((finding.theirs.start if finding.theirs else at, finding))
        at = segment.end if segment else at
    placed.extend((segment.start, _stray(artifact, segment, theirs)) for segment in strays)
    return tuple(finding for _, finding in sorted(placed, key=lambda pair: pair[0]))


def _part(
    artifact: Artifact, part: Part, segment: Segment | None, theirs: str, base: str | None, strays: list[Segment]
) -> Finding | None:
    ours = digest(part.text)
    if segment is None:
        moved = next((one for one in strays if theirs[one.start : one.end].strip() == part.text.strip() != ""), None)
        if moved is not None:
            strays.remove(moved)
            return Finding(State.MOVED, artifact.path, part, moved, theirs[moved.start : moved.end])
        if not part.text.strip():
            return Finding(State.DELETED, artifact.path, part, None, "", cosmetic=True)
        return Finding(State.DELETED if base is not None else State.UNBUILT, artifact.path, part, None, "")
    text = theirs[segment.start : segment.end]
    held = digest(text)
    if held == ours:
        return None if base == ours else Finding(State.CONVERGED, artifact.path, part, segment, text)
    if held == base:
        return Finding(State.STALE, artifact.path, part, segment, text)
    cosmetic = text.split() == part.text.split()
    if base == ours or cosmetic:
        return Finding(State.EDITED, artifact.path, part, segment, text, cosmetic=cosmetic)
    return Finding(State.CONFLICT if base is not None else State.EDITED, artifact.path, part, segment, text)


def _stray(artifact: Artifact, segment: Segment, theirs: str) -> Finding:
    text = theirs[segment.start : segment.end]
    wanted = text.strip()
    twin = next((part for part in artifact.parts if wanted and part.text.strip() == wanted), None)
    if twin is not None:
        return Finding(State.DUPLICATED, artifact.path, twin, segment, text)
    near = nearest(text, ((part.owner, part.text) for part in artifact.parts if part.kind != "layout"))
    return Finding(State.ORPHAN, artifact.path, None, segment, text, near=near or "", cosmetic=not wanted)

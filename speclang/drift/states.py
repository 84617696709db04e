"""The three-way comparison: what the lock says was built, what the file holds, what the spec would build now.

In: an artifact as a build makes it (ours), the text of the file (theirs), and the hashes that the lock keeps (base).
Out: one `Finding` for each part that is not in sync. Invariant: reads no file; decides nothing about what to do.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from ..plan.artifact import Artifact, Part
from ..source.hashing import digest
from ..source.records import dataclass, replace
from . import layout
from .match import Segment, Vocabulary, likeness, match

_REQUIREMENT = re.compile(r"^ +requirement: (\S+)", re.MULTILINE)

_MOVED = 0.7
"""From this likeness on, text in another place is taken for a part that is gone, moved and edited."""


_MANY = 32
"""Of so many parts that are gone it is asked whether they were moved and edited: bounds the work in a file that was rewritten."""


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
    changes white space or line ends only, `elsewhere` that an edited part was moved too. `at` is where a part that is gone would stand.
    """

    state: State
    path: str
    part: Part | None
    theirs: Segment | None
    text: str
    near: str = ""
    cosmetic: bool = False
    elsewhere: bool = False
    at: int = 0


def compare(artifact: Artifact, theirs: str, base: Mapping[tuple[str, str], str]) -> tuple[Finding, ...]:
    """The findings of one file, in the order of the file.

    `base` gives the locked hash of each part of this artifact by its kind and id; a part that is not in it was never built.
    """
    if theirs == artifact.text and all(base.get((part.kind, part.id)) == digest(part.text) for part in artifact.parts):
        return ()
    if len(artifact.parts) == 1 and _as_built(artifact.parts[0], theirs, base):
        return (Finding(State.STALE, artifact.path, artifact.parts[0], Segment(0, len(theirs)), theirs),)
    found = match([part.text for part in artifact.parts], theirs)
    gone = [part for part, segment in zip(artifact.parts, found.segments, strict=True) if segment is None]
    mine = {(part.kind, part.id) for part in artifact.parts}
    retired = {hash: key for key, hash in base.items() if key not in mine}
    strays, moved = _recognised(artifact, gone, found.strays, theirs, retired)
    placed: list[tuple[int, Finding]] = []
    at = 0
    for part, segment in zip(artifact.parts, found.segments, strict=True):
        locked = base.get((part.kind, part.id))
        finding = _part(artifact, part, segment, theirs, locked, moved.get((part.kind, part.id)))
        if finding is not None and finding.theirs is None:
            finding = replace(finding, at=at, cosmetic=finding.cosmetic and not _glued(theirs, at))
        if finding is not None and finding.state is State.EDITED and locked is None and digest(finding.text) in retired:
            finding = replace(finding, state=State.STALE)
        if finding is not None:
            placed.append((finding.theirs.start if finding.theirs else at, finding))
        at = segment.end if segment else at
    placed.extend((finding.theirs.start if finding.theirs else 0, finding) for finding in strays)
    return tuple(finding for _, finding in sorted(placed, key=lambda pair: pair[0]))


def _as_built(part: Part, theirs: str, base: Mapping[tuple[str, str], str]) -> bool:
    """Whether the file of a single part is as it was built, and would be built otherwise now."""
    return theirs != part.text and base.get((part.kind, part.id)) == digest(theirs)


def _glued(text: str, at: int) -> bool:
    """Whether two words run into each other at `at`, where white space is gone."""
    return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()


def _part(
    artifact: Artifact, part: Part, segment: Segment | None, theirs: str, base: str | None, moved: Segment | None
) -> Finding | None:
    path = artifact.path
    ours = digest(part.text)
    if segment is None:
        if moved is not None:
            text = theirs[moved.start : moved.end]
            same = text.strip() == part.text.strip()
            return Finding(State.MOVED if same else State.EDITED, path, part, moved, text, elsewhere=not same)
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
    artifact: Artifact,
    gone: Sequence[Part],
    strays: Sequence[Segment],
    theirs: str,
    retired: Mapping[str, tuple[str, str]],
) -> tuple[list[Finding], dict[tuple[str, str], Segment]]:
    """What the strays are: parts that were moved (by kind and id), and findings for the rest."""
    findings: list[Finding] = []
    moved: dict[tuple[str, str], Segment] = {}
    owned = [part for part in artifact.parts if part.kind != "layout"]
    vocabulary = Vocabulary((part.owner, part.text) for part in owned) if strays else None
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
            rest = [one for one in gone if (one.kind, one.id) not in moved]
            if len(run) > 1 and not theirs[first.start : first.end].strip():
                waiting[:2] = [Segment(first.start, run[1].end)]  # an empty line belongs to what was added after it
                continue
            piece = theirs[first.start : first.end]
            key = retired.get(digest(piece)) or retired.get(digest(f"{piece.rstrip()}\n"))
            like = _like(piece, rest) if key is None else None
            if key is not None:
                findings.append(_retired(artifact.path, key, first, piece))
            elif like is not None:
                moved[like.kind, like.id] = first
            elif vocabulary is not None:
                findings.append(_orphan(artifact.path, owned, vocabulary, first, theirs))
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


def _retired(path: str, key: tuple[str, str], segment: Segment, text: str) -> Finding:
    """What was built as `key` and no build makes any more: it is as old as the rest of the file, and nobody edited it."""
    kind, id = key
    owner = id if kind == "clause" else id.partition("/")[0]
    return Finding(State.STALE, path, Part(kind, id, owner, text, ()), segment, text)


def _like(text: str, parts: Sequence[Part]) -> Part | None:
    """The one of `parts`, which are gone, that was moved to `text` and edited there; where too many are gone, nobody can tell."""
    if len(parts) > _MANY:
        return None
    ratio, part = max(
        ((likeness(part.text, text), part) for part in parts), default=(0.0, None), key=lambda one: one[0]
    )
    return part if ratio >= _MOVED else None


def _orphan(path: str, owned: Sequence[Part], vocabulary: Vocabulary, segment: Segment, theirs: str) -> Finding:
    text = theirs[segment.start : segment.end]
    named = _REQUIREMENT.search(text)
    if named is not None and any(part.owner == named[1] for part in owned):
        near = named[1]
    else:
        near = vocabulary.nearest(text) or _above(theirs[: segment.start], owned)
    return Finding(State.ORPHAN, path, None, segment, text, near=near, cosmetic=not text.strip())


def _above(text: str, parts: Sequence[Part]) -> str:
    """The owner of the last part that stands whole in `text`, "" if none does: the one after which something was added."""
    at, owner = max(((text.rfind(part.text.strip()), part.owner) for part in parts), default=(-1, ""))
    return owner if at >= 0 else ""

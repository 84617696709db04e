"""A file as a build makes it, but for the hand edits that stand.

In: an artifact as a build makes it (ours), the text of the file (theirs), and the findings that were accepted. Out: the text
to write: what was edited as it is, all else as it is built.
Invariant: what is made differs from ours in the accepted findings and in nothing else, or nothing is made.
"""

from collections.abc import Iterable, Sequence

from ..plan.artifact import Artifact
from ..source.hashing import digest
from .match import Segment, match
from .states import Finding, State, compare


def keeping(artifact: Artifact, theirs: str, accepted: Sequence[Finding]) -> str | None:
    """The text of `artifact` with the `accepted` findings of `theirs` left as they are; None where they can't be kept."""
    parts = artifact.parts
    texts = [part.text for part in parts]
    numbers = {(part.kind, part.id): number for number, part in enumerate(parts)}
    placed: list[tuple[int, str]] = []
    segments = match([part.text for part in parts], theirs).segments
    for one in sorted(accepted, key=lambda one: one.theirs.start if one.theirs else 0):
        number = numbers[one.part.kind, one.part.id] if one.part is not None else None
        if number is not None and one.state in (State.EDITED, State.DELETED, State.MOVED):
            texts[number] = one.text if one.state is State.EDITED and not one.elsewhere else ""
        if one.theirs is not None and (one.state is not State.EDITED or one.elsewhere):
            placed.append((_before(segments, one.theirs.start), one.text))
    made = "".join(_woven(texts, placed))
    base = {(part.kind, part.id): digest(part.text) for part in parts}
    return made if _said(compare(artifact, made, base)) == _said(accepted) else None


def _before(segments: Sequence[Segment | None], at: int) -> int:
    """How many parts stand before the place `at`, up to the last that does."""
    return max((number for number, one in enumerate(segments, 1) if one is not None and one.end <= at), default=0)


def _woven(texts: Sequence[str], placed: Sequence[tuple[int, str]]) -> Iterable[str]:
    for number in range(len(texts) + 1):
        yield from (text for after, text in placed if after == number)
        if number < len(texts):
            yield texts[number]


def _said(found: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """What `found` says, whatever stands around it."""
    told = [one for one in found if not one.cosmetic]
    return sorted((one.state.value, one.part.id if one.part else "", one.text.strip()) for one in told)

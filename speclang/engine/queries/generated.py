"""What stands at a place of a generated file, whoever has edited it since.

In: a place of the file as the editor has it. Out: the part and the origin there. Invariant: parts are found by their content, as drift
finds them; what belongs to no part has no answer.
"""

from collections.abc import Iterator
from itertools import accumulate

from ...drift.match import match
from ...plan.artifact import Artifact, Part
from ...source.span import Range
from ...trace.links import Spot, at
from .lookup import Lookup


def spot(lookup: Lookup, name: str, offset: int) -> tuple[Spot, Range] | None:
    """The part at `offset` of a generated file, its origin there, and where all of the part stands now."""
    view = lookup.session.view
    built = next((one for one in view.opened.compiled.artifacts if one.path == name), None) if view else None
    if view is None or built is None:
        return None
    found = _inside(built, _held(lookup, built), offset)
    if found is None:
        return None
    inner, whole = found
    what = at(built, inner)
    return None if what is None else (what, whole)


def parts(lookup: Lookup, built: Artifact) -> Iterator[tuple[Part, Range]]:
    """The parts of a generated file that are in it as it is now, each with where it stands, without the empty lines around it."""
    text = _held(lookup, built)
    for part, (start, end) in zip(built.parts, _segments(built, text), strict=True):
        said = text[start:end] if start >= 0 else ""
        if said.strip("\n"):
            first = start + len(said) - len(said.lstrip("\n"))
            yield part, Range(built.path, first, start + len(said.rstrip("\n")))


def _held(lookup: Lookup, built: Artifact) -> str:
    view = lookup.session.view
    held = view.report.places.sources.get(built.path) if view is not None else None
    return held.text if held is not None else built.text


def _segments(built: Artifact, text: str) -> list[tuple[int, int]]:
    """Where each part stands in `text`; before its start where it is gone."""
    texts = [part.text for part in built.parts]
    if text != built.text:
        return [(one.start, one.end) if one else (-1, -1) for one in match(texts, text).segments]
    ends = [*accumulate(len(one) for one in texts)]
    return [(end - len(one), end) for one, end in zip(texts, ends, strict=True)]


def _inside(built: Artifact, text: str, offset: int) -> tuple[int, Range] | None:
    """The offset in the file as it is built that `offset` of `text` is, and the range of its part in `text`."""
    done = 0
    for part, (start, end) in zip(built.parts, _segments(built, text), strict=True):
        if start <= offset < end:
            return done + _aligned(part.text, text[start:end], offset - start), Range(built.path, start, end)
        done += len(part.text)
    return None


def _aligned(built: str, held: str, offset: int) -> int:
    """Which character of a part is the one at `offset` of what it has become: counted from the end it shares, or the nearest."""
    head = 0
    while head < min(len(built), len(held)) and built[head] == held[head]:
        head += 1
    if offset < head:
        return offset
    tail = 0
    while tail < min(len(built), len(held)) - head and built[-1 - tail] == held[-1 - tail]:
        tail += 1
    if offset >= len(held) - tail:
        return len(built) - (len(held) - offset)
    return min(offset, max(len(built) - tail - 1, head - 1, 0))

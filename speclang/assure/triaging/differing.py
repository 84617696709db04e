"""How what was shown of a result differs from the result: it was cut, or it was altered.

In: two texts that do not mean the same. Out: which of the two, and where. Cut is what is the beginning of the whole, with or without a
marker at its end, be it in the middle of a value or at a boundary of JSON, where a list lost its last members or a text its end.
Invariant: total; nothing is taken for cut in which a value says something else.
"""

from collections.abc import Mapping
from enum import Enum
from itertools import count

from ...grading.steps import unwrapped, valued
from ...kit.checks.evidence import quote
from ...plan.clipping import clipped, of_whole
from ...source.hashing import Json, canonical

_MARKER = 400
"""The most characters that a marker has, which stands after what was cut."""

_LEAST = 8
"""The least characters that have to be alike before a marker."""

_DEEPEST = 64


class Differing(Enum):
    """What was done."""

    CUT = "cut"
    ALTERED = "altered"


def differing(returned: str, shown: str) -> tuple[Differing, str]:
    """What was done to `returned` before it was shown, and where, in words that follow what is said of it."""
    envelope = clipped(shown)
    if envelope is not None and envelope.hash == of_whole(returned):
        rest = f"from {envelope.next:,} on there is more" if envelope.next is not None else "this was its end"
        return Differing.CUT, f", and tells the model so: {rest}"
    whole, part = unwrapped(valued(returned)), unwrapped(valued(shown))
    if isinstance(part, Mapping | list) and isinstance(whole, Mapping | list):
        lost: list[str] = []
        first = _first(whole, part, "", lost, 0)
        if not first and lost:
            return Differing.CUT, f", cut at a boundary of JSON: {lost[0]}"
        return Differing.ALTERED, f": {first}" if first else ""
    text = whole if isinstance(whole, str) else returned
    kept = part if isinstance(part, str) else shown
    alike = _alike(text, kept)
    rest = kept[alike:]
    if len(kept) - len(rest) >= min(_LEAST, len(kept)) and len(rest) <= _MARKER and alike < len(text) and kept.strip():
        if not rest.strip():
            return Differing.CUT, ", and nothing tells the model so"
        if len(kept) < len(text) or any(word in rest.casefold() for word in ("trunc", "cut", "omit", "…", "...")):
            return Differing.CUT, f", and tells the model so: {quote(rest.strip())}"
    return Differing.ALTERED, f": {quote(text[max(0, alike - 10) :])} became {quote(kept[max(0, alike - 10) :])}"


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    if one.startswith(other):
        return len(other)
    return next(at for at in count() if one[at : at + 1] != other[at : at + 1] or at >= min(len(one), len(other)))


def _first(whole: Json, part: Json, at: str, lost: list[str], depth: int) -> str:
    """The first place at which `part` says something else than `whole`, or ""; what it only lacks at an end goes to `lost`."""
    if depth > _DEEPEST or canonical(whole) == canonical(part):
        return ""
    if isinstance(whole, Mapping) and isinstance(part, Mapping):
        names = list(whole)
        for name in part:
            if name not in whole:
                return f"{_path(at, name)} was added"
        kept = [name for name in names if name in part]
        if names[: len(kept)] != kept:
            gone = next(name for name in names if name not in part)
            return f"{_path(at, gone)} was left out"
        lost.extend(f"{_path(at, name)} is missing" for name in names[len(kept) :])
        return next(
            (found for name in kept if (found := _first(whole[name], part[name], f"{at}.{name}", lost, depth + 1))), ""
        )
    if isinstance(whole, list) and isinstance(part, list):
        if len(part) > len(whole):
            return f"{_path(at, '')} has {len(part):,} members, and {len(whole):,} were returned"
        if len(part) < len(whole):
            lost.append(f"{len(part):,} of {len(whole):,} members of {_path(at, '')}")
        pairs = zip(whole, part, strict=False)
        return next((found for one, other in pairs if (found := _first(one, other, f"{at}[]", lost, depth + 1))), "")
    if isinstance(whole, str) and isinstance(part, str) and part and whole.startswith(part):
        lost.append(f"{len(part):,} of {len(whole):,} characters of {_path(at, '')}")
        return ""
    return f"{_path(at, '')} {quote(canonical(whole))} became {quote(canonical(part))}"


def _path(at: str, name: str) -> str:
    shown = f"{at}.{name}".strip(".") if name else at.strip(".")
    return f"`{shown}`" if shown else "the result"

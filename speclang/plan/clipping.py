"""A long result, cut so that whoever reads it knows that it was cut, how much there is, and how to get the rest.

In: what a tool returned, and the bytes that may be shown of it. Out: the result as it is where it fits, else an object with a part of it,
the sizes of part and whole, the hash of the whole, and where the rest begins. For the harness of an application: `speclang.clip`.
Invariant: what comes out is never longer than was allowed; the parts, one after the other, are the whole; no character is torn, and a list
is cut between its members.
"""

import json
from collections.abc import Mapping, Sequence

from ..source.hashing import Json, canonical, digest
from ..source.records import dataclass

LEAST = 512
"""The fewest bytes that a part takes with what is said of it."""

_NOTE = "This is only a part of the result. Do not conclude from it that something is not there; ask for the rest from `next` on."


@dataclass(frozen=True, slots=True)
class Clipped:
    """A part of a result: `shown` and `whole` in bytes, the `hash` of the whole, and where it begins.

    `next` is where the rest begins, and `of` how long the whole is, in members of a list or characters of a text; `next` is None at
    the end.
    """

    part: Json
    shown: int
    whole: int
    hash: str
    start: int
    next: int | None
    of: int


def clip(result: Json, limit: int, *, start: int = 0) -> str:
    """`result` in at most `limit` bytes: as it is, or as a part of it from `start` on that says that it is one.

    A text that holds JSON is cut as what it holds. Raises `ValueError` for a limit below `LEAST`, or a start that is not in the result.
    """
    if limit < LEAST:
        message = f"a limit of {limit:,} bytes has no room for what is said of a part; the least is {LEAST:,}"
        raise ValueError(message)
    text = _text(result)
    if start == 0 and _size(text) <= limit:
        return text
    cutting = _Cutting(text, limit)
    if not 0 <= start <= len(cutting.whole):
        message = f"there is nothing at {start:,}: the result ends at {len(cutting.whole):,}"
        raise ValueError(message)
    return cutting.part(start, cutting.last(start))


def clipped(text: str) -> Clipped | None:
    """What is said of the part that `text` is, where `clip` made it one."""
    if not text.startswith('{"partial": true, '):
        return None
    try:
        found: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match found:
        case {
            "shown_bytes": int(shown),
            "whole_bytes": int(whole),
            "whole_hash": str(hash),
            "start": int(start),
            "of": int(of),
            "next": int() | None as following,
            "part": str() | list() as part,
        }:
            return Clipped(part, shown, whole, hash, start, following, of)
        case _:
            return None


def joined(parts: Sequence[Clipped]) -> Json:
    """The whole that `parts` are, from the first to the last, as a list or a text."""
    if parts and isinstance(parts[0].part, str):
        return "".join(part.part for part in parts if isinstance(part.part, str))
    return [one for part in parts if isinstance(part.part, list) for one in part.part]


def of_whole(result: Json) -> str:
    """The hash by which parts name the whole `result`: that of what it means."""
    return digest(canonical(_meaning(_text(result))))


def _text(result: Json) -> str:
    return result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)


def _meaning(text: str) -> Json:
    if text.strip()[:1] not in ("{", "["):
        return text
    try:
        found: Json = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


class _Cutting:
    """A result as it is cut within `limit`: a list between its members, if each of them fits, and anything else between characters."""

    __slots__ = ("_bytes", "_hash", "_limit", "whole")

    def __init__(self, text: str, limit: int) -> None:
        self._limit = limit
        self._bytes = _size(text)
        self._hash = of_whole(text)
        found = _meaning(text)
        self.whole: Sequence[Json] = text
        if isinstance(found, list):
            self.whole = found
            if any(not self._fits(at, at + 1) for at in range(len(found))):
                self.whole = text

    def last(self, start: int) -> int:
        """Where the longest part ends that fits."""
        low, high = start, len(self.whole)
        while low < high:
            middle = (low + high + 1) // 2
            if self._fits(start, middle):
                low = middle
            else:
                high = middle - 1
        return low

    def _fits(self, start: int, end: int) -> bool:
        return _size(self.part(start, end)) <= self._limit

    def part(self, start: int, end: int) -> str:
        """The part as it is shown."""
        part: Json = self.whole[start:end]
        rest = end < len(self.whole)
        data: Mapping[str, Json] = {
            "partial": True,
            "note": _NOTE if rest else "This is the last part of the result.",
            "shown_bytes": _size(_text(part)),
            "whole_bytes": self._bytes,
            "whole_hash": self._hash,
            "start": start,
            "next": end if rest else None,
            "of": len(self.whole),
            "part": part,
        }
        return json.dumps(data, ensure_ascii=False)

"""Lines of a file that the user names, one after the other, none of which is held longer than it is looked at.

In: an open stream of bytes. Out: lines with their numbers. Invariant: memory is bounded by the longest line that is read.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LONGEST = 8 * 1024 * 1024
"""The longest line, in bytes, that is read."""

_CHUNK = 1024 * 1024


class Line(NamedTuple):
    """One line: `data` without its end, or None where it is longer than is read; `size` is its length in bytes."""

    number: int
    data: bytes | None
    size: int


def lines_of(path: str | os.PathLike[str], longest: int = LONGEST) -> Iterator[Line]:
    """The lines of the file at `path`. Raises `OSError` where it can't be opened or read."""
    with open(path, "rb") as stream:  # noqa: PTH123 - a name as the user gave it
        yield from lines(stream, longest)


def lines(stream: BinaryIO, longest: int = LONGEST) -> Iterator[Line]:
    """The lines of `stream`; of one that is too long, the rest is read over."""
    number = 0
    while piece := stream.readline(longest + 2):
        number += 1
        size = len(piece)
        data = piece.rstrip(b"\r\n")
        if len(data) <= longest and (piece.endswith(b"\n") or size < longest + 2):
            yield Line(number, data, len(data))
            continue
        while not piece.endswith(b"\n") and (piece := stream.readline(_CHUNK)):
            size += len(piece)
        yield Line(number, None, size)

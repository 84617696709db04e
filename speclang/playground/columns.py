"""How a browser counts characters, and how we do.

In: a text. Out: offsets in UTF-16 units for offsets in code points, and back.
Invariant: an offset in the middle of a character is the start of it; a text that was sent holds what can be written to a file.
"""

import re
from bisect import bisect_left

_ENDS = re.compile(r"\r\n?")
_HALVES = re.compile(r"[\ud800-\udfff]")


def received(text: str) -> str:
    """A text of the browser's: a bare newline for every line end, and a sign of the same length for what is no character."""
    return _HALVES.sub("\ufffd", _ENDS.sub("\n", text))


class Columns:
    """The characters of one text; what lies outside of it counts as its nearest end."""

    __slots__ = ("_far", "_points", "_units")

    def __init__(self, text: str) -> None:
        """Index the characters of `text` that take two units."""
        self._points = [] if text.isascii() else [at for at, one in enumerate(text) if one > "\uffff"]
        self._units = [at + number for number, at in enumerate(self._points)]
        self._far = len(text)

    def units(self, offset: int) -> int:
        """How many units stand before the code point `offset`."""
        offset = min(max(offset, 0), self._far)
        return offset + bisect_left(self._points, offset)

    def points(self, units: int) -> int:
        """Which code point `units` is."""
        return min(max(units - bisect_left(self._units, units), 0), self._far)

"""Choices that look arbitrary and are the same on every machine.

In: a key. Out: numbers. Invariant: they hang on the key and on how many were drawn before, on nothing else.
"""

from collections.abc import Sequence
from typing import TypeVar

from ...source.hashing import digest

T = TypeVar("T")


class Chance:
    """A stream of numbers that `key` settles."""

    __slots__ = ("_drawn", "_key")

    def __init__(self, key: str) -> None:
        """Nothing is drawn yet."""
        self._key = key
        self._drawn = 0

    def below(self, bound: int) -> int:
        """The next number, from 0 up to `bound`, which it never is."""
        self._drawn += 1
        return int(digest(f"{self._key}\n{self._drawn}")[:12], 16) % bound

    def one_of(self, items: Sequence[T]) -> T:
        """One of `items`, of which there is one at least."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """`items` in an order of their own; where more are drawn than before, the first ones stay."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in items]

    def apart(self, name: str) -> "Chance":
        """Another stream, which takes nothing from this one."""
        return Chance(f"{self._key}\n{name}")

"""A document of another tool as values that know where they stand.

In: what a reader found. Out: a tree of nodes, each with its path (`tests[0].vars.item`) and its place in the file.
Invariant: every value of the document is a leaf of the tree or lies between leaves, so that each can be accounted for.
"""

from collections.abc import Iterator
from typing import TypeAlias

from ...source.records import dataclass

Scalar: TypeAlias = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Node:
    """One value: a map (`items` with keys), a list (`items` without), or a leaf with its `value`.

    `text` is a leaf as a template would show it; an empty map or list is a leaf too.
    """

    file: str
    path: str
    start: int
    end: int
    items: tuple[tuple[str, "Node"], ...] = ()
    is_map: bool = False
    is_list: bool = False
    value: Scalar = None
    text: str = ""

    @property
    def key(self) -> str:
        """What names this node among all files of an import."""
        return f"{self.file}:{self.path}"

    @property
    def is_text(self) -> bool:
        """Whether it is a text, and not a number, a map or nothing."""
        return isinstance(self.value, str)

    def get(self, *keys: str) -> "Node | None":
        """What stands below `keys` of maps in maps; None where it is not there."""
        here: Node | None = self
        for key in keys:
            here = next((node for name, node in here.items if name == key), None) if here and here.is_map else None
        return here

    def word(self, *keys: str) -> str:
        """The text below `keys`; "" where there is none."""
        found = self.get(*keys)
        return found.text if found is not None and not found.is_map and not found.is_list else ""

    def each(self, *keys: str) -> "tuple[Node, ...]":
        """The members of the list below `keys`; none where there is no list."""
        found = self.get(*keys) if keys else self
        return tuple(node for _, node in found.items) if found is not None and found.is_list else ()

    def leaves(self) -> "Iterator[Node]":
        """Every leaf, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.items:
                waiting.extend(child for _, child in reversed(node.items))
            else:
                yield node


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as a reader found it, without a path: `keys` of a map, `parts` of a map or list, or a scalar."""

    start: int
    end: int
    parts: "tuple[Raw, ...]" = ()
    keys: tuple[str, ...] | None = None
    is_list: bool = False
    value: Scalar = None
    text: str = ""


class Malformed(Exception):
    """A file is not what its format says; `start` and `end` are where, in characters."""

    def __init__(self, what: str, start: int = 0, end: int | None = None) -> None:
        """`what` is said at the place, in a few words."""
        super().__init__(what)
        self.what = what
        self.start = start
        self.end = start + 1 if end is None else end


MOST = 200_000
"""The most values that a document may have, those that it repeats by name counted each time."""

DEEPEST = 64
"""The deepest that values may lie in each other."""


def placed(file: str, raw: Raw, path: str = "") -> Node:
    """`raw` with paths. Raises `Malformed` for what is too large once everything stands where it is used."""
    return _Placing(file).node(raw, path, 0)


class _Placing:
    __slots__ = ("count", "file")

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0

    def node(self, raw: Raw, path: str, depth: int) -> Node:
        self.count += 1
        if self.count > MOST:
            raise Malformed(f"there are more than {MOST:,} values", raw.start, raw.end)
        if depth > DEEPEST:
            raise Malformed(f"values lie more than {DEEPEST} deep in each other", raw.start)
        if raw.keys is not None:
            below = f"{path}." if path else ""
            pairs = zip(raw.keys, raw.parts, strict=True)
            items = tuple((key, self.node(part, f"{below}{key}", depth + 1)) for key, part in pairs)
            return Node(self.file, path, raw.start, raw.end, items, is_map=True)
        if raw.is_list:
            items = tuple(("", self.node(part, f"{path}[{at}]", depth + 1)) for at, part in enumerate(raw.parts))
            return Node(self.file, path, raw.start, raw.end, items, is_list=True)
        return Node(self.file, path, raw.start, raw.end, value=raw.value, text=raw.text)

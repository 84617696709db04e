r"""Regular expressions that whole texts match: reading them, matching in linear time, and making the simplest matches.

The subset: characters and escapes, `.`, classes, `\d \w \s` (ASCII) and their opposites, groups, `|`, `? * + {n,m}`,
anchors at the ends. No back references, no looking around, no flags.
Invariant: matching takes time linear in the text (sets of states, Thompson 1968); nothing backtracks.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias, assert_never

from ..source.records import dataclass

_DEPTH = 64
_COPIES = 1000
_STATES = 20_000
_LAST = 0x10FFFF
_FEW = 200

Ranges: TypeAlias = tuple[tuple[int, int], ...]

_DIGITS: Ranges = ((48, 57),)
_WORDS: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACES: Ranges = ((9, 10), (12, 13), (32, 32))
_CLASSES = {"d": _DIGITS, "w": _WORDS, "s": _SPACES}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_SIMPLE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,;:!?"


@dataclass(frozen=True, slots=True)
class One:
    """One character within `ranges` of code points (ends included)."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """All `parts`, one after the other."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `parts`."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Repeat:
    """`part` from `low` to `high` times (None: any number)."""

    part: "Node"
    low: int
    high: int | None


Node: TypeAlias = One | Sequence | Choice | Repeat


class _Beyond(Exception):
    """The pattern is malformed or beyond the subset."""


def supported(pattern: str) -> bool:
    """Whether `pattern` is well formed and within the subset."""
    return _parsed(pattern) is not None


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` matches; False for a pattern beyond the subset."""
    node = _parsed(pattern)
    if node is None:
        return False
    machine = _Machine()
    start = machine.add(node, machine.end)
    states = machine.closure((start,))
    for character in text:
        point = ord(character)
        states = machine.closure(state for state in machine.step(states, point))
        if not states:
            return False
    return machine.end in states


def samples(pattern: str, count: int) -> Iterator[str]:
    """Up to `count` different texts that match, shortest and plainest first; none for a pattern beyond the subset."""
    node = _parsed(pattern)
    if node is not None:
        yield from _texts(node, count)


def _parsed(pattern: str) -> Node | None:
    try:
        node = _Reader(pattern).read()
        machine = _Machine()
        machine.add(node, machine.end)
    except _Beyond:
        return None
    return node


class _Reader:
    """Reads one pattern, left to right; lives no longer than the reading."""

    def __init__(self, pattern: str) -> None:
        self.text = pattern.removeprefix("^")
        if self.text.endswith("$") and not self.text.endswith("\\$"):
            self.text = self.text[:-1]
        self.at = 0

    def read(self) -> Node:
        node = self.choice(0)
        if self.at < len(self.text):
            raise _Beyond
        return node

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        character = self.peek()
        if not character:
            raise _Beyond
        self.at += 1
        return character

    def skip(self, wanted: str) -> bool:
        if self.text.startswith(wanted, self.at):
            self.at += len(wanted)
            return True
        return False

    def choice(self, depth: int) -> Node:
        if depth > _DEPTH:
            raise _Beyond
        parts = [self.sequence(depth)]
        while self.skip("|"):
            parts.append(self.sequence(depth))
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.one(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def repeated(self, part: Node) -> Node:
        bounds = self.bounds()
        if bounds is None:
            return part
        self.skip("?")
        if self.peek() in ("?", "*", "+", "{"):
            raise _Beyond
        return Repeat(part, *bounds)

    def bounds(self) -> tuple[int, int | None] | None:
        for sign, pair in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self.skip(sign):
                return pair
        if not self.skip("{"):
            return None
        end = self.text.find("}", self.at)
        if end < 0:
            raise _Beyond
        low, comma, high = self.text[self.at : end].partition(",")
        self.at = end + 1
        least = _count(low)
        most = least if not comma else _count(high) if high else None
        if most is not None and most < least:
            raise _Beyond
        return least, most

    def one(self, depth: int) -> Node:
        character = self.take()
        if character == "(":
            if self.skip("?P<"):
                while self.take() != ">":
                    pass
            elif self.skip("?") and not self.skip(":"):
                raise _Beyond
            node = self.choice(depth + 1)
            if not self.skip(")"):
                raise _Beyond
            return node
        if character == "[":
            return One(self.members())
        if character == ".":
            return One(_without(((10, 10),)))
        if character == "\\":
            return One(self.escape())
        if character in "?*+{}^$)]":
            raise _Beyond
        return One(((ord(character), ord(character)),))

    def escape(self) -> Ranges:
        letter = self.take()
        if letter.lower() in _CLASSES:
            ranges = _CLASSES[letter.lower()]
            return ranges if letter.islower() else _without(ranges)
        if letter in _CONTROLS:
            letter = _CONTROLS[letter]
        elif letter.isalnum():
            raise _Beyond
        return ((ord(letter), ord(letter)),)

    def members(self) -> Ranges:
        denied = self.skip("^")
        found: list[tuple[int, int]] = []
        while not (self.peek() == "]" and found):
            low = self.member()
            is_range = len(low) == 1 and low[0][0] == low[0][1] and self.peek() == "-"
            if is_range and self.text[self.at + 1 : self.at + 2] not in ("", "]"):
                self.take()
                high = self.member()
                if len(high) != 1 or high[0][0] != high[0][1] or high[0][0] < low[0][0]:
                    raise _Beyond
                found.append((low[0][0], high[0][0]))
            else:
                found.extend(low)
        self.take()
        if denied:
            return _without(tuple(found))
        return tuple(found) if len(found) <= _FEW else _without(_without(tuple(found)))

    def member(self) -> Ranges:
        character = self.take()
        if character == "\\":
            return self.escape()
        if character == "[" and self.peek() in (":", "=", "."):
            raise _Beyond
        return ((ord(character), ord(character)),)


class _Machine:
    """A machine of states; `edges` lead on by a character, `free` without one. Lives no longer than one match."""

    def __init__(self) -> None:
        self.edges: list[tuple[Ranges, int] | None] = [None]
        self.free: list[tuple[int, ...]] = [()]
        self.end = 0

    def state(self, edge: tuple[Ranges, int] | None, free: tuple[int, ...]) -> int:
        if len(self.edges) >= _STATES:
            raise _Beyond
        self.edges.append(edge)
        self.free.append(free)
        return len(self.edges) - 1

    def add(self, node: Node, after: int) -> int:
        """The state from which `node` leads to `after`."""
        match node:
            case One(ranges):
                return self.state((ranges, after), ())
            case Sequence(parts):
                for part in reversed(parts):
                    after = self.add(part, after)
                return after
            case Choice(parts):
                return self.state(None, tuple(self.add(part, after) for part in parts))
            case Repeat(part, low, high):
                return self.repeat(part, low, high, after)
        assert_never(node)

    def repeat(self, part: Node, low: int, high: int | None, after: int) -> int:
        if high is None:
            loop = self.state(None, ())
            self.free[loop] = (self.add(part, loop), after)
            after = loop
        else:
            leave = after
            for _ in range(high - low):
                after = self.state(None, (self.add(part, after), leave))
        for _ in range(low):
            after = self.add(part, after)
        return after

    def closure(self, states: Iterable[int]) -> set[int]:
        open_states = list(states)
        found = set(open_states)
        while open_states:
            for state in self.free[open_states.pop()]:
                if state not in found:
                    found.add(state)
                    open_states.append(state)
        return found

    def step(self, states: Iterable[int], point: int) -> Iterator[int]:
        for state in states:
            edge = self.edges[state]
            if edge is not None and any(low <= point <= high for low, high in edge[0]):
                yield edge[1]


def _count(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4 or int(digits) > _COPIES:
        raise _Beyond
    return int(digits)


def _without(ranges: Ranges) -> Ranges:
    """The code points outside `ranges`."""
    left: list[tuple[int, int]] = []
    start = 0
    for low, high in sorted(ranges):
        if low > start:
            left.append((start, low - 1))
        start = max(start, high + 1)
    if start <= _LAST:
        left.append((start, _LAST))
    return tuple(left)


def _texts(node: Node, count: int) -> list[str]:
    """Up to `count` different texts of `node`, shortest first, then in the order written."""
    match node:
        case One(ranges):
            return list(islice(_characters(ranges), count))
        case Sequence(parts):
            texts = [""]
            for part in parts:
                texts = _joined(texts, _texts(part, count), count)
            return texts
        case Choice(parts):
            return _shortest((text for part in parts for text in _texts(part, count)), count)
        case Repeat(part, low, high):
            single = _texts(part, count)
            texts = [""]
            for _ in range(low):
                texts = _joined(texts, single, count)
            found = list(texts)
            for _ in range(low, min(low + count, _COPIES) if high is None else min(high, low + count)):
                texts = _joined(texts, single, count)
                found.extend(texts)
            return _shortest(found, count)
    assert_never(node)


def _joined(left: list[str], right: list[str], count: int) -> list[str]:
    return _shortest((a + b for a in left for b in right), count)


def _shortest(texts: Iterable[str], count: int) -> list[str]:
    return sorted(dict.fromkeys(texts), key=len)[:count]


def _characters(ranges: Ranges) -> Iterator[str]:
    """The characters of `ranges`, everyday ones first where there are many; surrogates never."""
    if sum(high - low + 1 for low, high in ranges) <= _FEW:
        for low, high in ranges:
            yield from (chr(point) for point in range(low, high + 1) if not 0xD800 <= point <= 0xDFFF)
        return
    everyday = [sign for sign in _SIMPLE if any(low <= ord(sign) <= high for low, high in ranges)]
    yield from everyday
    for low, high in ranges:
        for point in range(low, high + 1):
            if not 0xD800 <= point <= 0xDFFF and chr(point) not in everyday:
                yield chr(point)

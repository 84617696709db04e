"""What sort of word each word of a spec is, for an editor that colours by meaning.

In: a file. Out: its words in order, with their sorts. Invariant: words do not overlap, and none goes over a line's end.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ...syntax import tree
from ...syntax.tokens import BAD, COMMENT, KEYWORDS, tokenize
from .lookup import Lookup
from .names import block_of
from .uses import uses

SORTS = (
    "keyword", "class", "property", "modifier", "variable", "parameter", "function", "event", "type", "enumMember",
    "namespace", "decorator", "string", "number", "operator", "comment", "regexp",
)  # fmt: skip
"""The sorts of words, as the protocol calls them."""

_OF_USE = {
    "given": "variable", "tool": "function", "outcome": "event", "type": "type", "value": "enumMember", "parameter": "parameter",
    "argument": "parameter", "called": "parameter", "result": "property", "requirement": "decorator", "policy": "namespace",
    "feature": "namespace",
}  # fmt: skip
_OF_TOKEN = {'"': "string", "0": "number", "/": "regexp", COMMENT: "comment", "i": "decorator"}
_OPERATORS = frozenset("=#<l>gh+-*.|")
_LEVELS = ("must", "should", "may")


class Word(NamedTuple):
    """Characters `start` to `end` of a file."""

    start: int
    end: int
    sort: str


class Colours:
    """Colours the files of one project."""

    def __init__(self, lookup: Lookup) -> None:
        """Ask `lookup`."""
        self._lookup = lookup

    def words(self, name: str, first: int = 0, last: int | None = None) -> Iterator[Word]:
        """The words of a file, from the offset `first` to `last`."""
        file = self._lookup.session.file(name)
        if file is None:
            return
        text = file.source.text
        stop = len(text) if last is None else last
        at = 0
        for unit in file.units:
            end = unit.start + len(unit.text)
            if at < stop and unit.start > first:
                yield from _comments(text, at, unit.start)
            at = end
            if end >= first and unit.start <= stop:
                yield from (
                    Word(unit.start + one.start, unit.start + one.end, one.sort) for one in self._unit(name, unit)
                )
        if at < stop:
            yield from _comments(text, at, len(text))

    def _unit(self, name: str, unit: tree.Unit) -> tuple[Word, ...]:
        return tuple(_split(unit.text, self._sorted(name, unit)))

    def _sorted(self, name: str, unit: tree.Unit) -> Iterator[Word]:
        named = self._named(name, unit)
        for token in tokenize(unit.text):
            kind = named.get(token.start)
            if kind is not None and kind[0] <= token.end:
                yield Word(token.start, kind[0], kind[1])
                continue
            inner = [(start, end, sort) for start, (end, sort) in named.items() if token.start < start < token.end]
            said = unit.text[token.start : token.end]
            sort = _OF_TOKEN.get(token.kind) or ("operator" if token.kind in _OPERATORS else "")
            if said in KEYWORDS:
                sort = "keyword"
            elif token.kind == BAD and said.startswith('"'):
                sort = "string"
            if sort:
                yield from _around(token.start, token.end, sort, inner)
            else:
                yield from (Word(*one) for one in inner)

    def _named(self, name: str, unit: tree.Unit) -> dict[int, tuple[int, str]]:
        """The words that mean something, by their starts: end and sort."""
        found: dict[int, tuple[int, str]] = {}
        if unit.item is None:
            return found
        for head, sort in _heads(unit.item):
            found[head.start] = head.end, sort
        names = self._lookup.names
        visible = names.visible(name, block_of(unit))
        for use in uses(unit, self._lookup.kinds):
            meant = visible.find(use)
            if meant is not None and meant.what in _OF_USE:
                found[use.start] = use.end, _OF_USE[meant.what]
        for one in names.of_unit(unit.name):
            if one.what in _OF_USE:
                found[one.span.start] = one.span.end, _OF_USE[one.what]
        return found


def _heads(item: tree.Item) -> Iterator[tuple[tree.Name, str]]:
    """Heads, kinds and fields."""
    yield item.head, "class" if item.id is not None else "keyword"
    for field in item.body or ():
        yield field.head, "modifier" if field.head.text.startswith(_LEVELS) else "property"


def _around(start: int, end: int, sort: str, inner: list[tuple[int, int, str]]) -> Iterator[Word]:
    """A token in the pieces that stand between the words in it."""
    at = start
    for first, last, own in sorted(inner):
        if first > at:
            yield Word(at, first, sort)
        yield Word(first, last, own)
        at = last
    if at < end:
        yield Word(at, end, sort)


def _comments(text: str, start: int, end: int) -> Iterator[Word]:
    at = start
    while (at := text.find("#", at, end)) >= 0:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield Word(at, stop, "comment")
        at = stop


def _split(text: str, words: Iterator[Word]) -> Iterator[Word]:
    """Words of several lines, line by line."""
    for start, end, sort in words:
        at = start
        while at < end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            if stop > at:
                yield Word(at, stop, sort)
            at = stop + 1

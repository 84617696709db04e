"""How the source of a field becomes a value: one reader for each `Reads` marker of `kit.schema`.

In: one field as written. Out: the values that it holds, or None once reported.
Invariant: a reader looks only at its own field and what is in scope, never at other fields or requirements.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ..model import text as model_text
from ..source.records import dataclass, replace
from ..syntax import tree
from ..values import types
from .effects import effects
from .errors import shapes
from .errors import types as wrong
from .expressions.check import condition
from .expressions.literals import free_number
from .names import Site
from .parts import text, value_span, word
from .reliability import HOLDS, KNOWN, holds, known
from .results import INPUTS, RESULTS, inputs, results
from .signatures import flag, size
from .terms import TERMS, TOPICS, terms, topics

Read = Callable[[Site, tree.Item], Sequence[object] | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """`expected` and `example` (with the field's name as `{}`) say what may be written; a `plural` one reads several values."""

    read: Read
    expected: str
    example: str
    plural: bool = False


def _condition(site: Site, item: tree.Item) -> Sequence[object] | None:
    if len(item.values) != 1:
        return _refused(site, item, "condition")
    found = condition(site, item.values[0])
    return None if found is None else (found,)


def _text(site: Site, item: tree.Item) -> Sequence[object] | None:
    match item.values:
        case (tree.Text() as node,):
            found = text(site, node)
            return None if found is None else (found,)
        case _:
            return _refused(site, item, "text")


def _texts(site: Site, item: tree.Item) -> Sequence[object] | None:
    found: list[object] = []
    sound = bool(item.values) or _refused(site, item, "texts") is not None
    for value in item.values:
        if not isinstance(value, tree.Text):
            return _refused(site, item, "texts", value)
        one = text(site, value)
        sound = sound and one is not None
        found.append(one)
    return found if sound else None


def _note(site: Site, item: tree.Item) -> Sequence[object] | None:
    """A text, or a word, date or version that needs no quotes."""
    match item.values:
        case (tree.Text(),):
            return _text(site, item)
        case (tree.Name() | tree.Id() | tree.Number() | tree.Member() as node,):
            span = site.span(node)
            return (model_text.Text((model_text.Chunk(site.source(node), span),), span),)
        case _:
            return _refused(site, item, "note")


def _word(site: Site, item: tree.Item) -> Sequence[object] | None:
    match item.values:
        case (tree.Name() | tree.Id() as node,):
            return (word(site, node),)
        case _:
            return _refused(site, item, "word")


def _words(site: Site, item: tree.Item) -> Sequence[object] | None:
    found: list[object] = []
    for value in item.values:
        if not isinstance(value, tree.Name | tree.Id):
            return _refused(site, item, "words", value)
        found.append(word(site, value))
    return found or _refused(site, item, "words")


def _flag(site: Site, item: tree.Item) -> Sequence[object] | None:
    return None if flag(site, item) is None else (True,)


def _count(site: Site, item: tree.Item) -> Sequence[object] | None:
    if len(item.values) == 1 and (argument := site.argument(item.values[0])) is not None:
        if argument.node is None:
            return None
        return _count(site.at(argument), replace(item, values=(argument.node,)))
    match item.values:
        case (tree.Number() as node,):
            read = free_number(site, node)
            if read is None:
                return None
            if read.type == types.Numeric("", "", read.type.step) and read.type.step == 1:  # type: ignore[union-attr]
                return (read.value,)
            return _refused(site, item, "count", node)
        case _:
            return _refused(site, item, "count")


def _duration(site: Site, item: tree.Item) -> Sequence[object] | None:
    match item.values:
        case (tree.Quantity() as node,):
            read = free_number(site, node)
            if read is None:
                return None
            if isinstance(read.type, types.Numeric) and read.type.dimension == "duration":
                return (read.value,)
            return _refused(site, item, "duration", node)
        case _:
            return _refused(site, item, "duration")


def _size(site: Site, item: tree.Item) -> Sequence[object] | None:
    found = size(site, item)
    return None if found is None else (Decimal(found),)


def _tools(site: Site, item: tree.Item) -> Sequence[object] | None:
    found: list[object] = []
    sound = True
    for value in item.values:
        if not isinstance(value, tree.Name):
            return _refused(site, item, "tools", value)
        sound = site.tool(value) is not None and sound
        found.append(word(site, value))
    if not found:
        return _refused(site, item, "tools")
    return found if sound else None


def _refs(site: Site, item: tree.Item) -> Sequence[object] | None:
    found: list[object] = []
    for value in item.values:
        if not isinstance(value, tree.Id):
            return _refused(site, item, "refs", value)
        found.append(word(site, value))
    return found or _refused(site, item, "refs")


_STATUS = ("draft", "active", "retired")


def _status(site: Site, item: tree.Item) -> Sequence[object] | None:
    match item.values:
        case (tree.Name() as node,):
            if node.text in _STATUS:
                return (node.text,)
            site.add(wrong.unknown_member(node.text, site.span(node), _STATUS, "`status`"))
            return None
        case _:
            return _refused(site, item, "status")


def _refused(site: Site, item: tree.Item, reader: str, at: tree.Value | None = None) -> Sequence[object] | None:
    known = READERS[reader]
    name = item.head.text
    site.add(shapes.wrong_shape(name, known.expected, known.example.format(name), value_span(site, item, at)))
    return None


READERS: Mapping[str, Reader] = {
    "condition": Reader(_condition, "one condition", "{} age <= 30 days and receipt"),
    "text": Reader(_text, "one text in quotes", '{} "…"'),
    "texts": Reader(_texts, "texts in quotes", '{} "…", "…"', plural=True),
    "note": Reader(_note, "one text in quotes", '{} "…"'),
    "word": Reader(_word, "one name", "{} legal"),
    "words": Reader(_words, "names, separated by commas", "{} legal, billing", plural=True),
    "flag": Reader(_flag, "no value", "{}"),
    "count": Reader(_count, "a whole number", "{} 3"),
    "duration": Reader(_duration, "an amount of time", "{} 15 min"),
    "size": Reader(_size, "a size", "{} 8 KiB"),
    "effects": Reader(effects, "outcomes or observables", '{} approve, mentions "30 days"', plural=True),
    "terms": Reader(terms, *TERMS, plural=True),
    "topics": Reader(topics, *TOPICS, plural=True),
    "tools": Reader(_tools, "the names of tools", "{} issue_refund", plural=True),
    "refs": Reader(_refs, "the IDs of requirements", "{} REF-1", plural=True),
    "results": Reader(results, *RESULTS, plural=True),
    "inputs": Reader(inputs, *INPUTS, plural=True),
    "status": Reader(_status, "`draft`, `active` or `retired`", "{} active"),
    "holds": Reader(holds, HOLDS[0], "{} 5 of 5"),
    "known": Reader(known, *KNOWN),
}
"""The readers by the names that schemas use."""

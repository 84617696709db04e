"""How the source of a field becomes a value: one reader for each `Reads` marker of `kit.schema`.

In: one field as written. Out: the values that it holds, or None once reported.
Invariant: a reader looks only at its own field and what is in scope, never at other fields or requirements.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..kit.schema import Term, TermValue, Topic
from ..model import text as model_text
from ..source.span import Span
from ..syntax import tree
from ..values import types
from .check import condition
from .declarations import flag, size
from .effects import effects
from .errors import types as wrong
from .literals import free_number
from .names import Site
from .parts import text, word
from .types import alternatives, read_type

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


def _topics(site: Site, item: tree.Item) -> Sequence[object] | None:
    """`"topic" like "probe", "probe"`: texts after a comma go on with the probes, or with topics where none has begun."""
    topics: list[tuple[tree.Text, list[tree.Text], int]] = []
    probing = False
    for value in item.values:
        match value:
            case tree.Run(parts=(tree.Text() as topic, tree.Name(text="like"), tree.Text() as probe)):
                topics.append((topic, [probe], value.end))
                probing = True
            case tree.Text() if probing:
                topics[-1] = (topics[-1][0], [*topics[-1][1], value], value.end)
            case tree.Text():
                topics.append((value, [], value.end))
            case _:
                return _refused(site, item, "topics", value)
    if not topics:
        return _refused(site, item, "topics")
    found: list[object] = []
    sound = True
    for topic, probes, end in topics:
        about = text(site, topic)
        likes = [text(site, probe) for probe in probes]
        if about is None or any(like is None for like in likes):
            sound = False
        else:
            span = site.span(topic)._replace(end=end)
            found.append(Topic(about, tuple(like for like in likes if like is not None), span))
    return found if sound else None


_OPERATORS = {"is": "=", "is_not": "!=", "=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in"}


@dataclass(slots=True)
class _Draft:
    """A term while its values are gathered."""

    name: tree.Name
    op: str
    values: list[TermValue]
    end: int


def _terms(site: Site, item: tree.Item) -> Sequence[object] | None:
    drafts: list[_Draft] = []
    sound = True
    for value in item.values:
        led = _led(value)
        if led is not None:
            name, op, parts = led
            drafts.append(_Draft(name, op, [], value.end))
        elif drafts:
            parts = (value,)
        else:
            return _refused(site, item, "terms", value)
        for part in parts:
            read = _term_values(site, part)
            if read is None:
                sound = False
            else:
                drafts[-1].values.extend(read)
        drafts[-1].end = value.end
    if not drafts:
        return _refused(site, item, "terms")
    if not sound:
        return None
    return [
        Term(
            draft.name.text,
            draft.op,
            tuple(draft.values),
            site.span(draft.name)._replace(end=draft.end),
            site.span(draft.name),
        )
        for draft in drafts
    ]


def _led(value: tree.Value) -> tuple[tree.Name, str, tuple[tree.Value, ...]] | None:
    """The word that leads `value`, its operator and what it leads; None for a value that no word leads."""
    match value:
        case tree.Name():
            return value, "", ()
        case tree.Run(parts=(tree.Name() as name, tree.Binary(op="..") as ends)):
            return name, "in", (ends,)
        case tree.Run(parts=(tree.Name() as name, *rest)):
            return name, "", tuple(rest)
        case tree.Binary(op=op, left=tree.Name() as name, right=right) if op in _OPERATORS:
            return name, _OPERATORS[op], (right,)
        case tree.Binary(op=op, left=tree.Run(parts=(tree.Name() as name, *rest)), right=right) if op in _OPERATORS:
            return name, _OPERATORS[op], (*rest, right)
        case _:
            return None


def _term_values(site: Site, node: tree.Value) -> list[TermValue] | None:
    span = site.span(node)
    match node:
        case tree.Text():
            words = text(site, node)
            return None if words is None else [TermValue(node.plain, types.Text(), words, span)]
        case tree.Number() | tree.Quantity():
            read = free_number(site, node)
            return None if read is None else [TermValue(read.value, read.type, None, span)]
        case tree.Pattern(text=pattern):
            return [TermValue(pattern, types.Text(pattern), None, span)]
        case tree.Name() | tree.Id():
            return [TermValue(node.text, None, None, span)]
        case tree.Member():
            return [TermValue(".".join(node.path), None, None, span)]
        case tree.Record() | tree.Call():
            shape = read_type(site, (node,), span, site.scope.types.get)
            return None if shape is None else [TermValue(None, None, None, span, shape)]
        case tree.Group(value=value):
            return _term_values(site, value)
        case tree.Binary(op="|"):
            return _flattened(site, alternatives(node))
        case tree.Binary(op=".."):
            return _flattened(site, (node.left, node.right))
        case tree.Listed(items=items):
            return _flattened(site, items)
        case tree.Run(parts=parts):
            return _flattened(site, parts)
        case _:
            site.add(
                wrong.wrong_shape(site.source(node), "to be a text, a number or a word here", "words <= 120", span)
            )
            return None


def _flattened(site: Site, nodes: Sequence[tree.Value]) -> list[TermValue] | None:
    read = [_term_values(site, node) for node in nodes]
    if any(one is None for one in read):
        return None
    return [value for one in read if one is not None for value in one]


def _refused(site: Site, item: tree.Item, reader: str, at: tree.Value | None = None) -> None:
    known = READERS[reader]
    name = item.head.text
    site.add(wrong.wrong_shape(name, known.expected, known.example.format(name), _where(site, item, at)))


def _where(site: Site, item: tree.Item, at: tree.Value | None) -> Span:
    if at is not None:
        return site.span(at)
    if item.values:
        return site.span(item.values[0])._replace(end=item.values[-1].end)
    return site.span(item.head)


READERS: Mapping[str, Reader] = {
    "condition": Reader(_condition, "one condition", "{} age <= 30 days and receipt"),
    "text": Reader(_text, "one text in quotes", '{} "…"'),
    "texts": Reader(_texts, "texts in quotes", '{} "…", "…"', plural=True),
    "note": Reader(_note, "one text in quotes", '{} "…"'),
    "word": Reader(_word, "one name", "{} legal"),
    "words": Reader(_words, "names, separated by commas", "{} legal, billing", plural=True),
    "flag": Reader(_flag, "no value", "{}"),
    "count": Reader(_count, "a whole number", "{} 3"),
    "size": Reader(_size, "a size", "{} 8 KiB"),
    "effects": Reader(effects, "outcomes or observables", '{} approve, mentions "30 days"', plural=True),
    "terms": Reader(_terms, "words with their values", '{} words <= 120, ends "…"', plural=True),
    "topics": Reader(
        _topics, "topics in quotes, each with a message that brings it up", '{} "…" like "…"', plural=True
    ),
    "tools": Reader(_tools, "the names of tools", "{} issue_refund", plural=True),
    "refs": Reader(_refs, "the IDs of requirements", "{} REF-1", plural=True),
    "status": Reader(_status, "`draft`, `active` or `retired`", "{} active"),
}
"""The readers by the names that schemas use."""

"""Terms and topics: the two shapes of fields that hold more than names and texts.

In: `words <= 120, ends "…"` and `"legal advice" like "Can I sue you over this?"`. Out: the kit's `Term`s and `Topic`s.
Invariant: values keep the order in which they are written.
"""

from collections.abc import Sequence

from ..kit.schema import Term, TermValue, Topic
from ..source.records import dataclass
from ..syntax import tree
from ..values import types
from .errors import shapes
from .expressions.literals import free_number
from .expressions.types import alternatives, read_type
from .names import Site
from .parts import text, value_span

TERMS = ("words with their values", '{} words <= 120, ends "…"')
"""What terms are, and an example with the field's name as a hole."""

TOPICS = ("topics in quotes, each with a message that brings it up", '{} "…" like "…"')
"""What topics are, and an example with the field's name as a hole."""


def topics(site: Site, item: tree.Item) -> list[Topic] | None:
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
                return _no_topics(site, item, value)
    if not topics:
        return _no_topics(site, item, None)
    found: list[Topic] = []
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


def terms(site: Site, item: tree.Item) -> list[Term] | None:
    """`words <= 120, ends "…"`: words with an operator and values."""
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
            return _no_terms(site, item, value)
        for part in parts:
            read = _term_values(site, part)
            if read is None:
                sound = False
            else:
                drafts[-1].values.extend(read)
        drafts[-1].end = value.end
    if not drafts:
        return _no_terms(site, item, None)
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
    argument = site.argument(node)
    if argument is not None:
        return None if argument.node is None else _written_values(site.at(argument), argument.node)
    return _written_values(site, node)


def _written_values(site: Site, node: tree.Value) -> list[TermValue] | None:
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
            site.add(shapes.not_a(site.source(node), "a text, a number or a word", "words <= 120", span))
            return None


def _flattened(site: Site, nodes: Sequence[tree.Value]) -> list[TermValue] | None:
    read = [_term_values(site, node) for node in nodes]
    if any(one is None for one in read):
        return None
    return [value for one in read if one is not None for value in one]


def _no_topics(site: Site, item: tree.Item, at: tree.Value | None) -> list[Topic] | None:
    name = item.head.text
    site.add(shapes.wrong_shape(name, TOPICS[0], TOPICS[1].format(name), value_span(site, item, at)))
    return None


def _no_terms(site: Site, item: tree.Item, at: tree.Value | None) -> list[Term] | None:
    name = item.head.text
    site.add(shapes.wrong_shape(name, TERMS[0], TERMS[1].format(name), value_span(site, item, at)))
    return None

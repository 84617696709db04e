"""Givens: what an outcome may depend on.

In: `given NAME TYPE { name negated means from yes no say typical }`. Out: a `model.given.Given`.
What is not written is decided here: a given without `from` is said by the user; one without `name` is called by its name in
words; `typical` is a round value inside the range, about a tenth of the way up, or the first member.
Invariant: the typical value and every value with a saying or a clause lie in the type.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from ..model.given import FromContext, FromTool, FromUser, Given, Source
from ..model.text import Text
from ..model.tool import Tool
from ..source.span import Span
from ..syntax import tree
from ..values import units
from ..values.domain import contains, floor, sample
from ..values.types import Bool, Date, Datum, Numeric, Optional, Record, Type
from .errors import names as wrong_name
from .errors import shapes
from .errors import types as wrong
from .expressions.literals import describe, literal, plain_type
from .expressions.types import agrees
from .names import Site
from .parts import gathered, text, wording

_SINGLE = ("name", "negated", "from", "yes", "no", "typical")
_MANY = ("say", "means")
_FEW = 20


def given(site: Site, item: tree.Item, name: tree.Name, type: Type) -> Given | None:
    """The given that `item` declares, of `type`."""
    fields, whole = gathered(site, item, "given", _SINGLE, _MANY)
    span = site.span(name)
    label = _text(site, fields, "name", 'name "the order total"')
    negated = _text(site, fields, "negated", 'negated "the customer has no receipt"')
    source = _source(site, fields, name.text, type, span)
    said = _sayings(site, fields, name.text, type, span)
    clauses = _clauses(site, fields, name.text, type, span)
    typical = _typical(site, fields, name.text, type, span)
    if label is None or negated is None or source is None or said is None or clauses is None or typical is None:
        return None
    if negated and not isinstance(plain_type(type), Bool):
        site.add(shapes.only_for_bool("negated", name.text, describe(type), site.span(fields["negated"][0]), span))
        return None
    if not whole:
        return None
    is_bool = isinstance(plain_type(type), Bool)
    words = name.text.replace("_", " ")
    shown = label[0] if label else wording(f"{words} is true" if is_bool else f"the {words}", span)
    denied = negated[0] if negated else wording(f"{words} is false", span) if is_bool and not label else None
    sayings, template = said
    return Given(name.text, type, shown, denied, source, sayings, typical[0], span, template, clauses)


def _text(site: Site, fields: Mapping[str, Sequence[tree.Item]], name: str, example: str) -> tuple[Text, ...] | None:
    """The text of field `name`: none, one, or None once reported."""
    if name not in fields:
        return ()
    item = fields[name][0]
    match item.values:
        case (tree.Text() as node,):
            words = text(site, node)
            return None if words is None else (words,)
        case _:
            site.add(shapes.wrong_shape(name, "one text in quotes", example, site.span(item)))
            return None


def _source(
    site: Site, fields: Mapping[str, Sequence[tree.Item]], name: str, type: Type, declared: Span
) -> Source | None:
    if "from" not in fields:
        return FromUser()
    item = fields["from"][0]
    match item.values:
        case (tree.Name(text="user"),):
            return FromUser()
        case (tree.Name(text="context"),):
            return FromContext()
        case (tree.Member(path=(owner, *path)) as node,):
            return _from_tool(site, node, owner, tuple(path), name, type, declared)
        case (tree.Name() as word,) if word.text in site.scope.tools:
            tool = site.scope.tools[word.text].value
            if tool is not None:
                fields_of = [f"{word.text}.{one}" for one, _ in tool.returns.fields] if tool.returns else []
                example = f"from {fields_of[0] if fields_of else word.text + '.total'}"
                site.add(shapes.wrong_shape("from", "one field of what the tool returns", example, site.span(word)))
            return None
        case (tree.Name() as word,):
            site.add(
                wrong_name.unknown_name("source", word.text, site.span(word), ("user", "context", *site.scope.tools))
            )
            return None
        case _:
            expected = "`user`, `context` or a field of what a tool returns"
            site.add(shapes.wrong_shape("from", expected, "from lookup_order.total", site.span(item)))
            return None


def _from_tool(
    site: Site, node: tree.Member, owner: str, path: tuple[str, ...], name: str, type: Type, declared: Span
) -> FromTool | None:
    start = site.span(node)
    tool: Tool | None = site.look_up("tool", owner, start._replace(end=start.start + len(owner)), site.scope.tools)
    if tool is None:
        return None
    at: Type | None = tool.returns
    offset = start.start + len(owner) + 1
    for step in path:
        span = Span(start.unit, offset, offset + len(step))
        at = at.of if isinstance(at, Optional) else at
        known = dict(at.fields) if isinstance(at, Record) else {}
        if step not in known:
            site.add(wrong_name.unknown_result(owner, step, span, tuple(known), tool.span))
            return None
        at = known[step]
        offset += len(step) + 1
    if at is not None and not agrees(type, at):
        wants, got = describe(type), describe(at)
        site.add(wrong.source_mismatch(name, wants, got, f"{owner}.{'.'.join(path)}", start, declared))
        return None
    return FromTool(owner, path)


_Said = tuple[tuple[tuple[Datum, Text], ...], "Text | None"]


def _sayings(
    site: Site, fields: Mapping[str, Sequence[tree.Item]], name: str, type: Type, declared: Span
) -> "_Said | None":
    """What the user says for each value, and the text that says any value."""
    said: dict[Datum, tuple[Text, Span]] = {}
    template: Text | None = None
    sound = True
    for word, value in (("yes", True), ("no", False)):
        words = _text(site, fields, word, f'{word} "…"')
        if words is None:
            sound = False
        elif words and not isinstance(plain_type(type), Bool):
            site.add(shapes.only_for_bool(word, name, describe(type), site.span(fields[word][0]), declared))
            sound = False
        elif words:
            said[value] = (words[0], site.span(fields[word][0].head))
    for item in fields.get("say", ()):
        match item.values:
            case (tree.Text() as node,):
                words_of = text(site, node)
                if template is not None:
                    site.add(shapes.field_twice("say", site.span(item), template.span))
                template = words_of
                sound = sound and words_of is not None
            case (tree.Run(parts=(value_node, tree.Text() as node)),):
                read = _value(site, value_node, name, type, declared)
                words_of = text(site, node)
                if read is None or words_of is None:
                    sound = False
                elif read[0] in said:
                    first = said[read[0]][1]
                    site.add(
                        wrong_name.member_taken("saying for", site.source(value_node), site.span(value_node), first)
                    )
                    sound = False
                else:
                    said[read[0]] = (words_of, site.span(value_node))
            case _:
                example = 'say gold "I am a gold member."'
                site.add(shapes.wrong_shape("say", "a value and a text in quotes", example, site.span(item)))
                sound = False
    return (tuple((value, words) for value, (words, _) in said.items()), template) if sound else None


def _clauses(
    site: Site, fields: Mapping[str, Sequence[tree.Item]], name: str, type: Type, declared: Span
) -> tuple[tuple[Datum, Text], ...] | None:
    """What each value means in a sentence."""
    found: dict[Datum, tuple[Text, Span]] = {}
    sound = True
    for item in fields.get("means", ()):
        if isinstance(plain_type(type), Bool):
            site.add(shapes.not_for_bool("means", name, site.span(item.head), declared))
            return None
        match item.values:
            case (tree.Run(parts=(value_node, tree.Text() as node)),):
                read = _value(site, value_node, name, type, declared)
                words = text(site, node)
                if read is None or words is None:
                    sound = False
                elif read[0] in found:
                    at, first = site.span(value_node), found[read[0]][1]
                    site.add(wrong_name.member_taken("meaning of", site.source(value_node), at, first))
                    sound = False
                else:
                    found[read[0]] = (words, site.span(value_node))
            case _:
                example = 'means cancel "the customer wants to cancel"'
                site.add(shapes.wrong_shape("means", "a value and a text in quotes", example, site.span(item)))
                sound = False
    return tuple((value, words) for value, (words, _) in found.items()) if sound else None


def _value(site: Site, node: tree.Value, name: str, type: Type, declared: Span) -> tuple[Datum] | None:
    if isinstance(type, Optional) and isinstance(node, tree.Name) and node.text == "missing":
        return (None,)
    read = literal(site, node, type, (f"`{name}`", declared))
    return None if read is None else (read.value,)


def _typical(
    site: Site, fields: Mapping[str, Sequence[tree.Item]], name: str, type: Type, declared: Span
) -> tuple[Datum] | None:
    if "typical" in fields:
        item = fields["typical"][0]
        if len(item.values) != 1:
            site.add(shapes.wrong_shape("typical", "one value", "typical 30 days", site.span(item)))
            return None
        return _value(site, item.values[0], name, type, declared)
    value = typical(type)
    if not contains(type, value):
        site.add(shapes.typical_needed(name, declared))
        return None
    return (value,)


def typical(type: Type) -> Datum:
    """A value of `type` that a reader finds normal."""
    match type:
        case Optional(of=of):
            return typical(of)
        case Numeric():
            return _number(type)
        case Date(low=low, high=high) if low is not None and high is not None:
            return low + (high - low) // 2
        case Record(fields=fields):
            return tuple((name, typical(of)) for name, of in fields)
        case _:
            return sample(type)


def _number(type: Numeric) -> Decimal:
    """A round number: a tenth of the way up, the middle of a short range, ten units where there is no end."""
    own = units.own_unit(type)
    size = own.size if own is not None else Decimal(1)
    exact = units.EXACT
    ten = exact.multiply(size, Decimal(10))
    if type.low is None or type.high is None:
        if type.low is not None:
            return exact.add(type.low, ten)
        if type.high is not None:
            return exact.subtract(type.high, ten)
        return ten
    width = exact.subtract(type.high, type.low)
    if width <= exact.multiply(type.step, Decimal(_FEW)):
        return _on_step(type, exact.add(type.low, exact.multiply(width, Decimal("0.5"))))
    tenth = exact.multiply(width, Decimal("0.1"))
    coarse = Context(prec=1, rounding=ROUND_HALF_UP)
    rounded = exact.multiply(coarse.divide(exact.add(type.low, tenth), size), size)
    if type.low < rounded < type.high:
        return _on_step(type, rounded)
    return _on_step(type, exact.add(type.low, tenth))


def _on_step(type: Numeric, value: Decimal) -> Decimal:
    below = floor(value, type.step)
    if below >= (type.low or below):
        return below
    above = units.EXACT.add(below, type.step)
    return above if type.high is None or above <= type.high else value

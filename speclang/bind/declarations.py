"""Declarations of one file, feature or policy: types, tools, givens, outcomes, asks, exclusives.

In: the units that declare, and the names already visible. Out: the names with these added.
Types come first, then tools, givens and outcomes; the order in which they are written changes nothing.
Invariant: a name whose declaration is broken is kept without a value; of a given, its type is kept where that can be read.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from ..diagnostics.result import Collector
from ..model.feature import Exclusive
from ..model.given import FromUser, Given
from ..model.text import Text
from ..source.records import dataclass, replace
from ..source.span import Span
from ..syntax import tree
from ..values.domain import contains
from ..values.types import Enum, Type
from .definitions import definition
from .effects import outcome
from .errors import names as wrong_name
from .errors import shapes
from .errors import types as wrong
from .expressions.types import BUILT_IN, read_type
from .givens import given, typical
from .names import NAMED, RESERVED, Entry, Names, Site, declared_name, key_name, mark, place
from .parts import text, wording
from .signatures import tool

T = TypeVar("T")

_UNNAMED = ("ask", "exclusive", "term", "stress", "paraphrase")

HEADS = (*NAMED, *_UNNAMED)
"""What declares something, in a file, a feature or a policy."""

_SIZE = "8 KiB"


@dataclass(frozen=True, slots=True)
class _Claim:
    """One declaration that gives a name: `name` is None where the text could not be read."""

    unit: tree.Unit
    item: tree.Item
    name: tree.Name
    rest: tuple[tree.Value, ...]


def declare(names: Names, units: Sequence[tree.Unit], found: Collector) -> None:
    """Add what `units` declare to `names`."""
    claims = _claims(names, units, found)
    _types(names, claims["type"], found)
    scope = names.live()
    for claim in claims["tool"]:
        site = Site(claim.unit, scope, found)
        names.tools[claim.name.text] = _entry(claim, tool(site, claim.item, claim.name))
    _givens(names, claims["given"], found)
    scope = names.live()
    for claim in claims["outcome"]:
        site = Site(claim.unit, scope, found)
        names.outcomes[claim.name.text] = _entry(claim, outcome(site, claim.item, claim.name, claim.rest))
    words = {
        one.plain.casefold(): one
        for entry in names.definitions.values()
        if entry.value is not None
        for one in (entry.value.word, *entry.value.avoid)
    }
    for unit in units:
        if unit.item is None or unit.item.head.text not in _UNNAMED:
            continue
        site = Site(unit, scope, found)
        span = site.span(unit.item.head)
        match unit.item.head.text:
            case "ask":
                names.asks[unit.name] = Entry("ask", _ask(site, unit.item), span, mark(unit))
            case "term":
                said = definition(site, unit.item, words)
                names.definitions[unit.name] = Entry("term", said, span, mark(unit))
            case "exclusive":
                names.exclusives[unit.name] = Entry("exclusive", _exclusive(site, unit.item), span, mark(unit))
            case _:
                _stress(names, site, unit.item)


def _entry(claim: _Claim, value: T | None) -> Entry[T]:
    return Entry(claim.name.text, value, claim.unit.span(claim.name), mark(claim.unit))


def _claims(names: Names, units: Sequence[tree.Unit], found: Collector) -> Mapping[str, list[_Claim]]:
    """The declarations by head; names that are taken, reserved or could not be read are settled here."""
    claims: dict[str, list[_Claim]] = {head: [] for head in NAMED}
    taken: dict[tuple[str, str], Span] = {}
    scope = names.live()
    for unit in units:
        head = unit.item.head.text if unit.item is not None else key_name(unit.name.key)[0]
        if head not in NAMED:
            continue
        if unit.item is None:
            _lost(names, head, unit)
            continue
        name = declared_name(unit.item)
        if name is None:
            names.open.add(head)
            example = {"type": "type Tier = standard | gold", "tool": "tool handoff(reason: text)"}
            shape = example.get(head, f"{head} {'age days 0 .. 365' if head == 'given' else _OUTCOME}")
            found.add(shapes.wrong_shape(head, "a name", shape, unit.span(unit.item)))
            continue
        span = unit.span(name)
        first = place(scope, head, name.text) or taken.get((head, name.text))
        if first is not None:
            found.add(wrong_name.name_taken(head, name.text, span, first))
            continue
        taken[(head, name.text)] = span
        if name.text in RESERVED or (head == "type" and name.text in BUILT_IN):
            found.add(wrong_name.reserved_name(name.text, head, span))
            names.keep(head, name.text, span, mark(unit))
            continue
        claims[head].append(_Claim(unit, unit.item, name, _rest(unit.item)))
    return claims


_OUTCOME = 'approve "approve the refund"'


def _lost(names: Names, head: str, unit: tree.Unit) -> None:
    """Keep the name of a declaration that could not be read, as far as its key tells it."""
    name = key_name(unit.name.key)[1]
    if name:
        names.keep(head, name, Span(unit.name, 0, len(head)), mark(unit))
    else:
        names.open.add(head)


def _rest(item: tree.Item) -> tuple[tree.Value, ...]:
    """What follows the name in a declaration's values; `=` of a type is left out."""
    if len(item.values) != 1:
        return item.values
    value = item.values[0]
    match value:
        case tree.Run(parts=(tree.Name(), *rest)):
            return tuple(rest)
        case tree.Binary(op="=", left=tree.Name(), right=right):
            return right.parts if isinstance(right, tree.Run) else (right,)
        case tree.Name():
            return ()
        case _:
            return (value,)


def _types(names: Names, claims: Sequence[_Claim], found: Collector) -> None:
    """Reads named types, each before those that name it."""
    scope = names.live()
    waiting = {claim.name.text: claim for claim in claims}
    started: dict[str, _Claim] = {}

    def named(name: str) -> Entry[Type] | None:
        claim = waiting.pop(name, None)
        if claim is not None:
            started[name] = claim
            site = Site(claim.unit, scope, found)
            names.types[name] = _entry(claim, _named_type(site, claim))
        elif name in started and name not in names.types:
            claim = started[name]
            found.add(wrong.type_circle(name, claim.unit.span(claim.name)))
            names.types[name] = _entry(claim, None)
        return names.types.get(name)

    def _named_type(site: Site, claim: _Claim) -> Type | None:
        if not isinstance(claim.item.values[0], tree.Binary) or claim.item.body is not None:
            example = f"type {claim.name.text} = standard | gold"
            site.add(shapes.wrong_shape("type", "a name, `=` and a type", example, site.span(claim.item)))
            return None
        type = read_type(site, claim.rest, site.span(claim.item), named)
        return replace(type, name=claim.name.text) if isinstance(type, Enum) and not type.name else type

    for claim in claims:
        named(claim.name.text)
        entry = names.types.get(claim.name.text)
        if entry is not None and entry.value is None:
            names.types[claim.name.text] = _entry(claim, None)


def _givens(names: Names, claims: Sequence[_Claim], found: Collector) -> None:
    """Reads the types of all givens before anything else of them, so that their sayings may name each other."""
    types: list[tuple[_Claim, Type | None]] = []
    scope = names.live()
    for claim in claims:
        site = Site(claim.unit, scope, found)
        type = None
        if len(claim.item.values) == 1:
            type = read_type(site, claim.rest, site.span(claim.name), names.types.get)
        else:
            example = f"given {claim.name.text} days 0 .. 365"
            site.add(shapes.wrong_shape("given", "one name and one type", example, site.span(claim.item)))
        types.append((claim, type))
    for claim, type in types:
        name = claim.name.text
        span = claim.unit.span(claim.name)
        draft = None
        if type is not None:
            draft = Given(name, type, wording(name, span), None, FromUser(), (), typical(type), span)
        names.givens[name] = _entry(claim, draft)
    scope = names.live()
    read = [
        (claim, given(Site(claim.unit, scope, found), claim.item, claim.name, type))
        for claim, type in types
        if type is not None
    ]
    for claim, value in read:
        if value is not None or not _usable(names.givens[claim.name.text].value):
            names.givens[claim.name.text] = _entry(claim, value)


def _usable(draft: Given | None) -> bool:
    """Whether a given whose declaration is broken otherwise can tell what is wrong with the conditions that name it."""
    return draft is not None and contains(draft.type, draft.typical)


def _ask(site: Site, item: tree.Item) -> Text | None:
    match item.values:
        case (tree.Text() as words,) if item.body is None:
            return text(site, words)
        case _:
            site.add(shapes.wrong_shape("ask", "one message in quotes", 'ask "Where is my order."', site.span(item)))
            return None


def _stress(names: Names, site: Site, item: tree.Item) -> None:
    """Add a stress, whose name no other has, or a paraphrase."""
    from .stressing.stresses import paraphrase, stress  # which few projects need

    unit, span = site.unit, site.span(item.head)
    if item.head.text == "paraphrase":
        names.paraphrases[unit.name] = Entry("paraphrase", paraphrase(site, item), span, mark(unit))
        return
    made = stress(site, item)
    first = made and next(
        (one.value for one in names.stresses.values() if one.value and one.value.name == made.name), None
    )
    if made and first:
        site.add(wrong_name.name_taken("stress", made.name, made.span, first.span))
        made = None
    names.stresses[unit.name] = Entry("stress", made, span, mark(unit))


def _exclusive(site: Site, item: tree.Item) -> Exclusive | None:
    named = [value for value in item.values if isinstance(value, tree.Name)]
    if len(named) < 2 or len(named) < len(item.values) or item.body is not None:
        example = "exclusive approve, decline"
        site.add(shapes.wrong_shape("exclusive", "two or more outcomes", example, site.span(item)))
        return None
    outcomes: dict[str, tree.Name] = {}
    sound = True
    for value in named:
        if value.text in outcomes:
            first = site.span(outcomes[value.text])
            site.add(wrong_name.member_taken("outcome", value.text, site.span(value), first))
            sound = False
            continue
        outcomes[value.text] = value
        sound = site.outcome(value) is not None and sound
    return Exclusive(tuple(outcomes), site.span(item)) if sound else None

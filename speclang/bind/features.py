"""A feature of the model out of what is bound, with the fields of its block.

In: a bound feature or policy. Out: a `model.feature.Feature`.
Invariant: declarations stand in the order of the files, used and included ones first.
"""

from collections.abc import Iterable
from typing import TypeVar

from ..diagnostics.result import Collector
from ..model.feature import Feature, Policy, Style
from ..model.text import Text, Word
from ..syntax import tree
from .composing.fallbacks import fallbacks
from .composing.policies import UNNAMED, Block, Home
from .errors import shapes
from .errors import types as wrong
from .names import Entry, Scope, Site, declared_name
from .parts import text, wording

T = TypeVar("T")


def feature_of(home: Home, files: tuple[str, ...], found: Collector) -> Feature | None:
    """The feature that `home` is, or None where its opening could not be read; `files` are those it is made of."""
    block, scope = home.block, home.scope
    title = _header(home, found)
    owner = _owner(block, found)
    role, total = _role_and_total(block, scope, found)
    style = _style(block, found)
    if block.opener.item is None:
        return None
    return Feature(
        name=block.name,
        title=title or wording(block.name.replace("_", " ").capitalize(), block.name_span),
        owner=owner,
        role=role,
        total=total,
        tools=_values(scope.tools.values()),
        givens=_values(scope.givens.values()),
        outcomes=_values(scope.outcomes.values()),
        exclusives=_values(scope.exclusives.values()),
        asks=_values(scope.asks.values()),
        requirements=home.requirements,
        retired=tuple(known.id for known in home.ids.values() if known.retired),
        files=files,
        span=block.name_span,
        policies=_policies(home),
        definitions=_values(scope.definitions.values()),
        variables=style,
        fallbacks=fallbacks(home, found),
        stresses=_values(scope.stresses.values()),
        paraphrases=_values(scope.paraphrases.values()),
    )


def _policies(home: Home) -> tuple[Policy, ...]:
    kept: dict[str, list[str]] = {}
    for requirement in home.requirements:
        kept.setdefault(requirement.origin, []).append(requirement.id)
    pinned = sorted(home.policies.values(), key=lambda one: one.name)
    return tuple(Policy(one.name, one.arguments, tuple(kept.get(one.name, ()))) for one in pinned)


def _values(entries: Iterable[Entry[T]]) -> tuple[T, ...]:
    return tuple(entry.value for entry in entries if entry.value is not None)


def _header(home: Home, found: Collector) -> Text | None:
    """The title of `block`; anything else in its opening line is reported."""
    block = home.block
    item = block.opener.item
    if item is None or declared_name(item) is None:
        return None
    site = Site(block.opener, home.scope, found)
    match item.values:
        case (tree.Name(),):
            return None
        case (tree.Run(parts=(tree.Name(), tree.Text(block=False) as title)),):
            return text(site, title)
        case (tree.Call(),) if block.head == "policy":
            return None
        case (tree.Run(parts=(tree.Call(), tree.Text(block=False) as title)),) if block.head == "policy":
            return text(site, title)
        case _:
            expected = "a name and a title in quotes"
            found.add(shapes.wrong_shape(block.head, expected, f"{UNNAMED[block.head]} … }}", site.span(item)))
            return None


def _fields(block: Block, head: str, found: Collector) -> list[tuple[tree.Unit, tree.Item]]:
    """The members of `block` that start with `head`: one, as all but the first are reported."""
    written = [
        (unit, unit.item)
        for unit in block.members
        if unit.item is not None and unit.item.id is None and unit.item.head.text == head
    ]
    for unit, item in written[1:]:
        found.add(shapes.field_twice(head, unit.span(item.head), written[0][0].span(written[0][1].head)))
    return written[:1]


def _owner(block: Block, found: Collector) -> Word | None:
    for unit, item in _fields(block, "owner", found):
        match item.values:
            case (tree.Name() | tree.Id() as node,) if item.body is None:
                return Word(node.text, unit.span(node))
            case _:
                found.add(shapes.wrong_shape("owner", "one name", "owner payments", unit.span(item)))
    return None


def _role_and_total(block: Block, scope: Scope, found: Collector) -> tuple[Text | None, bool]:
    role: Text | None = None
    for unit, item in _fields(block, "role", found):
        match item.values:
            case (tree.Text() as node,) if item.body is None:
                role = text(Site(unit, scope, found), node)
            case _:
                found.add(shapes.wrong_shape("role", "one text in quotes", 'role "You are …"', unit.span(item)))
    total = False
    for unit, item in _fields(block, "total", found):
        total = True
        if item.values or item.body is not None:
            found.add(shapes.flag_with_value("total", unit.span(item)))
    return role, total


def _style(block: Block, found: Collector) -> Style:
    for unit, item in _fields(block, "variables", found):
        match item.values:
            case (tree.Name(text=word) as node,) if item.body is None:
                if word in tuple(Style):
                    return Style(word)
                known = tuple(style.value for style in Style)
                found.add(wrong.unknown_member(word, unit.span(node), known, "`variables`"))
            case _:
                expected = "`jinja`, `handlebars` or `fstring`"
                found.add(shapes.wrong_shape("variables", expected, "variables handlebars", unit.span(item)))
    return Style.JINJA


def check_policy(home: Home, found: Collector) -> None:
    """Report what is wrong in the opening and the fields of a policy."""
    _header(home, found)
    _owner(home.block, found)

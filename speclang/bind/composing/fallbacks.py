"""Fallbacks of a feature: what is done where the model or a tool fails, and what has to hold even then.

In: the units `fallback NAME { when … tier … must_hold … drill … at_most … }` of a feature. Out: `model.fallback.Fallback`s.
Invariant: a text that is ready shows only what the program knows by itself: where a model is down, nobody asked and nothing was looked up.
"""

from collections.abc import Sequence
from decimal import Decimal

from ...diagnostics.result import Collector
from ...model.fallback import MODEL, MODEL_FAILS, Failure, Fallback, Tier
from ...model.given import FromContext
from ...model.outcome import Calls
from ...model.requirement import Ref
from ...model.text import Slot, Text
from ...source.span import Span
from ...syntax import tree
from ...values.types import Numeric
from ..effects import observable
from ..errors import fallbacks as wrong
from ..errors import names as wrong_name
from ..errors import shapes
from ..expressions.literals import free_number
from ..expressions.types import alternatives
from ..names import Site
from ..parts import gathered, text
from .policies import Home

HEAD = "fallback"

_EXAMPLE = "fallback outage { … }"
_TIER = 'a name in quotes, then `target NAME`, `say "…"` or `calls TOOL`, and perhaps `after 2 s`'
_WHEN = "`model fails` or `TOOL fails`, and how"
_ALL = "all"


def fallbacks(home: Home, found: Collector) -> tuple[Fallback, ...]:
    """The fallbacks of the feature `home`, without those that can't be read."""
    read: list[Fallback] = []
    names: dict[str, Span] = {}
    for unit in home.block.members:
        item = unit.item
        if item is None or item.id is not None or item.head.text != HEAD:
            continue
        site = Site(unit, home.scope, found)
        match item.values:
            case (tree.Name() as name,) if item.body is not None:
                first = names.setdefault(name.text, site.span(name))
                if first != site.span(name):
                    site.add(wrong_name.name_taken(HEAD, name.text, site.span(name), first))
                    continue
                one = _fallback(site, item, name, home)
            case _:
                site.add(shapes.wrong_shape(HEAD, "a name and what it is made of", _EXAMPLE, site.span(item)))
                continue
        if one is not None:
            read.append(one)
    return tuple(read)


def _fallback(site: Site, item: tree.Item, name: tree.Name, home: Home) -> Fallback | None:
    fields, whole = gathered(site, item, HEAD, ("drill", "at_most"), ("when", "tier", "must_hold"))
    failures = _failures(site, fields.get("when", ()))
    tiers = _tiers(site, fields.get("tier", ()))
    held = _must_hold(site, fields.get("must_hold", ()), home)
    every = [_every(site, one) for one in fields.get("drill", ())]
    most = [_at_most(site, one) for one in fields.get("at_most", ())]
    sound = whole and None not in (*every, *most)
    for field, example in (("when", "when model fails timeout"), ("tier", 'tier "canned" say "…"')):
        if field not in fields:
            site.add(shapes.field_missing(field, f"`{name.text}`", _ABOUT[field], example, site.span(name)))
            sound = False
    if not sound or failures is None or tiers is None or held is None:
        return None
    return Fallback(
        name=name.text,
        failures=failures,
        tiers=tiers,
        must_hold=tuple(one for one in held if one.id != _ALL),
        holds_all=any(one.id == _ALL for one in held),
        every=every[0] if every else None,
        at_most=most[0] if most else None,
        span=site.span(name),
    )


_ABOUT = {
    "when": "it says of which failures of the model, or of tools, it takes care",
    "tier": "it says what is done instead",
}


def _failures(site: Site, items: Sequence[tree.Item]) -> tuple[Failure, ...] | None:
    """What `when` lists: `model fails timeout | empty, lookup_order fails timeout`."""
    read: dict[tuple[str, str], Failure] = {}
    sound = True
    for item in items:
        for value in item.values or (None,):
            match value:
                case tree.Run(parts=(tree.Name() as who, tree.Name(text="fails"), *how)) if len(how) <= 1:
                    these = _failing(site, who, how)
                case _:
                    at = site.span(value) if value is not None else site.span(item)
                    site.add(shapes.wrong_shape("when", _WHEN, "when model fails timeout | server_error", at))
                    these = None
            sound = sound and these is not None
            for one in these or ():
                first = read.setdefault((one.of, one.how), one)
                if first is not one:
                    site.add(wrong_name.member_taken("failure", one.name, one.span, first.span))
                    sound = False
    return tuple(read.values()) if sound else None


def _failing(site: Site, who: tree.Name, how: Sequence[tree.Value]) -> tuple[Failure, ...] | None:
    tool = None if who.text == MODEL and MODEL not in site.scope.tools else site.tool(who)
    if tool is None and who.text != MODEL:
        return None
    known = MODEL_FAILS if tool is None else tool.fails
    if not how:
        if not known:
            site.add(wrong.fails_never(who.text, site.span(who)))
            return None
        return tuple(Failure(who.text, one, site.span(who)) for one in known)
    read: list[Failure] = []
    for part in alternatives(how[0].value if isinstance(how[0], tree.Group) else how[0]):
        if not isinstance(part, tree.Name) or part.text not in known:
            site.add(wrong.unknown_failure(who.text, site.source(part), site.span(part), known))
            return None
        read.append(Failure(who.text, part.text, site.span(part)))
    return tuple(read)


def _tiers(site: Site, items: Sequence[tree.Item]) -> tuple[Tier, ...] | None:
    read: dict[str, Tier] = {}
    sound = True
    for item in items:
        tier = _tier(site, item)
        if tier is None:
            sound = False
            continue
        ended = next((one for one in read.values() if one.ends), None)
        first = read.setdefault(tier.name, tier)
        if first is not tier:
            site.add(wrong_name.member_taken("tier", tier.name, tier.span, first.span))
            sound = False
        elif ended is not None:
            site.add(wrong.never_reached(tier.name, tier.span, ended.name, ended.span))
            sound = False
    return tuple(read.values()) if sound else None


def _tier(site: Site, item: tree.Item) -> Tier | None:
    """`tier "second model" target backup after 2 s`."""
    parts: Sequence[tree.Value] = ()
    if len(item.values) == 1 and isinstance(item.values[0], tree.Run):
        parts = item.values[0].parts
    after: Decimal | None = None
    match parts:
        case (*rest, tree.Name(text="after"), tree.Quantity() as waited):
            after, parts = _duration(site, waited, "after", "after 2 s"), rest
            if after is None:
                return None
        case _:
            pass
    match parts:
        case (tree.Text() as name, tree.Name(text="target"), (tree.Name() | tree.Id()) as target):
            return Tier(name=_named(name), span=site.span(name), target=target.text, after=after)
        case (tree.Text() as name, tree.Name(text="say"), tree.Text() as words):
            said = _ready(site, words)
            return None if said is None else Tier(name=_named(name), span=site.span(name), says=said, after=after)
        case (tree.Text() as name, tree.Name(text="calls"), (tree.Name() | tree.Call()) as call):
            calls = observable(site, "calls", call)
            if not isinstance(calls, Calls):
                return None
            return Tier(name=_named(name), span=site.span(name), calls=calls, after=after)
        case _:
            example = 'tier "canned" say "We will write to you."'
            site.add(shapes.wrong_shape("tier", _TIER, example, site.span(item)))
            return None


def _named(name: tree.Text) -> str:
    return " ".join(name.plain.split())


def _ready(site: Site, node: tree.Text) -> Text | None:
    """A text that needs nobody to answer: its holes are filled with what the program knows."""
    said = text(site, node)
    if said is None:
        return None
    for piece in said.pieces:
        if not isinstance(piece, Slot):
            continue
        given = site.scope.givens.get(piece.name)
        if given is None or given.value is None or not isinstance(given.value.source, FromContext):
            span = given.span if given is not None else None
            site.add(wrong.unfillable(piece.name, piece.span, span))
            return None
    if not said.plain.strip():
        site.add(shapes.wrong_shape("say", "a text that says something", 'say "We will write to you."', said.span))
        return None
    return said


def _must_hold(site: Site, items: Sequence[tree.Item], home: Home) -> tuple[Ref, ...] | None:
    active = [one.id for one in home.requirements]
    read: dict[str, Ref] = {}
    sound = True
    for item in items:
        for value in item.values or (None,):
            match value:
                case tree.Id() | tree.Name(text="all"):
                    ref = Ref(value.text, site.span(value))
                case _:
                    at = site.span(value) if value is not None else site.span(item)
                    site.add(
                        shapes.wrong_shape("must_hold", "the IDs of requirements, or `all`", "must_hold FMT-1", at)
                    )
                    sound = False
                    continue
            if ref.id != _ALL and ref.id not in active:
                sound = False
                if not home.open and not (ref.id in home.ids and home.ids[ref.id].broken):
                    site.add(wrong_name.unknown_name("requirement", ref.id, ref.span, active))
                continue
            read.setdefault(ref.id, ref)
    return tuple(read.values()) if sound else None


def _every(site: Site, item: tree.Item) -> Decimal | None:
    match item.values:
        case (tree.Run(parts=(tree.Name(text="every"), tree.Quantity() as node)),):
            return _duration(site, node, "drill", "drill every 7 days")
        case _:
            site.add(
                shapes.wrong_shape("drill", "`every` and an amount of time", "drill every 7 days", site.span(item))
            )
            return None


def _duration(site: Site, node: tree.Quantity, what: str, example: str) -> Decimal | None:
    read = free_number(site, node)
    if read is None:
        return None
    value = read.value
    if not isinstance(read.type, Numeric) or read.type.dimension != "duration" or not isinstance(value, Decimal):
        site.add(shapes.wrong_shape(what, "an amount of time", example, site.span(node)))
        return None
    if value <= 0:
        site.add(shapes.wrong_shape(what, "more than no time", example, site.span(node)))
        return None
    return value


def _at_most(site: Site, item: tree.Item) -> Decimal | None:
    match item.values:
        case (tree.Number(text=written),) if written.endswith("%"):
            share = Decimal(written.removesuffix("%").replace("_", ""))
            if 0 <= share < 100:
                return share
            site.add(shapes.out_of_reach("at_most", written, "a share from 0% to less than 100%", site.span(item)))
            return None
        case _:
            site.add(shapes.wrong_shape("at_most", "a share of all answers", "at_most 5%", site.span(item)))
            return None

"""Stress: the axes along which what users write differs, and texts that somebody wrote where no rule can.

In: `stress everyday { register casual, formal; typos 0% .. 20%; least 90% }` and `paraphrase es "…" as "…"`. Out: what the model holds.
Invariant: which axes and levels there are is asked of their files; a level is tried once, an axis given once.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ...kit.varying.finding import Way, axes, axis
from ...model.stress import MOST_SEEDS, Axis, Level, Paraphrase, Stress
from ...model.text import Chunk, Slot, Text
from ...syntax import tree
from ..errors import names as wrong_name
from ..errors import phrases, shapes
from ..errors import types as wrong
from ..names import Site
from ..parts import gathered, value_span

_EXAMPLE = "stress everyday { register casual, formal; typos 0% .. 20% }"
_PARAPHRASED = 'paraphrase es "Where is my order?" as "¿Dónde está mi pedido?"'
_STEPS = 4
"""Into how many levels a range is cut."""

_SEED = 10**9
_NUMBER = re.compile(r"[0-9]+")


def stress(site: Site, item: tree.Item) -> Stress | None:
    """The stress that `item` declares."""
    match item.values:
        case (tree.Name() as name,) if item.body is not None:
            pass
        case _:
            site.add(shapes.wrong_shape("stress", "a name and a block of axes", _EXAMPLE, site.span(item)))
            return None
    known = axes()
    fields, whole = gathered(site, item, "stress", (*known, "least", "seeds", "seed"), ())
    read = [_axis(site, one, axis(one.head.text)) for name in fields for one in fields[name] if name in known]
    least = _share(site, fields["least"][0]) if "least" in fields else None
    seeds = _count(site, fields["seeds"][0], MOST_SEEDS) if "seeds" in fields else 3
    seed = _count(site, fields["seed"][0], _SEED) if "seed" in fields else 1
    found = tuple(one for one in read if one is not None)
    if not read and whole:
        site.add(shapes.wrong_shape("stress", "an axis at least", _EXAMPLE, site.span(name)))
    if not whole or not read or len(found) < len(read) or seeds is None or seed is None:
        return None
    if "least" in fields and least is None:
        return None
    ordered = tuple(sorted(found, key=lambda one: axis(one.name).place))
    return Stress(name=name.text, axes=ordered, least=least, seed=seed, seeds=seeds, span=site.span(name))


def _axis(site: Site, item: tree.Item, way: Way) -> Axis | None:
    """One axis with its levels; those that are numbers from the smallest on, after those that have names."""
    named: dict[str, Level] = {}
    numbered: dict[int, Level] = {}
    sound = bool(item.values) or _refused(site, item, way, None)
    for value in item.values:
        if isinstance(value, tree.Name):
            sound = _named(site, value, way, named) and sound
        else:
            sound = _numbered(site, item, value, way, numbered) and sound
    levels = (*named.values(), *(numbered[number] for number in sorted(numbered)))
    return Axis(way.name, levels, site.span(item.head)) if sound else None


def _named(site: Site, value: tree.Name, way: Way, known: dict[str, Level]) -> bool:
    """Add a level that has a name; False, once reported, where it can't be."""
    span = site.span(value)
    if value.text not in way.levels:
        site.add(wrong.unknown_member(value.text, span, tuple(way.levels), f"`{way.name}`"))
        return False
    if value.text in known:
        site.add(wrong_name.member_taken("level", value.text, span, known[value.text].span))
        return False
    known[value.text] = Level(value.text, span)
    return True


def _numbered(site: Site, item: tree.Item, value: tree.Value, way: Way, known: dict[int, Level]) -> bool:
    """Add levels that are numbers; False, once reported, where they can't be."""
    span = site.span(value)
    numbers = list(_numbers(value, way))
    for number in numbers:
        if not 0 < number <= way.most:
            why = f"a level of `{way.name}` is {_shown(1, way)} to {_shown(way.most, way)}"
            site.add(shapes.out_of_reach(way.name, _shown(number, way), why, span))
            return False
        first = known.setdefault(number, Level(_name(number, way), span)).span
        if first != span:
            site.add(wrong_name.member_taken("level", _name(number, way), span, first))
            return False
    return bool(numbers) or _refused(site, item, way, value)


def _numbers(value: tree.Value, way: Way) -> Iterator[int]:
    """The levels that a number or a range stands for; none where it is neither, or has another unit."""
    match value:
        case tree.Binary(op="..", left=low, right=high):
            first, last = _number(low, way), _number(high, way)
            if first is not None and last is not None and first < last:
                steps = [first + (last - first) * step // _STEPS for step in range(_STEPS + 1)]
                yield from dict.fromkeys(one for one in steps if one)
        case _:
            number = _number(value, way)
            if number is not None:
                yield number


def _number(value: tree.Value, way: Way) -> int | None:
    """A whole number in the unit of `way`."""
    match value:
        case tree.Number(text=text) if way.numbers == "%" and text.endswith("%"):
            digits = text.removesuffix("%")
        case tree.Number(text=digits) if way.numbers == "words":
            pass
        case tree.Quantity(number=tree.Number(text=digits), unit=tree.Name(text=unit)) if unit == way.numbers:
            pass
        case _:
            return None
    digits = digits.replace("_", "")
    return int(digits) if digits.isdecimal() and len(digits) <= len(str(_SEED)) else None


def _name(number: int, way: Way) -> str:
    return f"{number}%" if way.numbers == "%" else str(number)


def _shown(number: int, way: Way) -> str:
    return f"{number}%" if way.numbers == "%" else f"{number:,} {way.numbers}"


def _refused(site: Site, item: tree.Item, way: Way, at: tree.Value | None) -> bool:
    """Say what may be written; False."""
    names = ", ".join(list(way.levels)[:2])
    numbers = {"%": "0% .. 20%", "words": "50, 200"}.get(way.numbers, "")
    example = ", ".join(one for one in (names, numbers) if one)
    what = {"%": "percentages", "words": "levels or numbers of words"}.get(way.numbers, "levels")
    site.add(shapes.wrong_shape(way.name, what, f"{way.name} {example}", value_span(site, item, at)))
    return False


def _share(site: Site, item: tree.Item) -> Decimal | None:
    match item.values:
        case (tree.Number(text=text),) if text.endswith("%"):
            share = Decimal(text.removesuffix("%").replace("_", ""))
            if 0 < share <= 100:
                return share
            site.add(
                shapes.out_of_reach("least", text, "a share is more than 0 and at most 100%", value_span(site, item))
            )
        case _:
            site.add(shapes.wrong_shape("least", "a share", "least 90%", value_span(site, item)))
    return None


def _count(site: Site, item: tree.Item, most: int) -> int | None:
    name = item.head.text
    match item.values:
        case (tree.Number(text=text),) if text.replace("_", "").isdecimal():
            count = int(text.replace("_", "")[:30])
            if 1 <= count <= most:
                return count
            site.add(shapes.out_of_reach(name, text, f"1 to {most:,} can be", value_span(site, item)))
        case _:
            site.add(shapes.wrong_shape(name, "a whole number", f"{name} 3", value_span(site, item)))
    return None


def paraphrase(site: Site, item: tree.Item) -> Paraphrase | None:
    """The text that `item` declares to say at a level what another says."""
    match item.values:
        case (
            tree.Run(parts=(tree.Name() as level, tree.Text() as source, tree.Name(text="as"), tree.Text() as words)),
        ):
            pass
        case _:
            expected = "a level, a text, `as` and the text in its place"
            site.add(shapes.wrong_shape("paraphrase", expected, _PARAPHRASED, site.span(item)))
            return None
    fields, sound = gathered(site, item, "paraphrase", ("draft",), ())
    for one in fields.get("draft", ()):
        if one.values:
            site.add(shapes.flag_with_value("draft", site.span(one)))
            sound = False
    levels = tuple(dict.fromkeys(name for one in axes() for name in axis(one).levels))
    if level.text not in levels:
        site.add(wrong.unknown_member(level.text, site.span(level), levels, "the axes"))
        sound = False
    lost = sorted(_holes(source) ^ _holes(words))
    if lost:
        site.add(phrases.other_holes(lost, site.span(source), site.span(words)))
        sound = False
    if not sound:
        return None
    return Paraphrase(level.text, _plain(site, source), _plain(site, words), "draft" in fields, site.span(item))


def _holes(node: tree.Text) -> frozenset[str]:
    """What an answer may hang on: holes, and numbers."""
    found = {"{" + one.path.strip() + "}" for one in node.pieces if isinstance(one, tree.Hole)}
    return frozenset(found.union(*(_NUMBER.findall(one.text) for one in node.pieces if isinstance(one, tree.Chunk))))


def _plain(site: Site, node: tree.Text) -> Text:
    """A text whose holes are those of the text that it stands for: what they show is known where that one is said."""
    pieces = (
        Chunk(one.text, site.span(one)) if isinstance(one, tree.Chunk) else Slot(one.path.strip(), site.span(one))
        for one in node.pieces
    )
    return Text(tuple(pieces), site.span(node))

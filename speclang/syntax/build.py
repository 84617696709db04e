"""What each rule of the grammar builds.

In: the parts of a rule's right side, as the grammar reduces it. Out: a part, which builds its node from any scan whose tokens have the
kinds that were reduced.
Invariant: one callback per rule of `grammar.lark`; a callback knows tokens by index, never by their characters.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from . import tree
from .automaton import Sign
from .texts import Fault, read_pattern, read_text
from .tokens import Scan

Make: TypeAlias = Callable[[Scan, int, list[Fault]], tree.Value]
MakeArgument: TypeAlias = Callable[[Scan, int, list[Fault]], tree.Argument]


class Part(NamedTuple):
    """How to build one value: from the tokens `first` to `last` of a line; `height` counts the nodes above its leaves."""

    make: Make
    first: int
    last: int
    height: int


class ArgumentPart(NamedTuple):
    """How to build one argument."""

    make: MakeArgument
    first: int
    last: int
    height: int


Child: TypeAlias = Sign | Part | ArgumentPart


class Recipe(NamedTuple):
    """How to build an item: whether it starts with an ID, how to build its values, and how many tokens its line has."""

    id: bool
    values: tuple[Make, ...]
    length: int


class Line(NamedTuple):
    """The recipe of a line, and the height of its highest value."""

    recipe: Recipe
    height: int


def build_item(
    recipe: Recipe, scan: Scan, base: int, faults: list[Fault], body: tuple[tree.Item, ...] | None, end: int
) -> tree.Item:
    """The item whose line stands at the token `base` of `scan`, with `body`, up to `end`."""
    _, texts, starts, ends = scan
    id_ = None
    head = base
    if recipe.id:
        id_ = tree.Id(texts[base], starts[base], ends[base])
        head = base + 1
    values = tuple([make(scan, base, faults) for make in recipe.values])
    return tree.Item(id_, tree.Name(texts[head], starts[head], ends[head]), values, body, starts[base], end)


def _name(scan: Scan, j: int) -> tree.Name:
    return tree.Name(scan[1][j], scan[2][j], scan[3][j])


def _number(scan: Scan, j: int) -> tree.Number:
    return tree.Number(scan[1][j], scan[2][j], scan[3][j])


def _id(scan: Scan, j: int) -> tree.Id:
    return tree.Id(scan[1][j], scan[2][j], scan[3][j])


def _member(scan: Scan, j: int) -> tree.Member:
    return tree.Member(tuple(scan[1][j].split(".")), scan[2][j], scan[3][j])


def _pattern(scan: Scan, j: int) -> tree.Pattern:
    return tree.Pattern(read_pattern(scan[1][j]), scan[2][j], scan[3][j])


_LEAVES: dict[str, Callable[[Scan, int], tree.Value]] = {
    "NAME": _name, "NUMBER": _number, "ID": _id, "MEMBER": _member, "PATTERN": _pattern,
}  # fmt: skip


def _leaf(kind: str, i: int) -> Part:
    if kind == "TEXT":
        return Part(lambda scan, base, faults: read_text(scan[1][base + i], scan[2][base + i], faults), i, i, 0)
    node = _LEAVES[kind]
    return Part(lambda scan, base, _: node(scan, base + i), i, i, 0)


def _quantity(number: int, unit: int) -> Part:
    def make(scan: Scan, base: int, _: list[Fault]) -> tree.Value:
        value, of = _number(scan, base + number), _name(scan, base + unit)
        return tree.Quantity(value, of, value.start, of.end)

    return Part(make, number, unit, 1)


def _binary(op: str, left: Part, right: Part) -> Part:
    make_left, make_right = left.make, right.make

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Value:
        a = make_left(scan, base, faults)
        b = make_right(scan, base, faults)
        return tree.Binary(op, a, b, a.start, b.end)

    return Part(make, left.first, right.last, 1 + max(left.height, right.height))


def _not(at: int, operand: Part) -> Part:
    inner = operand.make

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Value:
        value = inner(scan, base, faults)
        return tree.Not(value, scan[2][base + at], value.end)

    return Part(make, at, operand.last, operand.height + 1)


def _group(first: int, inside: Part, last: int) -> Part:
    inner = inside.make

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Value:
        return tree.Group(inner(scan, base, faults), scan[2][base + first], scan[3][base + last])

    return Part(make, first, last, inside.height + 1)


def _run(parts: Sequence[Part]) -> Part:
    makes = tuple(part.make for part in parts)

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Value:
        values = tuple([one(scan, base, faults) for one in makes])
        return tree.Run(values, values[0].start, values[-1].end)

    return Part(make, parts[0].first, parts[-1].last, 1 + max(part.height for part in parts))


def _listed(first: int, parts: Sequence[Part], last: int) -> Part:
    makes = tuple(part.make for part in parts)

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Value:
        values = tuple([one(scan, base, faults) for one in makes])
        return tree.Listed(values, scan[2][base + first], scan[3][base + last])

    return Part(make, first, last, 1 + max((part.height for part in parts), default=0))


def _argument(name: int, value: Part) -> ArgumentPart:
    inner = value.make

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Argument:
        built = inner(scan, base, faults)
        if name < 0:
            return tree.Argument("", built, built.start, built.end)
        return tree.Argument(scan[1][base + name], built, scan[2][base + name], built.end)

    return ArgumentPart(make, name if name >= 0 else value.first, value.last, value.height + 1)


def _call(name: int, parts: Sequence[ArgumentPart], last: int) -> Part:
    makes = tuple(part.make for part in parts)

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Value:
        called = _name(scan, base + name)
        return tree.Call(called, tuple([one(scan, base, faults) for one in makes]), called.start, scan[3][base + last])

    return Part(make, name, last, 1 + max((part.height for part in parts), default=0))


def _record(first: int, parts: Sequence[ArgumentPart], last: int) -> Part:
    makes = tuple(part.make for part in parts)

    def make(scan: Scan, base: int, faults: list[Fault]) -> tree.Value:
        entries = tuple([one(scan, base, faults) for one in makes])
        return tree.Record(entries, scan[2][base + first], scan[3][base + last])

    return Part(make, first, last, 1 + max(part.height for part in parts))


_OPERATORS = {
    "OR": "or", "AND": "and", "PLUS": "+", "MINUS": "-", "STAR": "*", "RANGE": "..", "BAR": "|",
    "EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=",
    "IS": "is", "IS NOT": "is_not", "IN": "in", "NOT IN": "not_in",
}  # fmt: skip


def _parts(children: Sequence[Child]) -> list[Part]:
    return [child for child in children if isinstance(child, Part)]


def _arguments(children: Sequence[Child]) -> list[ArgumentPart]:
    return [child for child in children if isinstance(child, ArgumentPart)]


def _places(children: Sequence[Child]) -> list[int]:
    """The indices of the tokens among `children`."""
    return [child.start_pos for child in children if isinstance(child, str)]


class Builder:
    """One method per rule of the grammar, called where the rule is reduced: by the automaton, or by lark."""

    def line(self, children: Sequence[Sign | list[Part]]) -> Line:
        """`ID? NAME values?`; what stands before the values without a meaning is left out."""
        names = sum(1 for child in children if isinstance(child, str) and child.type != "ATLEAST")
        values = next((child for child in children if not isinstance(child, str)), [])
        last = values[-1].last if values else names - 1
        height = max((value.height for value in values), default=0)
        return Line(Recipe(names == 2, tuple(value.make for value in values), last + 1), height)

    def values(self, children: Sequence[Child]) -> list[Part]:
        """`value, value`."""
        return _parts(children)

    def leaf(self, children: Sequence[Sign]) -> Part:
        """One token."""
        return _leaf(children[0].type, children[0].start_pos)

    def binary(self, children: Sequence[Child]) -> Part:
        """`left OP right`, also where the operator is made of two tokens."""
        left, right = _parts(children)
        return _binary(_OPERATORS[" ".join(child.type for child in children if isinstance(child, str))], left, right)

    compare = binary

    def negation(self, children: Sequence[Child]) -> Part:
        """`not value`."""
        return _not(_places(children)[0], _parts(children)[0])

    def run(self, children: Sequence[Child]) -> Part:
        """`value value`."""
        return _run(_parts(children))

    def quantity(self, children: Sequence[Sign]) -> Part:
        """`30 days`."""
        return _quantity(*_places(children))

    def call(self, children: Sequence[Child]) -> Part:
        """`name(arguments)`."""
        places = _places(children)
        return _call(places[0], _arguments(children), places[-1])

    def record(self, children: Sequence[Child]) -> Part:
        """`{ name: value }`."""
        places = _places(children)
        return _record(places[0], _arguments(children), places[-1])

    def argument(self, children: Sequence[Child]) -> ArgumentPart:
        """`name: value` or `value`."""
        places = _places(children)
        return _argument(places[0] if places else -1, _parts(children)[0])

    def listed(self, children: Sequence[Child]) -> Part:
        """`[a, b]` or `(a, b)`."""
        places = _places(children)
        return _listed(places[0], _parts(children), places[-1])

    def group(self, children: Sequence[Child]) -> Part:
        """`( value )`."""
        places = _places(children)
        return _group(places[0], _parts(children)[0], places[-1])

"""The inputs on which two rule sets decide otherwise: as regions in words, each with its smallest input.

In: the norms and variables of a feature, before and after. Out: one `Region` for each pair of outcomes, before and after.
Invariant: every example is an input on which both rule sets were asked. Where `whole`, the regions hold every input that changed: all
values between which a condition can tell were tried.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from ..logic.grid import grid
from ..logic.norm import Norm
from ..logic.ruleset import RuleSet
from ..logic.smallest import Smallest
from ..logic.variables import Variable, base_input, known
from ..model.tool import WORKS
from ..source.records import dataclass, replace
from ..values.canonical import canonical
from ..values.evaluate import atoms, nodes
from ..values.evaluate import variables as named
from ..values.expression import Expr, Literal
from ..values.showing import show
from ..values.types import Datum
from .naming import conditions, names_any

LIMIT = 20_000
"""So many inputs are tried; where there are more, those of the cases stand for all."""

Values = Mapping[str, Datum]
Decided = tuple[tuple[str, ...], tuple[str, ...]]
"""The outcomes that must be reached, and the requirements that decide."""


@dataclass(frozen=True, slots=True)
class Region:
    """Inputs on which `after` is decided where `before` was: outcomes, and the requirements that decide them.

    `words` says which inputs; `exact` that these are all of them and no others. `example` is the smallest one, by name as people read it.
    """

    before: Decided
    after: Decided
    words: tuple[str, ...]
    exact: bool
    example: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """All regions whose outcome changed; where not `whole`, there may be others."""

    regions: tuple[Region, ...]
    whole: bool


def changed(
    before: Sequence[Norm],
    after: Sequence[Norm],
    among: Sequence[Variable],
    inputs: Iterable[Values] = (),
    retyped: frozenset[str] = frozenset(),
) -> Changed:
    """Where `after` decides otherwise than `before`; `among` are the variables of both, `inputs` some that are worth a try.

    Where a condition names one of `retyped`, no input is one of both versions, and no region is told.
    """
    if _said(before) == _said(after):
        return Changed((), whole=True)
    if names_any((*before, *after), retyped):
        return Changed((), whole=False)
    sides = _Sides(RuleSet(before, among), RuleSet(after, among))
    relevant = _relevant(before, after, among)
    table = grid(list(conditions((*before, *after))), among)
    choices = {one.name: _rising(table.candidates.get(one.name, (one.base,))) for one in relevant}
    whole = table.complete and prod(len(values) for values in choices.values()) <= LIMIT
    tried: Iterable[Values] = _every(choices, among) if whole else inputs
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Values]] = {}
    for values in tried:
        one, other = sides.outcomes(values)
        if one != other:
            groups.setdefault((one, other), []).append(values)
    smallest = Smallest(sides.joined)
    spaces = _Space(choices, among, _marks(conditions((*before, *after))))
    regions = [sides.region(key, found, smallest, spaces, whole=whole) for key, found in groups.items()]
    return Changed(tuple(sorted(regions, key=lambda one: (one.before, one.after))), whole)


def joined(before: Sequence[Variable], after: Sequence[Variable]) -> tuple[Variable, ...]:
    """The variables of two versions of a feature: those of today, then those that are gone."""
    today = {one.name for one in after}
    return (*after, *(one for one in before if one.name not in today))


class _Sides:
    """Both rule sets; lives no longer than one question."""

    __slots__ = ("after", "before", "joined")

    def __init__(self, before: RuleSet, after: RuleSet) -> None:
        self.before = before
        self.after = after
        apart = [replace(norm, requirement=f"before {norm.requirement}") for norm in before.norms]
        self.joined = RuleSet((*apart, *after.norms), after.among)

    def outcomes(self, values: Values) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What must be reached on `values`, before and after."""
        one, other = (rules.decide(values).outcomes for rules in (self.before, self.after))
        return tuple(sorted(name for name, _ in one)), tuple(sorted(name for name, _ in other))

    def region(
        self,
        key: tuple[tuple[str, ...], tuple[str, ...]],
        found: Sequence[Values],
        smallest: Smallest,
        space: "_Space",
        *,
        whole: bool,
    ) -> Region:
        """The region of `found`, on which the outcomes are those of `key`."""
        example = smallest(found[0], lambda values: self.outcomes(values) == key)
        words, exact = space.words(found) if whole else ((), False)
        before, after = self.before.decide(example), self.after.decide(example)
        return Region(
            (key[0], _deciding(before.outcomes)),
            (key[1], _deciding(after.outcomes)),
            words,
            exact,
            space.shown(example),
        )


def _deciding(outcomes: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for _, ids in outcomes for id in ids))


class _Space:
    """The values that were tried, and how they are said; lives no longer than one question."""

    __slots__ = ("_choices", "_marks", "_variables")

    def __init__(
        self, choices: Mapping[str, tuple[Datum, ...]], among: Sequence[Variable], marks: Mapping[str, list[Datum]]
    ) -> None:
        self._choices = choices
        self._variables = {one.name: one for one in among}
        self._marks = marks

    def shown(self, values: Values) -> tuple[tuple[str, str], ...]:
        """The values of the relevant variables as people read them; a tool that works goes without saying."""
        return tuple(
            (name.removesuffix(" fails"), show(values[name], self._variables[name].type))
            for name in self._choices
            if name in values and not (self._variables[name].is_state and values[name] == WORKS)
        )

    def words(self, found: Sequence[Values]) -> tuple[tuple[str, ...], bool]:
        """A box of inputs of `found` and of no others, around the first of them, and whether it holds all of them."""
        names = tuple(self._choices)
        example = min(found, key=self._place)
        inside = {self._key(one) for one in found}
        box: dict[str, list[Datum]] = {name: [example.get(name)] for name in names}
        for name in names:
            for value in self._choices[name]:
                if value != example.get(name) and all(
                    key in inside for key in product(*(([value] if one == name else box[one]) for one in names))
                ):
                    box[name].append(value)
        ordered = {name: [one for one in self._choices[name] if one in box[name]] for name in names}
        said = tuple(
            self._range(name, values)
            for name, values in ordered.items()
            if values
            and len(values) < len(self._choices[name])
            and not (self._variables[name].is_state and values == [WORKS])
        )
        return said, prod(len(values) for values in box.values()) == len(inside)

    def _place(self, values: Values) -> tuple[int, ...]:
        return tuple(choices.index(values[name]) if name in values else -1 for name, choices in self._choices.items())

    def _key(self, values: Values) -> tuple[Datum, ...]:
        return tuple(values.get(name) for name in self._choices)

    def _range(self, name: str, values: Sequence[Datum]) -> str:
        """`age is more than 30 days and at most 45 days`."""
        type = self._variables[name].type
        called = name.removesuffix(" fails")
        if self._variables[name].is_state:
            return f"{called} {_listed([show(one, type) for one in values])}"
        choices = self._choices[name]
        ordered = [one for one in choices if isinstance(one, Decimal | datetime.date)]
        places = [at for at, one in enumerate(ordered) if one in values]
        if len(places) != len(values) or places != list(range(places[0], places[0] + len(places))):
            return f"{called} is {_listed([show(one, type) for one in values])}"
        marks = self._marks.get(name, [])
        low, high = values[0], values[-1]
        if low == high and low in marks:
            return f"{called} is {show(low, type)}"
        below = [one for one in marks if _less(one, low)]
        above = [one for one in marks if _less(high, one)]
        ends: list[str] = []
        if low in marks:
            ends.append(f"at least {show(low, type)}")
        elif below:
            ends.append(f"more than {show(max(below, key=_key), type)}")
        if high in marks:
            ends.append(f"at most {show(high, type)}")
        elif above:
            ends.append(f"less than {show(min(above, key=_key), type)}")
        return f"{called} is {' and '.join(ends)}" if ends else f"{called} is {show(low, type)}"


def _less(one: Datum, other: Datum) -> bool:
    return _key(one) < _key(other)


def _key(value: Datum) -> Decimal:
    if isinstance(value, Decimal):
        return value
    return Decimal(value.toordinal()) if isinstance(value, datetime.date) else Decimal(0)


def _rising(values: Sequence[Datum]) -> tuple[Datum, ...]:
    """Numbers and dates from the least, all else as it comes."""
    numbers = sorted((one for one in values if isinstance(one, Decimal | datetime.date)), key=_key)
    return (*numbers, *(one for one in values if not isinstance(one, Decimal | datetime.date)))


def _every(choices: Mapping[str, tuple[Datum, ...]], among: Sequence[Variable]) -> Iterator[Values]:
    """Every input that the choices allow, each once: what is unknown while a tool fails makes no difference."""
    base = base_input(among)
    seen: set[tuple[tuple[str, Datum], ...]] = set()
    for values in product(*choices.values()):
        one = known(base | dict(zip(choices, values, strict=True)), among)
        key = tuple((name, one[name]) for name in choices if name in one)
        if key not in seen:
            seen.add(key)
            yield one


def _relevant(before: Sequence[Norm], after: Sequence[Norm], among: Sequence[Variable]) -> list[Variable]:
    """The variables that the norms name."""
    names = {name for one in conditions((*before, *after)) for name in named(one)}
    return [one for one in among if one.name in names]


def _marks(conditions: Iterable[Expr]) -> dict[str, list[Datum]]:
    """The constants with which conditions compare each variable."""
    found: dict[str, dict[Datum, None]] = {}
    for condition in conditions:
        for atom in atoms(condition):
            constants = [one.value for one in nodes(atom) if isinstance(one, Literal)]
            for name in named(atom):
                found.setdefault(name, {}).update(dict.fromkeys(constants))
    return {name: list(values) for name, values in found.items()}


def _said(norms: Iterable[Norm]) -> list[str]:
    """What norms say, whatever the ranges of the givens are."""
    return sorted(
        "\n".join(
            [
                norm.requirement,
                norm.level,
                repr(norm.effects),
                "" if norm.when is None else canonical(norm.when),
                *sorted(canonical(one) for one in norm.unless),
                *sorted(norm.over),
                str(norm.default),
            ]
        )
        for norm in norms
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

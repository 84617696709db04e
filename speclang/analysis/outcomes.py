"""The inputs on which two rule sets decide otherwise: as regions in words, each with its smallest input.

In: the norms and variables of a feature, before and after. Out: one `Region` for each pair of outcomes, before and after.
Invariant: every example is an input on which both rule sets were asked. Where `whole`, the regions hold every input that changed: all
values between which a condition can tell were tried.
"""

from collections.abc import Collection, Iterable, Sequence

from ..logic.norm import Norm
from ..logic.ruleset import RuleSet
from ..logic.smallest import Smallest
from ..logic.variables import Variable
from ..model.tool import WORKS
from ..source.records import dataclass, replace
from ..values.canonical import canonical
from ..values.showing import show
from .naming import conditions, names_any
from .regions.boxes import Cover, Space, can_be_boxed, marks
from .regions.inputs import Values, every, tried
from .regions.words import words

MOST = 6
"""So many boxes of a region are told."""

Decided = tuple[tuple[str, ...], tuple[str, ...]]
"""The outcomes that must be reached, and the requirements that decide."""


@dataclass(frozen=True, slots=True)
class Region:
    """Inputs on which `after` is decided where `before` was: outcomes, and the requirements that decide them.

    `ways` are boxes of such inputs in words, the input lies in one of them; `exact` says that these are all inputs. `example` is the
    smallest one, by name as people read it.
    """

    before: Decided
    after: Decided
    ways: tuple[tuple[str, ...], ...]
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
    named = list(conditions((*before, *after)))
    space = tried(named, among)
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Values]] = {}
    for values in every(space.choices, among) if space.whole else inputs:
        one, other = sides.outcomes(values)
        if one != other:
            groups.setdefault((one, other), []).append(values)
    smallest = Smallest(sides.joined)
    boxes = Space(space.choices, among, marks(named)) if space.whole and can_be_boxed(named) else None
    regions = [sides.region(key, found, smallest, boxes, space.choices) for key, found in groups.items()]
    return Changed(tuple(sorted(regions, key=lambda one: (one.before, one.after))), space.whole)


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
        boxes: Space | None,
        names: Collection[str],
    ) -> Region:
        """The region of `found`, on which the outcomes are those of `key`; without `boxes` nobody can say where it lies."""
        example = smallest(found[0], lambda values: self.outcomes(values) == key)
        cover = Cover((), whole=False) if boxes is None else boxes.cover(found, MOST)
        before, after = self.before.decide(example), self.after.decide(example)
        return Region(
            (key[0], _deciding(before.outcomes)),
            (key[1], _deciding(after.outcomes)),
            tuple(words(box, self.after.among, names) for box in cover.boxes),
            cover.whole,
            _shown(example, names, self.after.among),
        )


def _deciding(outcomes: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for _, ids in outcomes for id in ids))


def _shown(values: Values, choices: Iterable[str], among: Sequence[Variable]) -> tuple[tuple[str, str], ...]:
    """The values of the variables that were tried, as people read them; a tool that works goes without saying."""
    known = {one.name: one for one in among}
    return tuple(
        (name.removesuffix(" fails"), show(values[name], known[name].type))
        for name in choices
        if name in values and not (known[name].is_state and values[name] == WORKS)
    )


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

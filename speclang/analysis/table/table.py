"""The rules of a feature as a decision table: what each asks for, where, and where two of them or none of them decide.

In: a feature as the checks look at it. Out: a `Table`.
Invariant: a rule applies on an input exactly where one of its rows holds and none of its `unless` does; what is shown of an overlap or
a gap was tried on the rule set.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial

from ...logic.conflict import clashes
from ...logic.errors import Witness
from ...logic.gap import certain
from ...logic.gap import gap as open_input
from ...logic.goal import applies
from ...logic.norm import Norm, said
from ...logic.ruleset import indices
from ...logic.variables import Variable
from ...model.feature import Feature
from ...model.requirement import Level, Status
from ...source.records import dataclass
from ...values.expression import Expr
from ..naming import conditions
from ..regions.boxes import Box, Space, can_be_boxed, marks
from ..regions.inputs import Values, every, tried
from ..subject import Subject
from .rows import Row, rows

MOST = 100
"""So many overlaps of one sort are shown."""
GAPS = 12
"""So many gaps are shown."""


_LEADS = {Level.SHOULD: "should ", Level.SHOULD_NOT: "should ", Level.MAY: "may "}
"""What stands before what is asked for at a level that does not gate."""


class Sort(StrEnum):
    """What becomes of an input on which two rules apply that are not to be followed together."""

    CONFLICT = "conflict"
    SETTLED = "settled"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one requirement asks for under one condition; `norms` are those of the rule set that say it."""

    id: str
    title: str
    origin: str
    asks: tuple[str, ...]
    rows: tuple[Row, ...]
    unless: tuple[Expr, ...]
    over: tuple[str, ...]
    default: bool
    draft: bool
    norms: tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two requirements that apply on `input` and ask for what excludes each other, or of which `first` beats `second`.

    Of an `open` one nobody knows whether there is such an input.
    """

    sort: Sort
    first: str
    second: str
    asks: tuple[str, str]
    input: Witness


@dataclass(frozen=True, slots=True)
class Gap:
    """Inputs that no rule decides: a box and the smallest of them; without a box, one input of which that is known."""

    box: Box | None
    input: Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`variables` are those that a cell of a row or of a gap names, in the order declared; `whole` says that no gap is left out."""

    feature: Feature
    variables: tuple[Variable, ...]
    rules: tuple[Rule, ...]
    overlaps: tuple[Overlap, ...]
    gaps: tuple[Gap, ...]
    whole: bool


def table_of(subject: Subject) -> Table:
    """The table of the feature of `subject`."""
    rules = tuple(_rules(subject))
    gaps, whole = _gaps(subject)
    cells = [row.cells for rule in rules for row in rule.rows]
    cells.extend(gap.box.cells for gap in gaps if gap.box is not None)
    names = {name for some in cells for name, _ in some}
    return Table(
        feature=subject.feature,
        variables=tuple(one for one in subject.rules.among if one.name in names),
        rules=rules,
        overlaps=(*_conflicts(subject), *_settled(subject)),
        gaps=tuple(gaps),
        whole=whole,
    )


def _rules(subject: Subject) -> Iterator[Rule]:
    """The rules in the order in which their requirements stand."""
    for requirement in subject.feature.requirements:
        groups: dict[tuple[object, ...], list[Norm]] = {}
        for place in indices(subject.owned.get(requirement.id, 0)):
            norm = subject.rules.norms[place]
            groups.setdefault((norm.when, norm.unless, norm.over, norm.default), []).append(norm)
        for norms in groups.values():
            first = norms[0]
            yield Rule(
                id=requirement.id,
                title=requirement.title.plain if requirement.title else "",
                origin=requirement.origin,
                asks=tuple(
                    f"{_LEADS.get(norm.level, '')}{said(norm.level, effect)}"
                    for norm in norms
                    for effect in norm.effects
                ),
                rows=rows(first.when, subject.rules.among),
                unless=first.unless,
                over=first.over,
                default=first.default,
                draft=requirement.status is Status.DRAFT,
                norms=tuple(norms),
            )


def _conflicts(subject: Subject) -> Iterator[Overlap]:
    """Pairs of requirements that are at odds, or of which nobody knows, each once."""
    told: set[tuple[str, str]] = set()
    rules = subject.rules
    for clash in clashes(rules, subject.outcomes, search=subject.search):
        first, second = clash.first, clash.second
        ids = first.requirement, second.requirement
        if ids[0] == ids[1] or ids in told:
            continue
        if len(told) == MOST:
            return
        told.add(ids)
        asks = said(first.level, clash.one), said(second.level, clash.other)
        if clash.search.input is None:
            yield Overlap(Sort.OPEN, *ids, asks, ())
            continue
        both = sum(1 << place for place, norm in enumerate(rules.norms) if norm is first or norm is second)
        values = subject.smallest(clash.search.input, partial(_together, rules.deciding, both))
        yield Overlap(Sort.CONFLICT, *ids, asks, subject.witness((values,), ids, subject.hinging(ids)))


def _settled(subject: Subject) -> Iterator[Overlap]:
    """Pairs of which one beats the other where both apply, each once, if there is such an input."""
    told: set[tuple[str, str]] = set()
    rules = subject.rules
    for place, norm in enumerate(rules.norms):
        for other in indices(rules.beats(place) & rules.overlapping(place)):
            beaten = rules.norms[other]
            ids = norm.requirement, beaten.requirement
            if ids in told or len(told) == MOST:
                continue
            found = subject.search((applies(norm), applies(beaten)), rules.among).input
            if found is None:
                continue
            told.add(ids)
            both = 1 << place | 1 << other
            values = subject.smallest(found, partial(_together, rules.applying, both))
            asks = said(norm.level, norm.effects[0]), said(beaten.level, beaten.effects[0])
            yield Overlap(Sort.SETTLED, *ids, asks, subject.witness((values,), ids, 0))


def _together(asked: Callable[[Values], int], both: int, values: Values) -> bool:
    """Whether `both` norms are among those that are `asked` for on `values`."""
    return asked(values) & both == both


def _gaps(subject: Subject) -> tuple[Sequence[Gap], bool]:
    """Inputs that no rule decides, and whether these are all."""
    rules = subject.rules
    if not rules.reaching or certain(rules):
        return (), True

    def open_(values: Values) -> bool:
        return not rules.deciding(values) & rules.reaching

    deciders = list(conditions(rules.pick(subject.deciders)))
    space = tried(deciders, rules.among)
    if not (space.whole and can_be_boxed(deciders)):
        search = open_input(rules, search=subject.search)
        if search.input is None:
            return (), search.decided
        values = subject.smallest(search.input, open_)
        return (Gap(None, subject.witness((values,), (), subject.deciders)),), False
    found = [values for values in every(space.choices, rules.among) if open_(values)]
    cover = Space(space.choices, rules.among, marks(deciders)).cover(found, GAPS)
    gaps = (_gap(subject, box, cover.boxes[:number], found, open_) for number, box in enumerate(cover.boxes))
    return tuple(gaps), cover.whole


def _gap(
    subject: Subject, box: Box, earlier: Sequence[Box], found: Iterable[Values], open_: Callable[[Values], bool]
) -> Gap:
    """A box with the smallest input of it that lies in none of those told before."""

    def passes(values: Values) -> bool:
        return _inside(box, values) and not any(_inside(one, values) for one in earlier) and open_(values)

    first = next(values for values in found if passes(values))
    return Gap(box, subject.witness((subject.smallest(first, passes),), (), subject.deciders))


def _inside(box: Box, values: Values) -> bool:
    return all(name in values and cell.holds(values[name]) for name, cell in box.cells)

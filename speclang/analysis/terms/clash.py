"""Requirements of which no text meets all, on an input to which all of them apply.

Their graders are compared as facts about one text (`kit.clashing`); then an input is looked for. A set that is told is as small as can
be: without any one of its terms, some answer would do.
Invariant: knows no kind; what only a case can fix, or a judge, clashes with nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import TypeVar

from ...diagnostics.diagnostic import Diagnostic
from ...kit.clashing.clashes import clash_of_three, first_clash
from ...kit.clashing.counting import parts, together
from ...kit.clashing.facts import Cased, Clash, Counted, Fact, Fold, Holds, Lacks, Side, facts
from ...logic.conflict import decides
from ...logic.decide import applies
from ...logic.errors import Witness
from ...logic.goal import Goal, Some
from ...logic.goal import applies as applies_where
from ...logic.norm import Norm
from ...logic.region import EVERYWHERE, Region, meet, region
from ...logic.ruleset import RuleSet, indices
from ...logic.smallest import Smallest
from ...logic.variables import known
from ...logic.witness import find
from ...model.requirement import Level, Requirement
from ...plan.grader import Grader
from ...source.records import dataclass
from ...values.evaluate import variables as named
from .. import errors
from ..subject import Subject, Values

F = TypeVar("F", Holds, Counted)

MOST = 60
"""How many sets of one feature are told."""

SEARCHES = 1_000
"""How many times an input is looked for in one feature: a second or two."""

PARTS = 50
"""How many terms are added up against one limit."""

TRIED = 5_000
"""How many pairs of texts of one feature are compared with its limits."""

_HARD = (Level.MUST, Level.MUST_NOT)


@dataclass(frozen=True, slots=True)
class _Term:
    """One grader of a requirement with what it asks of a text; it judges no answer to an input outside of `region`.

    `norms` are those of the requirement, as bits, and `near` those whose regions meet one of theirs; 0 where it has none.
    """

    requirement: Requirement
    grader: Grader
    facts: tuple[Fact, ...]
    region: Region
    norms: int
    near: int


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A finding for each smallest set of terms that no answer meets, where it applies to some input."""
    told = 0
    for number, (terms, clash) in enumerate(_sets(list(_terms(subject)))):
        if number >= SEARCHES:
            return
        values = _input(subject, terms)
        if values is None:
            continue
        told += 1
        if told > MOST:
            return
        ids = dict.fromkeys(one.requirement.id for one in terms)
        yield errors.unmeetable(
            [(one.requirement.id, one.grader.origin.span) for one in terms],
            clash.why,
            clash.way,
            _witness(subject, tuple(ids), values),
            gates=not subject.drafts(ids),
        )


def _terms(subject: Subject) -> Iterator[_Term]:
    """The graders of each requirement that judge every answer on an input that it decides, if something is known of them."""
    for requirement in subject.feature.requirements:
        kind = subject.kinds[requirement.kind]
        hard = (one for one in kind.everywhere(requirement, subject.feature) if one.level in _HARD)
        known = [(one, found) for one in hard if (found := facts(one))]
        if not known:
            continue
        norms = subject.owned.get(requirement.id, 0)
        where = _region(subject, requirement, norms)
        near = norms
        for place in indices(norms):
            near |= subject.rules.overlapping(place)
        for grader, found in known:
            yield _Term(requirement, grader, found, where, norms, near)


def _region(subject: Subject, requirement: Requirement, norms: int) -> Region:
    """The region of the requirement's condition, which that of a norm of it mostly is."""
    for place in indices(norms):
        if subject.rules.norms[place].when is requirement.when:
            return subject.rules.regions[place]
    return EVERYWHERE if requirement.when is None else region(requirement.when)


def _sets(terms: Sequence[_Term]) -> Iterator[tuple[tuple[_Term, ...], Clash]]:
    """The smallest sets of terms that no text meets and whose regions meet: pairs, then threes of which no two are such a pair."""
    pairs: set[tuple[int, int]] = set()
    for a, b, found in _pairs(terms):
        one, other = terms[a], terms[b]
        if not _told_already(one, other):
            pairs.add((a, b))
            yield (one, other), found
    for places, found in (*_texts(terms), *_counts(terms)):
        inner = {(min(pair), max(pair)) for pair in combinations(places, 2)}
        if len(set(places)) == len(places) and not inner & pairs:
            yield tuple(terms[at] for at in places), found


def _texts(terms: Sequence[_Term]) -> Iterator[tuple[tuple[int, ...], Clash]]:
    """The places of two texts and a limit that no text meets, and why. Many terms ask for the same, and are compared once."""
    held = [(at, fact) for side in Side for at, fact in _of(terms, Holds) if fact.side is side]
    limits = [(at, fact) for at, fact in _of(terms, Counted) if fact.at_most is not None]
    known: dict[tuple[Fact, Fact, Fact], Clash | None] = {}
    for (a, one), (b, two) in islice(combinations(held, 2), TRIED if limits else 0):
        for c, limit in limits:
            asked = (one, two, limit)
            found = known[asked] if asked in known else known.setdefault(asked, clash_of_three(*asked))
            if found is not None:
                yield (a, b, c), found


def _counts(terms: Sequence[_Term]) -> Iterator[tuple[tuple[int, ...], Clash]]:
    """The places of terms that count, and last of a limit, that no text meets together, and why."""
    counted = [(at, fact) for at, fact in _of(terms, Counted) if not fact.settings]
    told = tuple(dict.fromkeys(fact for _, fact in counted))
    exceeded = {limit: frozenset(parts(told, limit)) for limit in told if limit.at_most is not None}
    for place, limit in counted:
        asked = exceeded.get(limit)
        if asked:
            some = [(at, one) for at, one in counted if at != place and one in asked and _meet(terms[at], terms[place])]
            for kept, found in together([one for _, one in some[:PARTS]], limit):
                yield (*(some[at][0] for at in kept), place), found


def _of(terms: Sequence[_Term], sort: type[F]) -> Iterator[tuple[int, F]]:
    """The facts of one sort, each with the place of its term."""
    return ((at, fact) for at, one in enumerate(terms) for fact in one.facts if isinstance(fact, sort))


def _pairs(terms: Sequence[_Term]) -> Iterator[tuple[int, int, Clash]]:
    """The places of two terms that no text meets, and why. Many terms ask for the same, and are compared once."""
    alike: dict[tuple[Fact, ...], list[int]] = {}
    for at, one in enumerate(terms):
        alike.setdefault(one.facts, []).append(at)
    for left, right in combinations(alike, 2):
        found = first_clash(left, right)
        if found is not None:
            met = ((a, b) for a in alike[left] for b in alike[right] if _meet(terms[a], terms[b]))
            yield from ((min(pair), max(pair), found) for pair in met)


def _meet(one: _Term, other: _Term) -> bool:
    """Whether some input may lie in both regions."""
    if one.norms and other.norms:
        return bool(one.near & other.norms)
    return not meet((one.region, other.region)).empty


def _told_already(one: _Term, other: _Term) -> bool:
    """Whether the kind tells of the two: terms of one requirement about one number, start, end, sort of letters or saying."""
    if one.requirement.id != other.requirement.id:
        return False
    pairs = [(a, b) for a in one.facts for b in other.facts]
    return any(
        (isinstance(a, Counted) and isinstance(b, Counted) and (a.of, a.settings) == (b.of, b.settings))
        or (isinstance(a, Cased) and isinstance(b, Cased))
        or (isinstance(a, Holds) and isinstance(b, Holds) and a.side is b.side is not Side.ANYWHERE)
        or (isinstance(a, Holds) and isinstance(b, Lacks) and a.fold is b.fold is Fold.SAID)
        or (isinstance(a, Lacks) and isinstance(b, Holds) and a.fold is b.fold is Fold.SAID)
        for a, b in pairs
    )


def _input(subject: Subject, terms: Sequence[_Term]) -> Values | None:
    """The smallest input to which all terms apply; None where there is none, or nobody knows."""
    goals = [goal for one in terms for goal in _goals(subject, one)]
    found = find(goals, subject.rules.among).input
    if found is None:
        return None
    tests = [_Where(subject, one) for one in terms]
    norms = (*subject.rules.norms, *(_norm(one.requirement) for one in terms))
    smallest = Smallest(RuleSet(norms, subject.rules.among))
    return smallest(found, lambda values: all(test(values) for test in tests))


def _goals(subject: Subject, one: _Term) -> Iterator[Goal]:
    """What an input must be like for the grader to judge an answer to it."""
    places = _places(subject, one)
    if places:
        yield Some(tuple(decides(subject.rules, place) for place in places))
    else:
        yield applies_where(_norm(one.requirement))


def _places(subject: Subject, one: _Term) -> tuple[int, ...]:
    """The norms of the requirement at the level of the grader; none where it decides nothing."""
    own = subject.owned.get(one.requirement.id, 0)
    return tuple(place for place in indices(own) if subject.rules.norms[place].level is one.grader.level)


def _norm(one: Requirement) -> Norm:
    return Norm(one.id, Level.MUST, (), one.when, one.unless, (), default=False, span=one.head)


class _Where:
    """Whether a term's grader judges answers to an input; lives no longer than one question."""

    def __init__(self, subject: Subject, one: _Term) -> None:
        self._rules = subject.rules
        self._bits = sum(1 << place for place in _places(subject, one))
        self._norm = _norm(one.requirement)

    def __call__(self, values: Values) -> bool:
        if self._bits:
            return bool(self._rules.deciding(values) & self._bits)
        return applies(self._norm, known(values, self._rules.among))


def _witness(subject: Subject, ids: Sequence[str], values: Values) -> Witness:
    """What of the input the requirements hang on."""
    ruled = [id for id in ids if id in subject.owned]
    others: Mapping[str, Requirement] = {id: subject.requirements[id] for id in ids if id not in subject.owned}
    names = [
        name
        for one in others.values()
        for condition in (*(() if one.when is None else (one.when,)), *one.unless)
        for name in named(condition)
    ]
    return subject.witness((values,), ruled, subject.hinging(ruled), names)

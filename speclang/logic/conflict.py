"""Pairs of norms that can't both be followed, inputs that nothing decides, and norms that never matter.

All verdicts are those of `decide`: a norm that is beaten, or a default that is not needed, takes part in no clash.
Invariant: the order of the norms changes nothing; each verdict comes with an input that shows it, or says "undecided".
"""

from collections.abc import Iterator, Mapping, Sequence

from ..model.feature import Feature
from ..model.outcome import Avoids, Calls, Effect, Mentions, Omits, Reach
from ..model.requirement import Level
from ..source.records import dataclass
from ..source.span import whole_file
from ..values.domain import members
from ..values.expression import Compare, Literal, Var
from ..values.types import Bool, Enum
from .decide import reaches
from .goal import All, Fails, Goal, Holds, Some, applies, negated, stands
from .norm import Norm
from .ruleset import RuleSet, indices
from .witness import NONE, UNDECIDED, Finder, Search, find

PAIRS = 4_000
"""How many pairs of norms of one rule set are looked at whose regions overlap: a few seconds."""

FEW = 20
"""So few norms are asked about in one go."""

_NOWHERE = whole_file("")

EVERY = -1
"""All norms, as bits."""

_ASKS = {
    Level.MUST: (True, True),
    Level.MUST_NOT: (True, False),
    Level.SHOULD: (False, True),
    Level.SHOULD_NOT: (False, False),
}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two norms that decide one input and ask for effects that exclude each other.

    `first` comes before `second` in the order of IDs; `search` holds the input, or says that the work was too much. `why` are the
    signs of the outcomes asked for by which they exclude each other, where nobody declares that they do.
    """

    first: Norm
    second: Norm
    one: Effect
    other: Effect
    search: Search
    why: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Which outcomes may not happen together, as declared, and what each of them does with tools."""

    exclusives: tuple[tuple[str, ...], ...]
    signs: tuple[tuple[str, tuple[Calls | Avoids, ...]], ...] = ()

    @staticmethod
    def of(feature: Feature) -> "Outcomes":
        """Those of a feature."""
        signs = (
            (one.name, tuple(sign for sign in one.observables if isinstance(sign, Calls | Avoids)))
            for one in feature.outcomes
        )
        return Outcomes(tuple(one.outcomes for one in feature.exclusives), tuple(signs))


def clashes(rules: RuleSet, outcomes: Outcomes, *, search: Finder = find, pairs: int = PAIRS) -> Iterator[Clash]:
    """Every pair of norms that clash or may clash, one at a time, in the order of their IDs.

    Complete where `find` is. Norms bind alike: a `must` clashes with a `must_not`, a `should` with a `should_not`. An input is
    looked for by `search`, at most `pairs` times; the pair after that is undecided, and the last one.
    """
    looked = 0
    apart = _Apart(outcomes)
    index = _by_thing(rules.norms, apart)
    for place, norm in enumerate(rules.norms):
        rivals = _rivals(norm, apart, index)
        open_ = rules.overlapping(place) & ~((1 << place + 1) - 1)
        candidates = 0
        for mask in rivals.values():
            candidates |= mask
        for other in indices(open_ & candidates):
            effects = apart.against(norm, rules.norms[other])
            if effects is None or _settled(norm, rules.norms[other]):
                continue
            looked += 1
            if looked > pairs:
                yield Clash(norm, rules.norms[other], *effects[:2], UNDECIDED, effects[2])
                return
            found = search((decides(rules, place), decides(rules, other)), rules.among)
            if found.found is not None or not found.decided:
                yield Clash(norm, rules.norms[other], *effects[:2], found, effects[2])


def gap(rules: RuleSet, *, search: Finder = find, few: int = FEW) -> Search:
    """An input for which no norm that stands reaches an outcome.

    That there is none is asked for each value of the given by which the norms are told apart, so that a norm costs nothing where it
    can't apply, and one that changed is asked about where it can; up to `few` norms are asked about in one go. Where an input may be
    left, the search begins at the base of all.
    """
    areas = _areas(rules, few)
    if areas and all(_sure(search((here, *_unreached(rules, near)), rules.among)) for here, near in areas):
        return NONE
    return search(_unreached(rules, EVERY), rules.among)


def _unreached(rules: RuleSet, near: int) -> list[Goal]:
    """What an input must be like for none of the norms `near` to stand and reach an outcome."""
    goals: list[Goal] = []
    for place in indices(rules.reaching & near):
        beaters = [applies(one) for one in rules.pick(rules.beaters(place) & rules.overlapping(place) & near)]
        never = negated(applies(rules.norms[place]))
        goals.append(Some((never, *beaters)) if beaters else never)
    return goals


def _areas(rules: RuleSet, few: int) -> Sequence[tuple[Goal, int]]:
    """Each value of the given that most norms name by its values, with the norms that may apply there; empty if few do.

    Every input has exactly one of these values.
    """
    named: dict[str, int] = {}
    for place in indices(rules.reaching):
        for name, part in rules.regions[place].slices:
            named[name] = named.get(name, 0) + (part.members is not None)
    best, least = None, max(few, rules.reaching.bit_count() // 2)
    for one in rules.among:
        if isinstance(one.type, Bool | Enum) and not one.state and not one.is_state and named.get(one.name, 0) > least:
            best, least = one, named[one.name]
    if best is None:
        return ()
    found: list[tuple[Goal, int]] = []
    for value in members(best.type) or ():
        here = Compare("=", Var(best.name, best.type, _NOWHERE), Literal(value, best.type, "", _NOWHERE), _NOWHERE)
        found.append((Holds(here), rules.around((), best.name, value)))
    return found


def _sure(search: Search) -> bool:
    return search.found is None and search.decided


def vacuous(rules: RuleSet, place: int, *, search: Finder = find) -> Search:
    """An input on which norm `place` applies; none found and decided means that it never does."""
    return search((applies(rules.norms[place]),), rules.among)


def shadowed(rules: RuleSet, place: int, *, search: Finder = find) -> Search:
    """An input on which norm `place` decides; none found and decided means that it always gives way."""
    return search((decides(rules, place),), rules.among)


def decides(rules: RuleSet, place: int) -> Goal:
    """Norm `place` applies unbeaten, and is needed if it is a default."""
    norm, near = rules.norms[place], rules.overlapping(place)
    goal = stands(norm, rules.pick(rules.beaters(place) & near))
    if not norm.default:
        return goal
    return All((goal, *(Fails(unbeaten(rules, other)) for other in indices(rules.reaching & ~rules.defaults & near))))


def unbeaten(rules: RuleSet, place: int) -> Goal:
    """Norm `place` applies, and nothing that beats it does."""
    return stands(rules.norms[place], rules.pick(rules.beaters(place) & rules.overlapping(place)))


def opposed(norm: Norm, other: Norm, outcomes: Outcomes) -> bool:
    """Whether the norms ask for effects that exclude each other, wherever they apply."""
    return _Apart(outcomes).against(norm, other) is not None


def at_odds(outcomes: Outcomes) -> Iterator[tuple[str, str]]:
    """Outcomes of which one calls a tool that the other does not call, each pair both ways."""
    for one, signs in outcomes.signs:
        for other, others in outcomes.signs:
            if any(_exclude(a, b, {}, wanted=(True, True)) for a in signs for b in others):
                yield one, other


def _settled(norm: Norm, other: Norm) -> bool:
    """Whether the two never decide together: one beats the other, or is a default that the other leaves idle."""
    if norm.default is not other.default and reaches(other if norm.default else norm):
        return True
    if norm.requirement == other.requirement:
        return False
    return norm.requirement in other.over or other.requirement in norm.over


class _Apart:
    """What excludes what; lives no longer than one call."""

    def __init__(self, outcomes: Outcomes) -> None:
        found: dict[str, set[str]] = {}
        for group in outcomes.exclusives:
            for outcome in group:
                found.setdefault(outcome, set()).update(one for one in group if one != outcome)
        self.outcomes = {outcome: frozenset(others) for outcome, others in found.items()}
        self._signs = dict(outcomes.signs)

    def meant(self, norm: Norm) -> Iterator[tuple[Effect, Effect]]:
        """Each effect that `norm` asks for with itself, then with what is seen of the outcome that it is."""
        for effect in norm.effects:
            yield effect, effect
        for effect in norm.effects if _ASKS[norm.level][1] else ():
            for sign in self._signs.get(effect.outcome, ()) if isinstance(effect, Reach) else ():
                yield effect, sign

    def against(self, norm: Norm, other: Norm) -> tuple[Effect, Effect, tuple[Effect, ...]] | None:
        """The first two effects of the norms that exclude each other, with the signs by which they do."""
        if norm.level not in _ASKS or other.level not in _ASKS or _ASKS[norm.level][0] != _ASKS[other.level][0]:
            return None
        wanted = _ASKS[norm.level][1], _ASKS[other.level][1]
        for one, mine in self.meant(norm):
            for two, theirs in self.meant(other):
                if _exclude(mine, theirs, self.outcomes, wanted=wanted):
                    return one, two, tuple(sign for effect, sign in ((one, mine), (two, theirs)) if sign is not effect)
        return None


def _by_thing(norms: Sequence[Norm], apart: _Apart) -> Mapping[tuple[bool, str], int]:
    """For each thing that norms speak about, and how strictly, the bits of those norms."""
    found: dict[tuple[bool, str], int] = {}
    for place, norm in enumerate(norms):
        if norm.level in _ASKS:
            for _, effect in apart.meant(norm):
                key = _ASKS[norm.level][0], _thing(effect)
                found[key] = found.get(key, 0) | 1 << place
    return found


def _rivals(norm: Norm, apart: _Apart, index: Mapping[tuple[bool, str], int]) -> Mapping[tuple[bool, str], int]:
    """The norms that speak about what could exclude an effect of `norm`, by what they speak about."""
    found: dict[tuple[bool, str], int] = {}
    if norm.level not in _ASKS:
        return found
    binding = _ASKS[norm.level][0]
    for _, effect in apart.meant(norm):
        things = [_thing(effect)]
        if isinstance(effect, Reach):
            things.extend(f"reach {one}" for one in apart.outcomes.get(effect.outcome, ()))
        for thing in things:
            key = binding, thing
            if key in index:
                found[key] = index[key]
    return found


def _thing(effect: Effect) -> str:
    """What `effect` is about: the same for an effect and its opposite."""
    match effect:
        case Reach(outcome):
            return f"reach {outcome}"
        case Calls(tool) | Avoids(tool):
            return f"call {tool}"
        case Mentions(text) | Omits(text):
            return f"mention {text.plain.casefold()}"


def _exclude(one: Effect, two: Effect, apart: Mapping[str, frozenset[str]], *, wanted: tuple[bool, bool]) -> bool:
    """Whether the effects, each wanted or unwanted, can't both be had."""
    if isinstance(one, Reach) and isinstance(two, Reach):
        if all(wanted):
            return two.outcome in apart.get(one.outcome, ())
        return one.outcome == two.outcome and wanted[0] is not wanted[1]
    if _thing(one) != _thing(two):
        return False
    happens = [want is not isinstance(effect, Avoids | Omits) for want, effect in zip(wanted, (one, two), strict=True)]
    return happens[0] is not happens[1] and not _narrow(one, two, wanted)


def _narrow(one: Effect, two: Effect, wanted: tuple[bool, bool]) -> bool:
    """Whether the two speak of different calls of one tool: "not with these arguments" leaves others."""
    for effect, other, want in ((one, two, wanted[0]), (two, one, wanted[1])):
        if not want and isinstance(effect, Calls) and effect.arguments and effect != other:
            return True
    return False

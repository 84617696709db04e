"""Pairs of norms that can't both be followed, inputs that nothing decides, and norms that never matter.

All verdicts are those of `decide`: a norm that is beaten, or a default that is not needed, takes part in no clash.
Invariant: the order of the norms changes nothing; each verdict comes with an input that shows it, or says "undecided".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ..model.feature import Feature
from ..model.outcome import Avoids, Calls, Effect, Mentions, Omits, Reach
from ..model.requirement import Level
from ..source.records import dataclass
from ..source.span import whole_file
from ..values.domain import members
from ..values.evaluate import variables
from ..values.expression import Compare, Literal, Var
from ..values.types import Bool, Enum
from .goal import All, Fails, Goal, Holds, Some, applies, negated, stands
from .norm import Norm
from .ruleset import RuleSet, bits_of, indices
from .witness import NONE, UNDECIDED, Finder, Search, find

PAIRS = 4_000
"""How many pairs of norms of one rule set are looked at whose regions overlap: a few seconds."""

FEW = 20
"""So few norms are asked about in one go."""

_NOWHERE = whole_file("")

_Asked: TypeAlias = tuple[Level, tuple[Effect, ...]]
"""A level and what is asked for at it."""
_Why: TypeAlias = tuple[Effect, Effect, tuple[Effect, ...]]
"""Two effects that exclude each other, and the signs by which they do."""

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
    apart = Apart(outcomes)
    rivals = apart.rivals(rules.norms)
    for place, norm in enumerate(rules.norms):
        open_ = rules.overlapping(place) & ~_settled(rules, place) & ~((1 << place + 1) - 1)
        for other in indices(open_ & rivals[place]):
            effects = apart.against(norm, rules.norms[other])
            if effects is None:
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
    if areas and all(
        _always(rules, near, here) or _sure(search((here, *_unreached(rules, near)), rules.among))
        for here, near in areas
    ):
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


def certain(rules: RuleSet) -> bool:
    """Whether some norm decides every input that no other one decides."""
    return _always(rules, EVERY, None)


def _always(rules: RuleSet, near: int, here: Holds | None) -> bool:
    """Whether one of the norms `near` applies to all inputs that meet `here`, and nothing there beats it."""
    names = () if here is None else variables(here.expr)
    return any(
        rules.regions[place].exact
        and not rules.regions[place].empty
        and all(name in names for name, _ in rules.regions[place].slices)
        and not rules.norms[place].unless
        and not rules.beaters(place) & near
        for place in indices(rules.reaching & near)
    )


def _areas(rules: RuleSet, few: int) -> Sequence[tuple[Holds, int]]:
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
    found: list[tuple[Holds, int]] = []
    for value in members(best.type) or ():
        here = Compare("=", Var(best.name, best.type, _NOWHERE), Literal(value, best.type, "", _NOWHERE), _NOWHERE)
        found.append((Holds(here), rules.around((), best.name, value)))
    return found


def _sure(search: Search) -> bool:
    return search.found is None and search.decided


def vacuous(rules: RuleSet, place: int, *, search: Finder = find) -> Search:
    """An input on which norm `place` applies; none found and decided means that it never does."""
    return search((applies(rules.norms[place]),), rules.among)


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


def at_odds(outcomes: Outcomes) -> Iterator[tuple[str, str]]:
    """Outcomes of which one calls a tool that the other does not call, each pair both ways."""
    for one, signs in outcomes.signs:
        for other, others in outcomes.signs:
            if any(_exclude(a, b, {}, wanted=(True, True)) for a in signs for b in others):
                yield one, other


def _settled(rules: RuleSet, place: int) -> int:
    """The norms, as bits, that never decide together with norm `place`: one beats the other, or is a default that the other leaves idle."""
    found = rules.beats(place) | rules.beaters(place)
    if rules.norms[place].default:
        return found | rules.reaching & ~rules.defaults
    return found | rules.defaults if rules.reaching >> place & 1 else found


class Apart:
    """What excludes what; lives no longer than one call. Many norms ask for the same, and are compared once."""

    def __init__(self, outcomes: Outcomes) -> None:
        """Know what `outcomes` declares."""
        found: dict[str, set[str]] = {}
        for group in outcomes.exclusives:
            for outcome in group:
                found.setdefault(outcome, set()).update(one for one in group if one != outcome)
        self.outcomes = {outcome: frozenset(others) for outcome, others in found.items()}
        self._signs = dict(outcomes.signs)
        self._compatible: set[tuple[_Asked, _Asked]] = set()

    def meant(self, level: Level, effects: Sequence[Effect]) -> Iterator[tuple[Effect, Effect]]:
        """Each of `effects` with itself, then with what is seen of the outcome that it is."""
        for effect in effects:
            yield effect, effect
        for effect in effects if _ASKS[level][1] else ():
            for sign in self._signs.get(effect.outcome, ()) if isinstance(effect, Reach) else ():
                yield effect, sign

    def rivals(self, norms: Sequence[Norm]) -> Sequence[int]:
        """For each norm, the bits of those that speak about what could exclude an effect of it."""
        alike: dict[_Asked, int] = {}
        asked = [(norm.level, norm.effects) for norm in norms]
        for place, one in enumerate(asked):
            alike[one] = alike.get(one, 0) | 1 << place
        about: dict[tuple[bool, str], int] = {}
        for (level, effects), places in alike.items():
            for key in self._things(level, effects):
                about[key] = about.get(key, 0) | places
        found = {one: bits_of(about.get(key, 0) for key in self._things(*one, rivals=True)) for one in alike}
        return [found[one] for one in asked]

    def _things(self, level: Level, effects: Sequence[Effect], *, rivals: bool = False) -> Iterator[tuple[bool, str]]:
        """What is asked for is about, and how strictly; with `rivals`, what could exclude it is about."""
        for _, effect in self.meant(level, effects) if level in _ASKS else ():
            yield _ASKS[level][0], _thing(effect)
            for one in self.outcomes.get(effect.outcome, ()) if rivals and isinstance(effect, Reach) else ():
                yield _ASKS[level][0], f"reach {one}"

    def against(self, norm: Norm, other: Norm) -> _Why | None:
        """The first two effects of the norms that exclude each other, with the signs by which they do."""
        key = (norm.level, norm.effects), (other.level, other.effects)
        found = None if key in self._compatible else self._against(*key)
        if found is None:
            self._compatible.add(key)
        return found

    def _against(self, one: _Asked, other: _Asked) -> _Why | None:
        levels = one[0], other[0]
        if not all(level in _ASKS for level in levels) or _ASKS[levels[0]][0] != _ASKS[levels[1]][0]:
            return None
        wanted = _ASKS[levels[0]][1], _ASKS[levels[1]][1]
        for first, mine in self.meant(*one):
            for second, theirs in self.meant(*other):
                if _exclude(mine, theirs, self.outcomes, wanted=wanted):
                    signs = (sign for effect, sign in ((first, mine), (second, theirs)) if sign is not effect)
                    return first, second, tuple(signs)
        return None


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

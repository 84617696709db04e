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
from .goal import All, Fails, Goal, applies, stands
from .norm import Norm
from .ruleset import RuleSet, bits_of, indices
from .witness import UNDECIDED, Finder, Search, find

PAIRS = 4_000
"""How many pairs of norms of one rule set are looked at whose regions overlap: a few seconds."""

_Why: TypeAlias = tuple[Effect, Effect, tuple[Effect, ...]]
"""Two effects that exclude each other, and the signs by which they do."""

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
    alike = _alike(rules.norms)
    rivals = apart.rivals(alike, rules.norms)
    for place, norm in enumerate(rules.norms):
        open_ = rules.overlapping(place) & ~_settled(rules, place) & ~((1 << place + 1) - 1) & rivals[place]
        while open_:
            other = next(indices(open_))
            open_ ^= 1 << other
            effects = apart.against(norm, rules.norms[other])
            if effects is None:
                open_ &= ~alike[other]
                continue
            looked += 1
            if looked > pairs:
                yield Clash(norm, rules.norms[other], *effects[:2], UNDECIDED, effects[2])
                return
            found = search((decides(rules, place), decides(rules, other)), rules.among)
            if found.found is not None or not found.decided:
                yield Clash(norm, rules.norms[other], *effects[:2], found, effects[2])


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
    """What excludes what; lives no longer than one call."""

    def __init__(self, outcomes: Outcomes) -> None:
        """Know what `outcomes` declares."""
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

    def rivals(self, alike: Sequence[int], norms: Sequence[Norm]) -> Sequence[int]:
        """For each norm, the bits of those that speak about what could exclude an effect of it; `alike` are those that ask for the same."""
        each = dict(zip(alike, norms, strict=True))
        about: dict[tuple[bool, str], int] = {}
        for places, norm in each.items():
            for key in self._things(norm):
                about[key] = about.get(key, 0) | places
        found = {
            places: bits_of(about.get(key, 0) for key in self._things(norm, rivals=True))
            for places, norm in each.items()
        }
        return [found[places] for places in alike]

    def _things(self, norm: Norm, *, rivals: bool = False) -> Iterator[tuple[bool, str]]:
        """What is asked for is about, and how strictly; with `rivals`, what could exclude it is about."""
        if norm.level not in _ASKS:
            return
        binding = _ASKS[norm.level][0]
        for _, effect in self.meant(norm):
            yield binding, _thing(effect)
            for one in self.outcomes.get(effect.outcome, ()) if rivals and isinstance(effect, Reach) else ():
                yield binding, f"reach {one}"

    def against(self, norm: Norm, other: Norm) -> _Why | None:
        """The first two effects of the norms that exclude each other, with the signs by which they do."""
        if norm.level not in _ASKS or other.level not in _ASKS or _ASKS[norm.level][0] != _ASKS[other.level][0]:
            return None
        wanted = _ASKS[norm.level][1], _ASKS[other.level][1]
        for one, mine in self.meant(norm):
            for two, theirs in self.meant(other):
                if _exclude(mine, theirs, self.outcomes, wanted=wanted):
                    return one, two, tuple(sign for effect, sign in ((one, mine), (two, theirs)) if sign is not effect)
        return None


def _alike(norms: Sequence[Norm]) -> Sequence[int]:
    """For each norm, the bits of those that ask for the same at the same level, its own among them."""
    found: dict[tuple[Level, tuple[Effect, ...]], int] = {}
    for place, norm in enumerate(norms):
        key = norm.level, norm.effects
        found[key] = found.get(key, 0) | 1 << place
    return [found[norm.level, norm.effects] for norm in norms]


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

"""Inputs that try a requirement: what each kind of case is for, and an input that does it.

In: a requirement, the feature and its rule set. Out: drafts; what is expected of each is computed later, by the whole rule
set. Values come from the representative grid of `logic`, so the same spec gives the same inputs everywhere.
Invariant: a draft's ID says what it is for and depends on its requirement alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ..logic.conflict import decides
from ..logic.goal import Conditions, Fails, Goal, Holds, applies, meets
from ..logic.ruleset import RuleSet
from ..logic.variables import Variable
from ..logic.witness import find
from ..model.feature import Feature
from ..model.given import FromUser
from ..model.outcome import Calls, Effect, Reach
from ..model.requirement import Level, Requirement
from ..model.text import Text
from ..model.tool import WORKS, Tool
from ..plan.case import Cut
from ..plan.draft import CaseDraft, Script, Unmet
from ..plan.obligation import Obligation
from ..source.hashing import digest
from ..source.records import replace
from ..values.evaluate import variables
from ..values.showing import show, slug
from ..values.types import Datum
from .inputs.covering import covering, representatives
from .inputs.cuts import sides
from .inputs.flips import BOUNDARY, MCDC, VALUE
from .inputs.frame import Frame, Values
from .inputs.hinges import Hinges, searching
from .inputs.inside import moved_inside

_TALKATIVE = 4
"""How many givens a user may say before those that a requirement does not name are left unsaid in its cases."""

_PAIRS = 8
"""The most cases that one requirement gets for the givens that it does not name."""

_SHOWN = 3
"""How many values the reason of a pair names."""

_LONGEST = 48
"""The most characters of an ID that the values of a pair may take; the rest is told by a digest."""


class Cases:
    """Drafts for the requirements of one feature; one is made for a feature and asked for each requirement."""

    __slots__ = (
        "_among",
        "_by_requirement",
        "_conditions",
        "_details",
        "_feature",
        "_frames",
        "_givens",
        "_hinges",
        "_input",
        "_missed",
        "_representatives",
        "_rules",
        "_said",
        "_stated",
        "_told",
        "_typical",
    )

    def __init__(self, feature: Feature, rules: RuleSet) -> None:
        """Prepare the values that givens take when nothing asks for another."""
        self._feature = feature
        self._rules = rules
        self._among: Sequence[Variable] = rules.among
        self._typical: Values = {one.name: one.base for one in self._among if not one.is_state}
        self._givens = {one.name: one for one in self._among}
        self._stated = {one.id: one for one in feature.requirements}
        self._conditions = Conditions(self._among)
        self._input = searching(self._among, self._conditions)
        self._hinges = Hinges(self._among, self._input)
        self._representatives = {one.name: representatives(one.type, one.base) for one in self._among}
        self._said = frozenset(given.name for given in feature.givens if isinstance(given.source, FromUser))
        self._frames: dict[str, Frame] = {}
        self._details: dict[tuple[str, Datum], str] = {}
        self._told: dict[tuple[str, Datum], str] = {}
        self._missed: dict[str, tuple[Unmet, ...]] = {}
        found: dict[str, list[int]] = {}
        for index, norm in enumerate(rules.norms):
            found.setdefault(norm.requirement, []).append(index)
        self._by_requirement = {name: tuple(places) for name, places in found.items()}

    @property
    def feature(self) -> Feature:
        """The feature whose requirements are tried."""
        return self._feature

    def standard(self, requirement: Requirement) -> Iterator[CaseDraft]:
        """Nominal, both sides of every part of the condition, exceptions, and pairs of the givens not named."""
        missed: list[Unmet] = []
        for one in self.obligations(requirement):
            if isinstance(one, CaseDraft):
                yield one
            else:
                missed.append(one)
        self._missed[requirement.id] = tuple(missed)

    def missed(self, requirement: Requirement) -> tuple[Unmet, ...]:
        """The obligations that no input meets, of a requirement whose `standard` cases were drafted to the end."""
        return self._missed.get(requirement.id, ())

    def unmet(self, requirement: Requirement) -> tuple[Unmet, ...]:
        """The obligations of `requirement` that no input meets."""
        return tuple(one for one in self.obligations(requirement) if isinstance(one, Unmet))

    def obligations(self, requirement: Requirement) -> Iterator[CaseDraft | Unmet]:
        """Every obligation of a requirement with a condition: met by a draft, or by nothing, with the reason."""
        nominal = self._nominal(requirement)
        if nominal is None:
            yield self._never(requirement)
            return
        frame = self._frame(requirement)
        yield self._draft(frame, "nominal", "", nominal, _NOMINAL)
        yield from self._sides(frame, nominal)
        yield from self._exceptions(frame, nominal)
        yield from self._pairs(frame, nominal)

    def calling(self, requirement: Requirement, tools: Sequence[str]) -> Values | None:
        """An input on which the requirement applies, and some rule asks for a call of one of `tools` if that can be."""
        return self._calling(requirement, tools) or self._nominal(requirement)

    def nominal(self, requirement: Requirement) -> CaseDraft | None:
        """A case in which the requirement applies and nothing beats it, if there is such an input."""
        found = self._nominal(requirement)
        return None if found is None else self._draft(self._frame(requirement), "nominal", "", found, _NOMINAL)

    def sides(
        self, requirement: Requirement, graders: Sequence[str], otherwise: Sequence[str] = ()
    ) -> Iterator[CaseDraft]:
        """Nominal and both sides of every part of the condition; `graders` judge where it applies, `otherwise` elsewhere."""
        nominal = self._nominal(requirement)
        frame = self._frame(requirement)
        if nominal is None or frame.whole is None:
            return
        drafts = (self._draft(frame, "nominal", "", nominal, _NOMINAL), *self._sides(frame, nominal))
        for draft in drafts:
            if isinstance(draft, CaseDraft):
                here = graders if frame.applies(dict(draft.values)) else otherwise
                yield replace(draft, graders=tuple(here)) if here else draft

    def cut(self, requirement: Requirement) -> Iterator[CaseDraft]:
        """Each result whose cut the requirement speaks of: what decides just before the cut, torn by it, and just after it."""
        nominal = self._nominal(requirement)
        if nominal is None:
            return
        frame = self._frame(requirement)
        for one in sides(requirement, self._feature, self._rules, nominal, self._decided):
            states: list[tuple[Cut, Values, tuple[tuple[str, Cut], ...]]] = [(Cut.AFTER, one.lost, ())]
            if one.tears:
                states.append((Cut.WITHIN, one.lost, ((one.tool, Cut.WITHIN),)))
            if one.seen is not None:
                states.append((Cut.BEFORE, one.seen, ((one.tool, Cut.BEFORE),)))
            for place, values, cuts in states:
                draft = self._draft(frame, "cut", f"{one.tool}={place.value}", values, _CUTS[place])
                yield replace(draft, cuts=cuts)

    def pressed(
        self,
        requirement: Requirement,
        technique: str,
        detail: str,
        further: tuple[Text, ...],
        why: str,
        graders: Sequence[str],
        tools: Sequence[str] = (),
    ) -> CaseDraft | None:
        """A case in which the user goes on to say `further`, where the requirement applies; None if there is no such input.

        If some rule asks for one of `tools` where the requirement applies, the case is one where it does.
        """
        found = self._calling(requirement, tools) or self._nominal(requirement)
        if found is None:
            return None
        return self.draft(requirement, technique, detail, found, why, further=further, graders=graders)

    def said(
        self, requirement: Requirement, technique: str, detail: str, opening: Text, why: str, *graders: str
    ) -> CaseDraft | None:
        """A case in which the user opens with `opening`, on an input where the requirement applies; None if none does."""
        found = self._nominal(requirement)
        if found is None:
            return None
        return self.draft(requirement, technique, detail, found, why, opening=opening, graders=graders)

    def scripted(
        self,
        requirement: Requirement,
        technique: str,
        fixed: Mapping[str, Datum],
        script: Script,
        why: str,
        graders: Sequence[str] = (),
    ) -> CaseDraft:
        """A conversation written by hand, on the typical input but for what is `fixed`: values of givens, states of tools."""
        values = {**self._typical, **fixed}
        for one in self._among:
            if not one.is_state and one.name not in fixed and values.get(one.state, WORKS) != WORKS:
                values.pop(one.name, None)
        drafted = self.draft(requirement, technique, "", values, why, focus=tuple(fixed), graders=graders)
        return replace(drafted, script=script)

    def broken(
        self, requirement: Requirement, tool: Tool, state: str, detail: str, opening: Text, why: str, *graders: str
    ) -> CaseDraft | None:
        """A case `absent` in which the user opens with `opening` and `tool` is in `state`, so that what it tells is unknown.

        None if the requirement does not apply there.
        """
        found = self._nominal(requirement)
        values = self._hinges.settled({**found, tool.state: state}) if found is not None else {}
        if found is None or not self._frame(requirement).applies(values):
            return None
        return self.draft(
            requirement, "absent", detail, values, why, focus=(tool.state,), opening=opening, graders=graders
        )

    def draft(
        self,
        requirement: Requirement,
        technique: str,
        detail: str,
        values: Mapping[str, Datum],
        why: str,
        *,
        focus: Sequence[str] = (),
        opening: Text | None = None,
        further: tuple[Text, ...] = (),
        graders: Sequence[str] = (),
    ) -> CaseDraft:
        """A draft on `values`, about what the requirement's conditions name and `focus`."""
        one = self._draft(self._frame(requirement), technique, detail, values, why, focus)
        return replace(one, opening=opening, further=further, graders=tuple(graders))

    def applies(self, requirement: Requirement, values: Mapping[str, Datum]) -> bool:
        """Whether `requirement` applies on `values`."""
        return self._frame(requirement).applies(dict(values))

    def _frame(self, requirement: Requirement) -> Frame:
        """The conditions of a requirement of the feature."""
        found = self._frames.get(requirement.id)
        if found is None or found.requirement is not requirement:
            found = self._frames[requirement.id] = Frame(requirement, self._conditions)
        return found

    def _draft(
        self,
        frame: Frame,
        technique: str,
        detail: str,
        values: Mapping[str, Datum],
        why: str,
        focus: Sequence[str] = (),
    ) -> CaseDraft:
        named = tuple(dict.fromkeys((*frame.named, *focus))) if focus else frame.named
        kept = tuple(values.items())
        if self._conditions.states:
            kept = tuple([(name, value) for name, value in kept if name in self._typical or value != WORKS])
        return CaseDraft(Obligation(frame.id, technique, detail), kept, named, why)

    def _nominal(self, requirement: Requirement) -> Values | None:
        """The plainest input on which the requirement applies; where others decide there, the plainest where it does."""
        norms = [self._rules.norms[index] for index in self._by_requirement.get(requirement.id, ())]
        if not norms:
            return self._plain(requirement, [*_conditions(requirement)])
        plain = self._plain(requirement, [applies(norms[0])])
        if plain is None or norms[0] in self._rules.decide(plain).deciding:
            return plain
        index = self._by_requirement[requirement.id][0]
        free = self._plain(requirement, [decides(self._rules, index)])
        return plain if free is None else free

    def _decided(self, place: int, base: Values) -> Values | None:
        """An input near `base` on which the norm at `place` decides."""
        norm = self._rules.norms[place]
        return self._plain(self._stated[norm.requirement], [decides(self._rules, place)], base)

    def _plain(
        self, requirement: Requirement, goals: Sequence[Goal], base: Mapping[str, Datum] | None = None
    ) -> Values | None:
        """An input that meets `goals`, away from the edges of the requirement's condition as far as there is room."""
        found = self._input(goals, base)
        if found is None or (requirement.when is None and not requirement.unless):
            return found
        return moved_inside(
            self._frame(requirement),
            found,
            self._givens,
            lambda values: all(meets(one, values, self._conditions) for one in goals),
        )

    def _calling(self, requirement: Requirement, tools: Sequence[str]) -> Values | None:
        """An input on which the requirement applies and an unbeaten norm asks for a call of one of `tools`."""
        if not tools:
            return None
        called = {
            one.name
            for one in self._feature.outcomes
            if any(isinstance(seen, Calls) and seen.tool in tools for seen in one.observables)
        }
        for index, norm in enumerate(self._rules.norms):
            if norm.level is Level.MUST and any(_asks(effect, called, tools) for effect in norm.effects):
                found = self._plain(requirement, [decides(self._rules, index), *_conditions(requirement)])
                if found is not None:
                    return found
        return None

    def _never(self, requirement: Requirement) -> Unmet:
        """That a condition has no nominal case: as nothing meets it, or as nothing was found that does."""
        decided = find(tuple(_conditions(requirement)), self._among).decided
        at = requirement.head if requirement.when is None else requirement.when.span
        reason = "its condition never holds" if decided else "no input was found on which its condition holds"
        return Unmet(Obligation(requirement.id, "nominal"), reason, at, decided)

    def _sides(self, frame: Frame, nominal: Values) -> Iterator[CaseDraft | Unmet]:
        """Both sides of every part of the condition, the rest set so that this part decides (MC/DC)."""
        if frame.whole is None:
            return
        taken: dict[str, list[Values]] = {}
        for number, atom in enumerate(frame.atoms, 1):
            found = self._hinges.find(frame, atom, nominal)
            if found is None:
                reason = "no input was found on which this part of the condition alone decides"
                yield Unmet(Obligation(frame.id, "mcdc", f"part-{number}"), reason, atom.span)
                continue
            hinge, around = found
            for flip in around:
                values = self._hinges.settled({**hinge, flip.name: flip.value})
                detail = self.detail(flip.name, flip.value)
                alike = taken.setdefault(f"{flip.technique}/{detail}", [])
                if values in alike:
                    continue
                alike.append(values)
                if len(alike) > 1:
                    detail = f"{detail}~{len(alike)}"
                verb = "applies" if frame.applies(values) else "does not apply"
                why = f"{_LEADS[flip.technique]}: {self._shown(flip.name, flip.value)}, and it {verb}"
                yield self._draft(frame, flip.technique, detail, values, why)

    def _exceptions(self, frame: Frame, nominal: Values) -> Iterator[CaseDraft | Unmet]:
        """Where an `over` bites and just where it does not; each `unless` where it bites."""
        own = [self._rules.norms[index] for index in self._by_requirement.get(frame.id, ())]
        for ref in frame.requirement.over:
            beaten = [self._rules.norms[index] for index in self._by_requirement.get(ref.id, ())]
            if not own or not beaten:
                continue
            focus = () if beaten[0].when is None else self._conditions.of(beaten[0].when).names
            both = self._plain(self._stated[ref.id], [applies(own[0]), applies(beaten[0])], nominal)
            if both is None:
                yield Unmet(
                    Obligation(frame.id, "over", ref.id),
                    f"no input was found on which `{ref.id}` applies too",
                    ref.span,
                )
            else:
                yield self._draft(frame, "over", ref.id, both, f"{ref.id} applies too, and this one wins", focus)
            only = self._input([applies(beaten[0]), Fails(applies(own[0]))], both or nominal)
            if only is None:
                reason = f"no input was found on which `{ref.id}` applies and this one does not"
                yield Unmet(Obligation(frame.id, "over", f"{ref.id}~alone"), reason, ref.span)
            else:
                yield self._draft(
                    frame, "over", f"{ref.id}~alone", only, f"{ref.id} applies and this one does not", focus
                )
        when = frame.requirement.when
        for number, exception in enumerate(frame.requirement.unless, 1):
            wanted: list[Goal] = [Holds(exception)] if when is None else [Holds(exception), Holds(when)]
            values = self._input(wanted, nominal)
            if values is None:
                reason = "no input was found on which the exception holds and the condition does too"
                yield Unmet(Obligation(frame.id, "unless", str(number)), reason, exception.span)
                continue
            detail = self._joined([(name, values[name]) for name in variables(exception) if name in values])
            yield self._draft(frame, "unless", detail or str(number), values, "the exception applies")

    def _pairs(self, frame: Frame, nominal: Values) -> Iterator[CaseDraft]:
        """Every pair of values of the givens that the condition does not name, in few cases.

        Where a user could say many things, they say what the case is about: a message about everything tries nothing.
        """
        named = set(frame.named)
        free = [one for one in self._among if not one.is_state and one.name not in named and one.name in nominal]
        if len(self._said) > _TALKATIVE:
            free = [one for one in free if one.name not in self._said]
        if not free or not self._by_requirement.get(frame.id):
            return
        choices = [(one.name, self._representatives[one.name]) for one in free]
        for row in covering([(name, values) for name, values in choices if len(values) > 1], _PAIRS):
            changed = [(name, value) for name, value in row if value != nominal[name]]
            if changed:
                detail = self._joined(changed)
                values = {**nominal, **dict(changed)}
                names = tuple(name for name, _ in changed)
                yield self._draft(frame, "pair", detail, values, f"beside the point: {self._listed(changed)}", names)

    def _joined(self, values: Sequence[tuple[str, Datum]]) -> str:
        """`total=0,tier=gold`; of a long list the first few, how many more, and a digest of them all."""
        parts = [self.detail(name, value) for name, value in values]
        whole = ",".join(parts)
        if len(whole) <= _LONGEST:
            return whole
        shown = 1
        while len(",".join(parts[: shown + 1])) <= _LONGEST:
            shown += 1
        return f"{','.join(parts[:shown])},{len(parts) - shown}-more-{digest(whole)[:6]}"

    def _listed(self, values: Sequence[tuple[str, Datum]]) -> str:
        """`total is 0 USD, tier is gold and 4 more`."""
        shown = [self._shown(name, value) for name, value in values[:_SHOWN]]
        return ", ".join(shown) + (f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else "")

    def detail(self, name: str, value: Datum) -> str:
        """A value as a part of a case's ID: `age=30`."""
        found = self._details.get((name, value))
        if found is None:
            found = f"{name.removesuffix(' fails')}={slug(value, self._givens[name].type)}"
            self._details[name, value] = found
        return found

    def _shown(self, name: str, value: Datum) -> str:
        found = self._told.get((name, value))
        if found is None:
            one = self._givens[name]
            found = (
                f"{name.removesuffix(' fails')} {show(value, one.type)}"
                if one.is_state
                else f"{name} is {show(value, one.type)}"
            )
            self._told[name, value] = found
        return found


_NOMINAL = "where it applies"
_CUTS = {
    Cut.BEFORE: "the result is cut just after what decides, so it does not apply",
    Cut.WITHIN: "the cut tears the value that decides, so nobody knows it",
    Cut.AFTER: "the result is cut just before what decides",
}
_LEADS = {BOUNDARY: "at the edge", MCDC: "one part decides", VALUE: "one of several values"}


def _asks(effect: Effect, outcomes: Collection[str], tools: Collection[str]) -> bool:
    """Whether `effect` is a call of one of `tools`, or one of `outcomes`."""
    if isinstance(effect, Reach):
        return effect.outcome in outcomes
    return isinstance(effect, Calls) and effect.tool in tools


def _conditions(requirement: Requirement) -> Iterator[Goal]:
    if requirement.when is not None:
        yield Holds(requirement.when)
    for one in requirement.unless:
        yield Fails(Holds(one))

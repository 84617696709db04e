"""What must come of an input, by the whole rule set, and which graders can tell.

In: the values of an input. Out: a `Ruling`. Equal sets of applying norms have one ruling, so most inputs cost a look-up.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...logic.conflict import Outcomes, at_odds
from ...logic.decide import Decision
from ...logic.norm import Norm
from ...logic.ruleset import RuleSet, indices
from ...model.feature import Feature
from ...model.outcome import Reach
from ...model.requirement import Level, Requirement, Status
from ...plan.case import Expected, Use
from ...plan.grader import Grader
from ...plan.origin import Origin
from ...source.hashing import Json
from ...source.records import dataclass, replace
from ...source.span import Span
from ...values.evaluate import variables
from ...values.types import Datum
from .due import Leave, Leaves, due


class Clash(NamedTuple):
    """Two requirements that decide one input and ask for outcomes that can't both happen."""

    one: Norm
    asks: str
    other: Norm
    wants: str
    exclusive: Span | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """`deciding` are the IDs of the requirements that decide; `named` the givens that their conditions name.

    `threats` are the norms (bits) that would change the ruling if they applied too.
    """

    deciding: tuple[str, ...]
    named: tuple[str, ...]
    expected: tuple[Expected, ...]
    clash: Clash | None
    threats: int


class Court:
    """The rule set of one feature with the graders of its requirements."""

    __slots__ = (
        "_always_due",
        "_due",
        "_everywhere",
        "_exclusives",
        "_feature",
        "_graders",
        "_kinds",
        "_leaves",
        "_places",
        "_requirements",
        "_rulings",
        "_settles",
        "rules",
    )

    def __init__(self, feature: Feature, kinds: Mapping[str, Kind[RequirementFields]], rules: RuleSet) -> None:
        """Gather the graders of every requirement of `feature`."""
        self._feature = feature
        self._kinds = kinds
        self.rules = rules
        self._requirements = {one.id: one for one in feature.requirements}
        self._exclusives: list[tuple[str, str, Span | None]] = [
            (one, other, group.span)
            for group in feature.exclusives
            for one in group.outcomes
            for other in group.outcomes
            if one != other
        ]
        self._exclusives.extend((*pair, None) for pair in at_odds(Outcomes.of(feature)))
        beatable = {norm.requirement for index, norm in enumerate(rules.norms) if rules.beaters(index)}
        self._graders = {one.id: tuple(self._made(one, beatable)) for one in feature.requirements}
        self._rulings: dict[int, Ruling] = {}
        self._places = {id(norm): index for index, norm in enumerate(rules.norms)}
        self._leaves = Leaves(feature, kinds)
        self._always_due = due(grader for some in self._graders.values() for grader in some if grader.always)
        self._due = {grader.id: tools for some in self._graders.values() for grader in some if (tools := due([grader]))}
        self._settles = frozenset(name for name, kind in kinds.items() if type(kind).settled is not Kind.settled)
        decide = {norm.requirement for norm in rules.norms}
        # What decides nothing is in no ruling: its graders that judge every case are told the values of every case.
        self._everywhere = [one for one in feature.requirements if one.kind in self._settles and one.id not in decide]

    def _made(self, requirement: Requirement, beatable: set[str]) -> Iterable[Grader]:
        """The requirement's graders: a draft's gate nothing, and one that may be beaten does not judge every case."""
        known = next((one for one in requirement.known if not one.case), None)
        for grader in self._kinds[requirement.kind].graders(requirement, self._feature):
            always = grader.always and requirement.id not in beatable
            gates = grader.gates and requirement.status is not Status.DRAFT
            same = always == grader.always and gates == grader.gates and requirement.holds is None and known is None
            yield (
                grader if same else replace(grader, always=always, gates=gates, holds=requirement.holds, known=known)
            )

    def graders(self, requirement: str) -> tuple[Grader, ...]:
        """The graders of one requirement."""
        return self._graders[requirement]

    def stated(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Those of `ids` that are requirements of the feature."""
        return tuple(id for id in ids if id in self._requirements)

    def ruling(self, values: Mapping[str, Datum]) -> Ruling:
        """What the rule set says of `values`."""
        applicable = self.rules.applicable(self.rules.seen(values))
        found = self._rulings.get(applicable)
        if found is None:
            found = self._rulings[applicable] = self._rule(self.rules.decide(values))
        return found

    def _rule(self, decision: Decision) -> Ruling:
        named = dict.fromkeys(name for norm in decision.deciding for name in _names(norm))
        expected = tuple(
            Expected(asked.effect.outcome, asked.requirements, Origin(asked.requirements[0], "must", asked.effect.span))
            for asked in decision.required
            if isinstance(asked.effect, Reach)
        )
        return Ruling(
            deciding=decision.requirements,
            named=tuple(named),
            expected=expected,
            clash=self._clash(decision),
            threats=self._threats(decision),
        )

    def _threats(self, decision: Decision) -> int:
        """The norms that beat a deciding one, and those that leave nothing to a deciding default."""
        rules = self.rules
        found = 0
        for norm in decision.deciding:
            found |= rules.beaters(self._places[id(norm)])
            if norm.default:
                found |= rules.reaching & ~rules.defaults
        return found

    def _clash(self, decision: Decision) -> Clash | None:
        asked = {
            effect.outcome: norm
            for norm in reversed(decision.deciding)
            if norm.level is Level.MUST
            for effect in norm.effects
            if isinstance(effect, Reach)
        }
        for norm in decision.deciding:
            for effect in norm.effects:
                if norm.level is Level.MUST_NOT and isinstance(effect, Reach) and effect.outcome in asked:
                    return Clash(asked[effect.outcome], effect.outcome, norm, f"not {effect.outcome}", None)
        for one, other, span in self._exclusives:
            if one in asked and other in asked and asked[one].requirement != asked[other].requirement:
                return Clash(asked[one], one, asked[other], other, span)
        return None

    def unsaid(self, ruling: Ruling, values: Mapping[str, Datum], silent: Sequence[str]) -> tuple[str, ...]:
        """The `silent` givens on which the ruling hangs: with another value of theirs, it might be another."""
        if not ruling.threats or not silent:
            return ()
        reach = self.rules.within_reach(self.rules.seen(values), silent) & ruling.threats
        named = dict.fromkeys(name for index in indices(reach) for name in _names(self.rules.norms[index]))
        return tuple(name for name in silent if name in named)

    def hanging(self, values: Mapping[str, Datum], named: Sequence[str]) -> tuple[str, ...]:
        """`named`, and the givens whose values keep a norm from applying to `values`: with others it might."""
        rules, found = self.rules, dict.fromkeys(named)
        while True:
            silent = [one.name for one in rules.among if one.name not in found and not one.is_state]
            reach = rules.within_reach(rules.seen(values), silent)
            more = [name for index in indices(reach) for name in _names(rules.norms[index]) if name not in found]
            if not more:
                return tuple(found)
            found.update(dict.fromkeys(more))

    def uses(
        self,
        requirement: Requirement,
        ruling: Ruling | None,
        own: Sequence[str],
        values: Mapping[str, Datum],
        tries: Sequence[str] = (),
    ) -> tuple[Use, ...]:
        """The graders of a case of `requirement`: its own graders by ID (`own`), then those of whatever decides.

        Those of `tries` are listed too, as whoever wrote the case asks for them.

        Graders that judge every case are listed only with what this case alone can settle.
        """
        found: dict[str, Use] = {}
        for grader in self._graders[requirement.id]:
            if grader.id in own:
                self._use(found, grader, requirement, values)
        for id in (*(ruling.deciding if ruling is not None else ()), *tries):
            for grader in self._graders[id]:
                if grader.id not in found:
                    self._use(found, grader, self._requirements[id], values)
        for other in self._everywhere:
            for grader in self._graders[other.id]:
                if grader.always and grader.id not in found:
                    self._use(found, grader, other, values)
        return tuple(found.values())

    def leave(self, graders: Iterable[str]) -> Leave:
        """What the user has to say so that the tools may be called which `graders`, by ID, and those of every case want called."""
        if not self._leaves.wanted:
            return Leave()
        return self._leaves.of(self._always_due.union(*(self._due.get(one, ()) for one in graders)))

    def _use(
        self, found: dict[str, Use], grader: Grader, requirement: Requirement, values: Mapping[str, Datum]
    ) -> None:
        settled: tuple[tuple[str, Json], ...] = ()
        if requirement.kind in self._settles:
            settled = self._kinds[requirement.kind].settled(grader, requirement, self._feature, values)
        if settled or not grader.always:
            found[grader.id] = Use(grader.id, settled, grader.origin)


def _names(norm: Norm) -> tuple[str, ...]:
    exprs = (*(() if norm.when is None else (norm.when,)), *norm.unless)
    return tuple(dict.fromkeys(name for expr in exprs for name in variables(expr)))

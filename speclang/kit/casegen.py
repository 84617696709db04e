"""Inputs that try a requirement: what each kind of case is for, and an input that does it.

In: a requirement, the feature and its rule set. Out: drafts; what is expected of each is computed later, by the whole rule
set. Values come from the representative grid of `logic`, so the same spec gives the same inputs everywhere.
Invariant: a draft's ID says what it is for and depends on its requirement alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from ..logic.goal import Fails, Goal, Holds, applies, stands
from ..logic.norm import Norm
from ..logic.ruleset import RuleSet, indices
from ..logic.variables import Variable
from ..logic.witness import find
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..model.text import Text
from ..model.tool import WORKS
from ..plan.obligation import Obligation
from ..values.evaluate import atoms, evaluate, variables
from ..values.expression import And, Between, Compare, Expr, Literal, Not, Var
from ..values.showing import show, slug
from ..values.types import Datum
from .covering import covering, representatives
from .flips import flips

Values = dict[str, Datum]

_PAIRS = 8
"""The most cases that one requirement gets for the givens that it does not name."""

_TRIES = 64
"""The most ways of setting the other atoms that are tried to let one atom decide."""


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """`values` is the whole input (states of tools only where they do not work); `focus` names what the case is about.

    `opening` is what the user says first, in place of one of the feature's `ask`s: it asks for nothing that the rules decide,
    so such a case is judged by `graders` and the feature's `always` graders alone. `further` is what the user says in turns
    after the first. `graders` are own graders, by ID, that judge the case even where the requirement decides nothing.
    """

    obligation: Obligation
    values: tuple[tuple[str, Datum], ...]
    focus: tuple[str, ...]
    why: str
    opening: Text | None = None
    further: tuple[Text, ...] = ()
    graders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """An obligation that no input meets, and why."""

    obligation: Obligation
    reason: str


class Cases:
    """Drafts for the requirements of one feature; one is made for a feature and asked for each requirement."""

    __slots__ = ("_among", "_by_requirement", "_feature", "_givens", "_rules", "_typical")

    def __init__(self, feature: Feature, rules: RuleSet) -> None:
        """Prepare the values that givens take when nothing asks for another."""
        self._feature = feature
        self._rules = rules
        self._among: Sequence[Variable] = rules.among
        self._typical: Values = {one.name: one.base for one in self._among if not one.is_state}
        self._givens = {one.name: one for one in self._among}
        found: dict[str, list[int]] = {}
        for index, norm in enumerate(rules.norms):
            found.setdefault(norm.requirement, []).append(index)
        self._by_requirement = {name: tuple(places) for name, places in found.items()}

    @property
    def feature(self) -> Feature:
        """The feature whose requirements are tried."""
        return self._feature

    def standard(self, requirement: Requirement) -> Iterator[CaseDraft]:
        """Nominal, both sides of every atom of the condition, exceptions, and pairs of the givens not named."""
        nominal = self._nominal(requirement)
        if nominal is None:
            return
        yield self.draft(requirement, "nominal", "", nominal, "where it plainly applies")
        yield from self._sides(requirement, nominal)
        yield from self._exceptions(requirement, nominal)
        yield from self._pairs(requirement, nominal)

    def nominal(self, requirement: Requirement) -> CaseDraft | None:
        """A case in which the requirement applies and nothing beats it, if there is such an input."""
        found = self._nominal(requirement)
        return None if found is None else self.draft(requirement, "nominal", "", found, "where it plainly applies")

    def sides(self, requirement: Requirement, graders: Sequence[str]) -> Iterator[CaseDraft]:
        """Nominal and both sides of every atom; `graders` judge the cases in which the condition holds."""
        nominal = self._nominal(requirement)
        if nominal is None or requirement.when is None:
            return
        drafts = [self.draft(requirement, "nominal", "", nominal, "where it plainly applies"), *self._sides(requirement, nominal)]
        for draft in drafts:
            applies_here = evaluate(requirement.when, dict(draft.values)) is True
            yield replace(draft, graders=tuple(graders)) if applies_here else draft

    def pressed(
        self, requirement: Requirement, technique: str, detail: str, further: tuple[Text, ...], why: str, graders: Sequence[str]
    ) -> CaseDraft | None:
        """A case on the nominal input in which the user goes on to say `further`; None if there is no such input."""
        found = self._nominal(requirement)
        if found is None:
            return None
        return self.draft(requirement, technique, detail, found, why, further=further, graders=graders)

    def said(self, requirement: Requirement, technique: str, detail: str, opening: Text, why: str, *graders: str) -> CaseDraft | None:
        """A case in which the user opens with `opening`, on an input where the requirement applies; None if none does."""
        found = self._nominal(requirement)
        if found is None:
            return None
        return self.draft(requirement, technique, detail, found, why, opening=opening, graders=graders)

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
        named = dict.fromkeys([*_named(requirement), *focus])
        kept = tuple((name, value) for name, value in values.items() if name in self._typical or value != WORKS)
        return CaseDraft(
            Obligation(requirement.id, technique, detail), kept, tuple(named), why, opening, further, tuple(graders)
        )

    def _nominal(self, requirement: Requirement) -> Values | None:
        norms = [self._rules.norms[index] for index in self._by_requirement.get(requirement.id, ())]
        if not norms:
            return self._input([*_conditions(requirement)])
        index = self._by_requirement[requirement.id][0]
        free = self._input([stands(norms[0], self._rules.pick(self._rules.beaters(index)))] + self._needed(norms[0]))
        return free if free is not None else self._input([applies(norms[0])])

    def _needed(self, norm: Norm) -> list[Goal]:
        """A default speaks only where nothing else does."""
        if not norm.default:
            return []
        return [Fails(applies(self._rules.norms[index])) for index in indices(self._rules.reaching) if not self._rules.norms[index].default]

    def _input(self, goals: Sequence[Goal], base: Mapping[str, Datum] | None = None) -> Values | None:
        found = find(goals, self._among, base)
        return None if found.found is None else {**self._typical, **dict(found.found)} if _works(found.found) else dict(found.found)

    def _sides(self, requirement: Requirement, nominal: Values) -> Iterator[CaseDraft]:
        """Both sides of every atom of the condition, the rest set so that this atom decides (unique-cause MC/DC)."""
        if requirement.when is None:
            return
        taken: set[str] = set()
        for atom in atoms(requirement.when):
            hinge = self._hinge(requirement.when, atom, nominal)
            if hinge is None:
                continue
            for flip in flips(atom, hinge, self._givens):
                values = {**hinge, flip.name: flip.value}
                values = self._settled(values)
                technique = "boundary" if flip.edge else "mcdc"
                detail = self._detail(flip.name, flip.value)
                if f"{technique}/{detail}" in taken:
                    continue
                taken.add(f"{technique}/{detail}")
                side = "holds" if evaluate(atom, values) else "does not hold"
                about = self._shown(flip.name, flip.value)
                why = f"at the edge: {about}, so that part of the condition {side}" if flip.edge else f"decided by one part: {about}"
                yield self.draft(requirement, technique, detail, values, why)

    def _hinge(self, when: Expr, atom: Expr, nominal: Values) -> Values | None:
        """An input on which `atom` alone decides `when`: the nominal one if it does, else one as near to it as can be."""
        if self._decides(when, atom, nominal):
            return nominal
        shared = set(variables(atom))
        others = [one for one in atoms(when) if one != atom and not shared & set(variables(one))]
        for away in islice(_settings(others, nominal), _TRIES):
            wanted: list[Goal] = [Holds(one, truth) for one, truth in away]
            found = self._input([*wanted, Holds(atom)], nominal) or self._input([*wanted, Holds(atom, truth=False)], nominal)
            if found is not None and self._decides(when, atom, found):
                return found
        return None

    def _decides(self, when: Expr, atom: Expr, values: Values) -> bool:
        """Whether changing what `atom` is about, and nothing else, changes `when`."""
        truth = evaluate(when, values)
        return any(
            evaluate(when, self._settled({**values, flip.name: flip.value})) is (not truth)
            for flip in flips(atom, values, self._givens)
        )

    def _settled(self, values: Values) -> Values:
        """`values` without givens whose tool does not work."""
        return {
            name: value
            for name, value in values.items()
            if name not in self._givens or not self._givens[name].state or values.get(self._givens[name].state, WORKS) == WORKS
        }

    def _exceptions(self, requirement: Requirement, nominal: Values) -> Iterator[CaseDraft]:
        """Where an `over` bites and just where it does not; each `unless` where it bites."""
        own = [self._rules.norms[index] for index in self._by_requirement.get(requirement.id, ())]
        for ref in requirement.over:
            beaten = [self._rules.norms[index] for index in self._by_requirement.get(ref.id, ())]
            if not own or not beaten:
                continue
            both = self._input([applies(own[0]), applies(beaten[0])], nominal)
            if both is not None:
                yield self.draft(requirement, "over", ref.id, both, f"{ref.id} applies too, and this one wins", focus=_of(beaten[0]))
            only = self._input([applies(beaten[0]), Fails(applies(own[0]))], both or nominal)
            if only is not None:
                yield self.draft(
                    requirement, "over", f"{ref.id}~alone", only, f"{ref.id} applies and this one does not", focus=_of(beaten[0])
                )
        for number, exception in enumerate(requirement.unless):
            wanted: list[Goal] = [Holds(exception)]
            if requirement.when is not None:
                wanted.append(Holds(requirement.when))
            values = self._input(wanted, nominal)
            if values is not None:
                names = variables(exception)
                detail = ",".join(self._detail(name, values[name]) for name in names if name in values) or str(number + 1)
                yield self.draft(requirement, "unless", detail, values, "the exception applies", focus=names)

    def _pairs(self, requirement: Requirement, nominal: Values) -> Iterator[CaseDraft]:
        """Every pair of values of the givens that the condition does not name, in few cases."""
        named = set(_named(requirement))
        free = [one for one in self._among if not one.is_state and one.name not in named and one.name in nominal]
        if not free or not self._by_requirement.get(requirement.id):
            return
        choices = [(one.name, representatives(one.type, one.base)) for one in free]
        rows = covering([(name, values) for name, values in choices if len(values) > 1])
        for row in islice(rows, _PAIRS):
            changed = [(name, value) for name, value in row if value != nominal[name]]
            if not changed:
                continue
            detail = ",".join(self._detail(name, value) for name, value in changed)
            names = tuple(name for name, _ in changed)
            yield self.draft(
                requirement, "pair", detail, {**nominal, **dict(changed)}, "givens that it does not name vary", focus=names
            )

    def _detail(self, name: str, value: Datum) -> str:
        return f"{name.removesuffix(' fails')}={slug(value, self._givens[name].type)}"

    def _shown(self, name: str, value: Datum) -> str:
        return f"{name} is {show(value, self._givens[name].type)}"


def _named(requirement: Requirement) -> tuple[str, ...]:
    """The variables of a requirement's conditions, in the order written."""
    exprs = (*(() if requirement.when is None else (requirement.when,)), *requirement.unless)
    return tuple(dict.fromkeys(name for expr in exprs for name in variables(expr)))


def _conditions(requirement: Requirement) -> Iterator[Goal]:
    if requirement.when is not None:
        yield Holds(requirement.when)
    for one in requirement.unless:
        yield Fails(Holds(one))


def _of(norm: Norm) -> tuple[str, ...]:
    return () if norm.when is None else variables(norm.when)


def _works(found: Sequence[tuple[str, Datum]]) -> bool:
    return all(value == WORKS for name, value in found if name.endswith(" fails"))


def _settings(others: Sequence[Expr], nominal: Values) -> Iterator[tuple[tuple[Expr, bool], ...]]:
    """Truths for the other atoms, those nearest to the nominal ones first."""
    truths = [evaluate(one, nominal) is True for one in others]
    for count in range(len(others) + 1):
        for flipped in combinations(range(len(others)), count):
            yield tuple((one, truth is not (at in flipped)) for at, (one, truth) in enumerate(zip(others, truths, strict=True)))

"""The cases of a feature's requirements.

In: one requirement. Out: its cases, and findings where no case can be made. A kind drafts inputs; equal inputs of one
requirement become one case; what must come of an input is decided by the whole rule set.

Invariant: the cases of a requirement depend on it, on the declarations, and on the requirements that decide their inputs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..kit.casegen import Cases
from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..logic.dead import excluding
from ..logic.errors import Witness
from ..logic.errors import conflict as conflict_found
from ..logic.errors import gap as gap_found
from ..logic.errors import never as never_holds
from ..logic.smallest import Smallest
from ..logic.variables import Variable
from ..model.feature import Feature
from ..model.given import FromUser
from ..model.reliability import KnownFailure
from ..model.requirement import Requirement, Status
from ..model.tool import WORKS
from ..plan.case import Case, Expected, Input, Reply, Use
from ..plan.draft import CaseDraft, Unmet
from ..plan.obligation import Obligation
from ..plan.origin import Origin
from ..source.records import dataclass, replace
from ..values.evaluate import evaluate, nodes
from ..values.expression import Var
from ..values.showing import show
from ..values.types import Datum, Type
from . import errors
from .against import RuledOut, ruled_out, said
from .conversation import Stage
from .verdicts import Clash, Court, Ruling

Values = Mapping[str, Datum]


@dataclass(frozen=True, slots=True)
class Gap:
    """An input of a case of `requirement` that no requirement decides; `size` orders inputs by how plain they are."""

    requirement: Requirement
    case: str
    values: Values
    focus: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """An input on which two requirements are at odds."""

    clash: Clash
    values: Values
    size: int


@dataclass(frozen=True, slots=True)
class Odds:
    """A conversation written by hand expects `expects`, and the rules ask for `asked`, each with who asks for it."""

    requirement: Requirement
    expects: tuple[str, ...]
    asked: tuple[Expected, ...]
    witness: Witness


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one requirement's drafts.

    No input meets what was `missed`; of the input of what is `lost` nothing can be expected.
    """

    cases: tuple[Case, ...]
    gaps: tuple[Gap, ...]
    conflicts: tuple[Conflict, ...]
    odds: tuple[Odds | RuledOut, ...] = ()
    missed: tuple[Unmet, ...] = ()
    lost: tuple[Unmet, ...] = ()


class CaseMaker:
    """Makes the cases of one feature, one requirement at a time.

    `deciding` are the requirements that decide a conversation written by hand, by the ID of its requirement, of those that were made.
    """

    __slots__ = (
        "_always",
        "_court",
        "_decides",
        "_deciding",
        "_drafts",
        "_feature",
        "_inputs",
        "_kinds",
        "_names",
        "_shown",
        "_smallest",
        "_spans",
        "_stage",
        "_types",
        "_typical",
        "_user",
        "deciding",
        "usual",
    )

    def __init__(self, feature: Feature, kinds: Mapping[str, Kind[RequirementFields]], court: Court) -> None:
        """Prepare the declarations of `feature`."""
        self._feature = feature
        self._kinds = kinds
        self._court = court
        self._drafts = Cases(feature, court.rules)
        self._stage = Stage(feature)
        among = court.rules.among
        works = {one.name: WORKS for one in among if one.is_state}
        self._decides = any(norm.when is None or evaluate(norm.when, works) is not False for norm in court.rules.norms)
        self._deciding = frozenset(norm.requirement for norm in court.rules.norms)
        self._names = tuple(one.name for one in among)
        self._types: dict[str, Type] = {one.name: one.type for one in among}
        self._user = tuple(given.name for given in feature.givens if isinstance(given.source, FromUser))
        self._spans = {given.name: given.span for given in feature.givens}
        self._shown: dict[tuple[str, Datum], str] = {}
        self._inputs: dict[tuple[str, Datum, int], Input] = {}
        self._smallest: Smallest | None = None
        self._always = any(grader.always for one in feature.requirements for grader in court.graders(one.id))
        usual = [
            self._input(given.name, given.typical, Origin(f"given {given.name}", "typical", given.span))
            for given in feature.givens
        ]
        self.usual = {one.given: one for one in usual}
        self._typical = {one.given: one.value for one in usual}
        self.deciding: dict[str, tuple[str, ...]] = {}

    @property
    def among(self) -> Sequence[Variable]:
        """The variables of the feature."""
        return self._court.rules.among

    def replies(self) -> tuple[Reply, ...]:
        """How each tool replies where a case does not say otherwise."""
        return self._stage.usual({name: one.value for name, one in self.usual.items()}, self.usual)

    def make(self, requirement: Requirement) -> Made:
        """The cases of `requirement`."""
        made: list[Case] = []
        gaps: list[Gap] = []
        conflicts: list[Conflict] = []
        odds: list[Odds | RuledOut] = []
        lost: list[Unmet] = []
        origins = self._origins(requirement)
        for draft, id, also in _merged(self._kinds[requirement.kind].cases(requirement, self._drafts)):
            one = self._case(requirement, draft, id, also, origins)
            match one:
                case Case():
                    made.append(one)
                case Gap():
                    gaps.append(one)
                    lost.extend(_lost(draft, also, requirement, "no requirement decides its input"))
                case Conflict():
                    conflicts.append(one)
                    pair = f"`{one.clash.one.requirement}` and `{one.clash.other.requirement}`"
                    lost.extend(_lost(draft, also, requirement, f"{pair} are at odds on its input"))
                case Odds() | RuledOut():
                    odds.append(one)
                case None:
                    pass
        missed = self._drafts.missed(requirement)
        return Made(tuple(made), tuple(gaps), tuple(conflicts), tuple(odds), missed, tuple(lost))

    def _case(
        self,
        requirement: Requirement,
        draft: CaseDraft,
        id: str,
        also: tuple[Obligation, ...],
        origins: Mapping[str, Origin],
    ) -> Case | Gap | Conflict | Odds | RuledOut | None:
        values = self._whole(draft.values)
        if draft.cuts and not self._stage.can_cut(dict(draft.cuts), values):
            return None
        # What the user says in place of a request is not a request: no outcome of the rules can be expected of it.
        ruling = self._court.ruling(values) if draft.opening is None else None
        if ruling is not None and ruling.clash is not None:
            return Conflict(ruling.clash, values, self._size(values))
        if draft.script is not None and ruling is not None:
            self.deciding[requirement.id] = ruling.deciding
            asked = {one.outcome for one in ruling.expected}
            if asked and not asked.issuperset(draft.script.expects):
                return Odds(requirement, draft.script.expects, ruling.expected, self._witness(values, draft.focus))
        own = self._own(requirement, draft, values)
        tries = self._court.stated(draft.script.tries) if draft.script is not None else ()
        uses = self._court.uses(requirement, ruling, own, values, tries)
        deciding = ruling.deciding if ruling is not None else ()
        if draft.script is not None:
            against = self._against(requirement, uses, values, draft, ruling)
            if against is not None or draft.script.shown:
                return against
        if not uses and not self._judged(requirement, ruling, draft):
            if ruling is None or deciding or not (self._decides or _fails(values)):
                return None
            return Gap(requirement, id, values, draft.focus, self._size(values))
        own_origin = origins[""]
        stated = self._stated(draft, ruling, values, origins, own_origin)
        usual = self.usual
        if not values.keys() >= usual.keys():
            usual = {name: one for name, one in usual.items() if name in values}
        shown = {**usual, **{one.given: one for one in stated}}
        if ruling is not None and (ruling.further or draft.further):
            draft = replace(draft, further=tuple(dict.fromkeys((*draft.further, *ruling.further))))
        seed = requirement.was[0].id + id.removeprefix(requirement.id) if requirement.was else id
        talk = self._stage.play(seed, values, shown, stated, own_origin, draft)
        return Case(
            id=id,
            requirement=requirement.id,
            covers=tuple(dict.fromkeys((requirement.id, *tries, *deciding))),
            also=also,
            why=draft.why,
            inputs=stated,
            turns=talk.turns,
            context=talk.context,
            replies=talk.replies,
            expected=ruling.expected if ruling is not None else (),
            uses=uses,
            origin=own_origin,
            base=draft.base,
            holds=requirement.holds if self._judges(requirement, uses) else None,
            known=next((one for one in requirement.known if one.case and full_id(requirement, one) == id), None),
        )

    def _against(
        self, own: Requirement, uses: Sequence[Use], values: Values, draft: CaseDraft, ruling: Ruling | None
    ) -> RuledOut | None:
        """What is expected of a conversation and no answer can have, by the graders that judge it; None where nothing is."""
        graders = [grader for one in self._feature.requirements for grader in self._court.graders(one.id)]
        found = ruled_out(own, graders, uses)
        if found is None:
            return None
        names = (*draft.focus, *(ruling.named if ruling is not None else ()))
        return RuledOut(own, *found, self._witness(values, names))

    def _whole(self, values: Sequence[tuple[str, Datum]]) -> dict[str, Datum]:
        """`values` with what a tool at work returns anyway: where the tool is simulated, nothing it says is unknown."""
        found = dict(values)
        if found.keys() >= self.usual.keys():
            return found
        for one in self._court.rules.among:
            if one.name not in found and not one.is_state and found.get(one.state, WORKS) == WORKS:
                found[one.name] = one.base
        return found

    def _own(self, requirement: Requirement, draft: CaseDraft, values: Values) -> Sequence[str]:
        """The IDs of the requirement's own graders that judge the draft even if it decides nothing there."""
        if draft.graders:
            return draft.graders
        if requirement.id in self._deciding or not _applies(requirement, values):
            return ()
        return [grader.id for grader in self._court.graders(requirement.id)]

    def _judged(self, requirement: Requirement, ruling: Ruling | None, draft: CaseDraft) -> bool:
        """Whether a grader that judges every case speaks for what this one is about."""
        speaking = (*(ruling.deciding if ruling is not None else ()), requirement.id)
        if any(grader.always for id in speaking for grader in self._court.graders(id)):
            return True
        return (draft.opening is not None or draft.script is not None) and self._always

    def _judges(self, requirement: Requirement, uses: Sequence[Use]) -> bool:
        """Whether a grader of the requirement judges a case that uses `uses`; where none does, more answers tell nothing of it."""
        used = {use.grader for use in uses}
        return any(one.always or one.id in used for one in self._court.graders(requirement.id))

    def _stated(
        self, draft: CaseDraft, ruling: Ruling | None, values: Values, origins: Mapping[str, Origin], own: Origin
    ) -> tuple[Input, ...]:
        """The values that the case is about: what its conditions name, what is unusual, what the ruling hangs on."""
        about = {*draft.focus, *(ruling.named if ruling is not None else ())}
        typical = self._typical
        about.update([name for name, value in values.items() if name not in typical or value != typical[name]])
        if ruling is not None:
            silent = [name for name in self._user if name not in about and name in values]
            about.update(self._court.unsaid(ruling, values, silent))
        found: list[Input] = []
        for name in self._names:
            if name in about and name in values:
                value, usual = values[name], self.usual.get(name)
                # What the requirement says of it, else its declaration, else the requirement.
                if name not in origins and usual is not None and usual.value == value:
                    found.append(usual)
                else:
                    found.append(self._input(name, value, origins.get(name, own)))
        return tuple(found)

    def _input(self, name: str, value: Datum, origin: Origin) -> Input:
        key = name, value, id(origin)  # what is kept can't give its identity to another
        found = self._inputs.get(key)
        if found is None:
            shown = self._shown.get((name, value))
            if shown is None:
                shown = self._shown[name, value] = show(value, self._types[name])
            found = self._inputs[key] = Input(name, value, shown, origin)
        return found

    def _origins(self, requirement: Requirement) -> dict[str, Origin]:
        """For each name in the requirement's conditions, the first place that names it; under "", its head."""
        found = {"": Origin(requirement.id, "", requirement.head)}
        conditions = [("when", requirement.when)] if requirement.when is not None else []
        conditions.extend(("unless", one) for one in requirement.unless)
        for field, expr in conditions:
            for node in nodes(expr):
                if isinstance(node, Var):
                    found.setdefault(node.name, Origin(requirement.id, field, node.span))
        return found

    def _witness(self, values: Values, names: Sequence[str]) -> Witness:
        return tuple(
            (name.removesuffix(" fails"), show(values.get(name, WORKS), self._types[name]))
            for name in self._names
            if name in names and (name in values or name.endswith(" fails"))
        )

    def odds_shown(self, conflict: Conflict) -> Witness:
        """The smallest input on which the same two requirements are at odds, by what their conditions name."""
        pair = {conflict.clash.one.requirement, conflict.clash.other.requirement}

        def passes(values: Values) -> bool:
            clash = self._court.ruling(values).clash
            return clash is not None and {clash.one.requirement, clash.other.requirement} == pair

        named = [name for id in sorted(pair) for name in _of(id, self._feature)]
        values = self._smaller(conflict.values, passes)
        return self._witness(values, (*named, *_failing(values)))

    def gap_shown(self, gap: Gap) -> Witness:
        """The smallest undecided input next to a requirement: what the case is about, what is not least, and what all hangs on."""
        values = self._smaller(gap.values, lambda values: not self._court.ruling(values).deciding)
        least = self._least().least
        changed = [name for name, value in values.items() if name in self.usual and value != least[name]]
        return self._witness(values, (*self._court.hanging(values, (*gap.focus, *changed)), *_failing(values)))

    def _smaller(self, values: Values, passes: Callable[[Values], bool]) -> Values:
        return self._least()(values, passes)

    def _least(self) -> Smallest:
        if self._smallest is None:
            self._smallest = Smallest(self._court.rules)
        return self._smallest

    def _size(self, values: Values) -> int:
        return sum(name not in self.usual or value != self.usual[name].value for name, value in values.items())


def findings(feature: Feature, made: Sequence[Made], maker: CaseMaker) -> Iterator[Diagnostic]:
    """One finding for each pair of requirements at odds and for each gap, with the smallest input that shows it."""
    by_id = {one.id: one for one in feature.requirements}
    pairs: dict[tuple[str, str], Conflict] = {}
    for conflict in (one for some in made for one in some.conflicts):
        first, second = sorted((conflict.clash.one.requirement, conflict.clash.other.requirement))
        best = pairs.get((first, second))
        if best is None or conflict.size < best.size:
            pairs[first, second] = conflict
    for conflict in pairs.values():
        one, asks, other, wants, exclusive = conflict.clash
        drafts = [by_id[norm.requirement].status is Status.DRAFT for norm in (one, other)]
        yield conflict_found(
            (one.requirement, asks, by_id[one.requirement].head),
            (other.requirement, wants, by_id[other.requirement].head),
            maker.odds_shown(conflict),
            exclusive,
            gates=not any(drafts),
        )
    for odd in (one for some in made for one in some.odds):
        if isinstance(odd, RuledOut):
            ids = odd.requirement.id, odd.other.requirement
            sides = [(id, said(one), one.origin.span) for id, one in zip(ids, (odd.wanted, odd.other), strict=True)]
            yield errors.ruled_out(sides[0], sides[1], odd.why, odd.witness)
            continue
        asked = [(one.outcome, one.requirements, by_id[one.requirements[0]].head) for one in odd.asked]
        yield errors.odds(odd.requirement.id, odd.requirement.head, odd.expects, asked, odd.witness)
    shown: dict[Witness, tuple[Gap, list[str]]] = {}
    for some in made:
        best_gap = min(some.gaps, key=lambda one: one.size, default=None)
        if best_gap is not None:
            shown.setdefault(maker.gap_shown(best_gap), (best_gap, []))[1].extend(one.case for one in some.gaps)
    for id, missed in ((one.missed[0].obligation.requirement, one.missed) for one in made if one.missed):
        if missed[0].sure:
            parts = excluding(by_id[id].when, by_id[id].unless, maker.among)
            yield never_holds(id, [(expr.span, wanted) for expr, wanted in parts] or [(missed[0].at, True)])
        else:
            yield errors.unmet(id, [(one.at, one.reason) for one in missed])
    for witness, (gap, cases) in shown.items():
        yield gap_found(
            gap.requirement.id,
            gap.requirement.head,
            witness,
            cases,
            (feature.name, feature.span),
            total=feature.total,
        )


def _merged(drafts: Iterator[CaseDraft]) -> Iterator[tuple[CaseDraft, str, tuple[Obligation, ...]]]:
    """Drafts with equal inputs as one, under the first one's ID; two inputs never share an ID."""
    groups: dict[tuple[object, ...], list[CaseDraft]] = {}
    for draft in drafts:
        key = (
            draft.values,
            draft.opening,
            draft.further,
            draft.script,
            draft.cuts,
            draft.planted,
            draft.pauses,
            draft.base,
        )
        groups.setdefault(key, []).append(draft)
    taken: dict[str, int] = {}
    for first, *others in groups.values():
        count = taken[first.obligation.id] = taken.get(first.obligation.id, 0) + 1
        id = first.obligation.id if count == 1 else f"{first.obligation.id}~{count}"
        also = dict.fromkeys(one.obligation for one in others if one.obligation != first.obligation)
        yield first, id, tuple(also)


def full_id(requirement: Requirement, mark: KnownFailure) -> str:
    """The ID of the case that `mark` is about, which may leave the requirement's out."""
    lead = f"{requirement.id}/"
    return mark.case if mark.case.startswith(lead) else lead + mark.case


def unmarked(feature: Feature, made: Sequence[Made]) -> Iterator[Diagnostic]:
    """A finding for each case that is said to be known to fail and is not there."""
    for requirement, some in zip(feature.requirements, made, strict=True):
        ids = tuple(case.id for case in some.cases)
        for mark in requirement.known:
            if mark.case and full_id(requirement, mark) not in ids:
                yield errors.no_such_case(requirement.id, mark.case, mark.span, ids)


def _lost(draft: CaseDraft, also: Iterable[Obligation], requirement: Requirement, why: str) -> Iterator[Unmet]:
    """The obligations of a draft of which no case is made."""
    for one in (draft.obligation, *also):
        yield Unmet(one, why, requirement.head, sure=True)


def _applies(requirement: Requirement, values: Values) -> bool:
    if requirement.when is not None and evaluate(requirement.when, values) is not True:
        return False
    return not any(evaluate(one, values) for one in requirement.unless)


def _fails(values: Values) -> bool:
    """Whether some tool does not work."""
    return any(True for _ in _failing(values))


def _failing(values: Values) -> Iterator[str]:
    """The states of the tools that do not work."""
    return (name for name, value in values.items() if name.endswith(" fails") and value != WORKS)


def _of(id: str, feature: Feature) -> tuple[str, ...]:
    """The names in the conditions of the requirement `id`."""
    one = next(requirement for requirement in feature.requirements if requirement.id == id)
    exprs = (*(() if one.when is None else (one.when,)), *one.unless)
    return tuple(node.name for expr in exprs for node in nodes(expr) if isinstance(node, Var))

"""The cases of a feature's requirements.

In: one requirement. Out: its cases, and findings where no case can be made. A kind drafts inputs; equal inputs of one
requirement become one case; what must come of an input is decided by the whole rule set.

Invariant: the cases of a requirement depend on it, on the declarations, and on the requirements that decide their inputs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...kit.casegen import Cases
from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...logic.variables import Variable
from ...model.feature import Feature
from ...model.given import FromUser
from ...model.reliability import KnownFailure
from ...model.requirement import Requirement
from ...model.tool import WORKS
from ...plan.case import Case, Expected, Input, Reply, Use
from ...plan.draft import CaseDraft, Script, Unmet
from ...plan.obligation import Obligation
from ...plan.origin import Origin
from ...source.hashing import canonical
from ...source.records import replace
from ...values.evaluate import evaluate, nodes
from ...values.expression import Var
from ...values.showing import show
from ...values.types import Datum, Type
from ..conversation import Stage
from .against import RuledOut, ruled_out
from .due import Leave
from .made import Conflict, Gap, Made, Odds, Values
from .verdicts import Court, Ruling
from .witnesses import Witnesses, failing


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
        "_spans",
        "_stage",
        "_types",
        "_typical",
        "_user",
        "deciding",
        "usual",
        "witnesses",
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
        self.witnesses = Witnesses(feature, court)
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
            odds = _odds(draft.script, ruling)
            if odds:
                return Odds(requirement, draft.script.expects, odds, self.witnesses.shown(values, draft.focus))
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
        leave = self._leave(draft, uses)
        draft = _granted(draft, leave)
        stated = self._stated(draft, ruling, values, origins, own_origin)
        usual = self.usual
        if not values.keys() >= usual.keys():
            usual = {name: one for name, one in usual.items() if name in values}
        shown = {**usual, **{one.given: one for one in stated}}
        seed = requirement.was[0].id + id.removeprefix(requirement.id) if requirement.was else id
        talk = self._stage.play(seed, values, shown, stated, own_origin, draft, leave.beforehand)
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
        return RuledOut(own, *found, self.witnesses.shown(values, names))

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

    def _leave(self, draft: CaseDraft, uses: Sequence[Use]) -> Leave:
        """What the user says so that tools may be called; what is said in place of a request, or written by hand, says it itself."""
        if draft.opening is not None or draft.script is not None:
            return Leave()
        return self._court.leave(one.grader for one in uses)

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

    def _size(self, values: Values) -> int:
        return sum(name not in self.usual or value != self.usual[name].value for name, value in values.items())


def _merged(drafts: Iterator[CaseDraft]) -> Iterator[tuple[CaseDraft, str, tuple[Obligation, ...]]]:
    """Drafts with equal inputs as one, under the first one's ID; two inputs never share an ID."""
    groups: dict[tuple[object, ...], list[CaseDraft]] = {}
    for draft in drafts:
        key = (
            draft.values,
            draft.opening,
            draft.further,
            _told(draft.script),
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


def _told(script: Script | None) -> tuple[object, ...] | None:
    """What tells a conversation written by hand from another; results that hold lists as their text."""
    if script is None:
        return None
    returns = canonical([[tool, dict(fields)] for tool, fields in script.returns])
    return script.turns, returns, script.expects, script.tries, script.shown


def full_id(requirement: Requirement, mark: KnownFailure) -> str:
    """The ID of the case that `mark` is about, which may leave the requirement's out."""
    lead = f"{requirement.id}/"
    return mark.case if mark.case.startswith(lead) else lead + mark.case


def _lost(draft: CaseDraft, also: Iterable[Obligation], requirement: Requirement, why: str) -> Iterator[Unmet]:
    """The obligations of a draft of which no case is made."""
    for one in (draft.obligation, *also):
        yield Unmet(one, why, requirement.head, sure=True)


def _odds(script: Script, ruling: Ruling) -> tuple[Expected, ...]:
    """What the rules ask for on the input of a conversation that expects something else; nothing where it does not."""
    asked = {one.outcome for one in ruling.expected}
    return ruling.expected if asked and not asked.issuperset(script.expects) else ()


def _granted(draft: CaseDraft, leave: Leave) -> CaseDraft:
    """`draft` with what the user says so that tools may be called."""
    if not any(leave):
        return draft
    focus = (*draft.focus, *(one.text for one in leave.beforehand))
    return replace(draft, focus=focus, further=tuple(dict.fromkeys((*draft.further, *leave.further))))


def _applies(requirement: Requirement, values: Values) -> bool:
    if requirement.when is not None and evaluate(requirement.when, values) is not True:
        return False
    return not any(evaluate(one, values) for one in requirement.unless)


def _fails(values: Values) -> bool:
    """Whether some tool does not work."""
    return any(True for _ in failing(values))

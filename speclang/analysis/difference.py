"""Two versions of a program, compared in meaning: which requirements bind more, bind less, or only read otherwise.

In: two versions, each compiled. Out: a `Difference` for each feature. A requirement is *tightened* where it now binds on inputs, or
asks for things, that it did not, and gives up none; *loosened* the other way round; *changed* where it is neither.
Invariant: knows no kind; where nobody can tell whether something binds more or less, it says *changed*, and *reworded* only where level,
condition, graders and what is asked for are the same.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from ..logic.norm import Norm
from ..logic.settling.settle import Settler
from ..logic.variables import base_input, variables
from ..model.feature import Feature
from ..model.meaning import canonical_requirement, meaning_of
from ..model.requirement import Level, Requirement, Status
from ..model.tool import WORKS
from ..plan.artifact import Part
from ..source.records import replace
from .binding import Binding
from .change import Cases, Change, Difference, Kinds, RequirementChange, Version
from .naming import incomparable
from .outcomes import changed, joined
from .regions.inputs import Values


def difference(before: Version | None, after: Version | None, kinds: Kinds) -> Difference | None:
    """What became of a feature, of which one version may be missing; None where nothing did."""
    if before is None or after is None:
        one = after or before
        if one is None:
            return None
        change = Change.ADDED if before is None else Change.REMOVED
        said = tuple(_alone(one, requirement, change) for requirement in one.feature.requirements)
        return Difference(feature=one.feature.name, change=change, requirements=said)
    return _Comparison(before, after, kinds).made()


def _alone(one: Version, requirement: Requirement, change: Change) -> RequirementChange:
    """A requirement that only one version has."""
    text = _clauses(one).get(requirement.id, "")
    ids = tuple(part.id for part in _parts(one, "case") if part.owner == requirement.id)
    gone = change is not Change.ADDED
    return RequirementChange(
        id=requirement.id,
        change=change,
        title=requirement.title.plain if requirement.title else "",
        clause=(text, "") if gone else ("", text),
        cases=Cases(removed=ids) if gone else Cases(added=ids),
        breaking=gone and _gates(one, requirement),
    )


class _Comparison:
    """One comparison of two versions of a feature; lives no longer than that."""

    __slots__ = ("_after", "_among", "_before", "_binding", "_clauses", "_kinds", "_retyped", "_today")

    def __init__(self, before: Version, after: Version, kinds: Kinds) -> None:
        self._before = before
        self._after = after
        self._kinds = kinds
        both = [variables(one.feature.givens, one.feature.tools) for one in (before, after)]
        self._among = joined(*both)
        self._retyped = incomparable(*both)
        self._today = {was.id: one.id for one in after.feature.requirements for was in one.was}
        self._clauses = (_clauses(before), _clauses(after))
        self._binding = Binding(
            kinds, self._today, self._among, (before.plan.graders, after.plan.graders), self._retyped, Settler()
        )

    def made(self) -> Difference | None:
        """The difference; None where there is none."""
        old = {self._today.get(one.id, one.id): one for one in self._before.feature.requirements}
        new = {one.id: one for one in self._after.feature.requirements}
        moved = self._moved(old.keys() & new.keys())
        found: list[RequirementChange] = []
        for id, one in new.items():
            said = self._pair(old[id], one, moved=id in moved) if id in old else _alone(self._after, one, Change.ADDED)
            if said is not None:
                found.append(said)
        for id, one in old.items():
            if id not in new:
                retired = one.id in self._after.feature.retired
                said = _alone(self._before, one, Change.RETIRED if retired else Change.REMOVED)
                found.append(replace(said, breaking=said.breaking and not retired))
        declarations = tuple(self._declarations())
        outcomes = changed(
            self._norms(self._before), self._norms(self._after), self._among, self._inputs(), self._retyped
        )
        if not found and not declarations and not outcomes.regions:
            return None
        return Difference(
            feature=self._after.feature.name,
            change=Change.CHANGED,
            requirements=tuple(found),
            declarations=declarations,
            outcomes=outcomes,
        )

    def _norms(self, one: Version) -> tuple[Norm, ...]:
        today = self._today if one is self._before else {}
        return tuple(
            replace(
                norm,
                requirement=today.get(norm.requirement, norm.requirement),
                over=tuple(today.get(other, other) for other in norm.over),
            )
            for requirement in one.feature.requirements
            for norm in self._kinds[requirement.kind].norms(requirement)
        )

    def _inputs(self) -> Iterator[Values]:
        """The inputs of all cases of both versions."""
        base = base_input(self._among)
        states = {one.name for one in self._among if one.is_state}
        for version in (self._before, self._after):
            for case in version.plan.cases:
                values = base | {one.given: one.value for one in case.inputs}
                tools = {f"{one.tool} fails": one.state for one in case.replies if one.state != WORKS}
                yield values | {name: state for name, state in tools.items() if name in states}

    def _pair(self, one: Requirement, other: Requirement, *, moved: bool) -> RequirementChange | None:
        """What became of a requirement that both versions have."""
        why = list(self._binding.otherwise(one, other))
        senses = {sense for sense, _ in why}
        old, new = self._clauses[0].get(one.id, ""), self._clauses[1].get(other.id, "")
        cases = self._cases(one.id, other.id)
        if len(senses) == 1:
            change = senses.pop()
        elif senses:
            change = Change.CHANGED
        elif _bare(one) != _bare(other):
            change = Change.CHANGED
            why.append(
                (change, "it says something else, and no condition, level or grader shows whether that binds more")
            )
        elif old != new or one.phrase != other.phrase:
            change = Change.REWORDED
        elif one.id != other.id:
            change = Change.RENAMED
        elif moved:
            change = Change.MOVED
        elif cases != Cases():
            change = Change.CHANGED
            why.append((change, "what it draws on has changed, and its cases with it"))
        else:
            return None
        weaker = change is Change.LOOSENED or (
            change is Change.CHANGED and Change.LOOSENED in {sense for sense, _ in why}
        )
        return RequirementChange(
            id=other.id,
            was=one.id if one.id != other.id else "",
            change=change,
            title=other.title.plain if other.title else "",
            why=tuple(words for _, words in why),
            clause=(old, new),
            cases=cases,
            breaking=weaker and _gates(self._before, one),
            reason=_reason(one, other),
        )

    def _cases(self, before: str, after: str) -> Cases:
        """The cases of a requirement that came, went or changed."""
        old = {
            f"{after}{part.id.removeprefix(before)}": part
            for part in _parts(self._before, "case")
            if part.owner == before
        }
        new = {part.id: part for part in _parts(self._after, "case") if part.owner == after}
        same = before == after
        return Cases(
            added=tuple(id for id in new if id not in old),
            removed=tuple(part.id for id, part in old.items() if id not in new),
            changed=tuple(id for id, part in new.items() if same and id in old and old[id].text != part.text),
        )

    def _moved(self, both: Iterable[str]) -> set[str]:
        """The requirements whose clause stands in another section, or before others than it did."""
        common = set(both)
        old, new = (
            [
                (section.name, today.get(clause.owner, clause.owner))
                for section in one.plan.sections
                for clause in section.clauses
                if today.get(clause.owner, clause.owner) in common
            ]
            for one, today in ((self._before, self._today), (self._after, dict[str, str]()))
        )
        kept = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        still = {new[block.b + at] for block in kept for at in range(block.size)}
        return {owner for place in new if place not in still for owner in (place[1],)}

    def _declarations(self) -> Iterator[tuple[str, Change]]:
        """The declarations that differ."""
        old, new = (dict(_declared(one.feature)) for one in (self._before, self._after))
        for name, said in new.items():
            if name not in old:
                yield name, Change.ADDED
            elif old[name] != said:
                yield name, Change.CHANGED
        for name in old:
            if name not in new:
                yield name, Change.REMOVED


def _declared(feature: Feature) -> Iterator[tuple[str, str]]:
    for given in feature.givens:
        yield f"given {given.name}", meaning_of(given)
    for tool in feature.tools:
        yield f"tool {tool.name}", meaning_of(tool)
    for outcome in feature.outcomes:
        yield f"outcome {outcome.name}", meaning_of(outcome)
    for number, exclusive in enumerate(feature.exclusives, 1):
        yield "exclusive" + (f"#{number}" if number > 1 else ""), meaning_of(exclusive)
    for fallback in feature.fallbacks:
        yield fallback.owner, meaning_of(fallback)
    for stress in feature.stresses:
        axes = ("=".join((one.name, *(level.name for level in one.levels))) for one in stress.axes)
        yield stress.owner, " ".join((*axes, f"{stress.least} {stress.seeds} {stress.seed}"))
    if feature.role is not None:
        yield "role", meaning_of(feature.role)


def _bare(one: Requirement) -> str:
    """What a requirement says but for its own wording, and whom it beats: names may have changed."""
    return canonical_requirement(
        replace(one, phrase=None, over=(), when=None, unless=(), status=Status.ACTIVE, default=False, holds=None)
    )


def _reason(one: Requirement, other: Requirement) -> str:
    """What a requirement says to account for its change: a `because`, a `since`, or why it is known to fail, that is not as it was."""
    for before, after in ((one.because, other.because), (one.since, other.since)):
        if after is not None and (before is None or before.plain != after.plain):
            return after.plain
    known = {mark.case: mark.until for mark in one.known}
    return next((mark.because for mark in other.known if known.get(mark.case) != mark.until), "")


def _gates(one: Version, requirement: Requirement) -> bool:
    """Whether the requirement holds something that must be."""
    if requirement.status is not Status.ACTIVE:
        return False
    graders = [each for each in one.plan.graders if each.requirement == requirement.id]
    return not graders or any(each.level in (Level.MUST, Level.MUST_NOT) and each.gates for each in graders)


def _clauses(one: Version) -> dict[str, str]:
    """The clause of each requirement, as the model reads it."""
    return {clause.owner: clause.text for section in one.plan.sections for clause in section.clauses}


def _parts(one: Version, kind: str) -> Iterator[Part]:
    for artifact in one.artifacts:
        for part in artifact.parts:
            if part.kind == kind:
                yield part

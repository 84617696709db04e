"""The mutants of a project's prompts.

In: a compiled project, the operators and the requirements that are wished. Out: mutants, in the order of the plan.
Invariant: a mutant is the prompt that the specs make, but for one clause: its requirement is changed and its kind words it, or the part of
it is left out. A change that no reader of the prompt could see, one that its kind refuses, and one that asks for all that was asked for:
these are no mutants.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ...diagnostics.diagnostic import has_errors
from ...emit.arrangement import arrangement
from ...emit.prompt import Layout, prompt_name, prompt_parts
from ...engine.compiling import Opened
from ...kit import registry
from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...kit.wording import Say
from ...lowering.clauses import stated
from ...lowering.variables import styled
from ...model.feature import Feature
from ...model.requirement import Requirement
from ...plan.artifact import Part
from ...plan.case import Case
from ...plan.clause import Clause
from ...plan.plan import FeaturePlan
from ...source.records import dataclass, replace
from .change import Change
from .implying import implied
from .mutant import Mutant

ORDER = ("delete", "negate", "weaken", "bound", "condition", "override", "item")
"""The operators in the order in which their mutants are told; others follow, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is to be mutated: the operators, requirements as `ID` or `feature/ID` and features (all where none is named), and whether
    every case that a requirement's graders judge is run, or only those that are made for it.
    """

    operators: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    every: bool = False

    def __contains__(self, key: tuple[str, str]) -> bool:
        feature, id = key
        return not self.names or bool({feature, id, f"{feature}/{id}"} & set(self.names))


@cache
def operators() -> tuple[str, ...]:
    """The names of the operators that there are."""
    found = {path.stem for path in (Path(__file__).parent / "operators").glob("[a-z]*.py")}
    return (*(one for one in ORDER if one in found), *sorted(found - set(ORDER)))


def operator(name: str) -> ModuleType:
    """The operator of this name."""
    return import_module(f".operators.{name}", __package__)


def mutants(project: Opened, variant: str, chosen: Chosen) -> Iterator[Mutant]:
    """The mutants of the prompts of the target `variant` ("" for everybody's)."""
    features = {one.name: one for one in project.compiled.program.features}
    texts = {one.path: one.parts for one in project.compiled.artifacts}
    for plan in project.compiled.plan.features:
        parts = texts.get(f"{project.home.config.generated}/{plan.feature}/{prompt_name(variant)}", ())
        made = _Prompt(project, features[plan.feature], plan, parts, _layout(project, plan.feature, variant))
        for requirement in features[plan.feature].requirements:
            if (plan.feature, requirement.id) in chosen:
                yield from made.mutants(requirement, chosen)


def _layout(project: Opened, feature: str, variant: str) -> Layout:
    """How the prompt is laid out."""
    named = project.home.config.templates
    arranged = arrangement(project.home.config, [one for one in project.texts if one.name in named])
    return arranged.targets[variant] if variant else arranged.layouts.get(feature, arranged.layout)


class _Prompt:
    """One feature's prompt, ready to be changed."""

    __slots__ = ("_feature", "_foreign", "_layout", "_parts", "_plan")

    def __init__(
        self, project: Opened, feature: Feature, plan: FeaturePlan, parts: Sequence[Part], layout: Layout
    ) -> None:
        self._feature = feature
        self._foreign = project.home.config.kinds
        self._plan = plan
        self._parts = parts
        self._layout = layout

    def mutants(self, requirement: Requirement, chosen: Chosen) -> Iterator[Mutant]:
        """The mutants of the clause of `requirement`, those that read the same once."""
        before = clause_of(self._parts, requirement.id)
        kind = registry.load(requirement.kind, self._foreign)
        if not before or not kind.requires:
            return
        cases = tuple(self._cases(requirement.id, every=chosen.every))
        seen = {_text(self._parts)}
        for name in chosen.operators or operators():
            made: list[tuple[Change, str, str]] = []
            same = getattr(operator(name), "ASKS_THE_SAME", False)
            for change in operator(name).changes(requirement, kind):
                if not same and change.to is not None and self._keeps(requirement, change.to, kind):
                    continue
                parts = self._changed(requirement, change, kind)
                prompt = _text(parts)
                if parts and prompt not in seen:
                    seen.add(prompt)
                    made.append((change, clause_of(parts, requirement.id), prompt))
            for number, (change, after, prompt) in enumerate(made, 1):
                yield Mutant(
                    feature=self._plan.feature,
                    requirement=requirement.id,
                    operator=name,
                    name="/".join((requirement.id, name, *([str(number)] if len(made) > 1 else []))),
                    what=change.what,
                    before=before,
                    after=after,
                    prompt=prompt,
                    changed=change.to,
                    cases=cases,
                )

    def _changed(self, requirement: Requirement, change: Change, kind: Kind[RequirementFields]) -> Sequence[Part]:
        """The parts of the prompt with the change in it; none where it can't be said."""
        if change.to is None:
            return [one for one in self._parts if not _is_of(one, requirement.id)]
        read = self._worded(requirement, change.to)
        feature = replace(
            self._feature,
            requirements=tuple(read if one.id == read.id else one for one in self._feature.requirements),
        )
        if has_errors(kind.validate(read, feature)):
            return ()
        givens = {one.name: one for one in feature.givens}
        said = tuple(styled(stated(read, kind, Say(feature), givens), feature))
        if len(said) != 1:
            return ()
        laid = prompt_parts(_with(self._plan, said[0]), self._layout)
        return () if has_errors(laid.diagnostics) else laid.value

    def _keeps(self, requirement: Requirement, changed: Requirement, kind: Kind[RequirementFields]) -> bool:
        """Whether whoever does as `changed` says does as `requirement` says: 30 words are no more than 60."""
        conditions = [(one.when, one.unless, one.over, one.default) for one in (requirement, changed)]
        if conditions[0] != conditions[1]:
            return False
        usual, then = (tuple(kind.graders(one, self._feature)) for one in (requirement, changed))
        return bool(usual) and all(one.deterministic for one in usual) and implied(usual, then)

    def _worded(self, requirement: Requirement, changed: Requirement) -> Requirement:
        """`changed`; without its phrase, where that one still says what was: then its kind words it."""
        same = requirement.phrase is not None and changed.phrase == requirement.phrase
        return replace(changed, phrase=None) if same else changed

    def _cases(self, id: str, *, every: bool) -> Iterator[Case]:
        """The cases that are made for the requirement `id` or on which it has a say; or all that its graders judge."""
        own = {one.id: one.always for one in self._plan.graders if one.requirement == id}
        for case in self._plan.cases:
            judged = any(own.values()) or any(use.grader in own for use in case.uses)
            if id in case.covers or (every and judged):
                yield case


def _with(plan: FeaturePlan, clause: Clause) -> FeaturePlan:
    """`plan` with `clause` in place of the one of its owner."""
    sections = tuple(
        replace(one, clauses=tuple(clause if held.owner == clause.owner else held for held in one.clauses))
        for one in plan.sections
    )
    return replace(plan, sections=sections)


def _is_of(part: Part, id: str) -> bool:
    return part.kind == "clause" and part.owner == id


def clause_of(parts: Sequence[Part], id: str) -> str:
    """The clause of the requirement `id`, as it stands in the prompt."""
    return "".join(one.text for one in parts if _is_of(one, id)).strip()


def _text(parts: Sequence[Part]) -> str:
    return "".join(one.text for one in parts)


def untried(project: Opened, chosen: Chosen) -> Mapping[str, tuple[str, ...]]:
    """The requirements that are chosen and not mutated, by why: they require nothing, or say nothing in the prompt."""
    found: dict[str, list[str]] = {}
    for feature in project.compiled.program.features:
        for one in feature.requirements:
            kind = registry.load(one.kind, project.home.config.kinds)
            if (feature.name, one.id) in chosen and not kind.requires:
                found.setdefault("requires nothing", []).append(one.id)
    return {why: tuple(ids) for why, ids in found.items()}

"""Editing one requirement changes its own clause, its own cases and its own lines of the lock, and nothing else.

Two builds are compared byte by byte: the clauses of `prompt.md`, the graders and cases of `cases.yaml`, and the lock's lines of them.
What an edit changes beyond its own is meaning, never order, position or wording. `reasons` lists all that is: where none of
them holds, not a byte of another requirement's case may differ. docs/decisions/0120 says why each is one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from speclang.engine.pipeline import Compiled, compile_texts
from speclang.kit import registry
from speclang.kit.casegen import Cases
from speclang.kit.prompted import figures
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import known, variables
from speclang.lowering.cases.due import due
from speclang.model.feature import Feature
from speclang.model.requirement import Requirement
from speclang.plan.artifact import Part
from speclang.plan.case import Case
from speclang.plan.plan import FeaturePlan
from speclang.project.config import Config
from speclang.source.text import SourceText
from speclang.values.evaluate import variables as named
from speclang.values.types import Datum
from tests.strategies.desk import DESK
from tests.strategies.specs import SpecModel, conditions, specs

ROOT = Path(__file__).parents[2]
PROJECTS = {
    "first": ("specs/first/first.spec",),
    "refunds": ("specs/refunds/refunds.spec", "specs/policies/brand.spec"),
    "tracking": ("specs/policies/tracking.spec", "specs/policies/brand.spec"),
    "extraction": ("specs/extraction/extraction.spec",),
}
"""The examples that are edited, requirement by requirement; the first file is the one with the feature."""


@dataclass(frozen=True)
class Built:
    """One feature as built."""

    compiled: Compiled
    feature: Feature
    plan: FeaturePlan

    @cached_property
    def parts(self) -> Mapping[tuple[str, str, str], Part]:
        """Every part of its files, by the file's name, the part's kind and ID."""
        mine = [one for one in self.compiled.artifacts if one.feature == self.feature.name]
        return {(one.path.rpartition("/")[2], part.kind, part.id): part for one in mine for part in one.parts}

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        """Its requirements by ID."""
        return {one.id: one for one in self.feature.requirements}

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """Its cases by ID."""
        return {one.id: one for one in self.plan.cases}

    @cached_property
    def rules(self) -> RuleSet:
        """What its requirements decide."""
        norms = [norm for one in self.feature.requirements for norm in registry.load(one.kind).norms(one)]
        return RuleSet(norms, variables(self.feature.givens, self.feature.tools))

    def decided(self, values: Mapping[str, Datum]) -> object:
        """Who decides an input, and what they ask for."""
        return [(one.requirement, one.level, one.effects) for one in self.rules.decide(values).deciding]

    def starts(self, id: str) -> list[dict[str, Datum]]:
        """The input from which the cases of a requirement are made: the plainest on which it decides."""
        found = Cases(self.feature, self.rules).nominal(self.requirements[id])
        own = [one for one in self.plan.cases if one.id == f"{id}/nominal"]
        return [*([dict(found.values)] if found else []), *(self.values(one) for one in own)]

    def values(self, case: Case) -> dict[str, Datum]:
        """The whole input of a case."""
        stated = {one.given: one.value for one in (*self.plan.typical, *case.inputs)}
        return known(stated, self.rules.among)

    def speaks(self, id: str) -> object:
        """What cases say of a requirement that decides them: the givens that it names, its graders, what it beats."""
        one = self.requirements[id]
        exprs = (*(() if one.when is None else (one.when,)), *one.unless)
        graders = [(grader.id, grader.always) for grader in self.plan.graders if grader.requirement == id]
        return {name for expr in exprs for name in named(expr)}, graders, {ref.id for ref in one.over}, one.default

    def agreed(self, id: str, case: Case) -> list[str]:
        """What a requirement makes the user say in a case, as a call is due that the user has to agree to, or tell something for."""
        judging = {use.grader for use in case.uses}
        due_here = due(one for one in self.plan.graders if one.always or one.id in judging)
        one = self.requirements[id]
        kind = registry.load(one.kind)
        texts = [text.plain for text in kind.further(one, self.feature, due_here)]
        return [*texts, *(name.text for name in kind.beforehand(one, self.feature, due_here))]


def build(texts: Mapping[str, str]) -> Built:
    """The feature of the first of `texts`."""
    compiled = compile_texts([SourceText(name, text) for name, text in texts.items()], Config())
    name = re.search(r"(?m)^feature (\w+)", next(iter(texts.values())))
    assert name
    feature = next(one for one in compiled.program.features if one.name == name[1])
    return Built(compiled, feature, next(one for one in compiled.plan.features if one.feature == name[1]))


def leaks(edited: str, before: Built, after: Built) -> Iterator[str]:
    """What an edit of the requirement `edited` changed that is not its own and has no reason."""
    for key in sorted(before.parts.keys() | after.parts.keys()):
        file, kind, id = key
        one, other = before.parts.get(key), after.parts.get(key)
        part = one or other
        assert part is not None
        if part.owner == edited or file == "trace.json" or (one and other and one.text == other.text):
            continue
        match kind:
            case "clause":
                fair = overriding(edited, id, before, after)
            case "grader":
                fair = part.owner in before.requirements and repeats(part.owner, before, after)
            case "case":
                fair = any(reasons(edited, id, before, after))
            case "variant":
                there = one is None or other is None
                fair = casting(part.owner, id, before, whole=there) != casting(part.owner, id, after, whole=there)
            case _:
                fair = others(edited, one) == others(edited, other)
        if not fair:
            yield f"{file}: {kind} {id}"


def locked(edited: str, before: Built, after: Built) -> Iterator[object]:
    """The lines of the lock, for requirements and parts, that an edit changed and that are not of what it changed."""
    for one in {*before.compiled.lock.requirements} ^ {*after.compiled.lock.requirements}:
        if one.id != edited:
            yield one
    for line in {*before.compiled.lock.parts} ^ {*after.compiled.lock.parts}:
        key = (line.path.rpartition("/")[2], line.kind, line.id)
        parts = [built.parts.get(key) for built in (before, after) if line.path.split("/")[-2] == built.feature.name]
        if not parts or (parts[0] and parts[1] and parts[0].text == parts[1].text):
            yield line
    for policy in {*before.compiled.lock.policies} ^ {*after.compiled.lock.policies}:
        if edited not in before.requirements or policy.name != before.requirements[edited].origin:
            yield policy
    yield from {*before.compiled.lock.former} ^ {*after.compiled.lock.former}
    yield from {*before.compiled.lock.sources} ^ {*after.compiled.lock.sources}


def overriding(edited: str, owner: str, before: Built, after: Built) -> bool:
    """A clause says whether it overrides what overrides others: the first or last `over` of these changes it (0040)."""
    beaten = {ref.id for ref in after.requirements[owner].over}
    return edited in beaten and bool(before.requirements[edited].over) != bool(after.requirements[edited].over)


def repeats(owner: str, before: Built, after: Built) -> bool:
    """A grader that holds answers against what the prompt states knows the figures of every clause."""
    return before.requirements[owner].kind == "ground" and figures(before.feature) != figures(after.feature)


def others(edited: str, part: Part | None) -> list[str]:
    """What a list of the graders that judge every case names, without those of the edited requirement."""
    names = re.findall(r"[\w-]+/[^\s,\]]+", part.text if part else "")
    return [name for name in names if not name.startswith(f"{edited}/")]


def reasons(edited: str, id: str, before: Built, after: Built) -> Iterator[bool]:
    """All for which the case `id` of another requirement may change."""
    builds = (before, after)
    found = [case for built in builds for case in built.plan.cases if id in obligations(case)]
    owner = found[0].requirement
    # What is decided on its input is something else.
    yield any(otherwise(built.values(case), before, after) for built in builds for case in found)
    # What is decided on the input from which its requirement's cases are made, or now are made, is something else.
    starts = [start for built in builds for start in built.starts(owner)]
    yield any(otherwise(start, before, after) for start in starts)
    # Its requirement is over the edited one: where both apply is a case, whose input is one of the edited one's.
    beats = edited in {ref.id for ref in before.requirements[owner].over}
    yield beats and any(f"{owner}/over/{edited}" in one.split("~") for case in found for one in obligations(case))
    # The edited requirement decides it, and speaks of other givens or is judged otherwise than before.
    speaking = before.speaks(edited) != after.speaks(edited)
    yield speaking and any(edited in case.covers for case in found)
    # The edited requirement might decide it, if a given were another: the user says which it is.
    yield speaking and any(hanging(edited, case, built) for built in builds for case in found)
    # The edited requirement wants the user to agree to a call, or to tell something first, and the call is due in the case.
    yield any(before.agreed(edited, case) != after.agreed(edited, case) for case in found)


def obligations(case: Case) -> list[str]:
    """What a case is for."""
    return [case.id, *(one.id for one in case.also)]


def casting(owner: str, variant: str, built: Built, *, whole: bool) -> list[str]:
    """The cases that a variant hangs on, each of which has to have a reason to be another.

    For its text that is its seed; for whether it is there, the `whole` of the requirement's cases, of which some are seeds.
    """
    cases = {id: part.text for (_, kind, id), part in built.parts.items() if kind == "case" and part.owner == owner}
    return [cases[id] for id in sorted(cases) if whole or variant.startswith(f"{id}/")]


def otherwise(values: Mapping[str, Datum], before: Built, after: Built) -> bool:
    """Whether the edit changed what is decided on an input."""
    return before.decided(values) != after.decided(values)


def hanging(edited: str, case: Case, built: Built) -> bool:
    """Whether `edited` is over one that decides the case, or speaks where a default does not."""
    deciding = [built.requirements[id] for id in case.covers]
    beaten = {ref.id for ref in built.requirements[edited].over}
    return any(one.default or one.id in beaten for one in deciding)


def compiles(built: Built) -> bool:
    """Whether nothing was left out of the build."""
    return all(one.code.id.startswith(("E050", "E051", "E06")) for one in built.compiled.diagnostics)


def written(name: str) -> dict[str, str]:
    """The files of a project."""
    if name == "desk":
        return {"specs/desk.spec": DESK}
    if name == "stressed":
        return {path: text.replace("\n  REF-1 rule", STRESS, 1) for path, text in written("refunds").items()}
    return {path: (ROOT / path).read_text("utf-8") for path in PROJECTS[name]}


STRESS = """
  stress hasty { typos 5%, 20%; length fragment; politeness rude; seeds 2 }

  REF-1 rule"""
"""What makes a project one whose cases are varied."""


@cache
def shipped(name: str) -> Built:
    """A project as it is."""
    return build(written(name))


_SWAPS = (
    ("approve", "decline", "escalate"),
    ("renew", "decline"),
    ("wait", "trace"),
    ("renewed", "refused", "noted"),
    ("and", "or"),
    ("<=", "<", ">"),
    ("live", "test"),
    ("calm", "angry"),
)
_FIELDS = (
    "when unless over default because phrase must_not holdout after once confirm only forget rising ignores instead "
    "otherwise without"
).replace(" ", "|")


def edits(text: str) -> Iterator[str]:
    """`text` of a requirement, edited in one place: a number, the words of a text, an outcome, an operator, a whole field."""
    for found in re.finditer(r"(?<![\w.{-])\d[\d_]*(?![}\d])", text):
        for step in (1, -1):
            yield text[: found.start()] + str(int(found[0].replace("_", "")) + step) + text[found.end() :]
    for found in re.finditer(r'(?<=[^\s"])"(?!")', text):
        yield text[: found.start()] + " indeed" + text[found.start() :]
    for words in _SWAPS:
        for found in re.finditer("|".join(rf"(?<![\w=<>]){re.escape(word)}(?![\w=<>])" for word in words), text):
            for other in words:
                yield text[: found.start()] + other + text[found.end() :]
    for found in re.finditer(rf"(?<=[\n;{{]) *(?:{_FIELDS})\b[^\n;}}]*(?:[\n;]|(?= }}))", text):
        yield text[: found.start()] + text[found.end() :]


def edited_texts(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each edit of each requirement of a project: its ID, and the files."""
    texts = written(name)
    for path, text in texts.items():
        for found in re.finditer(r"(?ms)^  ([A-Z]+-\d+) .*?(?:(?<!^ )\}$|^  \}$)", text):
            for one in dict.fromkeys(edits(found[0])):
                if one != found[0]:
                    yield found[1], {**texts, path: text[: found.start()] + one + text[found.end() :]}


@pytest.mark.parametrize("name", [*PROJECTS, "stressed", "desk"])
def test_an_edit_of_a_requirement_of_an_example_stays_with_it(name: str) -> None:
    before = shipped(name)
    assert compiles(before)
    tried = dict.fromkeys(before.requirements, 0)
    for edited, texts in edited_texts(name):
        after = build(texts)
        if compiles(after) and after.requirements.keys() == before.requirements.keys():
            tried[edited] = tried.get(edited, 0) + 1
            assert [*locked(edited, before, after)] == [], edited
            assert [*leaks(edited, before, after)] == [], edited
    assert all(tried.values()), tried


@st.composite
def edited_specs(draw: st.DrawFn) -> tuple[SpecModel, SpecModel, str]:
    """A spec before and after an edit of one rule in one field, and the rule's ID."""
    spec = draw(specs())
    at = draw(st.integers(0, len(spec.rules) - 1))
    rule = spec.rules[at]
    earlier = [one.id for one in spec.rules if one.id < rule.id]
    match draw(st.sampled_from(("when", "unless", "outcome", "over", "default"))):
        case "when":
            changed = replace(rule, when=draw(conditions(spec.givens)))
        case "unless":
            changed = replace(rule, unless=tuple(draw(st.lists(conditions(spec.givens), max_size=2))))
        case "outcome":
            changed = replace(rule, outcome=draw(st.sampled_from(spec.outcomes)))
        case "over":
            changed = replace(
                rule, over=tuple(draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else ())
            )
        case _:
            changed = replace(rule, default=not rule.default)
    return spec, spec.with_rule(rule.id, changed), rule.id


@given(edited_specs())
@settings(max_examples=max(100, settings().max_examples // 2))
def test_an_edit_of_a_requirement_of_any_spec_stays_with_it(edit: tuple[SpecModel, SpecModel, str]) -> None:
    spec, changed, edited = edit
    assume(spec != changed)
    texts = [{one.file: one.text} for one in (spec, changed)]
    before, after = build(texts[0]), build(texts[1])
    assert [*locked(edited, before, after)] == []
    assert [*leaks(edited, before, after)] == []

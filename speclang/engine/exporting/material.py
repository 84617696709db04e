"""What an exporter needs of a feature, put together: its plan, its prompt, the code of its checks.

In: an opened project and the name of a feature. Out: `export.material.Material`. Reads modules of ours as texts; writes nothing.
"""

from collections.abc import Mapping
from importlib.abc import InspectLoader
from importlib.util import find_spec

from ...emit.prompt import prompt_name
from ...export.bundle.bundle import Source
from ...export.checks import Carried, Suite, carried
from ...export.judge import Judge
from ...export.material import Material, Prompt, context, functions, prompt_of, results, variables
from ...grading.suite import Grading, Sitting
from ...grading.verdicts import gradings, named_cases, sittings
from ...kit import registry
from ...kit.checks import CHECKS
from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...model.feature import Feature
from ...plan.plan import FeaturePlan
from ...source.hashing import Json
from ...source.records import replace
from ..compiling import Opened

_ROOT = __package__.split(".")[0]


def material(
    opened: Opened, name: str, model: str = "", repeat: int = 0, target: str = "", judge: Judge | None = None
) -> Material:
    """All that an exporter of the feature `name` needs, with everybody's prompt or that of `target`, and the `judge` who travels."""
    compiled = opened.compiled
    feature = next(one for one in compiled.program.features if one.name == name)
    plan = next(one for one in compiled.plan.features if one.feature == name)
    path = f"{opened.home.config.generated}/{name}/{prompt_name(target)}"
    text = next(one.text for one in compiled.artifacts if one.path == path)
    prompt = prompt_of(text, feature)
    kinds = {one.id: registry.load(one.kind, opened.home.config.kinds) for one in feature.requirements}
    graded = tuple(_carried(one, kinds) for one in gradings(plan, kinds))
    cases = sittings(plan)
    by = judge.about(name) if judge is not None else None
    asked = frozenset(str(one["grader"]) for one in by.questions) if by is not None else frozenset()
    judged = {id: _judged(graded, one) for id, one in cases.items()}
    bare = Material(
        feature=feature,
        plan=plan,
        text=text,
        prompt=prompt,
        checks="",
        libraries=(),
        judged=judged,
        gates=frozenset(one.requirement for one in graded if one.gates),
        told=frozenset(one.requirement for one in graded if one.id in asked or one.needs not in ("judge", "absent")),
        unjudged=tuple((one.id, one.requirement) for one in graded if one.needs == "judge" and one.id not in asked),
        left=tuple((one.id, one.requirement) for one in graded if one.needs == "absent"),
        judge=by if asked else None,
    )
    made = _checks(bare, feature, plan, prompt, graded, cases)
    return replace(bare, model=model, repeat=repeat, target=target, checks=made.text, libraries=tuple(made.libraries))


def _carried(one: Grading, kinds: Mapping[str, Kind[RequirementFields]]) -> Grading:
    """A check of somebody else's kind stays at home: its code is not ours to copy, and may need anything."""
    return replace(one, needs="absent") if one.check in kinds[one.requirement].checks else one


def _judged(graded: tuple[Grading, ...], case: Sitting) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.requirement for one in graded if one.always or one.id in case.uses))


def _checks(
    material: Material,
    feature: Feature,
    plan: FeaturePlan,
    prompt: Prompt,
    graded: tuple[Grading, ...],
    cases: Mapping[str, Sitting],
) -> Carried:
    called = {one.check for one in graded if one.needs not in ("judge", "absent")}
    suite = Suite(
        feature=feature.name,
        files=plan.files,
        gradings=tuple(_grading(one) for one in graded),
        sittings={
            id: {"said": one.said, "uses": {use: dict(set_) for use, set_ in one.uses.items()}, "base": one.base}
            for id, one in cases.items()
        },
        names={other: case.id for other, case in named_cases(plan).items() if other != case.id},
        checks={name: f"kit.checks.{CHECKS[name]}" for name in called},
        cases={one.id: _case(material, number) for number, one in enumerate(plan.cases)},
        prompt=tuple(one if isinstance(one, str) else [one.name] for one in prompt),
        tools=tuple(functions(material)),
        judge=material.judge,
    )
    return carried(suite, source)


def _grading(one: Grading) -> Mapping[str, Json]:
    said: dict[str, Json] = {
        "id": one.id,
        "requirement": one.requirement,
        "check": one.check,
        "version": one.version,
        "level": one.level.value,
        "gates": one.gates,
        "always": one.always,
    }
    if one.needs:
        said["needs"] = one.needs
    if one.settings:
        said["settings"] = dict(one.settings)
    return said


def _case(material: Material, number: int) -> Json:
    case = material.cases[number]
    values = context(case)
    return {
        "requirement": case.requirement,
        "covers": list(case.covers),
        "why": case.why,
        "judged": list(material.judged[case.id]),
        "turns": [{"role": one.role, "content": one.text} for one in case.turns],
        "context": {name: values.get(name, "") for name in variables(material.prompt)},
        "results": results(material.plan, case),
    }


def source(name: str) -> Source | None:
    """The text of our module `name`, dotted from the root, and whether it is a package; None if there is none."""
    try:
        spec = find_spec(f"{_ROOT}.{name}" if name else _ROOT)
    except ModuleNotFoundError:
        return None
    if spec is None or not isinstance(spec.loader, InspectLoader):
        return None
    text = spec.loader.get_source(spec.name)
    return None if text is None else (text, spec.submodule_search_locations is not None)

"""Proves graders by the samples of their kinds: answers that must pass and answers that must fail.

In: the names of kinds, and which of their checks are in use. Out: a finding for each sample on which a grader is wrong. A
check is proved once for each state of the code; that it was is remembered, and forgetting it costs only time.
Invariant: no model is called, and nothing of the user's project takes part.
"""

from collections.abc import Container, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..bind import bind
from ..diagnostics.diagnostic import Diagnostic
from ..kit import registry
from ..kit.answer import Verdict
from ..kit.grading import UnknownCheck, judge
from ..kit.kind import Kind, Sample
from ..kit.schema import RequirementFields
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..plan.grader import Grader
from ..source.hashing import digest
from ..source.text import SourceText
from ..syntax.parser import parse
from ..values.errors import Problem
from ..values.reading import read
from ..values.types import Datum
from ..version import VERSION
from . import errors
from .fresh import state

_CODE = Path(__file__).parent.parent


def proved_by(kind: str, foreign: Sequence[str] = ()) -> str:
    """What stands for the state of all the code that the verdicts of `kind` depend on."""
    files = [*_code(_CODE / "kinds" / kind), *registry.files(kind, foreign)]
    return digest("\n".join([VERSION, kind, _shared(), *map(state, files)]))


def prove(kind: str, foreign: Sequence[str] = (), checks: Container[str] | None = None) -> Iterator[Diagnostic]:
    """Judge the samples of `kind` whose graders use one of `checks` (None: all); a finding for each that is judged wrongly."""
    loaded = registry.load(kind, foreign)
    stated: dict[str, _Stated | str] = {}
    for sample in loaded.SAMPLES:
        if sample.spec not in stated:
            stated[sample.spec] = _compiled(loaded, sample.spec, foreign)
        found = _wrong(loaded, sample, stated[sample.spec], checks)
        if found is not None:
            yield found


class _Stated(NamedTuple):
    """What the spec of a sample states: its feature, the requirement `X-1`, and the graders of that."""

    feature: Feature
    requirement: Requirement
    graders: Sequence[Grader]


def _compiled(kind: Kind[RequirementFields], spec: str, foreign: Sequence[str]) -> _Stated | str:
    """What `spec` states, or why nothing can be judged by it."""
    tree = parse(SourceText("sample.spec", spec))
    program = bind([tree.value], foreign)
    features = program.value.features
    if tree.diagnostics or program.diagnostics or len(features) != 1:
        problem = next((one.title for one in (*tree.diagnostics, *program.diagnostics)), "no feature")
        return f"its spec does not compile: {problem}"
    feature = features[0]
    requirement = next((one for one in feature.requirements if one.id == "X-1"), None)
    if requirement is None:
        return "its spec states no `X-1`"
    return _Stated(feature, requirement, tuple(kind.graders(requirement, feature)))


def _wrong(
    kind: Kind[RequirementFields], sample: Sample, stated: _Stated | str, checks: Container[str] | None
) -> Diagnostic | None:
    if isinstance(stated, str):
        return _bad(kind, sample, stated)
    feature, requirement, graders = stated
    grader = next((one for one in graders if one.id == f"X-1/{sample.grader}"), None)
    if grader is None:
        return _bad(kind, sample, f"there is no grader `X-1/{sample.grader}`")
    if checks is not None and grader.check not in checks:
        return None
    verdict = _verdict(kind, sample, feature, requirement, grader)
    if isinstance(verdict, str):
        return _bad(kind, sample, verdict)
    if verdict.passed is sample.passes:
        return None
    return errors.wrong_grader(kind.name, _file(kind), sample.grader, sample.why, verdict.reason, passes=sample.passes)


def _verdict(
    kind: Kind[RequirementFields], sample: Sample, feature: Feature, requirement: Requirement, grader: Grader
) -> Verdict | str:
    """What the grader says of the sample, or why it says nothing."""
    types = {given.name: given.type for given in feature.givens}
    values: dict[str, Datum] = {given.name: given.typical for given in feature.givens}
    for name, text in sample.inputs:
        value = read(text, types[name]) if name in types else None
        if name not in types or isinstance(value, Problem):
            return f"its input `{name}` is no value of a given of its spec"
        values[name] = value
    try:
        return judge(kind, grader, dict(kind.settled(grader, requirement, feature, values)), sample.answer)
    except UnknownCheck:
        return f"nothing is called `{grader.check}`"
    except Exception as problem:  # noqa: BLE001 - a check may be anybody's code; whatever stops it is a finding about it
        return f"the check `{grader.check}` stops with {type(problem).__name__}: {problem}"


def _bad(kind: Kind[RequirementFields], sample: Sample, problem: str) -> Diagnostic:
    return errors.bad_sample(kind.name, _file(kind), sample.grader, sample.why, problem)


def _file(kind: Kind[RequirementFields]) -> str:
    """Where a kind stands, as far as its importers tell."""
    return f"{type(kind).__module__.replace('.', '/')}.py"


@cache
def _shared() -> str:
    """The state of the code that all kinds share."""
    return "\n".join(map(state, [*_code(_CODE / "kit"), *_code(_CODE / "values")]))


def _code(path: Path) -> list[Path]:
    file = path.with_suffix(".py")
    return [file] if file.is_file() else sorted(path.rglob("*.py"))

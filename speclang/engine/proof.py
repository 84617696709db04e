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
from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit import registry
from ..kit.grading import judge
from ..kit.kind import Kind, Sample
from ..kit.schema import RequirementFields
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..plan.grader import Grader
from ..source.hashing import digest
from ..source.span import whole_file
from ..source.text import SourceText
from ..syntax.parser import parse
from ..values.errors import Problem
from ..values.reading import read
from ..version import VERSION

WRONG_GRADER = Code("E0801", "a grader fails its own samples")
BAD_SAMPLE = Code("E0802", "a sample that can't be judged")

_CODE = Path(__file__).parent.parent


def proved_by(kind: str, foreign: Sequence[str] = ()) -> str:
    """What stands for the state of all the code that the verdicts of `kind` depend on."""
    files = [*_code(_CODE / "kinds" / kind)]
    if kind in foreign:
        module = type(registry.load(kind, foreign)).__module__
        files.extend(_foreign(module))
    return digest("\n".join([VERSION, kind, _shared(), *map(_state, files)]))


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
    types = {given.name: given.type for given in feature.givens}
    values = {name: read(text, types[name]) for name, text in sample.inputs if name in types}
    held = {name: value for name, value in values.items() if not isinstance(value, Problem)}
    settled = dict(kind.settled(grader, requirement, feature, held))
    verdict = judge(kind, grader, settled, sample.answer)
    if verdict.passed is sample.passes:
        return None
    wanted, got = ("pass", "fails") if sample.passes else ("fail", "passes")
    return Diagnostic(
        code=WRONG_GRADER,
        title=f"The grader `{sample.grader}` of `{kind.name}` {got} a sample that must {wanted}",
        primary=Label(whole_file(f"{kind.name}.py"), sample.why),
        notes=(f"the verdict was: {verdict.reason}", "what this grader says of a model can't be trusted"),
        fix=Fix("mend the check, or the sample"),
    )


def _bad(kind: Kind[RequirementFields], sample: Sample, problem: str) -> Diagnostic:
    return Diagnostic(
        code=BAD_SAMPLE,
        title=f"A sample of `{kind.name}` can't be judged: {problem}",
        primary=Label(whole_file(f"{kind.name}.py"), sample.why),
        fix=Fix("mend the sample"),
    )


@cache
def _shared() -> str:
    """The state of the code that all kinds share."""
    return "\n".join(map(_state, [*_code(_CODE / "kit"), *_code(_CODE / "values")]))


def _state(path: Path) -> str:
    """A file as it is: what is remembered is this machine's own, so its time and size say enough."""
    now = path.stat()
    return f"{path} {now.st_size} {now.st_mtime_ns}"


def _code(path: Path) -> list[Path]:
    file = path.with_suffix(".py")
    return [file] if file.is_file() else sorted(path.rglob("*.py"))


def _foreign(module: str) -> list[Path]:
    from importlib.util import find_spec

    spec = find_spec(module)
    return [Path(spec.origin)] if spec is not None and spec.origin else []

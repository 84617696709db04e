"""Proves graders by the samples of their kinds: answers that must pass and answers that must fail.

In: the names of kinds. Out: a finding for each sample on which a grader is wrong. A kind is proved once for each state of
its code and of the shared checks; that it was is remembered, and forgetting it costs only time.
Invariant: no model is called, and nothing of the user's project takes part.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..bind import bind
from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit import registry
from ..kit.grading import judge
from ..kit.kind import Kind, Sample
from ..kit.schema import RequirementFields
from ..source.hashing import digest
from ..source.span import whole_file
from ..source.text import SourceText
from ..syntax.parser import parse
from ..values.reading import read
from ..version import VERSION

WRONG_GRADER = Code("E0801", "a grader fails its own samples")
BAD_SAMPLE = Code("E0802", "a sample that can't be judged")

_CODE = Path(__file__).parent.parent


def proved_by(kind: str, foreign: Sequence[str] = ()) -> str:
    """The digest of all the code that the verdicts of `kind` depend on."""
    files = [*_code(_CODE / "kinds" / kind), *_code(_CODE / "kit"), *_code(_CODE / "values")]
    if kind in foreign:
        module = type(registry.load(kind, foreign)).__module__
        files.extend(_foreign(module))
    return digest("\n".join([VERSION, kind, *(digest(path.read_bytes()) for path in files)]))


def prove(kind: str, foreign: Sequence[str] = ()) -> Iterator[Diagnostic]:
    """Judge every sample of `kind`; a finding for each that is judged wrongly."""
    loaded = registry.load(kind, foreign)
    for sample in loaded.SAMPLES:
        found = _wrong(loaded, sample, foreign)
        if found is not None:
            yield found


def _wrong(kind: Kind[RequirementFields], sample: Sample, foreign: Sequence[str]) -> Diagnostic | None:
    tree = parse(SourceText("sample.spec", sample.spec))
    program = bind([tree.value], foreign)
    features = program.value.features
    if tree.diagnostics or program.diagnostics or len(features) != 1:
        problem = next((one.title for one in (*tree.diagnostics, *program.diagnostics)), "no feature")
        return _bad(kind, sample, f"its spec does not compile: {problem}")
    feature = features[0]
    requirement = next((one for one in feature.requirements if one.id == "X-1"), None)
    if requirement is None:
        return _bad(kind, sample, "its spec states no `X-1`")
    grader = next((one for one in kind.graders(requirement, feature) if one.id == f"X-1/{sample.grader}"), None)
    if grader is None:
        return _bad(kind, sample, f"there is no grader `X-1/{sample.grader}`")
    types = {given.name: given.type for given in feature.givens}
    values = {name: read(text, types[name]) for name, text in sample.inputs if name in types}
    settled = dict(kind.settled(grader, requirement, feature, {k: v for k, v in values.items() if not _problem(v)}))
    verdict = judge(kind, grader, settled, sample.answer)
    if verdict.passed is sample.passes:
        return None
    wanted, got = ("pass", "fails") if sample.passes else ("fail", "passes")
    return Diagnostic(
        code=WRONG_GRADER,
        title=f"the grader `{sample.grader}` of `{kind.name}` {got} a sample that must {wanted}",
        primary=Label(whole_file(f"{kind.name}.py"), sample.why),
        notes=(f"the verdict was: {verdict.reason}", "what this grader says of a model can't be trusted"),
        fix=Fix("mend the check, or the sample"),
    )


def _problem(value: object) -> bool:
    from ..values.errors import Problem

    return isinstance(value, Problem)


def _bad(kind: Kind[RequirementFields], sample: Sample, problem: str) -> Diagnostic:
    return Diagnostic(
        code=BAD_SAMPLE,
        title=f"a sample of `{kind.name}` can't be judged: {problem}",
        primary=Label(whole_file(f"{kind.name}.py"), sample.why),
        fix=Fix("mend the sample"),
    )


def _code(path: Path) -> list[Path]:
    file = path.with_suffix(".py")
    return [file] if file.is_file() else sorted(path.rglob("*.py"))


def _foreign(module: str) -> list[Path]:
    from importlib.util import find_spec

    spec = find_spec(module)
    return [Path(spec.origin)] if spec is not None and spec.origin else []

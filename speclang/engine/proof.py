"""Proves graders by the samples of their kinds: answers that must pass and answers that must fail.

In: the names of kinds, and which of their checks are in use. Out: a finding for each sample on which a grader is wrong. A
check is proved once for each state of the code; that it was is remembered, and forgetting it costs only time.
Invariant: no model is called, and nothing of the user's project takes part.
"""

from collections.abc import Container, Iterator, Sequence
from functools import cache
from pathlib import Path

from ..bind import bind
from ..diagnostics.diagnostic import Diagnostic
from ..kit import registry
from ..kit.kind import Kind, Sample
from ..kit.sampling import Bench, Unproved
from ..kit.schema import RequirementFields
from ..source.hashing import digest
from ..source.text import SourceText
from ..syntax.parser import parse
from ..version import VERSION
from . import errors
from .fresh import state

_CODE = Path(__file__).parent.parent


def proved_by(kind: str, foreign: Sequence[str] = ()) -> str:
    """What stands for the state of all the code that the verdicts of `kind` depend on."""
    files = [*code_of(_CODE / "kinds" / kind), *registry.files(kind, foreign)]
    return digest("\n".join([VERSION, kind, _shared(), *map(state, files)]))


def prove(kind: str, foreign: Sequence[str] = (), checks: Container[str] | None = None) -> Iterator[Diagnostic]:
    """Judge the samples of `kind` whose graders use one of `checks` (None: all); a finding for each that is judged wrongly."""
    loaded = registry.load(kind, foreign)
    benches: dict[str, Bench | Unproved] = {}
    for sample in loaded.SAMPLES:
        if sample.spec not in benches:
            benches[sample.spec] = _bench(loaded, sample.spec, foreign)
        found = _wrong(loaded, sample, benches[sample.spec], checks)
        if found is not None:
            yield found


def _bench(kind: Kind[RequirementFields], spec: str, foreign: Sequence[str]) -> Bench | Unproved:
    """The graders for what `spec` states, or why nothing can be judged by it."""
    tree = parse(SourceText("sample.spec", spec))
    program = bind([tree.value], foreign)
    features = program.value.features
    if tree.diagnostics or program.diagnostics or len(features) != 1:
        problem = next((one.title for one in (*tree.diagnostics, *program.diagnostics)), "no one feature")
        return Unproved(f"its spec does not compile: {problem}")
    try:
        return Bench(kind, features[0])
    except Unproved as problem:
        return problem


def _wrong(
    kind: Kind[RequirementFields], sample: Sample, bench: Bench | Unproved, checks: Container[str] | None
) -> Diagnostic | None:
    try:
        if isinstance(bench, Unproved):
            raise bench
        if checks is not None and bench.grader(sample.grader).check not in checks:
            return None
        verdict = bench.tried(sample)
    except Unproved as problem:
        return errors.bad_sample(kind.name, _file(kind), sample.grader, sample.why, str(problem))
    if verdict.passed is sample.passes:
        return None
    return errors.wrong_grader(kind.name, _file(kind), sample.grader, sample.why, verdict.reason, passes=sample.passes)


def _file(kind: Kind[RequirementFields]) -> str:
    """Where a kind stands, as far as its importers tell."""
    return f"{type(kind).__module__.replace('.', '/')}.py"


@cache
def _shared() -> str:
    """The state of the code that all kinds share."""
    return "\n".join(map(state, [*code_of(_CODE / "kit"), *code_of(_CODE / "values")]))


def code_of(path: Path) -> list[Path]:
    """The files of a module or of a package."""
    file = path.with_suffix(".py")
    return [file] if file.is_file() else sorted(path.rglob("*.py"))

"""The whole flow on one page: text -> tree -> program -> plan -> artifacts -> lock.

In: the texts of a project and its configuration. Out: a `Compiled` with every stage's value and all findings.
Invariant: the only file that calls the steps in order; each step takes the former's value and reaches no further back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..bind.bind import bind
from ..diagnostics.diagnostic import Diagnostic, ordered
from ..diagnostics.result import Collector, Result
from ..emit.emit import emit
from ..emit.seal import seal
from ..lock.lockfile import Lock
from ..lowering.lower import lower
from ..model.program import Program
from ..plan.artifact import Artifact
from ..plan.plan import Plan
from ..project.config import Config
from ..source.span import Places
from ..source.text import SourceText
from ..syntax.parser import parse
from ..syntax.tree import File

Parse = Callable[[SourceText], Result[File]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What a compilation made: each stage's value, the lock to write, and the findings of all stages in order."""

    files: tuple[File, ...]
    program: Program
    plan: Plan
    artifacts: tuple[Artifact, ...]
    lock: Lock
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False)


def compile_texts(sources: Sequence[SourceText], config: Config, parse: Parse = parse) -> Compiled:
    """Run every step over `sources`; broken parts are reported and left out, the rest goes all the way down."""
    heard = Collector()
    files = tuple(heard.take(parse(source)) for source in sources)
    program = heard.take(bind(files, config.kinds))
    plan = heard.take(lower(program))
    artifacts = heard.take(emit(plan, config))
    lock = seal(program, plan, artifacts, sources, config)
    places = Places.of(sources, {unit.name: unit.start for file in files for unit in file.units})
    return Compiled(
        files=files,
        program=program,
        plan=plan,
        artifacts=artifacts,
        lock=lock,
        diagnostics=ordered(heard.found, places),
        places=places,
    )

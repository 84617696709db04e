"""The whole flow on one page: text -> tree -> program -> plan -> artifacts -> lock.

In: the texts of a project and its configuration. Out: a `Compiled` with every stage's value and all findings.
Invariant: the only file that calls the steps in order; each step takes the former's value and reaches no further back.
"""

from collections.abc import Sequence

from ..analysis.lacking.coverage import COVERAGE, uncovered
from ..analysis.runner import analyse, analyse_feature
from ..bind import bind, bind_home, bind_requirement
from ..diagnostics.diagnostic import Diagnostic, ordered
from ..diagnostics.result import Collector
from ..emit.arrangement import arrangement
from ..emit.emit import emit, emit_feature
from ..emit.seal import seal, sealed
from ..lock.lockfile import Lock
from ..lowering.lower import lower, lower_feature
from ..model.program import Program
from ..plan.artifact import Artifact
from ..plan.plan import Plan
from ..project.config import Config
from ..source.hashing import digest
from ..source.records import dataclass, field
from ..source.span import Places
from ..source.text import SourceText
from ..syntax import parser
from ..syntax.tree import File
from ..version import VERSION
from .judging.findings import counted, founded, independent, joined, weighed
from .passes import Passes, Sealed

STEPS = ("parse", "bind", "lower", "emit", "seal")

AFRESH = Passes(parser.parse, bind_requirement, bind_home, analyse_feature, lower_feature, emit_feature, sealed)
"""Everything is done anew."""


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


def compile_texts(
    sources: Sequence[SourceText], config: Config, templates: Sequence[SourceText] = (), passes: Passes = AFRESH
) -> Compiled:
    """Run every step over `sources`; broken parts are reported and left out, the rest goes all the way down.

    `templates` are the texts of the project's own layouts, by the paths that the configuration names.
    """
    heard, parse = Collector(), passes.parse
    files = tuple(heard.take(parse(source)) for source in sources)
    starts = {unit.name: unit.start for file in files for unit in file.units}
    places = Places.of((*sources, *templates), starts)
    bound = bind(files, config.kinds, passes.read, passes.bound)
    program = bound.value
    heard.found.extend(founded(bound.diagnostics, heard.found))
    lowered = lower(program, config.kinds, passes.lower)
    plan = lowered.value
    analysed = analyse(program, config.kinds, passes.analyse)
    told = tuple(joined(analysed, lowered.diagnostics))
    named = any(code.startswith(COVERAGE) for code, _ in config.severities)
    lacking = uncovered(program, plan, told, config.kinds, every=named)
    heard.found.extend(independent((*told, *lacking), heard.found, program))
    artifacts = heard.take(emit(plan, places, arrangement(config, templates), folder=config.generated, one=passes.emit))
    found = weighed(heard.found, config)
    lock = _sealed(sources, program, plan, artifacts, found, config, templates, passes.sealed)
    return Compiled(
        files=files,
        program=program,
        plan=plan,
        artifacts=artifacts,
        lock=lock,
        diagnostics=ordered(found, places),
        places=places,
    )


def _sealed(
    sources: Sequence[SourceText],
    program: Program,
    plan: Plan,
    artifacts: Sequence[Artifact],
    found: Sequence[Diagnostic],
    config: Config,
    templates: Sequence[SourceText],
    one: Sealed,
) -> Lock:
    settings = digest(f"{config.digest} {' '.join(digest(one.text) for one in templates)}")
    hashes = {source.name: digest(source.text) for source in sources}
    counts = counted(program, found, config.kinds)
    return seal(plan.features, artifacts, hashes, counts, version=VERSION, config=settings, one=one)

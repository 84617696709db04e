"""What a process that goes on remembers of its compilations: each pass, around what it was last done to.

In: the calls that `pipeline` makes. Out: the same answers; only what has changed is done again. A unit is known by its text, a
requirement by its text and its scope, a feature by the texts of all units that it can see.
Invariant: what is answered from memory is what the pass would answer; a law compares both.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from ...analysis.runner import analyse_feature
from ...bind import Scope
from ...bind.composing.over import Known
from ...bind.composing.policies import Block, Home, Key, Read
from ...bind.fields import Kinds
from ...bind.names import Argument
from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.result import Collector, Result
from ...emit.moving import moved
from ...emit.page import CaseWriter
from ...emit.prompt import Layout
from ...emit.tracemap import TRACE
from ...lock.lockfile import Part
from ...logic.settling.searches import Searches
from ...model.feature import Feature
from ...model.requirement import Requirement
from ...plan.artifact import Artifact
from ...plan.plan import FeaturePlan
from ...source.records import dataclass, field, replace
from ...source.span import Places, Span, Unit
from ...source.text import SourceText
from ...syntax import tree
from ...syntax.blocks import Split
from ...syntax.divided import Blocks, blocks_of
from ...syntax.parser import parse, parse_unit
from ..passes import Passes
from ..pipeline import AFRESH
from .resplit import Pass, split_again

_Read = tuple[tree.Unit, tuple[Diagnostic, ...]]
_Bound = tuple[str, Result[Requirement | None]]
_Seen = tuple[tuple[str, str, str], ...]
_Instance = tuple[Key, tuple[str, ...]]
_Sealed = tuple[str, tuple[Part, ...]]
_Layouts = tuple[str, Layout, Mapping[str, Layout]]


class Stopped(Exception):
    """Nobody wants any more what is being compiled."""


def _never() -> bool:
    return False


@dataclass(slots=True, eq=False)
class Memory:
    """The memory of one project, whose foreign kinds stay the same.

    One thread may compile everything while another reads a file: a table is replaced or added to, never emptied.
    """

    files: dict[str, Result[tree.File]] = field(default_factory=dict[str, Result[tree.File]])
    units: dict[str, dict[str, _Read]] = field(default_factory=dict[str, dict[str, _Read]])
    splits: dict[str, tuple[Pass, ...]] = field(default_factory=dict[str, tuple[Pass, ...]])
    bound: dict[tuple[Unit, str], _Bound] = field(default_factory=dict[tuple[Unit, str], _Bound])

    def parse(self, source: SourceText) -> Result[tree.File]:
        """As `syntax.parser.parse`; a unit whose text is known is not read again."""
        known_file = self.files.get(source.name)
        if known_file is not None and known_file.value.source.text == source.text:
            return known_file
        before = self.units.get(source.name, {})
        now: dict[str, _Read] = {}

        def read(name: Unit, text: str, parent: str, start: int) -> _Read:
            known = before.get(name.key)
            if known is None or known[0].text != text or known[0].parent != parent:
                known = parse_unit(name, text, parent, start)
            elif known[0].start != start:
                known = replace(known[0], start=start), known[1]
            now[name.key] = known
            return known

        def divide(source: SourceText) -> Split:
            found, self.splits[source.name] = split_again(source, self.splits.get(source.name, ()))
            return found

        found = parse(source, read, divide)
        self.units[source.name] = now
        self.files[source.name] = found
        return found

    def read(self, unit: tree.Unit, scope: Scope, kinds: Kinds) -> Result[Requirement | None]:
        """As `bind_requirement`; a requirement whose text and scope are known is not read again."""
        key = unit.name, scope.digest
        known = self.bound.get(key)
        if known is None or known[0] != unit.text:
            known = self.bound[key] = unit.text, AFRESH.read(unit, scope, kinds)
        return known[1]


@dataclass(frozen=True, slots=True, eq=False)
class _Home:
    """A feature or policy as it was bound: from what, what was asked of other features meanwhile, and what came of it."""

    block: Block
    visible: Scope
    included: tuple[tuple[Home, Span], ...]
    asked: Mapping[str, Known | None]
    home: Home
    found: tuple[Diagnostic, ...]

    def holds(
        self,
        block: Block,
        visible: Scope,
        included: Sequence[tuple[Home, Span]],
        elsewhere: Callable[[str], Known | None],
    ) -> bool:
        """Whether binding it from these would give the same."""
        return (
            self.visible == visible
            and self.block == block
            and len(self.included) == len(included)
            and all(a is b and at == there for (a, at), (b, there) in zip(self.included, included, strict=True))
            and all(elsewhere(id) == known for id, known in self.asked.items())
        )


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What became of each feature the last time that everything was compiled, with the texts that it could see then."""

    homes: dict[_Instance, _Home] = field(default_factory=dict[_Instance, _Home])
    sealed: dict[str, tuple[Artifact, _Sealed]] = field(default_factory=dict[str, tuple[Artifact, _Sealed]])
    analysed: dict[str, tuple[_Seen, tuple[Diagnostic, ...]]] = field(
        default_factory=dict[str, tuple[_Seen, tuple[Diagnostic, ...]]]
    )
    searched: dict[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    lowered: dict[str, tuple[_Seen, Result[FeaturePlan]]] = field(
        default_factory=dict[str, tuple[_Seen, Result[FeaturePlan]]]
    )
    emitted: dict[str, tuple[FeaturePlan, _Layouts, Result[tuple[Artifact, ...]]]] = field(
        default_factory=dict[str, tuple[FeaturePlan, _Layouts, Result[tuple[Artifact, ...]]]]
    )


class Round:
    """One compilation of everything. `made` is what the next one may begin with, once this one has come to its end."""

    def __init__(self, memory: Memory, before: Features, stopped: Callable[[], bool] = _never) -> None:
        """Begin with what `before` knows; raise `Stopped` at the next file or feature after `stopped` says so."""
        self.made = Features()
        self._memory = memory
        self._before = before
        self._stopped = stopped
        self._files: dict[str, tree.File] = {}
        self._blocks: dict[str, Blocks] = {}
        self._bound: dict[tuple[Unit, str], _Bound] = {}

    @property
    def passes(self) -> Passes:
        """The passes of this round."""
        return Passes(self._parse, self._read, self._home, self._analyse, self._lower, self._emit, self._sealed)

    def settle(self) -> None:
        """Forget what this round had no use for."""
        self._memory.bound = self._bound
        for table in (self._memory.files, self._memory.units, self._memory.splits):
            for name in [name for name in table if name not in self._files]:
                table.pop(name, None)

    def _go_on(self) -> None:
        if self._stopped():
            raise Stopped

    def _parse(self, source: SourceText) -> Result[tree.File]:
        self._go_on()
        found = self._memory.parse(source)
        self._files[source.name] = found.value
        return found

    def _read(self, unit: tree.Unit, scope: Scope, kinds: Kinds) -> Result[Requirement | None]:
        found = self._memory.read(unit, scope, kinds)
        self._bound[unit.name, scope.digest] = unit.text, found
        return found

    def _home(
        self,
        block: Block,
        visible: Scope,
        included: Sequence[tuple[Home, Span]],
        arguments: Mapping[str, Argument],
        kinds: Kinds,
        read: Read,
        elsewhere: Callable[[str], Known | None],
        found: Collector,
    ) -> Home:
        instance = block.key, tuple(one.mark for one in arguments.values())
        known = self._before.homes.get(instance)
        if known is None or not known.holds(block, visible, included, elsewhere):
            asked: dict[str, Known | None] = {}

            def asking(id: str) -> Known | None:
                asked[id] = elsewhere(id)
                return asked[id]

            heard = Collector()
            home = AFRESH.bound(block, visible, included, arguments, kinds, read, asking, heard)
            known = _Home(block, visible, tuple(included), asked, home, tuple(heard.found))
        else:
            self._keep(known)
        self.made.homes[instance] = known
        found.found.extend(known.found)
        return known.home

    def _keep(self, known: _Home) -> None:
        """What was read of the requirements of a home that is bound already is of use still."""
        for unit in known.block.members:
            key = unit.name, known.home.scope.digest
            read = self._memory.bound.get(key)
            if read is not None:
                self._bound[key] = read

    def _sealed(self, artifact: Artifact) -> _Sealed:
        known = self._before.sealed.get(artifact.path)
        if known is None or known[0] is not artifact:
            known = artifact, AFRESH.sealed(artifact)
        self.made.sealed[artifact.path] = known
        return known[1]

    def _analyse(self, feature: Feature, foreign: Collection[str]) -> tuple[Diagnostic, ...]:
        self._go_on()
        seen = self._seen(feature)
        known = self._before.analysed.get(feature.name)
        searched = self._before.searched.get(feature.name, {})
        if known is None or known[0] != seen:
            searches = Searches(searched)
            known = seen, tuple(analyse_feature(feature, foreign, searches))
            searched = searches.used
        self.made.analysed[feature.name] = known
        self.made.searched[feature.name] = searched
        return known[1]

    def _lower(self, feature: Feature, foreign: Collection[str]) -> Result[FeaturePlan]:
        self._go_on()
        seen = self._seen(feature)
        known = self._before.lowered.get(feature.name)
        if known is None or known[0] != seen:
            known = seen, AFRESH.lower(feature, foreign)
        self.made.lowered[feature.name] = known
        return known[1]

    def _emit(
        self,
        plan: FeaturePlan,
        places: Places,
        folder: str,
        layout: Layout,
        writer: CaseWriter | None,
        targets: Mapping[str, Layout],
    ) -> Result[tuple[Artifact, ...]]:
        self._go_on()
        laid = folder, layout, targets
        known = self._before.emitted.get(plan.feature)
        made = _moved(known[2], plan, places) if known and known[0] is plan and known[1] == laid else None
        if made is None:
            made = AFRESH.emit(plan, places, folder, layout, writer, targets)
        self.made.emitted[plan.feature] = plan, laid, made
        return made

    def _seen(self, feature: Feature) -> _Seen:
        """All that the feature is made of: what its files share, and what stands in its own block."""
        rows: list[tuple[str, str, str]] = []
        for name in feature.files:
            if name not in self._blocks:
                self._blocks[name] = blocks_of(self._files[name])
            blocks = self._blocks[name]
            rows.append((name, blocks.rest, dict(blocks.features).get(feature.name, "")))
        return tuple(rows)


def _moved(
    made: Result[tuple[Artifact, ...]], plan: FeaturePlan, places: Places
) -> Result[tuple[Artifact, ...]] | None:
    """What was `made` of a plan, with its source map telling where units stand now; None if that can't be told."""
    artifacts: list[Artifact] = []
    for one in made.value:
        if one.path.endswith(f"/{TRACE}"):
            text = one.text
            now = moved(one.path, plan.feature, text, places.starts)
            if now is None:
                return None
            artifacts.append(one if now.text == text else now)
        else:
            artifacts.append(one)
    return Result(tuple(artifacts), made.diagnostics)

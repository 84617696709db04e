"""Tree to program: every name resolved, every value typed.

In: parsed files and the names of foreign kinds. Out: the program, without what is broken, and everything that is wrong.
Files are bound used ones first; in each, shared declarations, then policies, then features.
Invariant: the order of files and of statements changes nothing; a broken declaration is reported once, where it stands.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from ..diagnostics.result import Collector, Result
from ..kit import registry
from ..kit.kind import Kind
from ..model.feature import Feature
from ..model.program import Program
from ..source.records import dataclass, field, replace
from ..source.span import Span
from ..source.suggest import nearest
from ..syntax import tree
from .composing.files import UseGraph, use_graph
from .composing.includes import Includes, Visible
from .composing.over import Known
from .composing.policies import UNNAMED, BindHome, Block, Home, Key, Read, bind_home, guessed
from .declarations import HEADS, declare
from .errors import names as wrong_name
from .errors import shapes
from .features import check_policy, feature_of
from .fields import Kinds
from .names import Argument, Entry, Names, Scope, declared_name, key_name
from .requirements import bind_requirement, is_retired

T = TypeVar("T")

_TOP = ("use", "feature", "policy", *HEADS)


@dataclass(frozen=True, slots=True)
class _FileNames:
    """What one file shows to its own blocks and to those that use it."""

    scope: Scope
    policies: dict[str, Entry[Block]]
    blocks: tuple[Block, ...]
    closure: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """One call of `bind`."""

    files: Sequence[tree.File]
    kinds: Kinds
    read: Read
    found: Collector = field(default_factory=Collector)
    homes: Mapping[Key, Home] = field(default_factory=dict[Key, Home])
    everywhere: dict[str, Known] | None = None

    def elsewhere(self, id: str) -> Known | None:
        """The requirement `id`, in whichever feature or policy it stands."""
        if self.everywhere is None:
            self.everywhere = {}
            for file in sorted(self.files, key=lambda one: one.source.name):
                for unit in file.units:
                    if unit.item is not None and unit.item.id is not None:
                        home = key_name(unit.parent)[1]
                        known = Known(
                            unit.item.id.text,
                            unit.span(unit.item.id),
                            home,
                            retired=is_retired(unit.item),
                            broken=False,
                        )
                        self.everywhere.setdefault(known.id, known)
        return self.everywhere.get(id)


def bind(
    files: Sequence[tree.File],
    foreign_kinds: Sequence[str] = (),
    read: Read = bind_requirement,
    bound: BindHome = bind_home,
) -> Result[Program]:
    """The program that `files` state together; `read` and `bound` may be the usual ones with a memory around them."""
    foreign = tuple(foreign_kinds)
    run = _Run(files, Kinds(registry.names(foreign), foreign, {}), read)
    graph = run.found.take(use_graph(files))
    shown: dict[str, _FileNames] = {}
    for file, uses in graph.order:
        shown[file.source.name] = _file_names(run, file, [(use, shown[use]) for use in uses], graph)

    def home(
        block: Block, visible: Scope, included: Sequence[tuple[Home, Span]], given: Mapping[str, Argument]
    ) -> Home:
        return bound(block, visible, included, given, run.kinds, run.read, run.elsewhere, run.found)

    seen = {name: Visible(one.scope, one.policies, one.blocks) for name, one in shown.items()}
    run.homes = Includes(seen, home, run.found).bound()
    features = _features(run, shown)
    for feature in features:
        _validate(run, feature)
    found = tuple(dict.fromkeys(run.found.found))
    return Result(Program(features), found)


def _file_names(run: _Run, file: tree.File, uses: Sequence[tuple[str, _FileNames]], graph: UseGraph) -> _FileNames:
    """What `file` declares and what it uses; its features and policies, still unbound."""
    name = file.source.name
    names = Names("")
    policies: dict[str, Entry[Block]] = {}
    closure: dict[str, None] = {}
    start = Span(file.units[0].name, 0, 0) if file.units else None
    for _, used in uses:
        names.join(used.scope, start, run.found)
        policies.update({key: entry for key, entry in used.policies.items() if key not in policies})
        closure.update(dict.fromkeys(used.closure))
    closure[name] = None
    if name in graph.broken:
        names.open.update(("use", "policy", "type", "tool", "given", "outcome"))
    units = _adopted(run, file)
    shared = [unit for unit in units if not unit.parent]
    _misplaced(run, shared, names)
    declare(names, [unit for unit in shared if _head(unit) in HEADS and not _has_id(unit)], run.found)
    blocks = _blocks(run, units)
    for block in blocks:
        if block.head != "policy" or not block.name:
            continue
        first = policies.setdefault(block.name, Entry(block.name, block, block.name_span, ""))
        if first.value is not block:
            run.found.add(wrong_name.name_taken("policy", block.name, block.name_span, first.span))
    return _FileNames(names.scope(), policies, blocks, tuple(closure))


def _adopted(run: _Run, file: tree.File) -> tuple[tree.Unit, ...]:
    """The units of `file`; where requirements follow a block instead of standing in it, what follows joins that block.

    A brace too many has that effect: one finding, instead of one for each requirement and each name that it uses.
    """
    units: list[tree.Unit] = []
    group: list[tree.Unit] = []
    opener: tree.Unit | None = None
    for unit in (*file.units, None):
        if unit is not None and (unit.parent or _head(unit) not in ("feature", "policy") or _has_id(unit)):
            group.append(unit)
            continue
        strays = [(one, one.item.id) for one in group if not one.parent and one.item is not None and one.item.id]
        if strays:
            first, id = strays[0]
            run.found.add(wrong_name.outside(id.text, first.span(id), len(strays) - 1))
        if strays and opener is not None:
            parent = opener.name.key
            group = [one if one.parent or _head(one) == "use" else replace(one, parent=parent) for one in group]
        units += group
        group = []
        opener = unit
        if unit is not None:
            units.append(unit)
    return tuple(units)


def _head(unit: tree.Unit) -> str:
    return unit.item.head.text if unit.item is not None else key_name(unit.name.key)[0]


def _has_id(unit: tree.Unit) -> bool:
    return unit.item is not None and unit.item.id is not None


def _misplaced(run: _Run, units: Sequence[tree.Unit], names: Names) -> None:
    """Report what can't stand at the top of a file."""
    for unit in units:
        item = unit.item
        if item is None:
            continue
        span = unit.span(item.head)
        if item.id is not None:
            continue
        if (
            item.head.text in ("include", "drop", "owner", "role", "total", "variables", "fallback")
            or item.head.text in run.kinds.names
        ):
            what = f"`{item.head.text}`"
            run.found.add(wrong_name.out_of_place(what, "outside of a feature", "into a feature", span))
        elif item.head.text not in _TOP:
            near = nearest(item.head.text, _TOP)
            run.found.add(wrong_name.unknown_statement(item.head.text, span, near, _TOP, "a file"))
            guessed(names, near, unit, item)


def _blocks(run: _Run, units: Sequence[tree.Unit]) -> tuple[Block, ...]:
    """The features and policies among `units`, also those whose opening could not be read."""
    members: dict[str, list[tree.Unit]] = {}
    for unit in units:
        if unit.parent:
            members.setdefault(unit.parent, []).append(unit)
    blocks: list[Block] = []
    for unit in units:
        if unit.parent or _head(unit) not in ("feature", "policy") or _has_id(unit):
            continue
        head = _head(unit)
        name = declared_name(unit.item) if unit.item is not None else None
        written = name.text if name is not None else key_name(unit.name.key)[1]
        span = unit.span(name) if name is not None else Span(unit.name, 0, len(head))
        if unit.item is not None and name is None:
            place = unit.span(unit.item.head)
            run.found.add(shapes.wrong_shape(head, "a name", f"{UNNAMED[head]} … }}", place))
        blocks.append(Block(unit, head, written, span, tuple(members.get(unit.name.key, ()))))
    return tuple(blocks)


def _features(run: _Run, shown: dict[str, _FileNames]) -> tuple[Feature, ...]:
    """The features, sorted by name; a name that two features have is reported."""
    taken: dict[str, tuple[str, Span]] = {}
    features: list[Feature] = []
    for name in sorted(shown):
        names = shown[name]
        for block in names.blocks:
            home = run.homes[block.key]
            if block.head == "policy":
                check_policy(home, run.found)
                continue
            feature = feature_of(home, names.closure, run.found)
            if not block.name:
                continue
            key = block.name.casefold()  # a feature is a folder, and some systems know no case
            if key in taken:
                first, span = taken[key]
                via = "" if first == block.name else f"`{first}` and `{block.name}` would be one folder on some systems"
                run.found.add(wrong_name.name_taken("feature", block.name, block.name_span, span, via))
                continue
            taken[key] = block.name, block.name_span
            if feature is not None:
                features.append(feature)
    return tuple(sorted(features, key=lambda one: one.name))


def _validate(run: _Run, feature: Feature) -> None:
    """Ask the kind of each requirement what only it can tell."""
    for requirement in feature.requirements:
        shape = run.kinds.shape(requirement.kind)
        if shape is not None and type(shape.kind).validate is not Kind.validate:
            for diagnostic in shape.kind.validate(requirement, feature):
                run.found.add(diagnostic)

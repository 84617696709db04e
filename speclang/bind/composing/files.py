"""Which file uses which, over the files that are given.

In: parsed files. Out: the files in an order in which what is used comes before its user. A path in `use "…"` starts at the
folder of the file that says it, or at a folder above it; what a file uses, it passes on to those that use it.
Invariant: reads no file; every file is visited once; the order in which files are given changes nothing.
"""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.result import Collector, Result
from ...source.records import dataclass
from ...source.span import Span
from ...source.suggest import nearest
from ...syntax import tree
from ..errors import composition as wrong
from ..errors import shapes

K = TypeVar("K", bound="str | tuple[str, str]")

DEPTH = 32
"""How many files a chain of `use` may have."""


@dataclass(frozen=True, slots=True)
class UseGraph:
    """`order` names every file, used ones first; `uses` its direct uses; `broken` are files with a `use` that failed."""

    order: tuple[tuple[tree.File, tuple[str, ...]], ...]
    broken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edge(Generic[K]):
    """One `use` or `include` that resolves: what it names, as written, and where."""

    target: K
    written: str
    span: Span


@dataclass(frozen=True, slots=True)
class Circle(Generic[K]):
    """`names`, each of which names the next at its span, and the last one the first."""

    names: tuple[K, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TooDeep(Generic[K]):
    """`edge` of `name` leads deeper than allowed."""

    name: K
    edge: Edge[K]


def use_graph(files: Sequence[tree.File]) -> Result[UseGraph]:
    """The order in which `files` are bound, with what is wrong in how they use each other."""
    found = Collector()
    by_name = {file.source.name: file for file in sorted(files, key=lambda file: file.source.name)}
    broken: set[str] = set()
    uses = {name: _uses(file, by_name, found, broken) for name, file in by_name.items()}

    def tell(problem: Circle[str] | TooDeep[str]) -> None:
        if isinstance(problem, Circle):
            broken.update(problem.names)
            found.add(wrong.use_cycle(problem.names, problem.spans[0], problem.spans[1:]))
        else:
            broken.add(problem.name)
            found.add(wrong.too_deep(problem.edge.written, problem.edge.span, DEPTH))

    order = ordered(uses, DEPTH, tell)
    spread = set(broken)
    for name in order:
        if any(use.target in spread for use in uses[name]):
            spread.add(name)
    rows = tuple((by_name[name], tuple(use.target for use in uses[name])) for name in order)
    return found.result(UseGraph(rows, frozenset(spread)))


def _uses(file: tree.File, known: Mapping[str, tree.File], found: Collector, broken: set[str]) -> list[Edge[str]]:
    uses: dict[str, Edge[str]] = {}
    for unit in file.units:
        if unit.parent:
            continue
        if unit.item is None:
            if unit.name.key.split("#")[0] == "use":
                broken.add(file.source.name)
            continue
        item = unit.item
        if item.head.text != "use" or item.id is not None:
            continue
        read = _use(unit, item, file.source.name, known)
        if isinstance(read, Diagnostic):
            found.add(read)
            broken.add(file.source.name)
        elif read.target in uses:
            found.add(wrong.used_twice("file", read.written, read.span, uses[read.target].span))
        else:
            uses[read.target] = read
    return list(uses.values())


def _use(unit: tree.Unit, item: tree.Item, file: str, known: Mapping[str, tree.File]) -> Edge[str] | Diagnostic:
    match item.values:
        case (tree.Text(pieces=pieces) as text,) if item.body is None and all(
            isinstance(piece, tree.Chunk) for piece in pieces
        ):
            span = unit.span(text)
        case _:
            return shapes.wrong_shape(
                "use", "the path of one file in quotes", 'use "policies/brand.spec"', unit.span(item)
            )
    path = text.plain
    folder = posixpath.dirname(file)
    if path.startswith(("/", "~")) or path[1:2] == ":" or _outside(posixpath.join(folder, path)):
        return wrong.outside_root(path, span)
    there = [name for name in candidates(path, folder) if name in known]
    if len(there) > 1:
        return wrong.path_of_two(path, there, posixpath.relpath(there[0], folder or "."), span)
    if not there:
        return wrong.file_missing(path, folder, span, _near(path, folder, file, known))
    return Edge(there[0], path, span)


def _outside(path: str) -> bool:
    normal = posixpath.normpath(path)
    return normal == ".." or normal.startswith("../")


def candidates(path: str, folder: str) -> list[str]:
    """Where `path` may lie: below the file's folder, or below any folder that holds that one; `./` and `../` fix the place."""
    if path.startswith(("./", "../")):
        return [posixpath.normpath(posixpath.join(folder, path))]
    places = [posixpath.normpath(posixpath.join(folder, path))]
    while folder:
        folder = posixpath.dirname(folder)
        below = posixpath.normpath(posixpath.join(folder, path))
        if not _outside(below):
            places.append(below)
    return list(dict.fromkeys(places))


def _near(path: str, folder: str, file: str, known: Iterable[str]) -> str | None:
    """The path to write for the file that was probably meant: the same below another folder, or a similar name."""
    others = [name for name in known if name != file]
    resolved = posixpath.normpath(posixpath.join(folder, path))
    tail = posixpath.normpath(path).replace("\\", "/").lstrip("./")
    base = posixpath.basename(tail)
    same_tail = [name for name in others if name == tail or name.endswith("/" + tail)]
    same_base = [name for name in others if posixpath.basename(name) == base]
    similar = nearest(resolved, others) or nearest(base, [posixpath.basename(name) for name in others])
    close = [name for name in others if similar and (name == similar or posixpath.basename(name) == similar)]
    best = same_tail or same_base or close
    return posixpath.relpath(best[0], folder or ".") if best else None


def ordered(edges: Mapping[K, list[Edge[K]]], limit: int, tell: Callable[["Circle[K] | TooDeep[K]"], None]) -> list[K]:
    """What is named before what names it; an edge that closes a circle or a too deep chain is told and dropped."""
    order: list[K] = []
    depth: dict[K, int] = {}
    for root in edges:
        if root in depth:
            continue
        path = [root]
        at = {root: 0}
        while path:
            name = path[-1]
            step = at[name]
            if step < len(edges[name]):
                edge = edges[name][step]
                at[name] = step + 1
                if edge.target in at:
                    tell(_circle(path[path.index(edge.target) :], edge, edges, at))
                    del edges[name][step]
                    at[name] = step
                elif edge.target not in depth:
                    path.append(edge.target)
                    at[edge.target] = 0
                continue
            path.pop()
            del at[name]
            deep = [edge for edge in edges[name] if depth[edge.target] >= limit]
            for edge in deep:
                tell(TooDeep(name, edge))
                edges[name].remove(edge)
            depth[name] = 1 + max((depth[edge.target] for edge in edges[name]), default=0)
            order.append(name)
    return order


def _circle(names: list[K], last: Edge[K], edges: Mapping[K, list[Edge[K]]], at: Mapping[K, int]) -> "Circle[K]":
    """The circle, told from its first name on, so that it reads the same wherever it was entered."""
    spans = [edges[name][at[name] - 1].span for name in names[:-1]] + [last.span]
    start = names.index(min(names))
    return Circle((*names[start:], *names[:start]), (*spans[start:], *spans[:start]))

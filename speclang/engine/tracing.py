"""Answers what is asked of the graph: what a change reaches, what nothing tries, and the graph itself for other tools.

In: an opened project. Out: lines for people, data for machines, text for other tools.
Invariant: answers from the specs as they stand; what is told of runs is handed in.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from ..source.hashing import Json
from ..source.records import dataclass
from ..source.suggest import nearest
from ..trace.drawing import drawn
from ..trace.elements import Edge, Node, Trace
from ..trace.formats.csv import table
from ..trace.formats.json import node_data
from ..trace.gather import Made, gather
from ..trace.graph import around
from ..trace.queries import LEVELS, Coverage, Impact, Reached, coverage, impact, near, resolve
from .compiling import Opened
from .fresh import LOCK

_MOST = 12
_KILLED = "killed needs runs of mutants (`specc mutate`)"


@dataclass(frozen=True, slots=True)
class Told:
    """The same answer three times: `lines` for people, `data`, and as a table whose first row names the columns.

    `ids` are the nodes that it is about.
    """

    lines: tuple[str, ...]
    data: Json
    rows: tuple[tuple[str, ...], ...]
    ids: frozenset[str]

    @property
    def table(self) -> str:
        """The answer as comma-separated values."""
        return table(self.rows)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Nothing is called `what`; `instead` is the nearest name or "", `why` a reason that is better than a guess or ""."""

    what: str
    instead: str = ""
    why: str = ""


def graph_of(opened: Opened) -> Trace:
    """The graph of a project that compiles."""
    compiled, config = opened.compiled, opened.home.config
    made = Made(
        features=compiled.program.features,
        plan=compiled.plan,
        artifacts=compiled.artifacts,
        files=compiled.files,
        places=compiled.places,
        layouts=config.layouts,
        settings=config.file,
        lock=f"{config.generated}/{LOCK}",
        kinds=config.kinds,
    )
    return gather(made)


def named(trace: Trace, words: Sequence[str], feature: str = "") -> "tuple[str, ...] | Unnamed":
    """The nodes that `words` name, or what is wrong with the first word that names none."""
    features = [name for name, _ in trace.writes]
    if feature and feature not in features:
        return Unnamed(feature, nearest(feature, features) or "")
    found: dict[str, None] = {}
    written = {path for _, paths in trace.writes for path in (*paths, trace.lock)}
    for word in words:
        ids = resolve(trace, word, feature)
        path, _, line = word.removeprefix("./").partition(":")
        if not ids and path in written:
            shown = word if line else f"{path}:1"
            why = (
                f"`{path}` is generated: a change of it reaches nothing; `specc trace {shown}` tells what it is made of"
            )
            return Unnamed(word, why=why)
        if not ids:
            return Unnamed(word, near(trace, word))
        found.update(dict.fromkeys(ids))
    return tuple(found)


def part(trace: Trace, ids: Sequence[str], *features: str) -> Trace:
    """The whole graph, or what lies around the nodes `ids`, or what is of some features with the files and policies behind them."""
    if ids:
        return trace.only(around(trace, ids))
    if not any(features):
        return trace
    kept = {node.id for node in trace.nodes if node.feature and node.feature in features}
    behind = {edge.target for edge in trace.edges if edge.source in kept}
    behind |= {edge.source for edge in trace.edges if edge.target in kept}
    return trace.only(frozenset(kept | {node.id for node in trace.nodes if node.id in behind and not node.feature}))


def text(trace: Trace, form: str) -> str:
    """The graph as another tool reads it."""
    return drawn(trace, form)


def reaches(trace: Trace, ids: Sequence[str], *, every: bool = False) -> Told:
    """What a change of the nodes `ids` reaches; long lists are cut for people unless `every`."""
    found = impact(trace, ids)
    nodes = {node.id: node for node in trace.nodes}
    asked = [nodes[one] for one in ids]
    several = len({node.feature for node in found.changed if node.feature}) > 1

    def called(node: Node) -> str:
        return f"{node.feature}/{node.name}" if several and node.feature else node.name

    def why(edge: Edge) -> str:
        return f"{edge.kind} {called(nodes[edge.target])}" if edge.kind else "changed itself"

    def of(reached: Sequence[Reached]) -> list[tuple[str, ...]]:
        return [(called(one.node), why(one.edge), one.node.place) for one in reached]

    features = f"{_count(len(found.features), 'feature')}: {', '.join(found.features)}"
    lines = [
        f"a change of {', '.join(called(node) for node in asked)} reaches {features if found.features else 'nothing'}"
    ]
    blocks: list[tuple[str, list[tuple[str, ...]]]] = [
        ("rebuild", [(path,) for path in found.rebuild]),
        ("clauses that may read otherwise", of(found.clauses)),
        ("graders that may judge otherwise", of(found.graders)),
        ("review", [(called(node), reason, node.place) for node, reason in found.review]),
        (f"run again: {_count(len(found.rerun), 'case')} that it reaches", of(found.rerun)),
    ]
    for title, rows in blocks:
        if rows:
            lines += [title, *(f"  {row}" for row in _columns(rows if every else rows[:_MOST]))]
            if len(rows) > _MOST and not every:
                lines.append(f"  … and {len(rows) - _MOST:,} more; --all shows them")
    if found.again:
        lines.append(f"run again: {_count(len(found.again), 'case')} whose prompt it changes")
        for feature in dict.fromkeys(node.feature for node in found.again):
            of_feature = [node.name for node in found.again if node.feature == feature]
            lines += [f"  {feature}/{name}" for name in of_feature] if every else [f"  {feature}: {len(of_feature):,}"]
    return Told(tuple(lines), _impact_data(found), _impact_rows(found, why), frozenset(_ids(found)))


def _ids(found: Impact) -> list[str]:
    links = (*found.clauses, *found.graders, *found.rerun)
    return [node.id for node in (*found.changed, *(one.node for one in links), *(node for node, _ in found.review))]


def _impact_data(found: Impact) -> Json:
    def reached(links: Sequence[Reached]) -> Json:
        return [{**_data(one.node), "link": one.edge.kind, "to": one.edge.target} for one in links]

    return {
        "version": 1,
        "changed": [_data(node) for node in found.changed],
        "features": list(found.features),
        "rebuild": list(found.rebuild),
        "clauses": reached(found.clauses),
        "graders": reached(found.graders),
        "review": [{**_data(node), "because": reason} for node, reason in found.review],
        "rerun": reached(found.rerun),
        "rerun_because_of_prompt": [_data(node) for node in found.again],
    }


def _data(node: Node) -> dict[str, Json]:
    data = node_data(node)
    return data if isinstance(data, dict) else {}


def _impact_rows(found: Impact, why: Callable[[Edge], str]) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = [("do", "kind", "feature", "name", "because", "place")]
    rows += [("rebuild", "file", "", path, "", path) for path in found.rebuild]
    for do, links in (("read", found.clauses), ("read", found.graders)):
        rows += [(do, *_cells(one.node, why(one.edge))) for one in links]
    rows += [("review", *_cells(node, reason)) for node, reason in found.review]
    rows += [("rerun", *_cells(one.node, why(one.edge))) for one in found.rerun]
    rows += [("rerun", *_cells(node, "its prompt changes")) for node in found.again]
    return tuple(rows)


def _cells(node: Node, because: str) -> tuple[str, ...]:
    return node.kind, node.feature, node.name, because, node.place


def uncovered(
    trace: Trace,
    feature: str = "",
    ran: Collection[tuple[str, str]] | None = None,
    killed: Collection[tuple[str, str]] | None = None,
) -> Told:
    """The requirements that lack a clause, a case, a deterministic grader or a negative case, and how far all of them have come.

    `ran` are the features and requirements of which a run on today's digests tells, `killed` those of which a case has killed a mutant;
    None where nobody has looked.
    """
    every = coverage(trace, feature)
    open_ones = [one for one in every if one.lacks]
    rows = [
        (one.requirement.feature, one.requirement.name, f"no {', no '.join(one.lacks)}", one.requirement.text)
        for one in open_ones
    ]
    levels = {one.requirement.id: _level(one, ran or (), killed or ()) for one in every}
    counts = {level: sum(one == level for one in levels.values()) for level in LEVELS}
    lines = [
        *_columns(rows),
        f"{_count(len(every), 'requirement')}: {len(every) - len(open_ones):,} covered, {len(open_ones):,} not",
        f"evidence: {_reached(counts, looked=ran is not None, mutated=killed is not None)}",
    ]
    data: Json = {
        "version": 1,
        "requirements": [_coverage_data(one, levels[one.requirement.id]) for one in every],
        "summary": {
            "requirements": len(every),
            "uncovered": len(open_ones),
            "declared": len(every),
            "generated": counts["generated"] + counts["executed"] + counts["killed"],
            "executed": None if ran is None else counts["executed"] + counts["killed"],
            "killed": None if killed is None else counts["killed"],
        },
    }
    head = (
        "feature",
        "requirement",
        "level",
        "lacks",
        "clauses",
        "cases",
        "graders",
        "deterministic",
        "negative",
        "place",
        "title",
    )
    table_rows = [
        (
            one.requirement.feature, one.requirement.name, levels[one.requirement.id], ", ".join(one.lacks),
            *(str(number) for number in (one.clauses, one.cases, one.graders, one.deterministic, one.negative)),
            one.requirement.place, one.requirement.text,
        )
        for one in every
    ]  # fmt: skip
    return Told(tuple(lines), data, (head, *table_rows), frozenset(one.requirement.id for one in open_ones))


def _level(one: Coverage, ran: Collection[tuple[str, str]], killed: Collection[tuple[str, str]]) -> str:
    """The highest level of evidence: what the spec alone gives, a run, or a mutant that was killed."""
    key = (one.requirement.feature, one.requirement.name)
    return "killed" if key in killed else "executed" if key in ran else one.level


def _reached(counts: Mapping[str, int], *, looked: bool, mutated: bool) -> str:
    """How many have come how far, and what it takes to come farther."""
    told = [f"{counts['generated']:,} generated", f"{counts['declared']:,} declared only"]
    if looked or counts["executed"]:
        told.insert(0, f"{counts['executed']:,} executed")
    if mutated:
        told.insert(0, f"{counts['killed']:,} killed a mutant")
    lacks = [] if looked else ["executed needs stored runs (`specc eval`)"]
    lacks += [] if mutated else [_KILLED]
    return ", ".join(told) + (f"; {', '.join(lacks)}" if lacks else "")


def _coverage_data(one: Coverage, level: str) -> Json:
    return {
        **_data(one.requirement),
        "level": level,
        "lacks": list(one.lacks),
        "clauses": one.clauses,
        "cases": one.cases,
        "graders": one.graders,
        "deterministic": one.deterministic,
        "negative": one.negative,
    }


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) if rows else 0)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]

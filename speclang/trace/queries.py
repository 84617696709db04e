"""What is asked of the graph: what a name means, what a change reaches, and what nothing tries.

In: a `Trace`. Out: plain data, in the order of the graph.
Invariant: an answer may name too much and never too little: what depends on a changed thing by any link is reached.
"""

from collections.abc import Iterable, Sequence

from ..source.records import dataclass
from ..source.suggest import nearest
from .elements import Edge, Node, Trace
from .graph import carried, stated

_NAMED = (
    "file",
    "feature",
    "policy",
    "requirement",
    "given",
    "tool",
    "outcome",
    "term",
    "fallback",
    "stress",
    "variant",
    "drill",
    "example",
)
_STATEMENTS = ("requirement:", "example:")


@dataclass(frozen=True, slots=True)
class Reached:
    """A node that a change reaches, and the link on which it does so."""

    node: Node
    edge: Edge


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of `changed` reaches.

    `rebuild` are the files that a build writes anew, `clauses` and `graders` what may read otherwise in them. `review` is what somebody
    has to read again, each with the reason. `rerun` are the cases that the change reaches by their links; `again` those that it does not,
    whose prompt it changes all the same, so that what was measured on them is of another prompt.
    """

    changed: tuple[Node, ...]
    features: tuple[str, ...]
    rebuild: tuple[str, ...]
    clauses: tuple[Reached, ...]
    graders: tuple[Reached, ...]
    review: tuple[tuple[Node, str], ...]
    rerun: tuple[Reached, ...]
    again: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was made of one requirement, and what was not. `lacks` says in words what is missing."""

    requirement: Node
    clauses: int
    cases: int
    graders: int
    deterministic: int
    negative: int
    lacks: tuple[str, ...]

    @property
    def level(self) -> str:
        """The highest level of evidence that the spec alone can give: `declared` or `generated`."""
        return "generated" if self.clauses and self.cases and self.graders else "declared"


LEVELS = ("declared", "generated", "executed", "killed")
"""Levels of evidence: it is stated; a clause, a case and a grader were made; a case ran on today's digests; a mutant of it was caught."""


def resolve(trace: Trace, what: str, feature: str = "") -> tuple[str, ...]:
    """The IDs of the nodes that `what` names: an ID, the path of a file, `REF-1`, `refunds/REF-1`, `given age` or `age`."""
    if not what:
        return ()
    nodes = [node for node in trace.nodes if not feature or node.feature in ("", feature)]
    path = what.replace("\\", "/").removeprefix("./")
    others = [node for node in nodes if node.kind != "clause"]  # a clause is called as its requirement is
    readings = (
        (node.id for node in nodes if node.id == what),
        (node.id for node in nodes if node.kind == "file" and node.name == path),
        (node.id for node in others if node.name == what),
        (node.id for node in others if f"{node.feature}/{node.name}" == what),
        (node.id for node in others if node.kind in _NAMED and node.name.partition(" ")[2] == what),
    )
    return next((found for found in map(tuple, readings) if found), ())


def near(trace: Trace, what: str) -> str:
    """The name that `what` was probably meant to be, or ""."""
    names: dict[str, str] = {}
    for node in trace.nodes:
        if node.kind != "clause":
            names.setdefault(node.name, node.name)
            bare = node.name.partition(" ")[2] if node.kind in _NAMED else ""
            if bare:
                names.setdefault(bare, node.name)
            if node.kind == "file":
                names.setdefault(node.name.rpartition("/")[2], node.name)
    return names.get(nearest(what, names) or "", "")


def impact(trace: Trace, what: Iterable[str]) -> Impact:
    """What a change of the nodes `what` reaches."""
    changed = stated(trace, what)
    links = carried(trace, changed)
    nodes = {node.id: node for node in trace.nodes}
    reached = [(node, links[node.id]) for node in trace.nodes if node.id in links]
    prompts = {node.feature for node, _ in reached if node.kind in ("clause", "feature")}
    features = tuple(name for name, _ in trace.writes if any(node.feature == name for node, _ in reached))
    rebuild = [path for name, paths in trace.writes if name in features for path in paths]
    seeds = frozenset(changed)

    def of_kind(kind: str) -> tuple[Reached, ...]:
        return tuple(Reached(node, edge) for node, edge in reached if node.kind == kind and edge is not None)

    cases = of_kind("case")
    asked = tuple(
        Reached(node, Edge(node.id, "", node.id)) for node, edge in reached if node.kind == "case" and not edge
    )
    direct = {one.node.id for one in (*cases, *asked)}
    return Impact(
        changed=tuple(nodes[one] for one in changed),
        features=features,
        rebuild=(*rebuild, *([trace.lock] if rebuild else [])),
        clauses=of_kind("clause"),
        graders=of_kind("grader"),
        review=_review(trace, nodes, seeds, reached),
        rerun=(*asked, *cases),
        again=tuple(
            node for node in trace.nodes if node.kind == "case" and node.feature in prompts and node.id not in direct
        ),
    )


def _review(
    trace: Trace, nodes: dict[str, Node], seeds: frozenset[str], reached: Sequence[tuple[Node, Edge | None]]
) -> tuple[tuple[Node, str], ...]:
    """What was written by hand about something that changes, and the requirements that lean on it."""
    found: dict[str, str] = {}
    for node, edge in reached:
        because = f"{edge.kind} {nodes[edge.target].name}" if edge else ""
        own = "phrase" if node.id.startswith("requirement:") else "text"
        by_hand = f"its {own} was written by hand" if "handmade" in node.marks else ""
        if by_hand or (edge and node.id.startswith(_STATEMENTS)):
            found[node.id] = "; ".join(one for one in (because, by_hand) if one)
    tried = {edge.source: edge.target for edge in trace.edges if edge.kind == "covers" and edge.target in seeds}
    for edge in trace.edges:
        if edge.kind == "overrides" and edge.target in seeds:
            found.setdefault(edge.source, f"overrides {nodes[edge.target].name}")
        if edge.kind == "overrides" and edge.source in seeds:
            found.setdefault(edge.target, f"is overridden by {nodes[edge.source].name}")
        if edge.kind == "covers" and edge.source in tried and edge.target.startswith("example:"):
            found.setdefault(edge.target, f"tries {nodes[tried[edge.source]].name}; its text was written by hand")
    return tuple((node, found[node.id]) for node in trace.nodes if node.id in found)


def coverage(trace: Trace, feature: str = "") -> tuple[Coverage, ...]:
    """What was made of each requirement; those in whose place another stands are left out."""
    to: dict[tuple[str, str], list[str]] = {}
    uses: dict[str, set[str]] = {}
    for edge in trace.edges:
        if edge.kind in ("renders", "covers", "grades"):
            to.setdefault((edge.target, edge.kind), []).append(edge.source)
        elif edge.kind == "uses" and edge.source.startswith("case:"):
            uses.setdefault(edge.source, set()).add(edge.target)
    judged = {node.id for node in trace.nodes if node.kind == "grader" and "judge" in node.marks}
    found: list[Coverage] = []
    for node in trace.nodes:
        if node.kind != "requirement" or "replaced" in node.marks or (feature and node.feature != feature):
            continue
        clauses, cases, graders = (to.get((node.id, kind), []) for kind in ("renders", "covers", "grades"))
        firm = [one for one in graders if one not in judged]
        negative = [case for case in cases if uses.get(case, set()).isdisjoint(graders)]
        asked = "conditional" in node.marks
        lacks = [
            word
            for word, there in (
                ("clause", clauses),
                ("case", cases),
                ("deterministic grader", firm),
                ("negative case", negative or not asked),
            )
            if not there
        ]
        found.append(
            Coverage(
                node, len(clauses), len(cases), len(graders), len(firm), len(negative) if asked else 0, tuple(lacks)
            )
        )
    return tuple(found)

"""What the graph is made of, as data.

An edge reads as a sentence: its source, its kind, its target (`case:refunds/REF-1/nominal` covers `requirement:refunds/REF-1`).
Invariant: IDs are made of what the user named and of nothing else, so an ID changes only if a name does.
"""

from collections.abc import Mapping

from ..source.records import dataclass, field, replace

NODES = {
    "file": "a spec, a layout of the project, or its settings",
    "feature": "one AI feature",
    "policy": "requirements that several features include",
    "requirement": "one requirement, in one feature",
    "given": "a value that the outcome may depend on",
    "tool": "something that the model may call",
    "outcome": "what the system is to do",
    "term": "a word with its meaning",
    "fallback": "what is done where the model or a tool fails",
    "stress": "along which axes messages differ",
    "clause": "what one requirement or declaration adds to one prompt",
    "case": "one conversation with what is expected of it",
    "variant": "one case as another user would write it",
    "drill": "one failure, with the tier of a fallback that it has to end in",
    "grader": "a check that speaks for one requirement",
    "example": "a conversation written by hand",
}
"""The kinds of nodes, in the order in which lists show them."""

EDGES = {
    "states": "a file, a feature or a policy states what is written in it",
    "includes": "a feature includes a policy",
    "uses": "a requirement uses a given, a given uses a tool, a case uses a grader, a feature uses a file",
    "overrides": "a requirement overrides another where both apply, or stands in its place",
    "renders": "a clause renders the requirement or the declaration whose clause it is",
    "covers": "a case covers the requirements that speak on its input",
    "grades": "a grader grades its requirement",
    "shows": "a clause shows an example, or draws words from a declaration",
}
"""The kinds of edges, each as an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """`id` is `kind:feature/name`, or `kind:name` for what is of no feature; `name` is what a user calls it (`given age`, `REF-1`).

    `text` says what it is: a title, a clause, the reason of a case. `place` is where it stands (`specs/refunds.spec:31:3`).
    `marks` are of the words in `MARKS`.
    """

    id: str
    kind: str
    name: str
    feature: str = ""
    text: str = ""
    place: str = ""
    marks: tuple[str, ...] = ()


MARKS = {
    "always": "a grader that judges every case of the feature",
    "conditional": "a requirement that does not hold on every input",
    "draft": "a requirement that is reported and fails nothing",
    "handmade": "it holds text that was written by hand for the prompt or a case, and is not derived again",
    "judge": "a grader that code can't decide",
    "replaced": "a requirement of a policy in whose place the feature has one of its own",
}
"""What can be told of a node beside its links."""


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` and `target` are IDs of nodes. `proof` says when and by whom the link was proven; one that is claimed has "".

    The compiler claims a link when it makes it; a mutant of the clause that a case catches proves it.
    """

    source: str
    kind: str
    target: str
    proof: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole graph: nodes by kind as `NODES` lists them and then as the files do, edges in the order of their sources.

    `writes` pairs each feature with the paths that a build of it writes; `lock` is the path of what all features write.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    writes: tuple[tuple[str, tuple[str, ...]], ...]
    lock: str

    def proven(self, proofs: Mapping[tuple[str, str, str], str]) -> "Trace":
        """The same graph, with `proofs` by what an edge says: its source, its kind, its target."""
        if not proofs:
            return self
        edges = (replace(one, proof=proofs.get((one.source, one.kind, one.target), "")) for one in self.edges)
        return replace(self, edges=tuple(edges))

    def only(self, ids: frozenset[str]) -> "Trace":
        """The part of it that holds the nodes `ids`, with the edges among them."""
        return Trace(
            tuple(node for node in self.nodes if node.id in ids),
            tuple(edge for edge in self.edges if edge.source in ids and edge.target in ids),
            self.writes,
            self.lock,
        )

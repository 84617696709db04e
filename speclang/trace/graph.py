"""The graph as networkx has it: what a change reaches, what lies around a node, and GraphML.

In: a `Trace`. Out: IDs of nodes with the edge on which each was reached, or text.
Invariant: the only file that knows networkx, which is imported when a question needs it.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .elements import Edge, Trace

if TYPE_CHECKING:
    import networkx

_ENDS = ("feature:", "file:", "policy:")


def network(trace: Trace) -> "networkx.MultiDiGraph[str]":
    """The whole graph: nodes by ID with what is told of them as attributes, edges keyed by their kinds."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in trace.nodes:
        graph.add_node(
            node.id,
            kind=node.kind,
            name=node.name,
            feature=node.feature,
            text=node.text,
            place=node.place,
            marks=" ".join(node.marks),
        )
    for edge in trace.edges:
        proof = {"proven": edge.proof} if edge.proof else {}
        graph.add_edge(edge.source, edge.target, key=edge.kind, kind=edge.kind, **proof)
    return graph


def graphml(trace: Trace) -> str:
    """The whole graph as GraphML."""
    import networkx

    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(networkx.generate_graphml(network(trace))) + "\n"


def stated(trace: Trace, seeds: Iterable[str]) -> tuple[str, ...]:
    """The nodes `seeds` and all that they state, and what that states in turn."""
    graph = _of_edges(edge for edge in trace.edges if edge.kind == "states")
    return tuple(_walk(graph, seeds))


def carried(trace: Trace, seeds: Iterable[str]) -> Mapping[str, Edge | None]:
    """What a change of the nodes `seeds` reaches, with the edge on which it was reached first; None for the seeds themselves.

    A change goes from what is used, rendered, covered, graded or shown to what does so. It ends at a feature: that one of its
    parts changes does not change the others.
    """
    graph = _of_edges(
        Edge(edge.target, edge.kind, edge.source)
        for edge in trace.edges
        if edge.kind not in ("states", "overrides") and not (edge.source.startswith("file:"))
    )
    return _walk(graph, seeds, ends=_ENDS)


def around(trace: Trace, seeds: Iterable[str]) -> frozenset[str]:
    """The nodes `seeds`, what a change of them reaches, what they depend on, and who states them."""
    wanted = tuple(seeds)
    changed = stated(trace, wanted)
    forward = _of_edges(edge for edge in trace.edges if edge.kind != "states" and not edge.source.startswith(_ENDS))
    found = set(changed) | set(_walk(forward, wanted)) | set(carried(trace, changed))
    upward = _of_edges(Edge(edge.target, "states", edge.source) for edge in trace.edges if edge.kind == "states")
    found |= set(_walk(upward, wanted))
    return frozenset(found)


def _of_edges(edges: Iterable[Edge]) -> "networkx.MultiDiGraph[str]":
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for edge in edges:
        graph.add_edge(edge.source, edge.target, key=edge.kind, edge=edge)
    return graph


def _walk(
    graph: "networkx.MultiDiGraph[str]", seeds: Iterable[str], ends: tuple[str, ...] = ()
) -> dict[str, Edge | None]:
    """The nodes that can be reached, nearest first; a node whose ID starts with one of `ends` is gone on from only if it is a seed."""
    starts = tuple(dict.fromkeys(seeds))
    found: dict[str, Edge | None] = dict.fromkeys(starts)
    waiting = deque(one for one in starts if one in graph)
    while waiting:
        source = waiting.popleft()
        if ends and source.startswith(ends) and source not in starts:
            continue
        for _, target, kind in graph.out_edges(source, keys=True):
            if target not in found:
                found[target] = Edge(target, kind, source)
                waiting.append(target)
    return found

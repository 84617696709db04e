"""The graph as GraphML, for yEd, Gephi, and networkx itself."""

from ...source.records import replace
from ..elements import Trace
from ..graph import graphml
from ..xml import clean


def text(trace: Trace) -> str:
    """An XML document; a character that XML can't hold is shown as a replacement."""
    nodes = tuple(
        replace(node, id=clean(node.id), name=clean(node.name), text=clean(node.text), place=clean(node.place))
        for node in trace.nodes
    )
    edges = tuple(replace(edge, source=clean(edge.source), target=clean(edge.target)) for edge in trace.edges)
    return graphml(Trace(nodes, edges, trace.writes, trace.lock))

"""The graph as GraphML, for yEd, Gephi, and networkx itself."""

import re

from ...source.records import replace
from ..elements import Trace
from ..graph import graphml

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(trace: Trace) -> str:
    """An XML document; a character that XML can't hold is shown as a replacement."""
    nodes = tuple(
        replace(node, id=_clean(node.id), name=_clean(node.name), text=_clean(node.text), place=_clean(node.place))
        for node in trace.nodes
    )
    edges = tuple(replace(edge, source=_clean(edge.source), target=_clean(edge.target)) for edge in trace.edges)
    return graphml(Trace(nodes, edges, trace.writes, trace.lock))


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)

"""The graph as JSON: its nodes, its edges, and the version of this form."""

import json

from ...source.hashing import Json
from ..elements import Edge, Node, Trace

VERSION = 1


def text(trace: Trace) -> str:
    """One line for each node and each edge, so that two versions can be compared line by line."""
    nodes = ",\n".join(_line(node_data(node)) for node in trace.nodes)
    edges = ",\n".join(_line(edge_data(edge)) for edge in trace.edges)
    return f'{{"version":{VERSION},\n"nodes":[\n{nodes}\n],\n"edges":[\n{edges}\n]}}\n'


def edge_data(edge: Edge) -> Json:
    """An edge as data; one that is claimed says nothing of a proof."""
    data: dict[str, Json] = {"source": edge.source, "kind": edge.kind, "target": edge.target}
    return {**data, "proven": edge.proof} if edge.proof else data


def node_data(node: Node) -> Json:
    """A node as data; what says nothing is left out."""
    data: dict[str, Json] = {"id": node.id, "kind": node.kind, "name": node.name}
    said = (("feature", node.feature), ("text", node.text), ("place", node.place))
    data.update({name: value for name, value in said if value})
    if node.marks:
        data["marks"] = list(node.marks)
    return data


def _line(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

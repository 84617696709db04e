"""The nodes and edges found so far, and the IDs of what a feature names.

Invariant: an edge leads from a node to another node; whoever links to nothing is not heard.
"""

from collections.abc import Iterable

from ..model.feature import Feature
from ..source.records import dataclass, field
from .elements import Edge, Node

DECLARED = ("given ", "tool ", "outcome ", "term ", "fallback ", "stress ")


@dataclass(frozen=True, slots=True)
class Found:
    """Nodes by ID and edges, each once, in the order in which they were found."""

    nodes: dict[str, Node] = field(default_factory=dict[str, Node])
    edges: dict[Edge, None] = field(default_factory=dict[Edge, None])

    def link(self, source: str, kind: str, targets: Iterable[str]) -> None:
        """Add edges to those targets that are nodes."""
        for target in targets:
            if target in self.nodes and source in self.nodes and target != source:
                self.edges[Edge(source, kind, target)] = None


def declared_id(feature: Feature, owner: str) -> str:
    """The node of a declaration (`given age`)."""
    kind, _, name = owner.partition(" ")
    return f"{kind}:{feature.name}/{name}"


def owner_id(feature: Feature, owner: str, found: Found) -> str:
    """The ID of whatever an origin calls `owner`; "" where it is no node (`ask`)."""
    if owner.startswith(DECLARED):
        return declared_id(feature, owner)
    if owner == f"feature {feature.name}":
        return f"feature:{feature.name}"
    for kind in ("requirement", "example"):
        if (one := f"{kind}:{feature.name}/{owner}") in found.nodes:
            return one
    return ""

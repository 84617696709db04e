"""What of a project relies on a tool: exactly what a change of it reaches in the graph.

In: the graph, and the features that declare the tool. Out: requirements, clauses and cases of each, by their names.
"""

from collections.abc import Iterable, Iterator

from ...trace.elements import Trace
from ...trace.queries import impact
from .outcome import Relying


def relying(trace: Trace, tool: str, features: Iterable[str]) -> Iterator[Relying]:
    """What relies on `tool` in each of `features`: by a given that comes from it, an outcome that calls it, or by its faults."""
    for feature in features:
        reached = impact(trace, (f"tool:{feature}/{tool}",))
        stated = [node.name for node, _ in reached.review if node.id.startswith(("requirement:", "example:"))]
        yield Relying(
            feature,
            tuple(dict.fromkeys(stated)),
            tuple(dict.fromkeys(one.node.name for one in reached.clauses)),
            tuple(one.node.name for one in reached.rerun),
        )

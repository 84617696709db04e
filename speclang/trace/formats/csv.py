"""The graph as a table: one row for each edge, with what both of its ends are; a node without edges has a row of its own.

Invariant: no cell starts as a formula does. What a spec says may come from anybody, and a spreadsheet runs a cell that starts with
one of these characters; it gets an apostrophe, which a spreadsheet does not show.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from ..elements import Node, Trace

COLUMNS = (
    "source", "source_kind", "source_name", "source_text", "source_place", "link",
    "target", "target_kind", "target_name", "target_text", "target_place",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet reads the wide ones too
_NOTHING = Node(id="", kind="", name="")


def text(trace: Trace) -> str:
    """Comma-separated, every cell quoted, a line feed after each row."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    nodes = {node.id: node for node in trace.nodes}
    linked: set[str] = set()
    for edge in trace.edges:
        linked.update((edge.source, edge.target))
        rows.append((*_of(nodes[edge.source]), edge.kind, *_of(nodes[edge.target])))
    rows.extend((*_of(node), "", *_of(_NOTHING)) for node in trace.nodes if node.id not in linked)
    return table(rows)


def table(rows: Iterable[Sequence[str]]) -> str:
    """Any table in the same form, every cell safe."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _of(node: Node) -> tuple[str, ...]:
    return node.id, node.kind, node.name, node.text, node.place


def plain(cell: str) -> str:
    """`cell` as a text that no spreadsheet takes for a formula; white space before the first character does not hide one."""
    clean = cell.replace("\0", "\ufffd")
    return f"'{clean}" if clean.startswith(_FORMULA) or clean.lstrip().startswith(_FORMULA) else clean

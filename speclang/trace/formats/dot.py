"""The graph for Graphviz, and for whatever else reads DOT."""

from ..elements import Trace

_SHAPES = {
    "file": "note",
    "feature": "house",
    "policy": "folder",
    "requirement": "box",
    "given": "ellipse",
    "tool": "component",
    "outcome": "cds",
    "term": "tab",
    "clause": "plaintext",
    "fallback": "trapezium",
    "stress": "trapezium",
    "case": "box",
    "variant": "box",
    "drill": "box",
    "grader": "diamond",
    "example": "box",
}


def text(trace: Trace) -> str:
    """A directed graph that is drawn from left to right; a node is labelled with its name and what it says."""
    lines = ["digraph trace {", "  rankdir=LR;", "  node [fontname=Helvetica, fontsize=10];", "  edge [fontsize=8];"]
    for node in trace.nodes:
        label = node.name if not node.text else f"{node.name}\n{_short(node.text)}"
        lines.append(f"  {_quoted(node.id)} [label={_quoted(label)}, shape={_SHAPES[node.kind]}, class={node.kind}];")
    lines.extend(
        f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={edge.kind}, class={edge.kind}];"
        for edge in trace.edges
    )
    return "\n".join([*lines, "}"]) + "\n"


def _short(text: str, width: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _quoted(text: str) -> str:
    """A string of DOT: a backslash starts an escape, one of which breaks the line; control characters are shown as a replacement."""
    visible = "".join(one if one == "\n" or one.isprintable() else "\ufffd" for one in text)
    return '"' + visible.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

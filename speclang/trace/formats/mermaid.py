"""The graph as a Mermaid flow chart, which GitHub and GitLab draw in Markdown.

Invariant: a label holds letters, digits, spaces and a few harmless signs; everything else is written as a number (`#34;`), so that no
title can end its label, start a tag, a link or a directive, or be read as Markdown.
"""

from ..elements import Trace

_HARMLESS = frozenset(" ,.:=()-/'…–")
_SHAPES = {
    "file": ('[/"', '"/]'),
    "feature": ('[["', '"]]'),
    "policy": ('[["', '"]]'),
    "requirement": ('["', '"]'),
    "given": ('(["', '"])'),
    "tool": ('{{"', '"}}'),
    "outcome": ('>"', '"]'),
    "term": ('(["', '"])'),
    "clause": ('["', '"]'),
    "fallback": ('[\\"', '"/]'),
    "stress": ('[\\"', '"/]'),
    "case": ('("', '")'),
    "variant": ('("', '")'),
    "drill": ('("', '")'),
    "grader": ('{"', '"}'),
    "example": ('("', '")'),
}


def text(trace: Trace) -> str:
    """A flow chart from left to right; nodes are numbered, since Mermaid's names can't hold what ours do."""
    numbers = {node.id: f"n{number}" for number, node in enumerate(trace.nodes)}
    lines = ["flowchart LR"]
    for node in trace.nodes:
        start, end = _SHAPES[node.kind]
        label = escaped(_short(f"{node.name}: {node.text}" if node.text else node.name))
        lines.append(f"  {numbers[node.id]}{start}{label}{end}")
    lines.extend(f"  {numbers[edge.source]} -->|{edge.kind}| {numbers[edge.target]}" for edge in trace.edges)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """`text` as it may stand between the quotes of a label."""
    return "".join(one if one.isalnum() or one in _HARMLESS else f"#{ord(one)};" for one in text)


def _short(text: str, width: int = 72) -> str:
    line = " ".join("".join(one if one.isprintable() or one.isspace() else "\ufffd" for one in text).split())
    return line if len(line) <= width else line[: width - 1] + "…"

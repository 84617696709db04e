"""Graphs for the tests of the graph: of a text, and of nothing but hostile titles."""

from pathlib import Path

from speclang.engine.compiling import open_project
from speclang.engine.starting.start import start
from speclang.engine.tracing import graph_of
from speclang.trace.elements import Edge, Node, Trace

HOSTILE = (
    '=HYPERLINK("https://example.org","x")',
    "+1", "-1", "@SUM(A1)", "  =1+1", "\t=1", "\r=1", "＝1",
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"]; x --> y', "a\\", '\\N \\G \\"',
    "a\nb", "a\r\nb", "&amp; & <b>", "`code` **bold** [x](javascript:alert(1))", "%%{init: {}}%%", "end", "subgraph", "click n0 call x()",
    "]]> <![CDATA[", "a;b", "a|b", "{{x}}", "${x}", "#quot;", "\u202eabc", "\ufeff", "\u2028", "\x1b[31m", "\x00",
    "\ud800", "\uffff", "😀 ü ﷽",
)  # fmt: skip
"""Titles that try to be something else where they are drawn."""


def hostile() -> Trace:
    """One requirement for each hostile title, each covered by a case that says the same."""
    nodes, edges = [], []
    for number, title in enumerate(HOSTILE):
        requirement, case = f"requirement:f/R-{number}", f"case:f/R-{number}/nominal"
        nodes.append(Node(id=requirement, kind="requirement", name=f"R-{number}", feature="f", text=title, place=title))
        nodes.append(Node(id=case, kind="case", name=f"R-{number}/nominal", feature="f", text=title))
        edges.append(Edge(case, "covers", requirement))
    nodes.append(Node(id="feature:f", kind="feature", name="feature f", feature="f", text=HOSTILE[8]))
    nodes.append(Node(id="file:=cmd|' /C calc'!A0.spec", kind="file", name="=cmd|' /C calc'!A0.spec"))
    return Trace(tuple(nodes), tuple(edges), (("f", ("generated/f/prompt.md",)),), "generated/specc.lock")


def of_project(folder: Path, **texts: str) -> Trace:
    """The graph of a project with these specs."""
    start(folder)
    (folder / "specs" / "first.spec").unlink()
    for name, text in texts.items():
        (folder / "specs" / f"{name}.spec").write_text(text, encoding="utf-8")
    opened = open_project(folder)
    assert not [one for one in opened.compiled.diagnostics if one.severity == "error"], opened.compiled.diagnostics
    return graph_of(opened)

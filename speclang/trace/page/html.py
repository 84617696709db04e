"""The graph as a page: one HTML file without a resource of its own beside it.

In: a `Trace`. Out: the text of the file.
Invariant: what a spec says reaches the page as text only: escaped in markup, and in a data block whose `<` are written as numbers. A
policy in the page's head lets no script and no style run but the two whose hashes it names, and lets nothing be fetched.
"""

from collections.abc import Container, Iterator, Mapping

from ...source.hashing import Json
from ..elements import EDGES, NODES, Trace
from ..queries import coverage
from .assets import script, style
from .layout import TITLES, WIDTH, Box, Line, Picture, pictures
from .markup import block, policy, text

MARK = '<!DOCTYPE html>\n<html lang="en">\n<meta name="generator" content="specc trace">\n'
"""How every such file begins: by this, specc knows a file of its own."""

_CHARACTER = 7
_LEFT, _TOP = 12, 24


def page(trace: Trace, name: str) -> str:
    """The page of the graph of the project `name`."""
    drawn = pictures(trace)
    counts = ", ".join(
        f"{number:,} {kind}{'' if number == 1 else 's'}"
        for kind in ("feature", "requirement", "clause", "grader", "case")
        if (number := sum(node.kind == kind for node in trace.nodes))
    )
    nav = "".join(f'<a href="#feature-{number}">{text(one.feature)}</a>' for number, one in enumerate(drawn))
    index = {node.id: at for at, node in enumerate(trace.nodes)}
    lacking = {one.requirement.id for one in coverage(trace) if one.lacks}
    body = "\n".join(_section(number, one, index, lacking) for number, one in enumerate(drawn))
    return f"""{MARK}<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(script(), style())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(name)}: trace</title>
<style>{style()}</style>
<header>
<h1>{text(name)}</h1>
<p id="counts">{text(counts)}</p>
<label>Search <input id="search" type="search" placeholder="ID, name or text" autocomplete="off" spellcheck="false"></label>
<span id="hits" role="status"></span>
<label><input id="reach" type="checkbox"> show all that a change reaches</label>
<nav aria-label="features">{nav}</nav>
</header>
<main>
<div id="pictures" tabindex="0" role="region" aria-label="pictures">
{body}
</div>
<aside id="panel" aria-live="polite" aria-label="details">
<ul id="found"></ul>
<div id="details"><p>Choose anything to see what it is linked to.</p>
<p class="keys"><kbd>/</kbd> search, <kbd>Tab</kbd> into a picture, arrow keys move, <kbd>Enter</kbd> chooses, <kbd>Esc</kbd> clears.</p>
{_legend()}</div>
</aside>
</main>
<script type="application/json" id="graph">{_data(trace)}</script>
<script>{script()}</script>
</html>
"""


def _legend() -> str:
    rows = "".join(f'<li><i class="swatch {kind}"></i>{kind}</li>' for kind in NODES)
    return f'<ul class="legend">{rows}<li><i class="swatch lacking"></i>something is lacking</li></ul>'


def _section(number: int, picture: Picture, index: Mapping[str, int], lacking: Container[str]) -> str:
    titles = _titles(picture)
    lines = "\n".join(_line(one, index) for one in picture.lines)
    boxes = "\n".join(_box(one, index, lacking=one.node.id in lacking) for one in picture.boxes)
    width, height = WIDTH + 2 * _LEFT, picture.height + _TOP
    return f"""<section id="feature-{number}" aria-label="{text(picture.feature)}">
<h2>{text(picture.feature)} <small>{text(picture.title)}</small></h2>
<div class="scroll"><svg width="{width}" height="{height}" viewBox="{-_LEFT} {-4} {width} {height}" role="group">
<defs><marker id="arrow-{number}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0 0 8 4 0 8z"/></marker></defs>
{titles}
<g class="lines" data-arrow="arrow-{number}">
{lines}
</g>
<g class="links"></g>
<g class="boxes">
{boxes}
</g>
</svg></div>
</section>"""


def _titles(picture: Picture) -> str:
    top = min((box.y for box in picture.boxes if box.node.kind != "file"), default=0)
    return "".join(f'<text class="title" x="{x}" y="{top - 9}">{text(title)}</text>' for x, title in TITLES)


def _line(line: Line, index: Mapping[str, int]) -> str:
    if line.bend:
        x = line.x1 + line.bend
        path = f"M{line.x1} {line.y1}C{x} {line.y1} {x} {line.y2} {line.x2} {line.y2}"
    else:
        middle = (line.x1 + line.x2) // 2
        path = f"M{line.x1} {line.y1}C{middle} {line.y1} {middle} {line.y2} {line.x2} {line.y2}"
    ends = f'data-from="{index[line.edge.source]}" data-to="{index[line.edge.target]}"'
    return f'<path class="line {line.edge.kind}" {ends} d="{path}"/>'


def _box(box: Box, index: Mapping[str, int], *, lacking: bool) -> str:
    node = box.node
    said = " ".join(f"{node.kind} {node.name.removeprefix(node.kind + ' ')}: {node.text}".split()).removesuffix(":")
    marks = " ".join(
        ("node", node.kind, *node.marks, *(("lacking",) if lacking else ()), *(("chip",) if box.chip else ()))
    )
    head = (
        f'<g class="{marks}" data-node="{index[node.id]}" role="button" tabindex="-1" aria-label="{text(said)}">'
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="3"/>'
    )
    return head + "".join(_words(box)) + f"<title>{text(said)}</title></g>"


def _words(box: Box) -> Iterator[str]:
    """The text in a box: as many characters as it has room for."""
    node = box.node
    if box.chip:
        return
    room = (box.width - box.taken - 12) // _CHARACTER
    y = box.y + 17
    name = node.name.removeprefix(f"{node.kind} ")
    if node.kind == "clause":
        name = f":{node.place.rpartition(':')[2]}"
    yield f'<text x="{box.x + 6}" y="{y}"><tspan class="name">{text(_cut(name, room))}</tspan>'
    rest = room - len(name) - 1
    if node.text and rest > 3 and node.kind not in ("clause", "feature", "policy"):
        yield f'<tspan class="says" dx="6">{text(_cut(node.text, rest))}</tspan>'
    yield "</text>"
    if node.kind in ("feature", "policy") and box.height > 40:
        yield f'<text class="says" x="{box.x + 6}" y="{y + 17}">{text(_cut(node.text or node.kind, room))}</text>'


def _cut(words: str, room: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= room else line[: max(room - 1, 1)] + "…"


def _data(trace: Trace) -> str:
    """The graph for the script: nodes, edges as three numbers each, and by the place of an edge who proved it when."""
    index = {node.id: at for at, node in enumerate(trace.nodes)}
    kinds = list(EDGES)
    lacks = {one.requirement.id: list(one.lacks) for one in coverage(trace)}
    nodes: list[Json] = [
        [
            node.kind,
            node.name,
            node.feature,
            node.text,
            node.place,
            " ".join(node.marks),
            ", ".join(lacks.get(node.id, [])),
        ]
        for node in trace.nodes
    ]
    edges: list[Json] = []
    for edge in trace.edges:
        edges += [index[edge.source], kinds.index(edge.kind), index[edge.target]]
    proofs: dict[str, Json] = {str(3 * at): edge.proof for at, edge in enumerate(trace.edges) if edge.proof}
    data: Json = {"kinds": list(kinds), "nodes": nodes, "edges": edges, "proofs": proofs}
    return block(data)

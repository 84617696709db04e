"""Where everything stands on the page: one picture for each feature, in layers from who states a requirement to the cases that try it.

In: a `Trace`. Out: boxes and lines in whole pixels.
Invariant: the same graph gives the same picture; nothing is drawn twice in one picture, and no two boxes of it overlap.
"""

from collections.abc import Iterable, Mapping, Sequence

from ...source.records import dataclass, replace
from ..elements import Edge, Node, Trace

ROW = 26
_GAP = 6
_CHIP = 13
_STEP = 16
_STATERS, _DECLARED, _STATED, _CLAUSES, _GRADERS, _CASES = 0, 156, 420, 738, 800, 896
_WIDTHS = {"stater": 132, "declared": 186, "stated": 258, "clause": 42}
_GRADERS_A_ROW, _CASES_A_ROW = 5, 18
WIDTH = _CASES + _CASES_A_ROW * _STEP
TITLES = (
    (_STATERS, "stated by"),
    (_DECLARED, "about"),
    (_STATED, "requirement"),
    (_CLAUSES, "clause"),
    (_GRADERS, "graders"),
    (_CASES, "cases"),
)
"""The heading of each layer, and where it starts."""

_TOP = 28


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands; a `chip` is too small for words, and `taken` of a box's width is held by chips."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    chip: bool = False
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A curve that is always there: `edge` from one box to another, leaving and arriving at these points."""

    edge: Edge
    x1: int
    y1: int
    x2: int
    y2: int
    bend: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What one feature looks like."""

    feature: str
    title: str
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Links:
    """The edges of a graph by their ends."""

    nodes: Mapping[str, Node]
    into: Mapping[str, tuple[Edge, ...]]
    out: Mapping[str, tuple[Edge, ...]]

    @staticmethod
    def of(trace: Trace) -> "_Links":
        into: dict[str, list[Edge]] = {}
        out: dict[str, list[Edge]] = {}
        for edge in trace.edges:
            into.setdefault(edge.target, []).append(edge)
            out.setdefault(edge.source, []).append(edge)
        return _Links(
            {node.id: node for node in trace.nodes},
            {id: tuple(edges) for id, edges in into.items()},
            {id: tuple(edges) for id, edges in out.items()},
        )

    def sources(self, id: str, *kinds: str) -> list[Node]:
        """The nodes from which an edge of these kinds leads to `id`."""
        return [self.nodes[edge.source] for edge in self.into.get(id, ()) if edge.kind in kinds]

    def targets(self, id: str, *kinds: str) -> list[Node]:
        """The nodes to which an edge of these kinds leads from `id`."""
        return [self.nodes[edge.target] for edge in self.out.get(id, ()) if edge.kind in kinds]


def pictures(trace: Trace) -> tuple[Picture, ...]:
    """One picture for each feature of the graph, in its order."""
    links = _Links.of(trace)
    return tuple(_picture(node, trace, links) for node in trace.nodes if node.kind == "feature")


def _picture(feature: Node, trace: Trace, links: _Links) -> Picture:
    mine = [node for node in trace.nodes if node.feature == feature.feature and node.id != feature.id]
    boxes: dict[str, Box] = {}
    files = [*links.targets(feature.id, "uses"), *links.sources(feature.id, "states")]
    top = _files([node for node in dict.fromkeys(files) if node.kind == "file"], boxes) + _TOP
    bottom = max(_rows(feature, mine, links, boxes, top), _declared(mine, links, boxes, top))
    _own_clauses(mine, links, boxes)
    rest = [node for node in mine if node.id not in boxes]
    bottom = _chips(rest, boxes, _STATED, bottom, 40)
    return Picture(feature.feature, feature.text, bottom + _GAP, tuple(boxes.values()), tuple(_lines(trace, boxes)))


def _files(files: Sequence[Node], boxes: dict[str, Box]) -> int:
    """The files in rows above everything; the y below them."""
    x = y = 0
    for node in files:
        width = min(36 + 7 * len(node.name), WIDTH)
        if x and x + width > WIDTH:
            x, y = 0, y + ROW + _GAP
        boxes[node.id] = Box(node, x, y, width, ROW)
        x += width + _GAP
    return y + (ROW + _GAP if files else 0) + 8


def _rows(feature: Node, mine: Sequence[Node], links: _Links, boxes: dict[str, Box], top: int) -> int:
    """Requirements and examples, grouped by who states them, each with its clause, graders and cases on its row."""
    groups: dict[str, list[Node]] = {feature.id: []}
    for node in mine:
        if node.id.startswith(("requirement:", "example:")):
            staters = links.sources(node.id, "states")
            groups.setdefault(staters[0].id if staters else feature.id, []).append(node)
    y = top
    for stater, members in groups.items():
        start = y
        for node in members:
            y += _row(node, links, boxes, y) + _GAP
        y = max(y, start + ROW + _GAP)
        boxes[stater] = Box(links.nodes[stater], _STATERS, start, _WIDTHS["stater"], y - start - _GAP)
        y += _GAP
    return y


def _row(node: Node, links: _Links, boxes: dict[str, Box], y: int) -> int:
    """One requirement with what was made of it; the height of its row."""
    boxes[node.id] = Box(node, _STATED, y, _WIDTHS["stated"], ROW)
    below = y + ROW
    for number, clause in enumerate(_first(links.sources(node.id, "renders", "shows"), "clause", boxes, node)):
        boxes[clause.id] = Box(clause, _CLAUSES, y + number * (ROW + 2), _WIDTHS["clause"], ROW)
        below = max(below, y + number * (ROW + 2) + ROW)
    graders = _first(links.sources(node.id, "grades"), "grader", boxes, node)
    below = max(below, _chips(graders, boxes, _GRADERS, y + 6, _GRADERS_A_ROW))
    cases = [one for one in links.sources(node.id, "covers") if one.name.startswith(f"{node.name}/")]
    return max(below, _chips(cases, boxes, _CASES, y + 6, _CASES_A_ROW)) - y


def _first(nodes: Iterable[Node], kind: str, boxes: Mapping[str, Box], owner: Node) -> list[Node]:
    """Those of a kind that have no place yet; a clause that only draws words from another stands with its owner."""
    return [
        node
        for node in nodes
        if node.kind == kind
        and node.id not in boxes
        and (kind != "clause" or node.name.rpartition("/")[2] == owner.name)
    ]


def _chips(nodes: Sequence[Node], boxes: dict[str, Box], x: int, y: int, a_row: int) -> int:
    """Small boxes in rows of `a_row`; the y below them."""
    for number, node in enumerate(nodes):
        row, column = divmod(number, a_row)
        boxes[node.id] = Box(node, x + column * _STEP, y + row * _STEP, _CHIP, _CHIP, chip=True)
    return y + -(-len(nodes) // a_row) * _STEP


def _declared(mine: Sequence[Node], links: _Links, boxes: dict[str, Box], top: int) -> int:
    """Declarations at the height of what uses them, as near as there is room; the y below them."""
    nodes = [node for node in mine if node.kind in ("given", "tool", "outcome", "term")]
    wanted = _heights(nodes, links, boxes)
    order = {node.id: number for number, node in enumerate(nodes)}
    nodes.sort(key=lambda node: (wanted[node.id], order[node.id]))
    places: list[int] = []
    for node in nodes:
        places.append(max(wanted[node.id], places[-1] + ROW + _GAP if places else top, top))
    floor = max([box.y + box.height for box in boxes.values()], default=top)
    limit = max(floor, top + len(nodes) * (ROW + _GAP)) - ROW
    for number in reversed(range(len(places))):
        places[number] = min(places[number], limit)
        limit = places[number] - ROW - _GAP
    for node, y in zip(nodes, places, strict=True):
        boxes[node.id] = Box(node, _DECLARED, y, _WIDTHS["declared"], ROW)
    return places[-1] + ROW + _GAP if places else top


def _heights(nodes: Sequence[Node], links: _Links, boxes: Mapping[str, Box]) -> dict[str, int]:
    """The middle of what uses each node; for a tool that only other declarations use, the middle of these."""
    wanted: dict[str, int] = {}
    bottom = max((box.y for box in boxes.values()), default=0)
    for _ in range(2):
        for node in nodes:
            users = links.sources(node.id, "uses")
            heights = [
                boxes[one.id].y for one in users if one.id.startswith(("requirement:", "example:")) and one.id in boxes
            ]
            heights = heights or [wanted[one.id] for one in users if one.id in wanted]
            wanted[node.id] = sum(heights) // len(heights) if heights else bottom
    return wanted


def _own_clauses(mine: Sequence[Node], links: _Links, boxes: dict[str, Box]) -> None:
    """The clauses of declarations and of the feature itself, at the right end of the box of whose clause it is."""
    for node in mine:
        if node.kind != "clause" or node.id in boxes:
            continue
        for owner in links.targets(node.id, "renders"):
            box = boxes.get(owner.id)
            if box is not None:
                taken = box.taken + _STEP + 2
                boxes[owner.id] = replace(box, taken=taken)
                boxes[node.id] = Box(node, box.x + box.width - taken, box.y + 6, _CHIP, _CHIP, chip=True)


def _lines(trace: Trace, boxes: Mapping[str, Box]) -> Iterable[Line]:
    """The lines that are always drawn: what a requirement uses and overrides, and what a declaration uses."""
    for edge in trace.edges:
        start, end = boxes.get(edge.source), boxes.get(edge.target)
        if start is None or end is None or start.chip or end.chip:
            continue
        y1, y2 = start.y + ROW // 2, end.y + ROW // 2
        if edge.kind == "overrides":
            x = start.x + start.width
            yield Line(edge, x, y1, x, y2, min(22 + abs(y2 - y1) // 12, 48))
        elif edge.kind == "uses" and start.x == _STATED and end.x == _DECLARED:
            yield Line(edge, start.x, y1, end.x + end.width, y2, 0)
        elif edge.kind == "uses" and start.x == end.x == _DECLARED:
            yield Line(edge, start.x, y1, end.x, y2, -18)

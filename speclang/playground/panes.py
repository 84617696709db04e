"""What a page shows of a project, as rows: a row of each pane changes only where what it shows has changed.

In: a lookup, after everything was looked at. Out: rows of plain data.
Invariant: no row of prompt, cases or graph says where something stands, so that a line that is typed above changes none of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from ..diagnostics.code import Severity
from ..diagnostics.diagnostic import Diagnostic, Fix
from ..diagnostics.draw import draw
from ..engine.queries.lookup import Lookup
from ..engine.queries.outline import Entry, outline
from ..engine.queries.preview import Preview
from ..engine.tracing import graph_of, part
from ..plan.case import Case
from ..plan.plan import FeaturePlan
from ..source.hashing import Json
from ..source.span import Places, Range
from .columns import Columns
from .splice import Rows

MOST = 200
"""So many findings are shown; the page tells how many more there are."""

_WIDTH = 78

Find = Callable[[str], Columns | None]
"""The characters of a file, by its name; None if its text is not at hand."""


def prompt(found: Preview) -> Rows:
    """The prompt in parts: whose each is, and what it says."""
    return [[one.owner, one.text] for one in found.prompt]


def cases(plan: FeaturePlan, titles: Mapping[str, str]) -> Rows:
    """The cases by requirement: its ID, its title, and each of its cases."""
    return [
        [id, titles.get(id, ""), [_case(one) for one in some]]
        for id, some in groupby(plan.cases, lambda one: one.requirement)
    ]


def _case(one: Case) -> Json:
    return {
        "id": one.id,
        "why": one.why,
        "inputs": [[each.given, each.shown] for each in one.inputs],
        "turns": [[each.role, each.text] for each in one.turns],
        "tools": [[each.tool, each.state] for each in one.replies if each.state != "works"],
        "expect": [each.outcome for each in one.expected],
        "graders": [each.grader for each in one.uses],
    }


def titles(lookup: Lookup, feature: str) -> dict[str, str]:
    """What the requirements of a feature are called beside their IDs."""
    view = lookup.session.view
    every = view.opened.compiled.program.features if view is not None else ()
    return {
        one.id: one.title.plain if one.title else "" for own in every if own.name == feature for one in own.requirements
    }


def graph(lookup: Lookup, feature: str) -> tuple[Rows, Rows]:
    """The nodes and the edges of the graph of one feature."""
    view = lookup.session.view
    if view is None:
        return [], []
    trace = part(graph_of(view.opened), (), feature)
    nodes: Rows = [[one.id, one.kind, one.name, one.text, " ".join(one.marks)] for one in trace.nodes]
    edges: Rows = [[one.source, one.kind, one.target] for one in trace.edges]
    return nodes, edges


def shape(lookup: Lookup, name: str, columns: Columns) -> Rows:
    """What a spec declares, in order: whose it is, after how many characters it begins, how long it is, and how deep it lies.

    A beginning counts from that of the entry before, so that typing changes the row in which it happens and the length of its block.
    """
    rows: list[Json] = []
    last = 0
    for one, depth in _flat(outline(lookup, name), 0):
        start, end = columns.units(one.whole.start), columns.units(one.whole.end)
        rows.append([_owner(one), start - last, end - start, depth, one.name, one.detail])
        last = start
    return rows


def _flat(entries: Sequence[Entry], depth: int) -> Iterator[tuple[Entry, int]]:
    for one in entries:
        yield one, depth
        yield from _flat(one.members, depth + 1)


def _owner(one: Entry) -> str:
    """What the plan calls it."""
    return one.name if one.sort == "requirement" else f"{one.sort} {one.name}"


def findings(lookup: Lookup, found: Sequence[Diagnostic], columns: Find, places: Places | None) -> Rows:
    """Findings, drawn where `places` are handed in."""
    return [_finding(lookup, one, columns, places) for one in found[:MOST]]


def _finding(lookup: Lookup, one: Diagnostic, columns: Find, places: Places | None) -> Json:
    name, start, end = _units(lookup.place(one.primary.span), columns) or (one.primary.span.unit.file, 0, 0)
    return {
        "code": one.code.id,
        "level": one.level.value,
        "title": one.title,
        "here": one.primary.text,
        "file": name,
        "from": start,
        "to": end,
        "drawn": draw(one, places, width=_WIDTH) if places is not None else "",
        "fix": _fix(lookup, one.fix, columns),
    }


def _fix(lookup: Lookup, fix: Fix | None, columns: Find) -> Json:
    """What to do; its edits are there only where all of their places are."""
    if fix is None:
        return None
    edits: list[Json] = []
    for one in fix.edits:
        at = _units(lookup.place(one.span), columns)
        if at is None:
            return {"title": fix.title, "safe": False, "edits": []}
        edits.append([*at, one.text])
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _units(at: Range | None, columns: Find) -> tuple[str, int, int] | None:
    """A range as the browser counts it."""
    known = columns(at.file) if at is not None else None
    return None if at is None or known is None else (at.file, known.units(at.start), known.units(at.end))


def counts(found: Sequence[Diagnostic]) -> dict[str, Json]:
    """How many findings there are of each severity."""
    return {f"{level.value}s": sum(one.level is level for one in found) for level in Severity}

"""What of a check's findings a branch has to answer for.

In: the findings of today, and the revision that the branch left. Out: those that were not there where it left it, and those that
stand where it changed something. Invariant: compares two checks of whole projects; a finding that is new is never left out.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.fingerprint import fingerprint
from ...diagnostics.result import Result
from ...project import snapshot
from ...project.config import Home, NoProject
from ...project.disk import Tree
from ...source.span import Unit
from ...syntax.parser import parse
from .. import fresh
from ..affected import with_plain_lines
from ..check import Report, judged
from ..compiling import open_home


def fork(start: Path, revision: str) -> Result[Home] | None:
    """The project that `start` lies in, where this branch left `revision`; None if there was none. Raises `GitFailed`."""
    try:
        return snapshot.fork(start, revision)
    except NoProject:
        return None


def answerable(report: Report, now: fresh.Seen, found: Result[Home] | None) -> tuple[Diagnostic, ...]:
    """The findings of `report`, about the project as it was looked at `now`, that are of the branch since it left what was `found`."""
    if found is None or not report.diagnostics:
        return report.diagnostics
    was = fresh.look_at(found)
    touched = frozenset(_touched(was, now))
    known = Counter(() if was.unchanged else _marks(judged(open_home(found, was), remembering=False)))
    told: list[Diagnostic] = []
    for one, mark in zip(report.diagnostics, _marks(report), strict=True):
        known[mark] -= 1
        if known[mark] < 0 or _touches(one, touched):
            told.append(one)
    return tuple(told)


def _marks(report: Report) -> Iterator[str]:
    """What the findings say, wherever in their files they stand."""
    return (fingerprint(one, report.places) for one in report.diagnostics)


def _touches(one: Diagnostic, touched: frozenset[Unit]) -> bool:
    units = (one.primary.span.unit, *(label.span.unit for label in one.labels))
    return not touched.isdisjoint(units) or any(one.requirement == unit.key for unit in touched)


def _touched(was: fresh.Seen, now: fresh.Seen) -> Iterator[Unit]:
    """The requirements and declarations that are not as they were."""
    before, after = dict(was.now.files), dict(now.now.files)
    for name, hash in after.items():
        if name.endswith(".spec") and before.get(name) != hash:
            old = _units(was.found.value.tree, name) if name in before else {}
            yield from (unit for unit, text in _units(now.found.value.tree, name).items() if old.get(unit) != text)


def _units(tree: Tree, name: str) -> dict[Unit, str]:
    return {
        unit.name: unit.text
        for source in tree.read([name]).value
        for unit in parse(with_plain_lines(source)).value.units
    }

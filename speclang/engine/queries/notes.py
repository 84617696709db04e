"""Small notes beside the text: units that a range leaves out, how many cases a requirement has; and the lines above it that lead there.

In: a file. Out: notes at offsets. Invariant: figures are those of the last compilation of everything.
"""

from collections.abc import Iterator

from ...plan.artifact import Artifact
from ...source.records import dataclass
from ...source.span import Range
from ...syntax import tree
from ...syntax.walk import walk
from .fitting import type_of, units_of
from .generated import parts
from .hover import counted
from .lookup import Lookup


@dataclass(frozen=True, slots=True)
class Note:
    """`text` beside the character at `at`."""

    at: int
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """`text` above a requirement; `target` is where it leads, or None."""

    range: Range
    text: str
    target: Range | None


def notes(lookup: Lookup, name: str) -> Iterator[Note]:
    """What stands beside the words of a spec."""
    file = lookup.session.file(name)
    cases = _cases(lookup, name)
    for unit in file.units if file is not None else ():
        item = unit.item
        if item is None:
            continue
        if item.id is not None and item.id.text in cases:
            first = unit.text.find("\n")
            end = first if first >= 0 else len(unit.text)
            yield Note(unit.start + end, counted(cases[item.id.text], "case"), "cases that try it")
        elif item.head.text == "given":
            yield from _units(lookup, unit)


def _units(lookup: Lookup, unit: tree.Unit) -> Iterator[Note]:
    """The unit of a range's ends, which the type of the given says once."""
    given = next((one for one in lookup.names.of_unit(unit.name) if one.what == "given"), None)
    own = next(units_of(given), None) if type_of(given) is not None else None
    if own is None or unit.item is None:
        return
    for node in (one for value in unit.item.values for one in walk(value)):
        if isinstance(node, tree.Binary) and node.op == ".." and isinstance(node.right, tree.Number):
            yield Note(unit.start + node.right.end, own[0])


def _cases(lookup: Lookup, name: str) -> dict[str, int]:
    """How many cases each requirement has, over the features that the file is part of."""
    found: dict[str, int] = {}
    for feature in lookup.features(name, ""):
        plan = lookup.plan(feature.name)
        for requirement in feature.requirements:
            found.setdefault(requirement.id, 0)
        for case in plan.cases if plan is not None else ():
            found[case.requirement] = found.get(case.requirement, 0) + 1
    return found


def lenses(lookup: Lookup, name: str) -> Iterator[Lens]:
    """The lines above requirements: where the clause is, and where the cases are."""
    view, file = lookup.session.view, lookup.session.file(name)
    if view is None or file is None:
        return
    features = {one.name for one in lookup.features(name, "")}
    made = _made(lookup, [one for one in view.opened.compiled.artifacts if one.feature in features])
    for unit in file.units:
        item = unit.item
        if item is None or item.id is None:
            continue
        at = Range(name, unit.start + item.id.start, unit.start + item.id.end)
        clauses, cases = (made.get((kind, item.id.text), []) for kind in ("clause", "case"))
        if clauses:
            yield Lens(at, "clause", clauses[0])
        if cases:
            yield Lens(at, counted(len(cases), "case"), cases[0])


def _made(lookup: Lookup, artifacts: list[Artifact]) -> dict[tuple[str, str], list[Range]]:
    """Where the clauses and cases of each requirement stand; those in the prompts of targets left out."""
    found: dict[tuple[str, str], list[Range]] = {}
    for artifact in artifacts:
        if artifact.path.endswith(".md") and not artifact.path.endswith("/prompt.md"):
            continue
        for part, at in parts(lookup, artifact):
            if part.kind in ("clause", "case"):
                found.setdefault((part.kind, part.owner), []).append(at)
    return found

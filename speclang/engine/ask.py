"""Answers `specc trace`: from a requirement to its clause and cases, from a line or a case back to the spec.

In: a compilation. Out: the same answer as lines for people and as data.
Invariant: answers from the spec as it stands, never from files that may have drifted.
"""

from collections.abc import Mapping, Sequence

from ..plan.artifact import Artifact
from ..plan.origin import Origin
from ..source.hashing import Json
from ..source.records import dataclass
from ..source.span import Places, Span
from ..source.suggest import nearest
from ..source.text import LineIndex
from ..trace.links import Link, Spot, at, links, of
from .pipeline import Compiled

_LOOKED_UP = ("case", "grader", "variant")
"""The kinds of parts that have an ID of their own to ask for."""

Proofs = Mapping[tuple[str, str, str, str], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """`lines` for people, `data` for machines; both empty where nothing is called that, and `near` is the nearest name."""

    lines: tuple[str, ...] = ()
    data: Json = None
    near: str = ""

    @property
    def found(self) -> bool:
        """Whether there is something of that name."""
        return bool(self.lines)


def overview(compiled: Compiled, feature: str = "") -> Answer:
    """Every requirement with its line in the prompt and how many cases and graders it has."""
    rows: list[tuple[str, ...]] = []
    data: list[Json] = []
    every = _by_feature(compiled)
    for one in compiled.program.features:
        if feature and one.name != feature:
            continue
        owned = _owned(every.get(one.name, ()))
        for requirement in one.requirements:
            mine = owned.get(requirement.id, [])
            clause = next((link for link in mine if link.part.kind == "clause"), None)
            where = _where(clause, compiled) if clause else "-"
            cases = sum(link.part.kind == "case" for link in mine)
            graders = sum(link.part.kind == "grader" for link in mine)
            title = requirement.title.plain if requirement.title else ""
            rows.append((one.name, requirement.id, where, _count(cases, "case"), _count(graders, "grader"), title))
            data.append(
                {
                    "feature": one.name,
                    "requirement": requirement.id,
                    "clause": where,
                    "cases": cases,
                    "graders": graders,
                }
            )
    return Answer(_table(rows), data)


def about(compiled: Compiled, what: str, feature: str = "", proofs: Proofs | None = None) -> Answer:
    """What was made of the requirement or declaration `what`, or where the case or `FILE:LINE` of that name comes from.

    `proofs` tell, by feature, owner, kind and ID of a part, when and by whom its link was proven.
    """
    artifacts = [one for one in compiled.artifacts if not feature or one.feature == feature]
    place = _place(what, artifacts)
    if place is not None:
        return _back(compiled, *place)
    every = links(artifacts)
    case = next((link for link in every if link.own and link.part.kind in _LOOKED_UP and link.part.id == what), None)
    if case is not None:
        return _case(compiled, case)
    mine = of(what, every)
    if mine:
        return _owner(compiled, what, mine, proofs or {})
    names = dict.fromkeys(link.owner for link in every)
    return Answer(near=nearest(what, names) or "")


def _owner(compiled: Compiled, what: str, mine: Sequence[Link], proofs: Proofs) -> Answer:
    lines = [f"{what}  stated at {_stated(compiled, what, mine)}"]
    groups: dict[str, list[Link]] = {}
    for link in mine:
        groups.setdefault(link.part.kind if link.own else f"draws on it: {link.part.kind}", []).append(link)
    for kind, members in groups.items():
        lines.append(f"  {kind}")
        for link in members:
            shown = _brief(link.part.text) if link.part.kind == "clause" else link.part.id
            proof = _proof(link, what, proofs)
            lines.append(f"    {_where(link, compiled)}  {shown}{f'  (proven {proof})' if proof else ''}")
    data: Json = {
        "owner": what,
        "stated": _stated(compiled, what, mine),
        "links": [
            {
                "kind": link.part.kind,
                "id": link.part.id,
                "at": _where(link, compiled),
                "own": link.own,
                **({"proven": proof} if (proof := _proof(link, what, proofs)) else {}),
            }
            for link in mine
        ],
    }
    return Answer(tuple(lines), data)


def _proof(link: Link, owner: str, proofs: Proofs) -> str:
    return proofs.get((link.feature, owner, link.part.kind, link.part.id), "")


def _case(compiled: Compiled, case: Link) -> Answer:
    lines = [f"{case.part.id}  at {_where(case, compiled)}"]
    fields: list[Json] = []
    for mark in case.part.marks:
        if not mark.path:
            continue
        text = _brief(case.part.text[mark.start : mark.end])
        source = _source(compiled, mark.origin)
        lines.append(f"  {mark.path:<22} {_origin(mark.origin):<28} {source}  {text}")
        fields.append({"field": mark.path, "owner": mark.origin.owner, "from": mark.origin.field, "at": source})
    return Answer(tuple(lines), {"case": case.part.id, "fields": fields})


def _back(compiled: Compiled, artifact: Artifact, start: int, end: int) -> Answer:
    lines: list[str] = []
    data: list[Json] = []
    last: Origin | None = None
    for offset in range(start, max(end, start + 1)):
        spot = at(artifact, offset)
        if spot is not None and spot.part.kind == "variant" and not lines:
            head = _head(compiled, spot)
            lines.append(f"{spot.part.owner}  variant {spot.part.id}  {head}")
            data.append({"owner": spot.part.owner, "variant": spot.part.id, "at": head})
        if spot is None or spot.origin is None or spot.origin == last:
            continue
        last = spot.origin
        source = _source(compiled, spot.origin)
        lines.append(f"{spot.origin.owner}  {_origin(spot.origin)}  {source}")
        data.append({"owner": spot.origin.owner, "field": spot.origin.field, "at": source})
    return Answer(tuple(dict.fromkeys(lines)) or (f"{artifact.path}: layout only",), data)


def _place(what: str, artifacts: Sequence[Artifact]) -> tuple[Artifact, int, int] | None:
    """Read `FILE:LINE` or `FILE:LINE:COLUMN` of a generated file as a range of offsets."""
    path, _, rest = what.partition(":")
    line, _, column = rest.partition(":")
    artifact = next((one for one in artifacts if one.path == path.removeprefix("./")), None)
    if artifact is None:
        return None
    index = LineIndex(artifact.text)
    row = _counted(line, index.count)
    if row is None:
        return None
    start, length = index.offset(row), len(index.line(row))
    if not column:
        return artifact, start, start + length
    at = _counted(column, length + 1)
    return None if at is None else (artifact, start + at - 1, start + at)


def _counted(digits: str, last: int) -> int | None:
    """The number from 1 to `last` that `digits` write; a longer row of digits than `last` has is not even read."""
    if not digits.isdecimal() or len(digits) > len(str(last)):
        return None
    number = int(digits)
    return number if 1 <= number <= last else None


def _by_feature(compiled: Compiled) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links(compiled.artifacts):
        found.setdefault(link.feature, []).append(link)
    return found


def _owned(every: Sequence[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in every:
        if link.own:
            found.setdefault(link.owner, []).append(link)
    return found


def _where(link: Link, compiled: Compiled) -> str:
    artifact = next(one for one in compiled.artifacts if one.path == link.path)
    text = artifact.text
    skipped = len(link.part.text) - len(link.part.text.lstrip("\n"))
    return f"{link.path}:{text.count(chr(10), 0, link.start + skipped) + 1}"


def _source(compiled: Compiled, origin: Origin) -> str:
    return _spec_place(compiled.places, origin.span)


def stated_at(compiled: Compiled, span: Span) -> str:
    """A place of a spec, as `file:line:column`."""
    return _spec_place(compiled.places, span)


def _spec_place(places: Places, span: Span) -> str:
    where = places.locate(span)
    source = places.sources.get(where.file)
    if source is None:
        return where.file
    position = LineIndex(source.text).position(where.start)
    return f"{where.file}:{position.line}:{position.column}"


def _head(compiled: Compiled, spot: Spot) -> str:
    """Where the requirement stands whose part a spot is in."""
    feature = next(one for one in compiled.program.features if one.name == spot.feature)
    return _spec_place(compiled.places, next(one.head for one in feature.requirements if one.id == spot.part.owner))


def _stated(compiled: Compiled, what: str, mine: Sequence[Link]) -> str:
    """Where the requirement or declaration itself stands: its head, or the first span drawn from it."""
    for feature in compiled.program.features:
        for requirement in feature.requirements:
            if requirement.id == what:
                return _spec_place(compiled.places, requirement.head)
    spans = [mark.origin.span for link in mine for mark in link.part.marks if mark.origin.owner == what]
    first = min(spans, key=compiled.places.locate)
    return _spec_place(compiled.places, Span(first.unit, 0, 0))


def _origin(origin: Origin) -> str:
    return f"{origin.owner}.{origin.field}" if origin.field else origin.owner


def _brief(text: str, width: int = 96) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _table(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(len(rows[0]) if rows else 0)]
    return tuple("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)

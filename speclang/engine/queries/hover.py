"""What is to be known of the word at a place: its declaration, its clause, its cases, what it costs; or what a word of the language means.

In: a place. Out: Markdown and the range it is about. Invariant: texts of the user's are escaped or fenced.
"""

from collections.abc import Iterator, Sequence

from ...kit import registry
from ...plan.plan import FeaturePlan
from ...source.records import dataclass
from ...source.span import Range
from ...syntax import tree
from .generated import spot
from .lookup import Lookup, Spot
from .names import Declared, block_of
from .wording import FIELDS, fenced, meaning, of_field, plain

_LINES = 16
"""So many lines of a declaration are shown."""

_CASES = 8
"""So many cases are named."""


@dataclass(frozen=True, slots=True)
class Hover:
    """`text` is Markdown about the characters of `range`."""

    text: str
    range: Range


def hover(lookup: Lookup, name: str, offset: int) -> Hover | None:
    """What to show for `offset` of a spec."""
    word = lookup.spot(name, offset)
    if word is not None and word.declared is not None:
        said = _declared(lookup, name, word, word.declared)
        return Hover(said, Range(name, word.unit.start + word.start, word.unit.start + word.end))
    unit = lookup.unit(name, offset)
    found = _word(lookup, unit, offset - unit.start) if unit is not None and unit.item is not None else None
    if found is None or unit is None:
        return None
    text, node = found
    return Hover(text, Range(name, unit.start + node.start, unit.start + node.end))


def behind(lookup: Lookup, name: str, offset: int) -> Hover | None:
    """What to show for `offset` of a generated file: the requirement that it speaks for, as the spec states it."""
    found = spot(lookup, name, offset)
    if found is None or found[0].origin is None:
        return None
    origin, whole = found[0].origin, found[1]
    said = [f"**{plain(origin.owner)}**" + (f" · {plain(origin.field)}" if origin.field else "")]
    unit = next((one for one in _units(lookup, origin.span.unit.file) if one.name == origin.span.unit), None)
    if unit is not None:
        said.append(fenced(_shown(unit)))
        said.append(f"stated in `{unit.name.file}`")
    return Hover("\n\n".join(said), whole)


def _units(lookup: Lookup, name: str) -> Sequence[tree.Unit]:
    file = lookup.session.file(name)
    return file.units if file is not None else ()


def _word(lookup: Lookup, unit: tree.Unit, inner: int) -> tuple[str, tree.Name] | None:
    """What the head or the field at `inner` means."""
    item = unit.item
    if item is None:
        return None
    if _on(item.head, inner):
        if item.id is not None:
            said = registry.describe(item.head.text, lookup.session.settings.kinds)
        else:
            meant = meaning(item.head.text)
            said = f"{meant.about}\n\n{fenced(meant.example)}" if meant else None
        return (said, item.head) if said else None
    for field in item.body or ():
        if _on(field.head, inner):
            if item.id is not None:
                meant = of_field(item.head.text, field.head.text, lookup.kinds)
            else:
                meant = FIELDS.get(item.head.text, {}).get(field.head.text)
            return (f"{meant.about}\n\n{fenced(meant.example)}", field.head) if meant else None
    return None


def _on(node: tree.Name, inner: int) -> bool:
    return node.start <= inner <= node.end


def _declared(lookup: Lookup, name: str, spot: Spot, declared: Declared) -> str:
    if declared.what == "requirement":
        return "\n\n".join(_requirement(lookup, name, spot, declared))
    sort = {"called": "argument"}.get(declared.what, declared.what)
    of = f" of `{declared.of}`" if declared.of else ""
    said = [f"{sort} **{plain(declared.name)}**{of}", fenced(_shown(declared.unit))]
    if declared.unit.name.file != name:
        said.append(f"declared in `{declared.unit.name.file}`")
    return "\n\n".join(said)


def _requirement(lookup: Lookup, name: str, spot: Spot, declared: Declared) -> Iterator[str]:
    """The clause, the cases and what it costs, where it was compiled; else how it is stated."""
    item = declared.unit.item
    title = next((one.plain for one in _texts(item)), "") if item is not None else ""
    kind = item.head.text if item is not None else ""
    yield f"**{declared.name}** · {plain(kind)}" + (f" · {plain(title)}" if title else "")
    if spot.use is not None:
        yield fenced(_shown(declared.unit))
    features = lookup.features(name, block_of(spot.unit)) or lookup.features(declared.unit.name.file, "")
    stated = [one for one in features if any(other.id == declared.name for other in one.requirements)]
    plan = lookup.plan(stated[0].name) if stated else None
    if plan is None:
        return
    yield from _made(lookup, declared.name, plan)
    if len(stated) > 1:
        yield f"part of {len(stated)} features"


def _made(lookup: Lookup, id: str, plan: FeaturePlan) -> Iterator[str]:
    clauses = [clause.text for section in plan.sections for clause in section.clauses if clause.owner == id]
    if clauses:
        yield fenced("\n".join(clauses), "text")
    cases = [case for case in plan.cases if case.requirement == id]
    graders = [grader for grader in plan.graders if grader.requirement == id]
    count = lookup.count()
    tokens = sum(count(one) for one in clauses)
    yield f"{counted(tokens, 'token')} · {counted(len(cases), 'case')} · {counted(len(graders), 'grader')}"
    if cases:
        rows = [f"- `{case.id}`: {plain(case.why)}" for case in cases[:_CASES]]
        rows.extend([f"- … and {len(cases) - _CASES} more"] if len(cases) > _CASES else [])
        yield "\n".join(rows)


def counted(number: int, noun: str) -> str:
    """`1 case`, `7 cases`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _texts(item: tree.Item) -> Iterator[tree.Text]:
    for value in item.values:
        for part in value.parts if isinstance(value, tree.Run) else (value,):
            if isinstance(part, tree.Text):
                yield part


def _shown(unit: tree.Unit) -> str:
    """A unit as it is written, without the indentation of where it stands."""
    first, *rest = unit.text.split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in rest if line.strip()), default=0)
    lines = [first, *(line[margin:] for line in rest)]
    return "\n".join(lines[:_LINES] + (["…"] if len(lines) > _LINES else []))

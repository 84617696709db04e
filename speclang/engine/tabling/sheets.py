"""A table as sheets of text: what stands in every column of every row, however it is drawn.

In: a `Table`. Out: sheets, one for what the feature states and one for each policy that it includes, and the notes to the marks.
Invariant: a sheet has a column for a given only if a row of it asks something of that given.
"""

from collections.abc import Iterable, Iterator, Sequence

from ...analysis.regions.cells import ANY, NEVER, say
from ...analysis.table.rows import Row
from ...analysis.table.table import Overlap, Rule, Sort, Table
from ...kit.conditions import Conditions
from ...logic.errors import Witness
from ...logic.variables import Variable
from ...model.feature import Feature
from ...source.records import dataclass, replace
from ...values.expression import Expr

_LETTERS = {Sort.CONFLICT: "C", Sort.SETTLED: "S", Sort.OPEN: "Q"}
NOTHING = "nothing decides"
AFTER = ("and also", "then", "exceptions", "marks")
"""What may follow the givens in a row. All but the first is said once of a rule."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column for the given `name`; `label` says what it is."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row. Of the rows of one rule, the `first` tells its ID; `cells` go by the heads. `gap` marks one that no rule decides."""

    id: str
    title: str
    first: bool
    count: int
    cells: tuple[str, ...]
    more: str
    asks: str
    exceptions: str
    marks: tuple[str, ...]
    gap: bool = False

    def said(self, column: str) -> str:
        """What stands in one of the columns that follow the givens."""
        match column:
            case "and also":
                return self.more
            case "then":
                return self.asks
            case "exceptions":
                return self.exceptions
            case _:
                return " ".join(self.marks)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one origin under one row of heads; `gaps` says that they are inputs that no rule decides."""

    title: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    gaps: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that follow the givens, without those in which no row says anything."""
        return tuple(name for name in AFTER if name == "then" or any(line.said(name) for line in self.lines))


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark means, with an input that shows it."""

    mark: str
    sort: str
    text: str
    input: Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """`says` are sentences about all rows, `sums` what was counted."""

    name: str
    title: str
    says: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...]
    sums: str


def sheets(table: Table) -> Sheets:
    """`table` as it is shown."""
    feature = table.feature
    notes, marks = _notes(table)
    origins = dict.fromkeys(rule.origin for rule in sorted(table.rules, key=lambda one: one.origin != feature.name))
    found = [_sheet(table, origin, marks) for origin in origins]
    gaps = _gaps(table)
    if gaps is not None:
        if len(found) == 1:
            found = [_joined(table, found[0], gaps)]
        else:
            found.append(gaps)
    return Sheets(
        name=feature.name,
        title=feature.title.plain,
        says=tuple(_says(table)),
        sheets=tuple(found),
        notes=tuple(notes),
        sums=_sums(table),
    )


def _notes(table: Table) -> tuple[list[Note], dict[str, list[str]]]:
    """The notes, and for each requirement the marks of those that are about it."""
    counts: dict[str, int] = {}
    marks: dict[str, list[str]] = {}
    notes: list[Note] = []
    for one in table.overlaps:
        letter = _LETTERS[one.sort]
        counts[letter] = counts.get(letter, 0) + 1
        mark = f"{letter}{counts[letter]}"
        notes.append(Note(mark, one.sort.value, _told(one), one.input))
        for id in dict.fromkeys((one.first, one.second)):
            marks.setdefault(id, []).append(mark)
    for number, gap in enumerate(table.gaps, 1):
        notes.append(Note(f"G{number}", "gap", NOTHING, gap.input))
    return notes, marks


def _told(one: Overlap) -> str:
    match one.sort:
        case Sort.CONFLICT:
            return f"{one.first} asks for {one.asks[0]} and {one.second} for {one.asks[1]}, and both decide"
        case Sort.SETTLED:
            return f"{one.first} ({one.asks[0]}) is over {one.second} ({one.asks[1]}) where both apply"
        case Sort.OPEN:
            return f"whether {one.first} and {one.second} can be at odds could not be settled"


def _sheet(table: Table, origin: str, marks: dict[str, list[str]]) -> Sheet:
    rules = [rule for rule in table.rules if rule.origin == origin]
    heads = _named(table, [row for rule in rules for row in rule.rows])
    lines = tuple(line for rule in rules for line in _lines(table.feature, rule, heads, marks.get(rule.id, [])))
    own = origin == table.feature.name
    return Sheet("" if own else f"policy {origin}", _heads(table.feature, heads), lines)


def _lines(feature: Feature, rule: Rule, among: Sequence[Variable], marks: Sequence[str]) -> Iterator[Line]:
    for number, row in enumerate(rule.rows):
        yield Line(
            id=rule.id,
            title=rule.title,
            first=number == 0,
            count=len(rule.rows),
            cells=_cells(row, among),
            more=NEVER if row.never else "; ".join(_words(feature, rule, "when", row.more)),
            asks=", ".join(rule.asks),
            exceptions="; ".join(_exceptions(feature, rule)),
            marks=tuple(marks),
        )


def _cells(row: Row, among: Sequence[Variable]) -> tuple[str, ...]:
    held = dict(row.cells)
    return tuple(say(held[one.name], one.type) if one.name in held else ANY for one in among)


def _exceptions(feature: Feature, rule: Rule) -> Iterator[str]:
    if rule.default:
        yield "default"
    if rule.over:
        yield f"over {', '.join(rule.over)}"
    for words in _words(feature, rule, "unless", rule.unless):
        yield f"unless {words}"
    if rule.draft:
        yield "draft"


def _words(feature: Feature, rule: Rule, field: str, conditions: Iterable[Expr]) -> Iterator[str]:
    """Conditions as the prompt says them."""
    words = Conditions(feature, rule.id, field)
    for one in conditions:
        yield "".join(piece.text for piece in words.say(one))


def _named(table: Table, found: Iterable[Row]) -> list[Variable]:
    names = {name for row in found for name, _ in row.cells}
    return [one for one in table.variables if one.name in names]


def _heads(feature: Feature, among: Iterable[Variable]) -> tuple[Head, ...]:
    labels = {one.name: one.label.plain for one in feature.givens}
    return tuple(
        Head(one.name, labels.get(one.name) or f"how {one.name.removesuffix(' fails')} fails, if it does")
        for one in among
    )


def _gaps(table: Table) -> Sheet | None:
    """The inputs that no rule decides; None where there are none."""
    found = [Row(gap.box.cells) for gap in table.gaps if gap.box is not None]
    if not found:
        return None
    among = _named(table, found)
    lines = tuple(_gap(number, _cells(row, among)) for number, row in enumerate(found, 1))
    return Sheet("inputs that no rule decides", _heads(table.feature, among), lines, gaps=True)


def _gap(number: int, cells: tuple[str, ...]) -> Line:
    return Line(
        id="",
        title="",
        first=True,
        count=1,
        cells=cells,
        more="",
        asks=NOTHING,
        exceptions="",
        marks=(f"G{number}",),
        gap=True,
    )


def _joined(table: Table, rules: Sheet, gaps: Sheet) -> Sheet:
    """Gaps below the rules, in the same columns."""
    names = {head.name for head in (*rules.heads, *gaps.heads)}
    heads = _heads(table.feature, [one for one in table.variables if one.name in names])

    def widened(sheet: Sheet) -> Iterator[Line]:
        for line in sheet.lines:
            held = dict(zip((head.name for head in sheet.heads), line.cells, strict=True))
            yield replace(line, cells=tuple(held.get(head.name, ANY) for head in heads))

    return Sheet(rules.title, heads, (*widened(rules), *widened(gaps)))


def _says(table: Table) -> Iterator[str]:
    feature = table.feature
    if not table.rules:
        yield f"No requirement of {feature.name} asks for anything by a condition."
        return
    yield "A rule decides where it applies and no other is over it; the order of rows says nothing."
    if any(rule.default for rule in table.rules):
        yield "A default decides only where nothing else does."
    if any(rule.draft for rule in table.rules):
        yield "A draft gates nothing."
    for group in feature.exclusives:
        yield f"At most one may happen: {', '.join(group.outcomes)}."
    if feature.total:
        yield "Every input has to be decided."


def _sums(table: Table) -> str:
    rows = sum(len(rule.rows) for rule in table.rules)
    counts = {sort: sum(one.sort is sort for one in table.overlaps) for sort in Sort}
    gaps = _many(len(table.gaps), "gap") if table.whole else _open_gaps(len(table.gaps))
    said = [
        f"{_many(len({rule.id for rule in table.rules}), 'rule')}, {_many(rows, 'row')}",
        _many(counts[Sort.CONFLICT], "conflict"),
        f"{_many(counts[Sort.SETTLED], 'overlap')} settled by over",
        gaps,
    ]
    if counts[Sort.OPEN]:
        said.append(f"{_many(counts[Sort.OPEN], 'pair')} could not be compared")
    return "; ".join(said)


def _open_gaps(count: int) -> str:
    return f"{_many(count, 'gap')}, and there may be more" if count else "whether there are gaps could not be settled"


def _many(count: int, one: str) -> str:
    return f"{count or 'no'} {one}{'' if count == 1 else 's'}"

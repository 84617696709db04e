"""Decision tables whose faults are published: all of them are found, and nothing else is claimed.

Each table becomes a feature, a rule for each row. A table whose hit policy puts one row before another is written both without `over`,
where overlaps are contradictions, and with it. The tables are data of others, no part of this project; without them nothing is tested.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

DATA = Path("data") / "known-faults" / "decision_tables.json"
FOUND = next((one for folder in Path(__file__).parents if (one := folder / "shared" / DATA).is_file()), None)

pytestmark = pytest.mark.skipif(FOUND is None, reason="the folder of shared data is not here")

Value = Decimal | str | bool


@dataclass(frozen=True)
class Range:
    """The numbers from `low` to `high` (None: no end), each end included or not."""

    low: Decimal | None
    low_closed: bool
    high: Decimal | None
    high_closed: bool

    def holds(self, value: Value) -> bool:
        assert isinstance(value, Decimal)
        above = self.low is None or self.low < value or (self.low_closed and self.low == value)
        return above and (self.high is None or value < self.high or (self.high_closed and self.high == value))

    def write(self, name: str) -> list[str]:
        low = [] if self.low is None else [f"{name} {'>=' if self.low_closed else '>'} {self.low}"]
        return low + ([] if self.high is None else [f"{name} {'<=' if self.high_closed else '<'} {self.high}"])


@dataclass(frozen=True)
class Among:
    """One of `values`."""

    values: tuple[Value, ...]

    def holds(self, value: Value) -> bool:
        return value in self.values

    def write(self, name: str) -> list[str]:
        if self.values == (True,):
            return [name]
        return (
            [f"not {name}"]
            if self.values == (False,)
            else [f"{name} in ({', '.join(str(one) for one in self.values)})"]
        )


Cell = Range | Among


@dataclass(frozen=True)
class Row:
    number: int
    cells: Mapping[str, Cell]
    output: str

    def holds(self, values: Mapping[str, Value]) -> bool:
        return all(cell.holds(values[name]) for name, cell in self.cells.items())


@dataclass(frozen=True)
class Table:
    name: str
    types: Mapping[str, str]
    rows: tuple[Row, ...]
    first: Mapping[int, Sequence[int]]
    published: Mapping[str, object]

    def text(self, *, ranked: bool) -> str:
        """The table as a spec; `ranked` puts rows before others as its hit policy does."""
        outputs = tuple(dict.fromkeys(row.output for row in self.rows))
        return "\n".join(
            [
                'feature made "Table" {',
                *(f'  given {name} {type} {{ name "the {name}"; from context }}' for name, type in self.types.items()),
                *(f'  outcome {one} "choose {one}" {{ mentions "{one}" }}' for one in outputs),
                f"  exclusive {', '.join(outputs)}",
                "  total",
                '  ask "Which one is it?"',
                *(self._rule(row, ranked=ranked) for row in self.rows),
                "}",
                "",
            ]
        )

    def _rule(self, row: Row, *, ranked: bool) -> str:
        parts = [part for name, cell in row.cells.items() for part in cell.write(name)]
        when = f"when {' and '.join(parts)}; " if parts else ""
        later = self.first.get(row.number, ())
        over = f"; over {', '.join(f'R-{one}' for one in later)}" if ranked and later else ""
        return f'  R-{row.number} rule "Row {row.number}" {{ {when}must {row.output}{over} }}'


def number(value: object) -> Decimal | None:
    return None if value in ("+inf", "-inf", None) else Decimal(str(value))


def cell(said: object) -> Cell:
    if isinstance(said, dict):
        return Range(number(said["lo"]), said["lo_closed"], number(said["hi"]), said["hi_closed"])
    assert isinstance(said, list)
    return Among(tuple(said))


def name_of(said: str) -> str:
    return said.replace(" ", "_").lower()


def tables() -> Iterator[Table]:
    if FOUND is None:
        return
    for one in json.loads(FOUND.read_text(encoding="utf-8")):
        types = {
            name_of(each["name"]): {
                "number": "decimal -100 .. 100",
                "boolean": "bool",
                "enum": " | ".join(each.get("values", ())),
            }[each["type"]]
            for each in one["inputs"]
        }
        rows = tuple(
            Row(
                rule["n"],
                {name_of(name): cell(said) for name, said in rule["when"].items() if said is not None},
                f"give_{rule['output'].lower()}",
            )
            for rule in one["rules"]
        )
        rank = [f"give_{each.lower()}" for each in one.get("output_priority", ())]
        before = {
            row.number: [
                other.number
                for other in rows
                if (rank.index(row.output) < rank.index(other.output) if rank else row.number < other.number)
            ]
            for row in rows
        }
        yield Table(one["name"], types, rows, before, one["published"])


def found(text: str) -> dict[str, list[Diagnostic]]:
    """The findings by code, notes left out."""
    by_code: dict[str, list[Diagnostic]] = {}
    for one in compile_texts([SourceText("specs/made.spec", text)], Config()).diagnostics:
        if one.level != "note":
            by_code.setdefault(one.code.id, []).append(one)
    return by_code


def read(one: Diagnostic) -> dict[str, Value]:
    """The input that a finding shows."""
    plain: dict[str, Value] = {"yes": True, "no": False}
    return {
        name: plain[value] if value in plain else Decimal(value) if value.lstrip("-")[:1].isdigit() else value
        for name, value in one.witness
    }


def rows(one: Diagnostic) -> list[int]:
    """The rows to which a finding points."""
    keys = [label.span.unit.key for label in (one.primary, *one.labels)]
    return [int(key.removeprefix("R-")) for key in keys if key.startswith("R-")]


TABLES = [pytest.param(one, id=one.name) for one in tables()]


@pytest.mark.parametrize("table", TABLES)
def test_rows_that_overlap_are_at_odds_and_nothing_else_is(table: Table) -> None:
    told = found(table.text(ranked=False))
    overlaps = table.published["overlaps"]
    assert isinstance(overlaps, list)
    assert {frozenset(rows(one)) for one in told.pop("E0501", [])} == {frozenset(one["rules"]) for one in overlaps}
    assert_gaps(table, told.pop("E0502", []))
    assert told == {}


@pytest.mark.parametrize("table", TABLES)
def test_with_the_order_of_the_table_only_gaps_and_masked_rows_are_left(table: Table) -> None:
    told = found(table.text(ranked=True))
    masked = table.published.get("masked_rules", [])
    assert isinstance(masked, list)
    assert [rows(one) for one in told.pop("E0505", [])] == masked
    assert_gaps(table, told.pop("E0502", []))
    assert told == {}


def assert_gaps(table: Table, gaps: Sequence[Diagnostic]) -> None:
    """There is a gap where one is published, and every input that is shown lies in one."""
    assert bool(gaps) == bool(table.published["gap_boxes"])
    for one in gaps:
        values = read(one)
        assert values.keys() == table.types.keys()
        assert not any(row.holds(values) for row in table.rows)


@pytest.mark.parametrize("table", TABLES)
def test_the_shown_input_of_two_rows_at_odds_meets_both(table: Table) -> None:
    for one in found(table.text(ranked=False)).get("E0501", []):
        values = read(one)
        assert all(row.holds(values) for row in table.rows if row.number in rows(one))

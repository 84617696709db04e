"""A table says what the rules decide: read cell by cell, on every input, with overlaps and gaps where they are and nowhere else.

The reader below knows nothing of the compiler: it takes the text of a cell as a person would, and the oracle is the model from which the
spec was written. What is said in words beside the cells (`unless`) it takes from that model.
"""

import datetime
import re
from collections.abc import Mapping
from itertools import combinations

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from speclang.analysis.subject import Subject
from speclang.analysis.table.rows import rows
from speclang.analysis.table.table import table_of
from speclang.bind import bind
from speclang.engine.tabling.sheets import Line, Sheets, sheets
from speclang.engine.tabling.terminal import lines
from speclang.kit import registry
from speclang.logic.decide import applies
from speclang.logic.enumerate import inputs
from speclang.logic.norm import Norm
from speclang.source.records import replace
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from tests.strategies.faulty import Faulty, faulty
from tests.strategies.numbered import numbered
from tests.strategies.rules import VARIABLES, norms
from tests.strategies.specs import FIRST, STATE, GivenModel, Input, Value, calculated, compared

EVERY = [dict(one) for one in inputs(VARIABLES)]
NUMBER = re.compile(r"-?[0-9][0-9,]*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$")
TABLES = 120
"""How many specs one test reads as tables."""


def number(text: str) -> int:
    """A number in its unit, or a day as the days since the first."""
    if DAY.match(text):
        return (datetime.date.fromisoformat(text) - FIRST).days
    found = NUMBER.match(text)
    assert found is not None, text
    return int(found[0].replace(",", ""))


def one_of(text: str, value: Value) -> bool:
    """Whether `value` is one of the values or ranges between bars."""
    for part in text.split(" | "):
        if isinstance(value, bool) or value is None or isinstance(value, str):
            plain = (
                {True: "yes", False: "no", None: "missing"}.get(value, value) if not isinstance(value, str) else value
            )
            if part in (plain, f'"{plain}"'):
                return True
        elif part != "missing" and all(within(end, value) for end in part.split(" and ")):
            return True
    return False


def within(text: str, value: int) -> bool:
    if " .. " in text:
        low, _, high = text.partition(" .. ")
        return number(low) <= value <= number(high)
    if text.startswith(("<", ">")):
        op, _, rest = text.partition(" ")
        at = number(rest)
        return {"<": value < at, "<=": value <= at, ">": value > at, ">=": value >= at}[op]
    return value == number(text)


def cell_holds(text: str, value: Value, *, known: bool) -> bool:
    """Whether a value lies in a cell, read as a person reads it."""
    if text == "–":
        return True
    if not known or text == "never":
        return False
    if text == "known":
        return value is not None
    part, but, without = text.partition(" but not ")
    if text.startswith("not "):
        part, but, without = "", "but not", text.removeprefix("not ")
    tail = re.fullmatch(r"(.+) \| missing", without)
    if value is None:
        return one_of(part, value) or bool(tail)
    if but and one_of(tail[1] if tail else without, value):
        return False
    return not part or one_of(part, value)


WORDS = re.compile(
    r"the (\w+)(?: (plus|minus|times) the (\w+))? is "
    r"(at least|at most|less than|more than|not|on or after|on or before|before|after|)\s*(?:the (\w+)|(\S.*))"
)
OPS = {
    "at least": ">=", "at most": "<=", "less than": "<", "more than": ">", "not": "!=", "": "=",
    "on or after": ">=", "on or before": "<=", "before": "<", "after": ">",
}  # fmt: skip
SIGNS = {"plus": "+", "minus": "-", "times": "*"}


def words_hold(text: str, values: Input) -> bool:
    """Whether what a row says in words holds: two givens compared, or calculated with."""
    found = WORDS.fullmatch(text)
    assert found is not None, text
    left, word, right, op, other, plain = found.groups()
    one: Value = values.get(left)
    if word is not None:
        second = values.get(right)
        one = calculated(SIGNS[word], one, second) if isinstance(one, int) and isinstance(second, int) else None
    return compared(one, OPS[op], values.get(other) if other is not None else number(plain)) is True


def table(made: Faulty) -> Sheets:
    (feature,) = bind((parse(SourceText("specs/made.spec", made.text)).value,)).value.features
    kinds = {one.kind: registry.load(one.kind) for one in feature.requirements}
    return sheets(table_of(Subject(feature, kinds)))


def row_holds(line: Line, heads: tuple[str, ...], values: Input, givens: Mapping[str, GivenModel]) -> bool:
    if line.more == "never":
        return False
    return all(
        cell_holds(text, values.get(name), known=name in values or givens[name].optional)
        for name, text in zip(heads, line.cells, strict=True)
    ) and all(words_hold(text, values) for text in (line.more.split("; ") if line.more else ()))


@pytest.mark.parametrize("part", range(3))
def test_a_table_read_cell_by_cell_decides_as_the_rules_do(part: int) -> None:
    for at in range(part * TABLES, (part + 1) * TABLES):
        made = numbered(at)
        try:
            assert_read_as_stated(made)
        except AssertionError as problem:
            raise AssertionError(f"spec {at}\n{made.text}") from problem


def assert_read_as_stated(made: Faulty) -> None:
    found = table(made)
    lined = [(tuple(head.name for head in sheet.heads), line) for sheet in found.sheets for line in sheet.lines]
    givens = {one.name: one for one in made.spec.givens}
    models = {one.id: one for one in made.spec.rules}
    marked = {note.mark: note for note in found.notes}
    overs = {line.id: re.findall(r"R-\d+", line.exceptions.partition("unless")[0]) for _, line in lined}
    defaults = {line.id for _, line in lined if line.exceptions.startswith("default")}
    asks = {line.id: line.asks for _, line in lined}
    settled: set[tuple[str, str]] = set()
    odds: set[frozenset[str]] = set()
    for said in (*made.inputs(), *made.broken()):
        values = {STATE: "works", **said}
        held = {line.id for heads, line in lined if not line.gap and row_holds(line, heads, values, givens)}
        on = {id for id in held if not any(one.holds(values) is True for one in models[id].unless)}
        assert on == {one.id for one in made.spec.rules if one.applies(values)}
        beaten = {other for id in on for other in overs[id]}
        standing = on - beaten
        firm = standing - defaults
        decided = {asks[id] for id in firm or standing}
        assert tuple(sorted(decided)) == made.spec.decided(values)
        settled |= {(id, other) for id in on for other in overs[id] if other in on}
        if made.speaks() or values[STATE] == "works":  # else nobody asks what happens where the tool fails
            odds |= {frozenset(two) for two in combinations(firm or standing, 2) if asks[two[0]] != asks[two[1]]}
            gaps = [line for heads, line in lined if line.gap and row_holds(line, heads, values, givens)]
            assert not gaps if decided else gaps or "more" in found.sums
    told = {sort: [note.text for note in marked.values() if note.sort == sort] for sort in ("conflict", "settled")}
    assert {frozenset(re.findall(r"R-\d+", text)) for text in told["conflict"]} == odds
    assert {tuple(re.findall(r"R-\d+", text)) for text in told["settled"]} == settled


@hypothesis.given(norms(most=1))
def test_rows_hold_exactly_where_their_condition_does_whatever_it_compares(some: tuple[Norm, ...]) -> None:
    (norm,) = some
    alone = replace(norm, unless=())
    found = rows(norm.when, VARIABLES)
    assert found
    for values in EVERY:
        assert any(row.holds(values) for row in found) is applies(alone, values)


@hypothesis.given(faulty(), st.integers(40, 120))
@settings(max_examples=40)
def test_no_line_on_a_terminal_is_wider_than_it_is(made: Faulty, width: int) -> None:
    for parts in lines(table(made), width):
        assert sum(len(text) for text, _ in parts) <= width

"""A table says what the rules decide: read cell by cell, on every input, with overlaps and gaps where they are and nowhere else.

The reader below knows nothing of the compiler: it takes the text of a cell as a person would, and the oracle is the model from which the
spec was written. What is said in words beside the cells (`unless`) it takes from that model.
"""

import re
from collections.abc import Mapping
from itertools import combinations

import hypothesis
from hypothesis import settings
from hypothesis import strategies as st

from speclang.analysis.subject import Subject
from speclang.analysis.table.rows import rows
from speclang.analysis.table.table import table_of
from speclang.engine.pipeline import compile_texts
from speclang.engine.tabling.sheets import Line, Sheets, sheets
from speclang.engine.tabling.terminal import lines
from speclang.kit import registry
from speclang.logic.decide import applies
from speclang.logic.enumerate import inputs
from speclang.logic.norm import Norm
from speclang.project.config import Config
from speclang.source.records import replace
from speclang.source.text import SourceText
from tests.strategies.faulty import Faulty, faulty
from tests.strategies.rules import VARIABLES, norms
from tests.strategies.specs import GivenModel, Input, Value

EVERY = [dict(one) for one in inputs(VARIABLES)]
NUMBER = re.compile(r"-?[0-9][0-9,]*")


def number(text: str) -> int:
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


def table(made: Faulty) -> Sheets:
    compiled = compile_texts([SourceText("specs/made.spec", made.text)], Config())
    (feature,) = compiled.program.features
    kinds = {one.kind: registry.load(one.kind) for one in feature.requirements}
    return sheets(table_of(Subject(feature, kinds)))


def row_holds(line: Line, heads: tuple[str, ...], values: Input, givens: Mapping[str, GivenModel]) -> bool:
    assert line.more in ("", "never")
    return not line.more and all(
        cell_holds(text, values.get(name), known=name in values or givens[name].optional)
        for name, text in zip(heads, line.cells, strict=True)
    )


@hypothesis.given(faulty())
@settings(max_examples=max(60, settings().max_examples // 2))
def test_a_table_read_cell_by_cell_decides_as_the_rules_do(made: Faulty) -> None:
    hypothesis.assume(all(one.unit in (None, "", "days") for one in made.spec.givens))  # the reader knows no other
    found = table(made)
    (sheet,) = found.sheets
    # What no cell can hold stands in words: such a row is compared with its condition by the law below. Where a tool fails there is no gap.
    hypothesis.assume(all(line.more in ("", "never") for line in sheet.lines))
    heads = tuple(head.name for head in sheet.heads)
    hypothesis.assume(not any(name.endswith(" fails") for values in (heads, *made.inputs()) for name in values))
    givens = {one.name: one for one in made.spec.givens}
    models = {one.id: one for one in made.spec.rules}
    marked = {note.mark: note for note in found.notes}
    settled: set[tuple[str, str]] = set()
    odds: set[frozenset[str]] = set()
    for values in made.inputs():
        held = {line.id for line in sheet.lines if not line.gap and row_holds(line, heads, values, givens)}
        on = {id for id in held if not any(one.holds(values) is True for one in models[id].unless)}
        assert on == {one.id for one in made.spec.rules if one.applies(values)}
        overs = {line.id: re.findall(r"R-\d+", line.exceptions.partition("unless")[0]) for line in sheet.lines}
        beaten = {other for id in on for other in overs[id]}
        standing = on - beaten
        defaults = {line.id for line in sheet.lines if line.exceptions.startswith("default")}
        firm = standing - defaults
        asks = {line.id: line.asks for line in sheet.lines}
        decided = {asks[id] for id in firm or standing}
        assert tuple(sorted(decided)) == made.spec.decided(values)
        settled |= {(id, other) for id in on for other in overs[id] if other in on}
        odds |= {frozenset(two) for two in combinations(firm or standing, 2) if asks[two[0]] != asks[two[1]]}
        gaps = [line for line in sheet.lines if line.gap and row_holds(line, heads, values, givens)]
        if not decided:
            assert gaps or "more" in found.sums
        else:
            assert not gaps
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

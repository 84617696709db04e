"""Each dialect shows every clause once, in its section, and no clause can break out of it."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.emit.prompt import dialects, prompt_parts
from speclang.lowering.sections import arranged
from speclang.plan.clause import Clause, Piece
from speclang.plan.origin import Origin
from speclang.plan.plan import FeaturePlan
from speclang.source.records import replace
from speclang.source.span import Span, Unit
from tests.strategies.plans import plan

HERE = Origin("feature desk", "", Span(Unit("a.spec", "feature desk"), 0, 4))
WORDS = st.lists(
    st.sampled_from(("Be brief.", "</rules>", "<rules>", "< 3", "a\n\nb", "&", "</example >", "- x", "## Y")),
    min_size=1,
)


def made(texts: list[str], section: str = "rules") -> FeaturePlan:
    """A feature whose prompt says `texts`, between a role and an example."""
    clauses = [Clause(f"R-{number}", section, (Piece(text, HERE),)) for number, text in enumerate(texts)]
    role, shot = (
        Clause("feature desk", "role", (Piece("You help.", HERE),)),
        Clause("EX-1", "examples", (Piece("User: x", HERE),)),
    )
    return replace(plan(), sections=arranged([role, *clauses, shot], HERE))


def text_of(some: FeaturePlan, dialect: str) -> str:
    found = prompt_parts(some, dialect)
    assert found.diagnostics == ()
    return "".join(part.text for part in found.value)


def test_there_are_three() -> None:
    assert dialects() == ("markdown", "plain", "xml")


@pytest.mark.parametrize("dialect", dialects())
@given(texts=WORDS)
@settings(max_examples=50)
def test_every_clause_is_a_part_and_every_character_has_an_origin(dialect: str, texts: list[str]) -> None:
    parts = prompt_parts(made(texts), dialect).value
    assert [part.owner for part in parts if part.kind == "clause"] == [
        "feature desk",
        *(f"R-{at}" for at in range(len(texts))),
        "EX-1",
    ]
    for part in parts:
        assert [mark.start for mark in part.marks] == [0, *(mark.end for mark in part.marks[:-1])]
        assert part.marks[-1].end == len(part.text)


@given(texts=WORDS)
def test_no_clause_closes_the_element_that_it_stands_in(texts: list[str]) -> None:
    text = text_of(made(texts), "xml")
    assert text.count("<rules>") == text.count("</rules>") == 1
    assert text.count("<example>") == text.count("</example>") == 1
    escaped = re.sub(r"<(?!/?(?:rules|examples?)>)|&(?!lt;)", "x", text)
    root = ElementTree.fromstring(f"<prompt>{escaped}</prompt>")  # noqa: S314  made here
    assert [one.tag for one in root] == ["rules", "examples"]


@given(texts=WORDS, dialect=st.sampled_from(dialects()), more=st.sampled_from(("One more.", "a\nb")))
def test_a_clause_that_is_added_changes_no_other(texts: list[str], dialect: str, more: str) -> None:
    before = {part.id: part.text for part in prompt_parts(made(texts), dialect).value}
    after = {part.id: part.text for part in prompt_parts(made([*texts, more]), dialect).value}
    last = f"R-{len(texts) - 1}"
    assert {id: text for id, text in after.items() if id in before and id != last} == {
        id: text for id, text in before.items() if id != last
    }

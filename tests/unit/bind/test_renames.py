"""Renamed requirements: what was built under the old ID is out of date, not lost, and an ID leads to one requirement."""

from speclang.engine.pipeline import Compiled, compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText
from tests.unit.bind.binding import findings

SPEC = """\
feature f "F" {
  given age days 0 .. 90 { name "the age"; from context }
  outcome take "take it" { mentions "taken" }
  outcome leave "leave it" { mentions "left" }
  exclusive take, leave
  ask "Take it."
  ask "Please take it."
  ask "Would you take it."
  OLD-1 rule "x" { when age <= 30 days; must take }
  REF-2 rule "x" { when age > 30 days; must leave }
}
"""
RENAMED = SPEC.replace('OLD-1 rule "x" {', 'NEW-1 rule "x" { was OLD-1;')


def compiled(text: str) -> Compiled:
    return compile_texts([SourceText("a.spec", text)], Config())


def test_a_rename_changes_ids_and_nothing_else() -> None:
    before, after = compiled(SPEC), compiled(RENAMED)
    assert before.artifacts[0].text == after.artifacts[0].text
    assert before.artifacts[1].text.replace("OLD-1", "NEW-1") == after.artifacts[1].text


def test_the_lock_says_what_a_requirement_was() -> None:
    assert [(one.id, one.was) for one in compiled(RENAMED).lock.former] == [("NEW-1", "OLD-1")]


def test_a_former_id_leads_to_one_requirement() -> None:
    def told(first: str, second: str) -> list[tuple[str, str]]:
        spec = f'feature f "F" {{\n A-1 prose "a" {{ {first} }}\n A-2 prose "b" {{ {second} }}\n}}\n'
        return [(code, at) for code, _, at in findings(("a.spec", spec))]

    assert told("was B-1", "was B-2, B-3") == []
    assert told("was B-1", "was B-1") == [("E0221", "B-1")]
    assert told("", "was A-1") == [("E0221", "A-1")]
    assert told("was A-1", "") == [("E0221", "A-1")]
    assert told("status retired", "was A-1") == [("E0221", "A-1")]
    assert told("was x", "") == [("E0309", "x")]

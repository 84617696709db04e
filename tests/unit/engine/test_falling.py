"""What a fallback names is found by an editor: a rename reaches its texts, its failures and its calls."""

from pathlib import Path

from speclang.engine.queries.lookup import Lookup
from speclang.engine.queries.rename import rename
from speclang.engine.session import Session

SPEC = """\
feature desk "Desk" {
  ask "Where is it?"
  tool look(id: text) { about "Looks."; fails gone }
  tool handoff(reason: text) { about "Hands over." }
  given tier text { name "the tier"; from context }
  FMT-1 format "Short" { must words <= 90 }
  fallback outage {
    when look fails gone
    tier "a colleague" calls handoff(reason: tier)
    tier "canned" say "Later, {tier}." after 2 s
    must_hold FMT-1
  }
}
"""


def renamed(root: Path, name: str, new: str) -> str:
    (root / "specs").mkdir()
    (root / "specs/a.spec").write_text(SPEC, encoding="utf-8")
    (root / "specc.toml").write_text("", encoding="utf-8")
    session = Session(root)
    session.look()
    text = SPEC
    changes = rename(Lookup(session), "specs/a.spec", SPEC.index(name), new)
    for one in sorted(changes, key=lambda one: -one.range.start):
        text = text[: one.range.start] + one.text + text[one.range.end :]
    return text.partition("fallback")[2]


def test_a_given_is_renamed_in_texts_and_arguments(tmp_path: Path) -> None:
    found = renamed(tmp_path, "tier text", "level")
    assert 'say "Later, {level}."' in found
    assert "handoff(reason: level)" in found
    assert 'tier "canned"' in found


def test_a_tool_is_renamed_where_it_fails_and_where_it_is_called(tmp_path: Path) -> None:
    assert "when search fails gone" in renamed(tmp_path, "look(", "search")


def test_a_tool_that_hands_over_is_renamed(tmp_path: Path) -> None:
    assert "calls transfer(reason: tier)" in renamed(tmp_path, "handoff(", "transfer")


def test_a_parameter_is_renamed_in_a_call(tmp_path: Path) -> None:
    assert "handoff(why: tier)" in renamed(tmp_path, "reason: text", "why")


def test_a_requirement_is_renamed_where_it_must_hold(tmp_path: Path) -> None:
    assert "must_hold FMT-2" in renamed(tmp_path, "FMT-1", "FMT-2")

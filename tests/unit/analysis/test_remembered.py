"""After a change only what hangs on it is searched: counted in searches, and on the disk."""

from collections.abc import Callable
from pathlib import Path

import pytest

from speclang.analysis.runner import analyse_feature
from speclang.bind import bind
from speclang.engine.compiling import Opened, open_project
from speclang.engine.fresh import look
from speclang.engine.pipeline import compile_texts
from speclang.engine.session.memory import Features, Memory, Round
from speclang.logic.settling.searches import Searches, read, write
from speclang.project.config import Config
from speclang.source.text import SourceText
from speclang.syntax.parser import parse

HEAD = """\
feature desk "Desk" {{
  given topic {topics} {{ name "the topic"; from context }}
  given age days 0 .. 1000 {{ name "the age"; from context }}
  given gold bool {{ name "gold holds"; from context }}
  outcome approve "approve it" {{ mentions "approve" }}
  outcome decline "decline it" {{ mentions "decline" }}
  exclusive approve, decline
  total
  ask "Hello."
"""
AREA = """\
  R-{0}1 rule {{ when topic = t{0} and age <= {1} days; must approve }}
  R-{0}2 rule {{ when topic = t{0} and age > {1} days; must decline }}
  R-{0}3 rule {{ when topic = t{0} and age > 500 days and gold; must approve; over R-{0}2 }}
  R-{0}4 rule {{ when topic = t{0} and age > 600 days and gold; must approve; over R-{0}2 }}
  R-{0}5 rule {{ when topic = t{0} and gold and age < 9 days; must decline }}
"""


def spec(areas: int, *, changed: int | None = None, title: str = "Desk") -> str:
    topics = " | ".join(f"t{at}" for at in range(areas))
    rules = (AREA.format(at, 41 if at == changed else 30) for at in range(areas))
    return "".join([HEAD.format(topics=topics).replace('"Desk"', f'"{title}"'), *rules, "}\n"])


def searched(text: str, memory: str = "") -> tuple[int, str]:
    """How many searches it takes to analyse the only feature of `text`, and the memory afterwards."""
    known = read(memory, "this code")
    (feature,) = bind((parse(SourceText("specs/desk.spec", text)).value,)).value.features
    found = list(analyse_feature(feature, (), known))
    assert found == list(analyse_feature(feature))
    return known.searched, write(known, "this code")


def test_what_is_searched_grows_with_the_areas() -> None:
    counts = [searched(spec(areas))[0] for areas in (10, 20, 40)]
    assert counts[1] == 2 * counts[0]
    assert counts[2] == 4 * counts[0]


@pytest.mark.parametrize("areas", [10, 40])
def test_a_changed_requirement_is_searched_in_its_own_area_only(areas: int) -> None:
    whole, memory = searched(spec(areas))
    assert searched(spec(areas), memory)[0] == 0
    assert searched(spec(areas, title="Front desk"), memory)[0] == 0
    after, later = searched(spec(areas, changed=3), memory)
    assert 0 < after <= whole // areas
    assert len(later.splitlines()) == len(memory.splitlines())


LAST = """\
  R-36 rule {{ when topic = t3 and size > {0} days; must {1}; over R-32, R-35 }}
"""
CHANGES: dict[str, Callable[[str], str]] = {
    "a range": lambda text: text.replace("size days 0 .. 1000", "size days 0 .. 900"),
    "an outcome": lambda text: text.replace(LAST.format(9, "approve"), LAST.format(9, "decline")),
    "a bound": lambda text: text.replace(LAST.format(9, "approve"), LAST.format(99, "approve")),
    "a rule less": lambda text: text.replace(LAST.format(9, "approve"), ""),
    "a rule more": lambda text: text[:-2] + LAST.format(5, "decline").replace("R-36", "R-37") + "}\n",
}
"""Edits of what one area alone speaks of."""


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_in_one_area_is_searched_in_that_area_only(what: str) -> None:
    text = spec(40)[:-2] + LAST.format(9, "approve") + "}\n"
    text = text.replace("  given gold", '  given size days 0 .. 1000 { name "the size"; from context }\n  given gold')
    whole, memory = searched(text)
    changed = CHANGES[what](text)
    assert changed != text
    again, _ = searched(changed, memory)
    assert again <= 2 * whole // 40


def test_what_no_question_names_can_change_without_a_search() -> None:
    _, memory = searched(spec(40))
    wider = spec(40).replace(
        "  given gold", '  given size days 0 .. 1000 { name "the size"; from context }\n  given gold'
    )
    assert searched(wider, memory)[0] == 0
    assert searched(wider.replace("size days 0 .. 1000", "size days 0 .. 9"), memory)[0] == 0


def test_what_nobody_asks_any_more_is_forgotten() -> None:
    _, memory = searched(spec(10))
    known = read(memory, "this code")
    (feature,) = bind((parse(SourceText("specs/desk.spec", spec(2))).value,)).value.features
    list(analyse_feature(feature, (), known))
    assert len(known.used) < len(known.kept)


def opened(folder: Path) -> Opened:
    return open_project(folder, look(folder))


def test_a_large_feature_has_a_memory_and_says_the_same_with_it(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text("", encoding="utf-8")
    source = tmp_path / "specs" / "desk.spec"
    memory = tmp_path / ".specc" / "searches" / "desk"
    source.write_text(spec(10), encoding="utf-8")
    first = opened(tmp_path).compiled.diagnostics
    kept = memory.read_bytes()
    assert opened(tmp_path).compiled.diagnostics == first
    assert memory.read_bytes() == kept
    memory.write_bytes(kept.replace(b"none", b"some"))
    assert opened(tmp_path).compiled.diagnostics == first
    assert memory.read_bytes() == kept
    source.write_text(spec(10, changed=7), encoding="utf-8")
    changed = opened(tmp_path).compiled.diagnostics
    assert memory.read_bytes() != kept
    assert open_project(tmp_path, remembering=False).compiled.diagnostics == changed


def test_a_small_feature_is_searched_anew(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text("", encoding="utf-8")
    (tmp_path / "specs" / "desk.spec").write_text(spec(2), encoding="utf-8")
    opened(tmp_path)
    assert not (tmp_path / ".specc" / "searches").exists()


def test_no_memory_is_a_memory_of_nothing() -> None:
    assert read("", "this code").kept == Searches().kept == {}


def test_an_open_project_searches_again_what_hangs_on_a_change() -> None:
    memory, before = Memory(), Features()
    found = []
    for text in (spec(10), spec(10, changed=4), spec(10, changed=4)):
        turn = Round(memory, before)
        source = SourceText("specs/desk.spec", text)
        made = compile_texts([source], Config(), passes=turn.passes)
        assert made.diagnostics == compile_texts([source], Config()).diagnostics
        turn.settle()
        before = turn.made
        found.append(set(before.searched["desk"]))
    first, second, third = found
    assert 0 < len(second - first) <= len(first) // 10
    assert third == second

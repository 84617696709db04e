"""Names inside of a tool's promises are its own: they follow its renames, and those of nobody else."""

from pathlib import Path

import pytest

from speclang.engine.queries.lookup import Lookup
from speclang.engine.queries.rename import rename
from speclang.engine.session import Session

SPEC = """\
feature desk "Desk" {
  role "You are a desk."
  tool find(word: text, kind: optional(text)) {
    about   "Finds."
    returns { total: money(USD), items: list({ id: text, price: money(USD) }) }
    ensures total = sum(items.price), sent.word != "x"
    ensures narrows(items, by: id, with: kind)
    example find(word: "a") returns { total: 0 USD .. 5 USD }
    rate    (total > 3 USD) <= 5% on "calls.jsonl"
  }
  given total money(USD) 0 .. 90 { name "the total"; from find.total }
  outcome take "take it" { calls find }
  T-1 rule "Take" { when total > 3 USD; must take }
}
"""


def renamed(folder: Path, mark: str, new: str) -> str:
    (folder / "specs").mkdir()
    (folder / "specc.toml").touch()
    (folder / "specs" / "desk.spec").write_text(SPEC, encoding="utf-8")
    session = Session(folder)
    session.look()
    name = "specs/desk.spec"
    changes = rename(Lookup(session), name, SPEC.index(mark) + mark.rindex(" ") + 1, new)
    text = SPEC
    for one in sorted(changes, key=lambda one: -one.range.start):
        assert one.range.file == name
        text = text[: one.range.start] + one.text + text[one.range.end :]
    return text


def test_a_given_that_is_called_as_a_field_is_renamed_without_the_field(tmp_path: Path) -> None:
    text = renamed(tmp_path, "given total", "sum_of_all")
    assert "given sum_of_all" in text
    assert "when sum_of_all > 3 USD" in text
    assert "ensures total = sum(items.price)" in text
    assert "rate    (total > 3 USD)" in text
    assert "returns { total: 0 USD .. 5 USD }" in text


@pytest.mark.parametrize(
    ("mark", "new", "there"),
    [
        ("tool find", "seek", ("tool seek(", "example seek(", "calls seek", "from seek.total")),
        (
            "{ total",
            "whole",
            ("ensures whole = sum(items.price)", "returns { whole: 0 USD", "(whole > 3 USD)", "from find.whole"),
        ),
        (" items", "rows", ("sum(rows.price)", "narrows(rows, by: id, with: kind)")),
    ],
)
def test_a_tool_and_its_fields_are_renamed_in_its_promises(
    tmp_path: Path, mark: str, new: str, there: tuple[str, ...]
) -> None:
    text = renamed(tmp_path, mark, new)
    assert [one for one in there if one not in text] == []

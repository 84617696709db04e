"""What a spec becomes is shown beside it while it is typed."""

from pathlib import Path
from typing import Any

from tests.e2e.lsp.conftest import PROMPT, REFUNDS
from tests.strategies.editor import Editor


def previewed(editor: Editor, uri: str, mark: str) -> Any:
    return editor.ask("specc/preview", editor.at(uri, mark))


def test_the_parts_of_a_preview_are_the_prompt(editor: Editor, project: Path) -> None:
    found = previewed(editor, editor.open(REFUNDS), "REF|-1 rule")
    assert (found["feature"], found["title"]) == ("refunds", "Refund assistant")
    assert "".join(one["text"] for one in found["parts"]) == (project / PROMPT).read_text(encoding="utf-8")


def test_a_part_and_a_case_know_where_their_requirement_is_stated(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    found = previewed(editor, uri, "REF|-1 rule")
    line = editor.at(uri, "REF|-1 rule")["position"]["line"]
    [clause] = [one for one in found["parts"] if one["owner"] == "REF-1"]
    case = next(one for one in found["cases"] if one["id"] == "REF-1/nominal")
    assert clause["text"].startswith("- If the time since delivery is at most 30 days")
    assert clause["place"]["uri"] == case["place"]["uri"] == uri
    assert clause["place"]["range"]["start"]["line"] == case["place"]["range"]["start"]["line"] == line
    assert case["expect"] == ["approve"]
    assert case["turns"]


def test_a_preview_is_of_the_text_as_it_is_typed(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "age <= 30 days and receipt", "age <= 14 days and receipt")
    found = previewed(editor, uri, "REF|-1 rule")
    assert "at most 14 days" in "".join(one["text"] for one in found["parts"])
    assert "REF-1/boundary/age=14" in {one["id"] for one in found["cases"]}


def test_what_is_in_no_feature_has_no_preview(editor: Editor) -> None:
    assert editor.ask("specc/preview", editor.at(editor.open(PROMPT), "You| are")) is None

"""Findings as somebody types, in specs and in generated files, and their places."""

from pathlib import Path

from tests.e2e.lsp.conftest import PROMPT, REFUNDS
from tests.strategies.editor import Editor


def test_a_fault_is_told_while_it_is_typed_and_goes_when_it_is_mended(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "must    approve", "must    aprove")
    (found,) = editor.until(uri, ["E0201"])
    assert found["message"] == "No outcome is named `aprove`\n`approve` has a similar name\nto do: write `approve`"
    assert found["severity"] == 1
    assert found["source"] == "specc"
    assert editor.said(found["range"], uri) == "aprove"
    assert (
        Path(found["codeDescription"]["href"].removeprefix("file://")).read_text(encoding="utf-8").startswith("# E0201")
    )
    editor.replace(uri, "must    aprove", "must    approve")
    assert editor.until(uri, []) == []


def test_what_analysis_finds_is_told_with_its_input_and_its_other_places(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "    over    REF-3                        # late is late, whatever the order cost\n", "")
    found = editor.until(uri, ["E0501"])[0]
    assert "for example total = 500.01 USD, age = 31 days" in found["message"]
    assert [editor.said(one["location"]["range"], uri) for one in found["relatedInformation"]] != []


def test_a_hand_edit_of_a_prompt_is_told_where_it_is(editor: Editor) -> None:
    editor.open(REFUNDS)
    uri = editor.open(PROMPT)
    editor.replace(uri, "at most 30 days", "at most 45 days")
    (found,) = editor.until(uri, ["E0702"])
    assert editor.said(found["range"], uri) == "45"
    assert "REF-1" in found["message"]
    editor.replace(uri, "at most 45 days", "at most 30 days")
    assert editor.until(uri, []) == []


def test_a_file_that_is_closed_says_what_the_disk_has(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "LAW-1 boundary", "LAW-1 boundry")
    editor.until(uri, ["E0203"])
    editor.close_text(uri)
    assert editor.until(uri, []) == []


def test_what_another_file_breaks_is_told_there(editor: Editor) -> None:
    policy = editor.open("specs/policies/brand.spec")
    refunds = editor.open(REFUNDS)
    editor.replace(policy, "policy brand(", "policy brant(")
    assert editor.until(refunds, ["E0201"])[0]["message"].startswith("No policy is named `brand`")
    editor.replace(policy, "policy brant(", "policy brand(")
    assert editor.until(refunds, []) == []


def test_a_change_on_the_disk_counts_once_the_editor_tells_of_it(editor: Editor, project: Path) -> None:
    uri = editor.uri("specs/new.spec")
    (project / "specs/new.spec").write_text('feature new "New" {\n  X-1 rule "R" { must gone }\n}\n', encoding="utf-8")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 1}]})
    editor.until(uri, ["E0201"])
    (project / "specs/new.spec").unlink()
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3}]})
    assert editor.until(uri, []) == []

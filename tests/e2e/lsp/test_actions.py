"""Fixes of findings; and hand edits of prompts, which are taken back into the spec or undone."""

from pathlib import Path
from typing import Any

from tests.e2e.lsp.conftest import PROMPT, REFUNDS
from tests.strategies.editor import Editor


def actions(editor: Editor, uri: str, mark: str, only: list[str] | None = None) -> dict[str, Any]:
    at = editor.at(uri, mark)["position"]
    context: dict[str, Any] = {"diagnostics": [], **({"only": only} if only else {})}
    asked = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": context}
    found = {one["title"]: one for one in editor.ask("textDocument/codeAction", asked) or []}
    assert found, editor.log
    return found


def run(editor: Editor, action: dict[str, Any]) -> None:
    command = action["command"]
    editor.ask("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})


def test_the_fix_of_a_finding_is_made(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "must    approve", "must    aprove")
    editor.until(uri, ["E0201"])
    fix = actions(editor, uri, "must    apr|ove")["Write `approve`"]
    assert fix["isPreferred"]
    assert [one["code"] for one in fix["diagnostics"]] == ["E0201"]
    editor.apply(fix["edit"])
    assert editor.until(uri, []) == []


def test_an_edit_of_a_prompt_is_taken_back_into_the_spec_as_it_stands_in_the_editor(editor: Editor) -> None:
    refunds, prompt = editor.open(REFUNDS), editor.open(PROMPT)
    editor.replace(refunds, "# where both apply, this one wins", "# not saved")
    editor.replace(prompt, "Answer in at most 120 words", "Answer in at most 90 words")
    editor.until(prompt, ["E0702"])
    run(editor, actions(editor, prompt, "at most 9|0 words")["Absorb this edit into the spec"])
    assert "words <= 90" in editor.texts[refunds]
    assert "# not saved" in editor.texts[refunds]
    assert editor.until(prompt, []) == []
    assert "words <= 120" in (editor.root / REFUNDS).read_text(encoding="utf-8")


def test_an_edit_of_a_prompt_is_undone_where_it_stands(editor: Editor) -> None:
    editor.open(REFUNDS)
    prompt = editor.open(PROMPT)
    wanted = editor.texts[prompt]
    editor.replace(prompt, "at most 120 words", "at most 90 words")
    editor.until(prompt, ["E0702"])
    editor.apply(actions(editor, prompt, "at most 9|0 words")["Discard this edit"]["edit"])
    assert editor.texts[prompt] == wanted
    assert editor.until(prompt, []) == []


def test_an_edit_that_no_spec_can_say_is_refused_in_words(editor: Editor) -> None:
    refunds, prompt = editor.open(REFUNDS), editor.open(PROMPT)
    before = editor.texts[refunds]
    editor.replace(prompt, "at most 30 days", "at most 45 days")
    editor.until(prompt, ["E0702"])
    run(editor, actions(editor, prompt, "at most 4|5 days")["Absorb this edit into the spec"])
    assert editor.texts[refunds] == before
    assert editor.shown[-1].startswith("specc: the edit can't be absorbed. ")


def test_a_build_waits_until_all_is_saved(editor: Editor, project: Path) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "words <= 120", "words <= 100")
    editor.ask("workspace/executeCommand", {"command": "specc.build", "arguments": [uri]})
    assert editor.shown[-1].startswith("specc: a build reads what is saved; save these first: ")
    assert REFUNDS in editor.shown[-1]
    for held in list(editor.texts):
        editor.close_text(held)
    editor.open(REFUNDS)
    editor.ask("workspace/executeCommand", {"command": "specc.build", "arguments": [uri]})
    assert editor.shown[-1].endswith("files were written")

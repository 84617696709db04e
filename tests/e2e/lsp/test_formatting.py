"""`specc fmt`, in an editor: only what changes is touched."""

from tests.e2e.lsp.conftest import REFUNDS
from tests.strategies.editor import Editor

OPTIONS = {"options": {"tabSize": 2, "insertSpaces": True}}


def test_a_spec_is_put_into_the_one_style(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    wanted = editor.texts[uri]
    editor.replace(uri, "  REF-2 rule", "     REF-2   rule")
    editor.replace(uri, "    must    decline", "must decline")
    edits = editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, **OPTIONS})
    assert {one["range"]["start"]["line"] for one in edits} <= set(range(45, 70))
    editor.apply({"changes": {uri: edits}})
    assert editor.texts[uri] == wanted


def test_some_lines_are_put_into_style_and_others_left(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "  REF-2 rule", "     REF-2   rule")
    editor.replace(uri, "  REF-4 rule", "     REF-4   rule")
    at = editor.at(uri, "REF-2")["position"]
    edits = editor.ask(
        "textDocument/rangeFormatting", {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, **OPTIONS}
    )
    editor.apply({"changes": {uri: edits}})
    assert "\n  REF-2 rule" in editor.texts[uri]
    assert "     REF-4   rule" in editor.texts[uri]


def test_a_spec_with_a_syntax_error_is_left_as_it_is(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "when    age <= 30 days and receipt", "when    age <=   ")
    assert editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, **OPTIONS}) == []

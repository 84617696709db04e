"""Words coloured by meaning, notes beside the text, and the lines above requirements."""

from tests.e2e.lsp.conftest import REFUNDS
from tests.strategies.editor import Editor


def words(editor: Editor, uri: str) -> list[tuple[str, str]]:
    legend = editor.offers["semanticTokensProvider"]["legend"]["tokenTypes"]
    data = editor.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})["data"]
    found = []
    line = column = 0
    for at in range(0, len(data), 5):
        down, right, length, sort, _ = data[at : at + 5]
        line, column = line + down, right if down else column + right
        start = {"line": line, "character": column}
        end = {"line": line, "character": column + length}
        found.append((editor.said({"start": start, "end": end}, uri), legend[sort]))
    return found


def test_words_are_coloured_by_what_they_mean(editor: Editor) -> None:
    found = words(editor, editor.open(REFUNDS))
    assert {
        ("feature", "keyword"), ("refunds", "namespace"), ("REF-1", "decorator"), ("rule", "class"), ("when", "property"),
        ("must", "modifier"), ("age", "variable"), ("approve", "event"), ("lookup_order", "function"), ("platinum", "enumMember"),
        ("Tier", "type"), ("and", "keyword"), ("<=", "operator"), ("30", "number"), ("order_id", "parameter"),
        ("# where both apply, this one wins", "comment"), ('"Inside the window"', "string"), ("/A[0-9]{6}/", "regexp"),
    } <= set(found)  # fmt: skip


def test_a_range_gives_the_same_words_as_the_whole(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}}
    some = editor.ask("textDocument/semanticTokens/range", {"textDocument": {"uri": uri}, "range": whole})
    assert some == editor.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})


def test_units_and_numbers_of_cases_stand_beside_the_text(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}}
    found = editor.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
    labels = [one["label"] for one in found]
    assert {"USD", "days"} <= set(labels)
    assert any(label.endswith(" cases") for label in labels)


def test_notes_are_asked_for_again_when_everything_was_looked_at(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.asked.clear()
    editor.replace(uri, "words <= 120", "words <= 110")
    while "workspace/inlayHint/refresh" not in editor.asked or "workspace/codeLens/refresh" not in editor.asked:
        editor.next()


def test_the_lines_above_a_requirement_lead_to_its_clause_and_cases(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    found = editor.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    mine = [one["command"] for one in found if editor.said(one["range"], uri) == "REF-1"]
    assert mine[0]["title"] == "clause"
    assert mine[0]["arguments"][0].endswith("/generated/refunds/prompt.md")
    assert mine[1]["title"].endswith(" cases")
    editor.ask("workspace/executeCommand", {"command": mine[0]["command"], "arguments": mine[0]["arguments"]})

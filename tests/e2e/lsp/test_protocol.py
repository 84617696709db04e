"""What comes over the wire: other ways to count columns, messages that can't be read, questions that are given up, and leaving."""

from pathlib import Path
from random import Random

import pytest

from tests.e2e.lsp.conftest import REFUNDS
from tests.strategies.editor import Editor, Refused

ODD = '# 🙂 é 日本\u2028\x0b\x85 still this line\r# 🙂 another\r\nfeature odd "🙂🙂" { role "é 日本 🙂" }\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_count_as_was_agreed_and_lines_end_where_the_protocol_says(built: Path, encoding: str) -> None:
    editor = Editor(built, [encoding])
    assert editor.offers["positionEncoding"] == encoding
    uri = editor.open("specs/odd.spec", ODD)
    editor.replace(uri, '🙂" }', '🙂 yes" }')
    editor.replace(uri, "another", "日 other 🙂")
    editor.replace(uri, 'role "é', 'X-1 rule "🙂 R" { must 🙂gone }\n  role "é')
    editor.replace(uri, "🙂gone", "gone")
    found = editor.until(uri, ["E0115"] * 4 + ["E0201"])
    assert editor.said(found[-1]["range"], uri) == "gone"
    hover = editor.ask("textDocument/hover", editor.at(uri, '🙂 R" { mu|st'))
    assert editor.said(hover["range"], uri) == "must"
    assert editor.close() == 0


def test_messages_that_can_not_be_read_cost_nothing_but_themselves(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    for body in (
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"jsonrpc": "1.0", "method": "x"}',
        b'{"jsonrpc": "2.0"}',
    ):
        editor.send_raw(body)
    editor.send_raw(b"[" * 100_000)
    editor.tell("textDocument/didChange", {"textDocument": {"uri": uri}})
    editor.tell("textDocument/didClose", {})
    editor.tell("no/suchThing", {"a": 1})
    with pytest.raises(Refused):
        editor.ask("textDocument/hover", {"textDocument": 3})
    with pytest.raises(Refused):
        editor.ask("no/suchQuestion", {})
    assert editor.ask("textDocument/hover", editor.at(uri, "must    appr|ove")) is not None


def test_places_that_are_not_there_have_no_answer(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    for position in ({"line": 10**6, "character": 0}, {"line": 0, "character": 10**6}):
        asked = {"textDocument": {"uri": uri}, "position": position}
        assert editor.ask("textDocument/hover", asked) is None
        editor.ask("textDocument/definition", asked)
        editor.ask("textDocument/completion", asked)
    for other in ("file:///nowhere/at/all.spec", "untitled:Untitled-1", "http://example.com/a.spec", "file:///"):
        asked = {"textDocument": {"uri": other}, "position": {"line": 0, "character": 0}}
        assert editor.ask("textDocument/hover", asked) is None
        assert not editor.ask("textDocument/formatting", {**asked, "options": {"tabSize": 2, "insertSpaces": True}})


def test_a_question_can_be_given_up(built: Path) -> None:
    editor = Editor(built)
    uri = editor.open(REFUNDS)
    number = editor.begin("textDocument/codeLens", {"textDocument": {"uri": uri}})
    editor.tell("$/cancelRequest", {"id": number})
    editor.tell("$/cancelRequest", {"id": 4711})
    with pytest.raises(Refused) as refused:
        editor.answer(number)
    assert refused.value.args[0]["code"] == -32800
    assert editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert editor.close() == 0


def test_an_editor_that_goes_without_a_word_ends_the_server(built: Path) -> None:
    editor = Editor(built)
    editor.open(REFUNDS)
    assert editor.process.stdin is not None
    editor.process.stdin.close()
    assert editor.process.wait(60) == 1
    editor.finish()
    assert "Traceback" not in editor.log


def test_no_word_of_a_text_is_in_the_log(built: Path) -> None:
    editor = Editor(built)
    uri = editor.open(REFUNDS)
    editor.replace(uri, "Inside the window", "Zanzibar")
    editor.send_raw(b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": "Zanzibar"}}')
    with pytest.raises(Refused):
        editor.ask("textDocument/rename", {**editor.at(uri, "given a|ge"), "newName": "Zanzibar {}"})
    editor.ask("textDocument/hover", editor.at(uri, "must    appr|ove"))
    assert editor.close() == 0
    assert "can't be read" in editor.log
    assert "Zanzibar" not in editor.log


def test_any_sequence_of_edits_leaves_the_text_that_the_editor_has(built: Path) -> None:
    draw = Random(11)  # noqa: S311 - it need not be a secret, only the same each time
    editor = Editor(built)
    uri = editor.open("specs/odd.spec", ODD * 3)
    pieces = ["🙂", "é", "\n", "\r\n", "\r", "x", " ", "\u2028", '"', "{", "}", "# c\n", ""]
    for _ in range(300):
        text = editor.texts[uri]
        start = draw.randrange(len(text) + 1)
        if text[start - 1 : start + 1] == "\r\n":
            start += 1  # a position between the two is none
        end = min(len(text), start + draw.choice((0, 0, 1, 5)))
        if text[end - 1 : end + 1] == "\r\n":
            end += 1
        editor.edit(uri, start, end, draw.choice(pieces))
    found = editor.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})
    fresh = Editor(built)
    again = fresh.open("specs/odd.spec", editor.texts[uri])
    assert fresh.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": again}}) == found
    editor.close()
    fresh.close()

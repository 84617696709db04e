"""From a name to its declaration, across files, and from a prompt or a case to the spec."""

import pytest

from tests.e2e.lsp.conftest import PROMPT, REFUNDS
from tests.strategies.editor import Editor


def leads(editor: Editor, uri: str, mark: str, nth: int = 0) -> list[tuple[str, str]]:
    """The files and words that a mark leads to."""
    found = editor.ask("textDocument/definition", editor.at(uri, mark, nth)) or []
    for one in found:
        if one["uri"] not in editor.texts:
            editor.open(one["uri"].removeprefix(editor.root.as_uri() + "/"))
    return [(one["uri"].rpartition("/")[2], editor.said(one["range"], one["uri"])) for one in found]


@pytest.mark.parametrize(
    ("mark", "file", "word"),
    [
        ("when    a|ge <= 30", "refunds.spec", "age"),
        ("must    appr|ove", "refunds.spec", "approve"),
        ("over    REF|-1", "refunds.spec", "REF-1"),
        ("lookup_or|der fails", "refunds.spec", "lookup_order"),
        ("include br|and", "brand.spec", "brand"),
        ("brand(na|me: ", "brand.spec", "name"),
        ("{total.li|mit}", "refunds.spec", "total"),
        ("tries   FMT-|1", "refunds.spec", "FMT-1"),
    ],
)
def test_a_name_leads_to_its_declaration(editor: Editor, mark: str, file: str, word: str) -> None:
    assert leads(editor, editor.open(REFUNDS), mark) == [(file, word)]


def test_a_used_file_is_led_to(editor: Editor) -> None:
    assert leads(editor, editor.open(REFUNDS), 'use "poli|cies') == [("brand.spec", "")]


def test_a_parameter_inside_its_policy_leads_to_the_policy_s_line(editor: Editor) -> None:
    assert leads(editor, editor.open("specs/policies/brand.spec"), "within {rep|ly}") == [("brand.spec", "reply")]


def test_a_name_that_nobody_declares_leads_nowhere(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "must    approve", "must    aprove")
    assert leads(editor, uri, "must    apr|ove") == []


def test_a_character_of_a_prompt_leads_to_what_the_spec_says_there(editor: Editor) -> None:
    refunds = editor.open(REFUNDS)
    prompt = editor.open(PROMPT)
    editor.until(refunds, [])
    assert leads(editor, prompt, "at most 3|0 days") == [("refunds.spec", "30 days")]

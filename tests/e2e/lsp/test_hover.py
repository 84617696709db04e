"""What is shown of the word under the cursor."""

import pytest

from tests.e2e.lsp.conftest import PROMPT, REFUNDS
from tests.strategies.editor import Editor


def shown(editor: Editor, uri: str, mark: str) -> str:
    found = editor.ask("textDocument/hover", editor.at(uri, mark))
    return str(found["contents"]["value"]) if found else ""


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("when    a|ge <= 30", "given **age**"),
        ("must    appr|ove", "outcome **approve**"),
        ("calls issue_re|fund", "tool **issue\\_refund**"),
        ("tier is not plat|inum", "value **platinum** of `Tier`"),
        ("tier    Ti|er", "type **Tier**"),
        ("include br|and", "policy **brand**"),
        ("issue_refund(amo|unt: total)", "argument **amount** of `issue_refund`"),
        ("lookup_order.to|tal", "result **total** of `lookup_order`"),
        ("order {order|_id}", "argument **order\\_id** of `lookup_order`"),
        ("REF-1 ru|le", "The kind `rule`"),
        ("mu|st    approve", "What has to happen"),
        ('be|cause "Returns', "Why it is required."),
        ("gi|ven age", "A value that the outcome may depend on."),
        ("typ|ical 12 days", "The value that a case takes if nothing asks for another."),
    ],
)
def test_a_word_is_shown_with_what_it_stands_for(editor: Editor, mark: str, said: str) -> None:
    assert said in shown(editor, editor.open(REFUNDS), mark)


def test_a_requirement_is_shown_with_its_clause_its_cases_and_what_it_costs(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    said = shown(editor, uri, "over    REF|-1")
    assert "the time since delivery is at most 30 days" in said
    assert "token" in said
    assert "- `REF-1/nominal`" in said


def test_a_clause_of_a_prompt_shows_the_requirement_that_it_speaks_for(editor: Editor) -> None:
    editor.open(REFUNDS)
    said = shown(editor, editor.open(PROMPT), "at most 30| days")
    assert said.startswith("**REF-1** · when")
    assert 'REF-1 rule "Inside the window" {' in said


def test_what_means_nothing_shows_nothing(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    assert shown(editor, uri, "# late| is late") == ""


def test_texts_of_a_spec_can_not_leave_their_block(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, '"Inside the window"', '"Inside ``` <b>the</b> *window*"')
    said = shown(editor, uri, "REF-|1 rule")
    assert "Inside \\`\\`\\` \\<b\\>the\\</b\\> \\*window\\*" in said

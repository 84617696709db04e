"""Another name for a declaration, in every file that uses it, or why not."""

import pytest

from tests.e2e.lsp.conftest import REFUNDS
from tests.strategies.editor import Editor, Refused

BRAND = "specs/policies/brand.spec"


def renamed(editor: Editor, uri: str, mark: str, new: str) -> None:
    editor.apply(editor.ask("textDocument/rename", {**editor.at(uri, mark), "newName": new}))


def reason(editor: Editor, uri: str, mark: str, new: str) -> str:
    with pytest.raises(Refused) as refused:
        editor.ask("textDocument/rename", {**editor.at(uri, mark), "newName": new})
    return str(refused.value.args[0]["message"])


@pytest.mark.parametrize(
    ("mark", "old", "new"),
    [
        ("given a|ge", "age", "days_since"),
        ("must    appr|ove", "approve", "grant"),
        ("tool hand|off", "handoff", "pass_on"),
        ("type Ti|er", "Tier", "Rank"),
        ("not plat|inum", "platinum", "palladium"),
    ],
)
def test_a_name_is_changed_wherever_it_is_used_and_nothing_is_wrong_after_it(
    editor: Editor, mark: str, old: str, new: str
) -> None:
    uri = editor.open(REFUNDS)
    renamed(editor, uri, mark, new)
    text = editor.texts[uri]
    assert f"{new}" in text
    assert editor.ask("textDocument/references", {**editor.at(uri, new), "context": {"includeDeclaration": True}})
    assert editor.until(uri, []) == []
    renamed(editor, uri, new, old)


def test_an_id_that_was_built_is_kept_as_a_former_one(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    renamed(editor, uri, "over    REF|-1", "REF-11")
    text = editor.texts[uri]
    assert 'REF-11 rule "Inside the window"' in text
    assert "over    REF-11 " in text
    assert "    was REF-1\n  }" in text
    assert editor.until(uri, []) == []


def test_a_parameter_of_a_policy_is_changed_where_features_give_it(editor: Editor) -> None:
    refunds, brand = editor.open(REFUNDS), editor.open(BRAND)
    renamed(editor, brand, "policy brand(na|me", "house")
    assert 'include brand(house: "Acme")' in editor.texts[refunds]
    assert "at {house} speaks" in editor.texts[brand]
    for uri in (refunds, brand, editor.uri("specs/policies/tracking.spec")):
        editor.close_text(uri)


@pytest.mark.parametrize(
    ("mark", "new", "why"),
    [
        ("given a|ge", "total", "`total` is the name of a given that can be seen"),
        ("given a|ge", "gold", "`gold` is the name of a value that can be seen"),
        ("given a|ge", "order_id", "`order_id` is the name of a called that can be seen"),
        ("given a|ge", "missing", "`missing` has a meaning of its own"),
        ("given a|ge", "my age", "is no name"),
        ("over    REF|-1", "REF", "is no ID"),
        ("over    REF|-1", "BRAND-1", "is the name of a requirement that can be seen"),
        ("language of us|er", "x", "there is no name here"),
    ],
)
def test_a_name_that_would_clash_is_refused_with_the_reason(editor: Editor, mark: str, new: str, why: str) -> None:
    assert why in reason(editor, editor.open(REFUNDS), mark, new)


def test_where_a_line_can_not_be_read_nothing_is_renamed(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "when    age <= 30 days and receipt", "when    age <= and receipt")
    assert "lines that can't be read" in reason(editor, uri, "given a|ge", "days_since")

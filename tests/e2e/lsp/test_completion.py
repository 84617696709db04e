"""What is offered where somebody types."""

import pytest

from tests.e2e.lsp.conftest import REFUNDS
from tests.strategies.editor import Editor


def offered(editor: Editor, uri: str, mark: str) -> list[str]:
    found = editor.ask("textDocument/completion", editor.at(uri, mark))
    return [one["label"] for one in found["items"]] if found else []


@pytest.mark.parametrize(
    ("old", "typed", "some"),
    [
        ("must    approve", "must    |", ["approve", "decline", "escalate", "calls", "avoids", "mentions", "omits"]),
        ("must    approve", "must    calls |", ["lookup_order", "issue_refund", "handoff"]),
        ("must    approve", "must    calls issue_refund(|", ["order_id", "amount"]),
        ("must    approve", "must    calls issue_refund(amount: |", ["total", "age", "tier", "receipt"]),
        ("over    REF-1  ", "over    |  ", ["REF-1", "REF-2", "REF-4", "FMT-1", "LAW-1", "EX-1", "TOOL-1", "BRAND-1"]),
        ("when    total > 500 USD", "when    |", ["total", "age", "tier", "receipt", "lookup_order"]),
        ("when    total > 500 USD", "when    tier is |", ["standard", "gold", "platinum"]),
        ("when    total > 500 USD", "when    age > 500 |", ["days", "weeks", "hours"]),
        ("when    total > 500 USD", "when    total > 500 |", ["USD"]),
        ("when    lookup_order fails timeout", "when    lookup_order fails |", ["timeout", "not_found"]),
        ("REF-4 rule", "REF-4 |", ["rule", "format", "boundary", "fault"]),
        ('include brand(name: "Acme")', "include |", ["brand"]),
        ('use "policies/brand.spec"', 'use "|"', ["policies/brand.spec"]),
        ("for order {order_id}", "for order {|}", ["total", "age", "order_id"]),
        ("exclusive approve", "exclusive |", ["approve", "decline", "escalate"]),
        ("given tier    Tier ", "given tier    | ", ["Tier", "bool", "money", "days"]),
        ("from context", "from |", ["user", "context", "lookup_order.total"]),
    ],
)
def test_names_values_and_units_that_fit_are_offered(editor: Editor, old: str, typed: str, some: list[str]) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, old, typed.replace("|", ""))
    assert set(some) <= set(offered(editor, uri, typed))


def test_fields_that_are_not_written_yet_are_offered_with_what_they_mean(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, '    because "Returns policy, section 4.2"\n', "    \n")
    found = editor.ask("textDocument/completion", editor.at(uri, "must    approve\n    |\n"))["items"]
    said = {one["label"]: one for one in found}
    assert {"because", "unless", "must_not", "phrase"} <= said.keys()
    assert "when" not in said
    assert said["because"]["detail"] == "Why it is required."
    assert 'because "…"' in said["because"]["documentation"]["value"]


def test_a_word_that_is_begun_is_replaced(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "must    approve", "must    app")
    found = editor.ask("textDocument/completion", editor.at(uri, "must    app|"))["items"]
    one = next(one for one in found if one["label"] == "approve")
    assert editor.said(one["textEdit"]["range"], uri) == "app"


@pytest.mark.parametrize("mark", ["# late is| late", 'rule "Inside |the window"', 'yes  "I still |have'])
def test_nothing_is_offered_in_comments_and_texts(editor: Editor, mark: str) -> None:
    assert offered(editor, editor.open(REFUNDS), mark) == []


def test_statements_are_offered_where_one_can_begin(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "  exclusive approve", "  \n  exclusive approve")
    assert {"given", "tool", "include", "role"} <= set(offered(editor, uri, "  |\n  exclusive"))
    editor.replace(uri, 'use "policies/brand.spec"', '\nuse "policies/brand.spec"')
    assert {"use", "feature", "policy", "given"} <= set(offered(editor, uri, '|\nuse "pol'))


def test_the_terms_that_a_kind_knows_are_offered_with_how_they_are_written(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, 'words <= 120, language of user, ends "Anything else?"', "")
    found = editor.ask("textDocument/completion", editor.at(uri, '"Short answers" {\n    must    |'))["items"]
    said = {one["label"]: one["detail"] for one in found}
    assert said["words"] == "words <= 120"
    assert {"ends", "language", "json", "one_of", "forbidden"} <= said.keys()
    editor.replace(uri, '"Short answers" {\n    must    ', '"Short answers" {\n    must    words ')
    assert offered(editor, uri, '"Short answers" {\n    must    words |') == ["<= 120"]
    editor.replace(uri, "    must    words ", '    must    words <= 9, ends "x", ')
    assert "language" in offered(editor, uri, 'ends "x", |')


@pytest.mark.parametrize(
    ("kind", "some"), [("budget", {"latency", "tokens"}), ("content", {"mention", "match"}), ("custom", {"matches"})]
)
def test_each_kind_offers_terms_of_its_own(editor: Editor, kind: str, some: set[str]) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, 'FMT-1 format "Short answers"', f'FMT-1 {kind} "Short answers"')
    editor.replace(uri, 'words <= 120, language of user, ends "Anything else?"', "")
    assert some <= set(offered(editor, uri, '"Short answers" {\n    must    |'))


def test_nothing_is_offered_where_a_name_is_made_up(editor: Editor) -> None:
    uri = editor.open(REFUNDS, 'feature \n\nfeature two "Two" {\n  given \n}\n')
    assert offered(editor, uri, "feature |\n") == []
    assert offered(editor, uri, "given |\n") == []


def test_a_requirement_is_offered_with_an_id_that_is_free(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.replace(uri, "  exclusive approve", "  \n  exclusive approve")
    found = editor.ask("textDocument/completion", editor.at(uri, "  |\n  exclusive"))["items"]
    said = {one["label"]: one["textEdit"]["newText"] for one in found}
    assert said["rule"] == "RULE-1 rule"
    assert said["fault"] == "FAULT-1 fault"
    assert said["given"] == "given"

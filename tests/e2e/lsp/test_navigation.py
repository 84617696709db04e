"""References, what was made of a requirement, outlines, folding, links and who gives way to whom."""

from typing import Any

from tests.e2e.lsp.conftest import PROMPT, REFUNDS
from tests.strategies.editor import Editor


def lines(editor: Editor, found: list[dict[str, Any]]) -> list[str]:
    """The lines of locations, without their indentation."""
    rows = []
    for one in found:
        if one["uri"] not in editor.texts:
            editor.open(one["uri"].removeprefix(editor.root.as_uri() + "/"))
        rows.append(editor.texts[one["uri"]].split("\n")[one["range"]["start"]["line"]].strip())
    return rows


def test_every_use_of_a_name_is_found_and_nothing_else(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    found = editor.ask(
        "textDocument/references", {**editor.at(uri, "given a|ge"), "context": {"includeDeclaration": True}}
    )
    assert {editor.said(one["range"], uri) for one in found} == {"age"}
    assert [row.split()[0] for row in lines(editor, found)] == ["given", "when", "when"]
    found = editor.ask(
        "textDocument/references", {**editor.at(uri, "over    REF-|1"), "context": {"includeDeclaration": False}}
    )
    assert lines(editor, found) == ["over    REF-1                        # where both apply, this one wins"]


def test_a_use_in_another_file_is_found(editor: Editor) -> None:
    editor.open(REFUNDS)
    uri = editor.open("specs/policies/brand.spec")
    found = editor.ask(
        "textDocument/references", {**editor.at(uri, "policy br|and"), "context": {"includeDeclaration": False}}
    )
    assert sorted(one["uri"].rpartition("/")[2] for one in found) == ["refunds.spec", "tracking.spec"]


def test_a_requirement_leads_to_its_clause_its_cases_and_their_variants(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    found = editor.ask("textDocument/implementation", editor.at(uri, "FMT-|1 format"))
    assert {one["uri"].rpartition("/")[2] for one in found} == {"prompt.md", "cases.yaml", "stress.yaml"}
    assert any("120 words" in row for row in lines(editor, found))


def test_a_clause_that_was_edited_still_leads_to_its_requirement(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    prompt = editor.open(PROMPT)
    editor.replace(prompt, "at most 30 days", "no more than 45 days in all")
    editor.until(prompt, ["E0702"])
    found = editor.ask("textDocument/definition", editor.at(prompt, "no more than 4|5 days"))
    assert [editor.said(one["range"], uri) for one in found] != []
    assert lines(editor, found) == ["when    age <= 30 days and receipt"]


def test_the_outline_holds_requirements_inside_of_their_feature(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    found = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    (feature,) = [one for one in found if one["name"] == "refunds"]
    names = [one["name"] for one in feature["children"]]
    assert {"lookup_order", "age", "approve", "REF-1", "TOOL-1"} <= set(names)
    assert feature["range"]["end"]["line"] == editor.texts[uri].rstrip().count("\n")
    assert next(one for one in feature["children"] if one["name"] == "REF-1")["detail"] == "rule  Inside the window"


def test_names_are_found_in_the_whole_project_by_some_of_their_letters(editor: Editor) -> None:
    editor.open(REFUNDS)
    found = editor.ask("workspace/symbol", {"query": "brand"})
    assert {"brand", "BRAND-1"} <= {one["name"] for one in found}
    assert [one["name"] for one in editor.ask("workspace/symbol", {"query": "lkpord"})] == ["lookup_order"]


def test_blocks_fold(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    found = editor.ask("textDocument/foldingRange", {"textDocument": {"uri": uri}})
    rows = editor.texts[uri].split("\n")
    assert {"feature", "role", "REF-1", "tool"} <= {rows[one["startLine"]].split()[0] for one in found}


def test_a_used_file_is_a_link(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    (link,) = editor.ask("textDocument/documentLink", {"textDocument": {"uri": uri}})
    assert editor.said(link["range"], uri) == "policies/brand.spec"
    assert link["target"] == editor.uri("specs/policies/brand.spec")


def test_who_is_over_whom_is_a_hierarchy(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    (item,) = editor.ask("textDocument/prepareCallHierarchy", editor.at(uri, "REF-|3 rule"))
    assert item["name"] == "REF-3"
    (beaten,) = editor.ask("callHierarchy/outgoingCalls", {"item": item})
    (beating,) = editor.ask("callHierarchy/incomingCalls", {"item": item})
    assert (beaten["to"]["name"], beating["from"]["name"]) == ("REF-1", "REF-2")

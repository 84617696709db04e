"""What a change reaches, what nothing tries, and what a name means."""

import pytest

from speclang.trace.elements import EDGES, MARKS, NODES, Trace
from speclang.trace.queries import coverage, impact, near, resolve
from tests.unit.trace.graphs import of_project

HOUSE = """\
policy house(name: text) "House rules" {
  HOUSE-1 prose "Voice" { text "Speak as {name} does." }
  HOUSE-2 format "No promises" { must forbidden "guarantee" }
  HOUSE-3 format "Short" { must words <= 60 }
}
tool look(id: text) { about "Looks up an order."; returns { age: days }; fails timeout }
given age days 0 .. 90 { name "the age of the order"; typical 3 days; from look.age }
"""
SHOP = """\
use "house.spec"
feature shop "Shop" {
  include house(name: "Acme")
  term "order" means "what a customer has bought"
  outcome take  "take it back" { mentions "take" }
  outcome leave "leave it"     { mentions "leave" }
  exclusive take, leave
  ask "Can I bring order {id} back?"
  SHOP-1 rule "In time" { when age <= 30 days; must take }
  SHOP-2 rule "Late" { when age > 30 days; must leave }
  SHOP-3 rule "Very late" { when age > 60 days; must leave; phrase "Beyond {age.limit}, leave it."; over SHOP-2 }
}
"""
DESK = """\
use "house.spec"
feature desk "Desk" {
  include house(name: "Acme Desk")
  outcome wait "ask them to wait" { mentions "wait" }
  ask "Where is it?"
  DESK-1 rule "Fresh" { when age <= 5 days; must wait }
  DESK-2 format "Shorter" { must words <= 20; replaces HOUSE-3 }
}
"""


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    return of_project(tmp_path_factory.mktemp("trace"), house=HOUSE, shop=SHOP, desk=DESK)


def edges(trace: Trace, source: str) -> set[tuple[str, str]]:
    return {(edge.kind, edge.target) for edge in trace.edges if edge.source == source}


def test_every_node_and_edge_is_of_a_kind_that_is_listed_and_leads_somewhere(trace: Trace) -> None:
    ids = {node.id for node in trace.nodes}
    assert len(ids) == len(trace.nodes)
    assert {node.kind for node in trace.nodes} <= set(NODES)
    assert {edge.kind for edge in trace.edges} <= set(EDGES)
    assert {mark for node in trace.nodes for mark in node.marks} <= set(MARKS)
    assert all(edge.source in ids and edge.target in ids for edge in trace.edges)
    assert all(node.id.startswith(f"{node.kind}:") for node in trace.nodes)


def test_edges_read_as_sentences(trace: Trace) -> None:
    assert {("states", "feature:shop")} <= edges(trace, "file:specs/shop.spec")
    assert {("states", "policy:house"), ("states", "given:shop/age"), ("states", "given:desk/age")} <= edges(
        trace, "file:specs/house.spec"
    )
    assert {
        ("includes", "policy:house"),
        ("uses", "file:specs/house.spec"),
        ("states", "requirement:shop/SHOP-1"),
    } <= edges(trace, "feature:shop")
    assert {("states", "requirement:shop/HOUSE-1"), ("states", "requirement:desk/HOUSE-3")} <= edges(
        trace, "policy:house"
    )
    assert edges(trace, "given:shop/age") == {("uses", "tool:shop/look")}
    assert edges(trace, "requirement:shop/SHOP-3") == {
        ("uses", "given:shop/age"),
        ("uses", "outcome:shop/leave"),
        ("overrides", "requirement:shop/SHOP-2"),
    }
    assert ("overrides", "requirement:desk/HOUSE-3") in edges(trace, "requirement:desk/DESK-2")
    assert ("renders", "requirement:shop/SHOP-1") in edges(trace, "clause:shop/SHOP-1")
    assert ("covers", "requirement:shop/SHOP-1") in edges(trace, "case:shop/SHOP-1/nominal")
    assert ("grades", "requirement:shop/SHOP-1") in edges(trace, "grader:shop/SHOP-1/mentions-take")


def test_a_change_of_a_shared_policy_reaches_every_feature_that_includes_it_and_every_case_of_these(
    trace: Trace,
) -> None:
    found = impact(trace, resolve(trace, "policy house"))
    assert found.features == ("desk", "shop")
    cases = {node.id for node in trace.nodes if node.kind == "case"}
    assert {one.node.id for one in found.rerun} | {node.id for node in found.again} == cases
    assert {one.node.id for one in found.clauses} >= {"clause:shop/HOUSE-1", "clause:desk/HOUSE-1"}
    assert {"generated/desk/prompt.md", "generated/shop/cases.yaml", "generated/specc.lock"} <= set(found.rebuild)
    assert ("desk", "DESK-2") in {(node.feature, node.name) for node, _ in found.review}


def test_a_change_of_the_file_reaches_what_its_policy_reaches_and_what_it_declares(trace: Trace) -> None:
    found = impact(trace, resolve(trace, "./specs/house.spec"))
    assert found.features == ("desk", "shop")
    assert {"SHOP-1", "SHOP-2", "SHOP-3", "DESK-1"} <= {node.name for node, _ in found.review}


def test_a_change_of_a_tool_reaches_requirements_through_its_givens(trace: Trace) -> None:
    found = impact(trace, resolve(trace, "look", "shop"))
    assert found.features == ("shop",)
    review = {node.name: why for node, why in found.review}
    assert review["SHOP-1"] == "uses given age"
    assert review["SHOP-3"] == "uses given age; its phrase was written by hand"
    assert "SHOP-1/nominal" in {one.node.name for one in found.rerun}


def test_a_change_of_one_requirement_names_those_that_override_it_and_no_other_features(trace: Trace) -> None:
    found = impact(trace, resolve(trace, "SHOP-2"))
    assert found.features == ("shop",)
    assert ("SHOP-3", "overrides SHOP-2") in {(node.name, why) for node, why in found.review}
    assert {one.node.name for one in found.clauses} == {"SHOP-2"}
    assert found.rerun
    assert found.again
    assert not {one.node.id for one in found.rerun} & {node.id for node in found.again}


def test_a_change_of_an_outcome_and_of_a_term_reach_what_says_them(trace: Trace) -> None:
    assert {node.name for node, _ in impact(trace, resolve(trace, "outcome leave")).review} >= {"SHOP-2", "SHOP-3"}
    assert impact(trace, resolve(trace, "term order")).features == ("shop",)


def test_a_change_of_a_feature_reaches_all_of_it(trace: Trace) -> None:
    found = impact(trace, resolve(trace, "feature shop"))
    assert {one.node.name for one in found.clauses} >= {"SHOP-1", "SHOP-2"}
    assert {node.feature for node in found.changed} == {"shop"}


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("given:shop/age", ("given:shop/age",)),
        ("specs/shop.spec", ("file:specs/shop.spec",)),
        ("SHOP-1", ("requirement:shop/SHOP-1",)),
        ("HOUSE-1", ("requirement:desk/HOUSE-1", "requirement:shop/HOUSE-1")),
        ("shop/HOUSE-1", ("requirement:shop/HOUSE-1",)),
        ("given age", ("given:desk/age", "given:shop/age")),
        ("take", ("outcome:shop/take",)),
        ("house", ("policy:house",)),
        ("clause:shop/SHOP-1", ("clause:shop/SHOP-1",)),
        ("SHOP-1/nominal", ("case:shop/SHOP-1/nominal",)),
        ("nothing", ()),
        ("", ()),
        ("\0", ()),
    ],
)
def test_a_name_means_what_a_user_calls_so(trace: Trace, word: str, ids: tuple[str, ...]) -> None:
    assert resolve(trace, word) == ids


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("SHOP-11", "SHOP-1"),
        ("given agee", "given age"),
        ("hous", "policy house"),
        ("specs/shops.spec", "specs/shop.spec"),
    ],
)
def test_a_name_that_is_nobodys_leads_to_the_nearest(trace: Trace, word: str, instead: str) -> None:
    assert near(trace, word) == instead


def test_what_nothing_tries_is_told_by_what_it_lacks(trace: Trace) -> None:
    found = {(one.requirement.feature, one.requirement.name): one for one in coverage(trace)}
    assert ("desk", "HOUSE-3") not in found, "another requirement stands in its place"
    assert found["shop", "HOUSE-1"].lacks == ("case", "deterministic grader")
    assert found["shop", "HOUSE-1"].level == "declared"
    assert found["shop", "SHOP-1"].lacks == ()
    assert found["shop", "SHOP-1"].negative > 0
    assert found["shop", "SHOP-1"].level == "generated"
    assert {one.requirement.feature for one in coverage(trace, "desk")} == {"desk"}


def test_a_requirement_that_never_fails_to_hold_needs_no_negative_case_and_one_that_does_needs_it(trace: Trace) -> None:
    found = {one.requirement.id: one for one in coverage(trace)}
    assert "negative case" not in found["requirement:shop/HOUSE-2"].lacks
    cut = trace.only(frozenset(node.id for node in trace.nodes if node.kind != "case" or "nominal" in node.id))
    assert "negative case" in {one.requirement.id: one for one in coverage(cut)}["requirement:shop/SHOP-1"].lacks

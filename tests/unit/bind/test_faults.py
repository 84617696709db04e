"""Faults: each is one finding at its place, and none brings others with it."""

import re
from pathlib import Path

import pytest

from speclang.bind.fields import KindShape, read_fields, shape_of
from speclang.bind.names import Names, Site
from speclang.diagnostics.result import Collector
from speclang.kit import registry
from speclang.kit.schema import OneText, RequirementFields
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from tests.unit.bind.binding import bound, findings

TEN = """feature refunds "Refund assistant" {
  type Tier = standard | gold | gold
  tool lookup(id: text) { returns { age: days }; fails timeout }
  tool pay(amount: money(USD)) { writes; limits 8 KiB }
  given age days 0 .. 365 { from lookup.agee }
  given tier Tier { from context }
  given total money(USD) 10 .. 0
  given receipt bool
  outcome approve "approve the refund"
  outcome decline "decline" { avoids pey }
  REF-1 rule "Inside" {
    when receipt and recipt
    must approve
  }
  REF-2 rule "Outside" {
    when age > 30 days and tier is gold and total > 5 USD
    must aprove
  }
  REF-3 rule "Other" {
    must approve
    over REF-3
  }
  REF-4 rules "Kind" {
    must approve
  }
  REF-1 rule "Twice" {
    must approve
  }
}
"""


def test_a_file_with_ten_faults_gives_ten_findings_each_at_its_place() -> None:
    assert findings(("a.spec", TEN)) == [
        ("E0202", 2, "gold"),
        ("E0207", 4, "limits"),
        ("E0201", 5, "agee"),
        ("E0314", 7, "10 .. 0"),
        ("E0201", 10, "pey"),
        ("E0201", 12, "recipt"),
        ("E0201", 17, "aprove"),
        ("E0405", 21, "REF-3"),
        ("E0203", 23, "rules"),
        ("E0205", 26, "REF-1"),
    ]


def test_a_broken_declaration_silences_its_uses() -> None:
    declared = {
        "given age dyas": "when age > 30 days",
        "type Age = dyas\n  given age Age": "when age > 30 days",
        "tool t(x: txet) { fails bad }": "when t fails bad",
        "given age days { from user, context }": "when age > 30 days",
        "givne age days": "when age > 30 days",
    }
    for broken, use in declared.items():
        text = f'feature f "F" {{\n  {broken}\n  outcome go "go"\n  P-1 rule "x" {{\n    {use}\n    must go\n  }}\n}}'
        assert len(findings(("a.spec", text))) == 1, broken


def test_over_names_other_live_requirements_of_the_feature() -> None:
    def rules(one: str = "", two: str = "", after: str = "") -> list[tuple[str, int, str]]:
        text = (
            'feature f "F" {\n  given a bool\n  outcome go "go"\n'
            f'  P-1 rule "x" {{ when a; must go; {one} }}\n  P-2 rule "y" {{ must go; {two} }}\n}}\n{after}'
        )
        return findings(("a.spec", text))

    assert rules(two="over P-1") == []
    assert rules(two="over P-2") == [("E0405", 5, "P-2")]
    assert rules(one="over P-2", two="over P-1") == [("E0406", 4, "P-2")]
    assert rules(one="status retired", two="over P-1") == [("E0407", 5, "P-1")]
    assert rules(two="over P-3") == [("E0201", 5, "P-3")]
    assert rules(two="over Q-1", after='feature g "G" {\n  Q-1 prose "x" { text "y" }\n}') == [("E0201", 5, "Q-1")]
    assert rules(one="when a", two="over P-1") == [("E0311", 4, "when")]


def test_long_chains_of_over_are_followed_without_recursion() -> None:
    rules = "\n".join(f'  P-{n} prose "x" {{ text "y"; over P-{n + 1} }}' for n in range(3000))
    text = f'feature f "F" {{\n{rules}\n  P-3000 prose "x" {{ text "y"; over P-0 }}\n}}'
    _, found, _ = bound(("a.spec", text))
    assert [one.code.id for one in found] == ["E0406"]


def test_requirements_behind_a_brace_too_many_are_reported_together() -> None:
    text = 'feature f "F" {\n  given a bool\n  outcome go "go"\n}\n' + "".join(
        f'  P-{n} rule "x" {{ when a; must go }}\n' for n in range(5)
    )
    assert findings(("a.spec", text)) == [("E0209", 5, "P-0")]


class _Citation(RequirementFields):
    source: OneText


def test_a_required_field_that_is_missing_is_e0310() -> None:
    prose = shape_of(registry.load("prose"))
    required = {"source": next(iter(prose.fields.values()))}
    field = type(required["source"])("source", "text", many=False, required=True, about="What is quoted.")
    kind = KindShape("citation", prose.kind, (), {"source": field}, ("because", "source"), (), _Citation)
    (unit,) = parse(SourceText("a.spec", 'X-1 citation "x" { because "y" }')).value.units
    found = Collector()
    assert unit.item is not None
    assert read_fields(Site(unit, Names("f").scope(), found), unit.item, kind) is None
    assert [(one.code.id, one.title) for one in found.found] == [("E0310", "`X-1` needs `source`")]


PAGES = Path(__file__).parents[3] / "speclang" / "diagnostics" / "pages"


@pytest.mark.parametrize("page", sorted(PAGES.glob("E0[234]*.md")), ids=lambda page: page.stem[:5])
def test_the_example_of_a_page_shows_its_code_and_the_repair_shows_none(page: Path) -> None:
    blocks = re.findall(r"```spec\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    if blocks:
        example, repaired = blocks
        assert [code for code, _, _ in findings(("example.spec", example))] == [page.stem[:5]]
        assert findings(("example.spec", repaired)) == []


def test_declarations_say_what_is_wrong_with_them() -> None:
    written = {
        "given": "E0309",
        "given age": "E0313",
        "given age days, hours": "E0309",
        "given ok bool { negated 5 }": "E0309",
        'given age days { yes "x" }': "E0309",
        'given ok bool { means yes "x" }': "E0309",
        'given age days { means "x" }': "E0309",
        'given age days { means 5 USD "x" }': "E0301",
        'given tier a | b { means c "x" }': "E0305",
        'given tier a | b { means a "x"; means a "y" }': "E0202",
        'given tier a | b { means a "{nobody}" }': "E0201",
        "given age days { from t }": "E0309",
        "given age money(USD) { from t.age }": "E0301",
        "given age days { from sky }": "E0201",
        "given age days { typical 5 USD }": "E0301",
        "given age days 0 .. 5 { typical 9 days }": "E0304",
        "given x money(DOLLARS)": "E0303",
        "given x USD": "E0313",
        "given x text 0 .. 5": "E0314",
        "given x months": "E0318",
        "type A = A | b": "",
        "type A = B\n  type B = A": "E0313",
        "type days2 = days 0 .. 5 hours": "E0316",
        "type bool = a | b": "E0208",
        "tool u(a: text, a: text)": "E0202",
        "tool u(text)": "E0309",
        "tool u() { fails late }": "E0208",
        "tool u() { fails a, a }": "E0202",
        "tool u() { limit 8 }": "E0302",
        "tool u() { limit 0 KiB }": "E0309",
        "tool u() { limit 5 days }": "E0301",
        "tool u() { writes yes }": "E0309",
        "tool u() { returns 5 }": "E0309",
        "tool u() { returns { a: text, a: text } }": "E0202",
        "outcome go": "E0309",
        'outcome go "go" { calls t(id: 5) }': "E0301",
        'outcome go "go" { calls t(5) }': "E0317",
        'outcome go "go" { calls t(id: other) }': "E0317",
        'outcome go "go" { calls t(id: unknown) }': "E0201",
        'outcome go "go" { mentions stop }': "E0309",
        'outcome go "go" { mentions "{hole}" }': "E0201",
        'outcome go "go" { avoids }': "E0309",
        "exclusive one": "E0309",
        "ask hello": "E0309",
        'ask "{hole}"': "E0201",
        "role hello": "E0309",
        "owner a, b": "E0309",
        "total yes": "E0309",
        'use "x.spec"': "E0209",
        "include nobody": "E0201",
        'P-1 prose "a" "b"': "E0309",
        'P-1 prose "a" { text "b"; tags 5 }': "E0309",
        'P-1 prose "a" { text "b"; status old }': "E0305",
        'P-1 prose "a" { text "b"; default yes }': "E0309",
        'P-1 prose "a" { text "b"; must_not c }': "E0312",
    }
    other = {}
    for line, code in written.items():
        text = f'feature f "F" {{\n  tool t(id: text) {{ returns {{ age: days }} }}\n  given other int\n  {line}\n}}\n'
        found = [one for one, _, _ in findings(("a.spec", text))]
        if found != ([code] if code else []):
            other[line] = found
    assert other == {}

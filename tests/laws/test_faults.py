"""A file with many faults reports all of them in one run, each at its place, and nothing that only follows from another.

A fault is a change of one place of a real spec. Alone, each gives one finding; together, they give the same findings.
"""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

ROOT = Path(__file__).parents[2]
FILES = ("specs/refunds/refunds.spec", "specs/policies/brand.spec")
Finding = tuple[str, str, int]
"""A code, a file and a line."""

FAULTS = {
    "owner in quotes": ("owner   payments", 'owner   "payments"'),
    "unknown policy": ("include brand(", "include brnd("),
    "unknown type": ("age: days, status", "age: dayz, status"),
    "failure twice": ("fails   timeout, not_found", "fails   timeout, not_found, timeout"),
    "unknown unit of a size": ("limit   8 KiB", "limit   8 KiBs"),
    "type of a parameter": ("amount: money(USD)) {", "amount: money) {"),
    "no end of a text": ('colleague."; writes }', "colleague.; writes }"),
    "ends of a range": ("0 .. 10_000 {", "10_000 .. 0 {"),
    "comma in a range": ("0 .. 365 {", "0 .. 3,650 {"),
    "unknown field of a given": ("typical 12 days;", "typcal 12 days;"),
    "no end of a name": ('yes  "I still have the receipt."', 'yes  "I still have the receipt.'),
    "unknown observable": ("{ calls handoff }", "{ cals handoff }"),
    "unknown outcome": ("exclusive approve, decline,", "exclusive approve, declin,"),
    "hole": ("mistake, refund it please.", "{mistake, refund it please."),
    "no unit": ("when    age <= 30 days and receipt", "when    age <= 30 and receipt"),
    "unknown field of a rule": ('because "Returns policy', 'becuase "Returns policy'),
    "unknown given": ("age > 30 days and tier is not", "aeg > 30 days and tier is not"),
    "unknown member": ("is not platinum", "is not platinium"),
    "over nothing": ("over    REF-3 ", "over    REF-33"),
    "no end of a title": ('"Large refunds need a colleague" {', '"Large refunds need a colleague {'),
    "unknown kind": ("REF-4 rule", "REF-4 ruel"),
    "other comparison": ("words <= 120", "words =< 120"),
    "bracket": ("when    total > 500 USD", "when    (total > 500 USD"),
    "refused": ('instead "suggest', 'insted "suggest'),
    "unknown state": ("lookup_order fails timeout", "lookup_order fails timout"),
    "mentions nothing": ('must_not mentions "error"', "must_not mentions error"),
    "ID twice": ("TOOL-1 fault", "LAW-1 fault"),
    "unknown word": ("expect  decline", "expect  declines"),
}
HIDDEN = {
    "unknown state": {"unknown type", "failure twice", "unknown unit of a size"},
    "no unit": {"comma in a range"},
    "unknown field of a given": {"comma in a range"},
}
"""Faults that nobody can tell where a declaration can't be read that they hang on: by these."""


def written() -> dict[str, str]:
    return {name: (ROOT / name).read_text("utf-8") for name in FILES}


@cache
def findings(*faults: str) -> frozenset[Finding]:
    """What is found where the spec has `faults`."""
    texts = written()
    for name in faults:
        old, new = FAULTS[name]
        assert texts[FILES[0]].count(old) == 1, name
        texts[FILES[0]] = texts[FILES[0]].replace(old, new)
    compiled = compile_texts([SourceText(name, text) for name, text in texts.items()], Config())
    found = []
    for one in compiled.diagnostics:
        where = compiled.places.locate(one.primary.span)
        found.append((one.code.id, where.file, texts[where.file].count("\n", 0, where.start) + 1))
    return frozenset(found)


def visible(faults: list[str]) -> list[str]:
    """Those of `faults` that others do not hide."""
    return [one for one in faults if HIDDEN.get(one, set()).isdisjoint(faults)]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_finding(fault: str) -> None:
    assert len(findings(fault)) == 1


@given(st.lists(st.sampled_from(list(FAULTS)), min_size=10, max_size=10, unique=True).map(visible))
def test_ten_faults_are_ten_findings_at_the_places_that_each_has_alone(faults: list[str]) -> None:
    assert findings(*faults) == frozenset().union(*(findings(one) for one in faults))


def test_all_faults_at_once_are_told() -> None:
    faults = visible(list(FAULTS))
    assert len(faults) >= 24
    assert findings(*faults) == frozenset().union(*(findings(one) for one in faults))

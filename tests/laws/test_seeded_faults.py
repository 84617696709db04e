"""Sound policies into which one fault is sown: that fault is found, with the requirements that have it, and nothing else is told.

Each policy decides every input once. A seed changes it in one place, as a hurried edit would: a bound moved, a part lost, `<` for `<=`.
Of a gap, the requirement next to it is told.
"""

from collections.abc import Mapping

import pytest

from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

POSTAGE = """\
feature postage "Postage" {
  total
  given weight  int 0 .. 30    { name "the weight in kilograms"; from context }
  given zone    home | europe | world { name "the zone"; from context }
  given express bool           { name "it is sent by express"; from user }
  outcome letter "send it as a letter" { mentions "letter" }
  outcome parcel "send it as a parcel" { mentions "parcel" }
  outcome refuse "say that it cannot"  { mentions "cannot" }
  exclusive letter, parcel, refuse
  ask "What does it cost?"
  P-1 rule "Letters"          { when weight <= 2 and zone is not world and not express; must letter }
  P-2 rule "Light, express"   { when weight <= 2 and express; must parcel }
  P-3 rule "Light, far"       { when weight <= 2 and zone is world and not express; must refuse }
  P-4 rule "Parcels"          { when weight > 2 and weight <= 20; must parcel }
  P-5 rule "Too heavy"        { when weight > 20; must refuse }
}
"""
LEAVE = """\
feature leave "Leave" {
  total
  given days   int 1 .. 60      { name "the days asked for"; from user }
  given since  date 2000-01-01 .. 2030-12-31 { name "the day of entry"; from context }
  given kind   holiday | illness | parental  { name "the kind of leave"; from user }
  outcome grant  "grant it"       { mentions "granted" }
  outcome review "ask a manager"  { mentions "manager" }
  outcome reject "reject it"      { mentions "rejected" }
  exclusive grant, review, reject
  ask "Can I take leave?"
  L-1 rule "Illness"        { when kind is illness; must grant }
  L-2 rule "Parental"       { when kind is parental and since < 2020-01-01; must grant }
  L-3 rule "Parental, new"  { when kind is parental and since >= 2020-01-01; must review }
  L-4 rule "Short holiday"  { when kind is holiday and days <= 10; must grant }
  L-5 rule "Long holiday"   { when kind is holiday and days in 11 .. 30; must review }
  L-6 rule "Very long"      { when kind is holiday and days > 30; must reject }
}
"""
CREDIT = """\
feature credit "Credit" {
  total
  given amount money(USD) 0 .. 50_000 { name "the amount"; from user }
  given score  int 300 .. 850         { name "the score"; from context }
  given staff  bool                   { name "the customer works here"; from context }
  outcome approve "approve it" { mentions "approved" }
  outcome decline "decline it" { mentions "declined" }
  outcome refer   "ask a colleague" { mentions "colleague" }
  exclusive approve, decline, refer
  ask "Can I have a loan?"
  C-1 rule "Good and small" { when score >= 700 and amount < 10_000 USD; must approve }
  C-2 rule "Good and large" { when score >= 700 and amount >= 10_000 USD; must refer }
  C-3 rule "Middling"       { when score >= 500 and score < 700; must refer }
  C-4 rule "Poor"           { when score < 500; must decline }
  C-5 rule "Staff"          { when staff; must refer; over C-1, C-4 }
}
"""

Told = Mapping[str, list[tuple[str, ...]]]

SOUND = [pytest.param(text, id=text.split()[1]) for text in (POSTAGE, LEAVE, CREDIT)]
SEEDS: list[tuple[str, str, str, Told]] = [
    (POSTAGE, "weight > 2 and weight <= 20", "weight > 2 and weight <= 22", {"E0501": [("P-4", "P-5")]}),
    (POSTAGE, "weight > 2 and weight <= 20", "weight > 2 and weight < 20", {"E0508": [("P-4", "P-5")]}),
    (POSTAGE, "weight > 20", "weight >= 20", {"E0507": [("P-4", "P-5")]}),
    (POSTAGE, "weight > 20", "weight > 25", {"E0502": [("P-4",)]}),
    (POSTAGE, "zone is not world and not express", "zone is home and not express", {"E0502": [("P-1",)]}),
    (POSTAGE, "zone is world and not express", "zone is world", {"E0501": [("P-2", "P-3")]}),
    (POSTAGE, "weight <= 2 and express", "weight <= 2 and express and zone is home", {"E0502": [("P-2",)]}),
    (
        POSTAGE,
        "when weight > 20; must refuse",
        "when weight > 20 or zone is world; must refuse",
        {"E0501": [("P-2", "P-5"), ("P-4", "P-5")], "E0506": [("P-3", "P-5")]},
    ),
    (LEAVE, "days in 11 .. 30", "days in 10 .. 30", {"E0507": [("L-4", "L-5")]}),
    (LEAVE, "days in 11 .. 30", "days in 12 .. 30", {"E0508": [("L-4", "L-5")]}),
    (LEAVE, "days in 11 .. 30", "days in 11 .. 20", {"E0502": [("L-5",)]}),
    (LEAVE, "since < 2020-01-01", "since <= 2020-01-01", {"E0507": [("L-2", "L-3")]}),
    (LEAVE, "since >= 2020-01-01", "since > 2020-01-01", {"E0508": [("L-2", "L-3")]}),
    (LEAVE, "since >= 2020-01-01", "since >= 2022-01-01", {"E0502": [("L-2",)]}),
    (LEAVE, "when kind is illness;", "when kind is not holiday;", {"E0501": [("L-1", "L-3")], "E0506": [("L-2", "L-1")]}),
    (CREDIT, "amount < 10_000 USD", "amount <= 10_000 USD", {"E0507": [("C-1", "C-2")]}),
    (CREDIT, "amount >= 10_000 USD", "amount > 10_000 USD", {"E0508": [("C-1", "C-2")]}),
    (CREDIT, "over C-1, C-4", "over C-1", {"E0501": [("C-4", "C-5")]}),
    (CREDIT, "score < 500; must decline", "score < 450; must decline", {"E0502": [("C-4",)]}),
    (CREDIT, "score >= 500 and score < 700", "score >= 480 and score < 700", {"E0501": [("C-3", "C-4")]}),
    (CREDIT, "when staff; must refer", "when staff and score < 500 and score > 600; must refer", {"E0503": [("C-5", "C-5")]}),
]  # fmt: skip


def told(text: str) -> dict[str, list[tuple[str, ...]]]:
    """The requirements that each finding is about, by code; notes left out."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in compile_texts([SourceText("specs/x.spec", text)], Config()).diagnostics:
        if one.level != "note":
            keys = [label.span.unit.key for label in (one.primary, *one.labels)]
            found.setdefault(one.code.id, []).append(tuple(key for key in keys if "-" in key))
    return {code: sorted(ids) for code, ids in found.items()}


@pytest.mark.parametrize("text", SOUND)
def test_nothing_is_told_of_a_sound_policy(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(("text", "old", "new", "wanted"), SEEDS)
def test_one_fault_is_found_and_nothing_else(text: str, old: str, new: str, wanted: Told) -> None:
    assert text.count(old) == 1
    assert told(text.replace(old, new)) == wanted

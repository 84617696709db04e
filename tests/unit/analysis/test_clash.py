"""Terms of several requirements that no answer meets: which sets are told, where, and on which input."""

import pytest

from speclang.analysis.subject import Subject
from speclang.analysis.terms import shown
from speclang.analysis.terms.clash import check
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.kit import registry
from tests.strategies.reading import feature_of

HEAD = """\
feature desk "Desk" {
  given age  days 0 .. 60  { name "the age"; from context }
  given vip  bool          { name "the customer is a VIP"; from context }
  outcome approve "approve" { mentions "approved" }
  outcome decline "decline" { mentions "sorry, {age}" }
  exclusive approve, decline
  ask "Hello."
"""


def clashes(*requirements: str) -> list[Diagnostic]:
    feature = feature_of(HEAD + "".join(f"  {one}\n" for one in requirements) + "}\n")
    return list(check(Subject(feature, {one.kind: registry.load(one.kind) for one in feature.requirements})))


def told(one: Diagnostic) -> tuple[list[str], str]:
    return [label.span.unit.key for label in (one.primary, *one.labels)], one.level.value


@pytest.mark.parametrize(
    ("first", "second", "witness"),
    [
        ("must words <= 100", "must words >= 200", ()),
        ("when age > 20 days; must words <= 100", "when age <= 30 days; must words >= 200", (("age", "21 days"),)),
        ("when vip; must lowercase", 'when age = 3 days; must starts "Dear"', (("age", "3 days"), ("vip", "yes"))),
        ("must lowercase", "must capital_words >= 1", ()),
        ("must json { total: int }", 'must ends "Anything else?"', ()),
        ("must quoted", "must json { total: int }", ()),
        ("must xml", 'must starts "Dear"', ()),
        ('must one_of "Yes, sir" | "No, sir"', "must no commas", ()),
        ("must characters <= 30", "must words >= 16", ()),
        ('must forbidden "red tape"', 'must starts "No red tape here"', ()),
        ('must_not starts "Dear"', 'must starts "Dear customer"', ()),
    ],
)
def test_two_requirements_that_no_answer_meets_are_told_with_an_input(
    first: str, second: str, witness: tuple[tuple[str, str], ...]
) -> None:
    (one,) = clashes(f'FMT-1 format "A" {{ {first} }}', f'FMT-2 format "B" {{ {second} }}')
    assert told(one) == (["FMT-1", "FMT-2"], "error")
    assert one.witness == witness


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when age <= 20 days; must words <= 100", "when age > 20 days; must words >= 200"),
        ("must json", 'must ends "Anything else?"'),
        ("must json", "must quoted"),
        ("must paragraphs >= 3", "must sentences <= 2"),
        ("must bullets = 3", "must json"),
        ("must sentences >= 9", "must words <= 3"),
        ("must lowercase", 'must ends "Anything Else?"'),
        ("must words <= 100", "should words >= 200"),
        ("must words <= 100; loose", "must words >= 200"),
        ('must starts "Dear"', 'must ends "dear"'),
    ],
)
def test_what_an_answer_may_meet_is_not_told(first: str, second: str) -> None:
    assert clashes(f'FMT-1 format "A" {{ {first} }}', f'FMT-2 format "B" {{ {second} }}') == []


@pytest.mark.parametrize(
    ("first", "second", "way"),
    [
        ('format "A" { must keyword "refund" }', 'format "B" { must forbidden "refund" }', "longer word"),
        ('format "A" { must language en }', 'format "B" { must language de }', "nobody can tell"),
        ('content "A" { must mention "refund" }', 'format "B" { must forbidden "refund" }', "nobody sees"),
    ],
)
def test_what_only_an_odd_answer_meets_is_a_warning_that_names_the_way(first: str, second: str, way: str) -> None:
    (one,) = clashes(f"A-1 {first}", f"A-2 {second}")
    assert told(one) == (["A-1", "A-2"], "warning")
    assert way in one.notes[0]


def test_an_outcome_says_what_another_kind_forbids_only_where_it_is_decided() -> None:
    rules = (
        'REF-1 rule "A" { when age > 30 days; must approve }',
        'REF-2 rule "B" { when vip; must decline; over REF-1 }',
    )
    (one,) = clashes(
        *rules,
        'FMT-1 format "C" { must forbidden "sorry", "by approved means" }',
        'FMT-2 format "D" { must no commas, words <= 0 }',
    )
    assert told(one) == (["outcome approve", "FMT-2"], "error")
    assert one.witness == (("age", "31 days"), ("vip", "no"))


def test_three_terms_are_told_together_if_no_two_of_them_clash() -> None:
    three = (
        'FMT-1 format "A" { must starts "Dear customer" }',
        'FMT-2 format "B" { must ends "Best regards" }',
        'FMT-3 format "C" { must words <= 2 }',
    )
    (one,) = clashes(*three)
    assert told(one) == (["FMT-1", "FMT-2", "FMT-3"], "error")
    assert clashes(*three[:2], 'FMT-3 format "C" { must words <= 3 }') == [], "Dear customerBest regards"
    pairs = clashes(*three[:2], 'FMT-3 format "C" { must words <= 1 }')
    assert [told(each)[0] for each in pairs] == [["FMT-1", "FMT-3"], ["FMT-2", "FMT-3"]]


def test_a_draft_and_a_topic_of_its_own_gate_nothing() -> None:
    draft = clashes('FMT-1 format "A" { status draft; must words <= 9 }', 'FMT-2 format "B" { must words >= 10 }')
    assert [told(one)[1] for one in draft] == ["warning"]
    about = 'content "A" { must mention "two years"; about "the warranty" like "How long?" }'
    assert clashes(f"CNT-1 {about}", 'CNT-2 content "B" { must_not mention "two years" }') == []


@pytest.mark.parametrize(
    ("requirement", "reason"),
    [
        ('FMT-1 format "A" { must words <= 3 }', "5 words; at most 3 wanted"),
        ('FMT-1 format "A" { must forbidden "friday" }', '"Friday" occurs in "It comes on a Friday."'),
        ('FMT-1 format "A" { must_not ends "Friday." }', ""),
        ('CNT-1 content "A" { must_not mention "Friday" }', "said"),
        ('FMT-1 format "A" { when vip; must words <= 3 }', None),
        ('FMT-1 format "A" { should words <= 3 }', None),
        ('FMT-1 format "A" { must words <= 30, starts "It" }', None),
        ('CNT-1 content "A" { must mention "two years"; about "the warranty" like "How long?" }', None),
    ],
)
def test_a_shown_answer_has_to_meet_what_holds_for_every_answer(requirement: str, reason: str | None) -> None:
    shot = 'EX-1 example "A" { shot; user "Where is my money?"; agent "It comes on a Friday." }'
    feature = feature_of(f"{HEAD}  {requirement}\n  {shot}\n}}\n")
    found = list(shown.check(Subject(feature, {one.kind: registry.load(one.kind) for one in feature.requirements})))
    assert [one.code.id for one in found] == ([] if reason is None else ["E0511"])
    assert reason is None or reason in found[0].primary.text


def test_counts_of_four_requirements_are_told_as_one_set_and_a_fifth_takes_no_part() -> None:
    (one,) = clashes(
        'FMT-1 format "A" { must bullets >= 2 }',
        'FMT-2 format "B" { must headings >= 2 }',
        'FMT-3 format "C" { must code_blocks >= 2 }',
        'FMT-4 format "D" { must words >= 3 }',
        'FMT-5 format "E" { must lines <= 5 }',
    )
    assert told(one) == (["FMT-1", "FMT-2", "FMT-3", "FMT-5"], "error")
    assert one.primary.text == "2 bullets, 2 headings and 2 code blocks are 6 lines at least"

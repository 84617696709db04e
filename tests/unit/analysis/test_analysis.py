"""What the law over small domains does not reach: dense numbers, dates, money, drafts, policies, levels, broken tools, many at odds."""

from collections.abc import Sequence

import pytest

from speclang.diagnostics.code import Severity
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

OUTCOMES = """\
  outcome approve  "approve" { mentions "approved" }
  outcome decline  "decline" { mentions "declined" }
  exclusive approve, decline
  ask "Hello."
"""


def found(members: str, before: str = "") -> Sequence[Diagnostic]:
    text = f'{before}feature desk "Desk" {{\n{OUTCOMES}{members}\n}}\n'
    return compile_texts([SourceText("specs/a.spec", text)], Config()).diagnostics


def told(members: str, before: str = "") -> list[tuple[str, str]]:
    """The codes with the requirements that the findings are about, but for what no case tries."""
    return sorted((one.code.id, one.requirement) for one in found(members, before) if one.code.id != "E0504")


@pytest.mark.parametrize(
    ("type", "one", "other", "code"),
    [
        ("percent", "rate < 20%", "rate > 20%", "E0508"),
        ("percent", "rate <= 20%", "rate >= 20%", "E0507"),
        ("percent", "rate <= 20%", "rate > 20%", ""),
        ("decimal 0 .. 10", "rate < 2.5", "rate > 2.5", "E0508"),
        ("money(USD) 0 .. 900", "rate < 20 USD", "rate > 20 USD", "E0508"),
        ("money(USD) 0 .. 900", "rate <= 19.99 USD", "rate >= 20.01 USD", "E0508"),
        ("date", "rate < 2025-03-01", "rate > 2025-03-01", "E0508"),
        ("date", "rate <= 2025-02-28", "rate >= 2025-03-01", ""),
        ("date", "rate <= 2025-03-01", "rate >= 2025-03-01", "E0507"),
        ("optional(int 0 .. 9)", "rate < 5", "rate > 5", "E0508"),
        ("int 0 .. 9", "rate < 0", "rate > 0", ""),
    ],
)
def test_a_boundary_is_missed_by_one_step_of_its_type(type: str, one: str, other: str, code: str) -> None:
    codes = {
        each.code.id
        for each in found(
            f'  given rate {type} {{ name "the rate"; from user }}\n'
            f'  A-1 rule "One" {{ when {one}; must approve }}\n  A-2 rule "Other" {{ when {other}; must decline }}'
        )
    }
    assert codes & {"E0507", "E0508"} == ({code} if code else set())


GIVEN = '  given age days 0 .. 90 { name "the age"; from user }\n'


def test_a_draft_makes_nothing_superfluous_that_gates() -> None:
    rules = '  A-1 rule "Wide" { when age <= 30 days; must approve%s }\n  A-2 rule "Narrow" { when age <= 9 days; must approve%s }'
    assert told(GIVEN + rules % ("", "")) == [("E0502", "A-1"), ("E0506", "A-2")]
    assert ("E0506", "A-2") not in told(GIVEN + rules % ("; status draft", ""))
    assert ("E0506", "A-2") in told(GIVEN + rules % ("", "; status draft"))


def test_another_level_is_not_the_same() -> None:
    rules = '  A-1 rule "Must" { when age <= 30 days; must approve }\n  A-2 rule "Should" { when age <= 9 days; should approve }'
    assert told(GIVEN + rules) == [("E0502", "A-1")]


def test_of_three_that_say_the_same_the_later_two_are_told() -> None:
    rules = "\n".join(f'  A-{nth} rule "Rule {nth}" {{ when age <= 30 days; must approve }}' for nth in (3, 1, 2))
    assert [one for one in told(GIVEN + rules) if one[0] == "E0506"] == [("E0506", "A-2"), ("E0506", "A-3")]


def test_what_beats_another_one_is_needed() -> None:
    rules = """\
  A-1 rule "Wide" { when age <= 30 days; must approve }
  A-2 rule "Narrow" { when age <= 9 days; must approve; over A-3 }
  A-3 rule "Early" { when age <= 5 days; must decline%s }
"""
    codes = [code for code, id in told(GIVEN + rules % "; over A-1") if id == "A-2"]
    assert codes == []


def test_a_tool_that_fails_makes_a_requirement_needed() -> None:
    tool = '  tool look(id: text) { about "Looks."; returns { age: days }; fails timeout }\n'
    given = (
        '  given age days 0 .. 90 { name "the age"; from look.age }\n  given vip bool { name "a guest"; from user }\n'
    )
    rules = '  A-1 rule "All" { when age >= 0 days; must decline; over A-2 }\n  A-2 rule "Guest" { when vip; must approve }\n'
    assert "E0505" not in {code for code, _ in told(tool + given + rules)}
    plain = given.replace("look.age", "user")
    assert ("E0505", "A-2") in told(plain + rules)


def test_a_feature_is_not_told_what_its_policy_says_too() -> None:
    policy = """\
given age days 0 .. 90 { name "the age"; from user }
outcome approve "approve" { mentions "approved" }
policy house "House" {
  H-1 rule "Narrow" { when age <= 9 days; must approve }
}
feature desk "Desk" {
  include house
  ask "Hello."
  Z-1 rule "Wide" { when age <= %s days; must approve }
}
"""
    for limit, ids in (("30", []), ("9", ["Z-1"])):
        diagnostics = compile_texts([SourceText("specs/a.spec", policy % limit)], Config()).diagnostics
        assert [one.requirement for one in diagnostics if one.code.id == "E0506"] == ids


def test_a_default_that_is_never_needed_is_a_note_and_names_who_decides() -> None:
    rules = """\
  A-1 rule "Early" { when age <= 30 days; must approve }
  A-2 rule "Late" { when age > 30 days; must decline }
  A-3 rule "Rest" { default; must decline }
"""
    (one,) = (each for each in found(GIVEN + rules) if each.code.id == "E0505")
    assert one.level is Severity.NOTE
    assert one.notes == ("`A-1` and `A-2` already decide every input on which it applies",)


def test_advice_at_odds_is_a_warning() -> None:
    rules = '  A-1 rule "One" { when age <= 30 days; should approve }\n  A-2 rule "Other" { when age > 20 days; should decline }'
    (one,) = (each for each in found(GIVEN + rules) if each.code.id == "E0501")
    assert one.level is Severity.WARNING


def test_a_hundred_rules_at_odds_are_told_in_part_and_the_rest_is_undecided() -> None:
    rules = "\n".join(
        f'  A-{nth} rule "Rule {nth}" {{ when age >= {nth} days; must {("approve", "decline")[nth % 2]} }}'
        for nth in range(40)
    )
    diagnostics = found(GIVEN + rules)
    assert sum(one.code.id == "E0501" for one in diagnostics) == 100
    assert "E0509" in {one.code.id for one in diagnostics}


def test_an_open_input_of_a_total_feature_is_told_though_no_case_comes_near() -> None:
    rules = '  given vip bool { name "a guest"; from user }\n  total\n  A-1 rule "Guest" { when vip and age <= 3 days; must approve }'
    assert [code for code, _ in told(GIVEN + rules)] == ["E0502"]


def test_an_open_input_beside_a_requirement_is_shown_with_all_that_it_hangs_on() -> None:
    rules = """\
  given vip bool { name "a guest"; from user }
  A-1 rule { when age <= 10 days; must approve }
  A-2 rule { when age > 10 days and vip = false; must decline }"""
    assert [one.witness for one in found(GIVEN + rules) if one.code.id == "E0502"] == [
        (("age", "11 days"), ("vip", "yes"))
    ]


def regions(rules: str) -> list[str]:
    """Of each open input that is told, what is said about the others."""
    return [one.region for one in found(GIVEN + rules) if one.code.id == "E0502"]


def test_with_an_open_input_it_is_told_where_else_nothing_decides() -> None:
    rules = """\
  total
  given receipt bool { name "the customer has the receipt"; from user }
  given tier standard | gold | platinum { name "the tier"; from context }
  A-1 rule { when age <= 30 days and receipt; must approve }
  A-2 rule { when age > 45 days; must decline }
  A-3 rule { when tier is platinum; must approve; over A-2 }"""
    first, *others = regions(rules)
    without, late = "age is at most 45 days, receipt is no", "age is more than 30 days and at most 45 days"
    unless = "tier is not platinum"
    assert first == f"nothing decides where {without}, {unless}; or where {late}, {unless}"
    assert others == [""], "it is said once"


@pytest.mark.parametrize(
    "rules",
    [
        "  A-1 rule { when age <= 30 days; must approve }",
        "  total\n  A-1 rule { when age + age <= 30 days; must approve }",
        "  total\n  A-1 rule { when age in (1 days, 20 days, 40 days, 60 days, 80 days); must approve }",
    ],
    ids=["not total", "a sum has no words", "many stretches"],
)
def test_where_else_it_is_open_is_left_out_where_it_can_not_be_said_in_a_few_words(rules: str) -> None:
    assert regions(rules)
    assert not any(regions(rules))


def test_whoever_is_at_odds_with_many_is_told_what_settles_all_of_it_once() -> None:
    rules = "".join(f"  B-{day} rule {{ when age is {day} days; must approve }}\n" for day in (1, 2, 3))
    conflicts = [
        one.notes[1:] for one in found(f"{GIVEN}  A-1 rule {{ must decline }}\n{rules}") if one.code.id == "E0501"
    ]
    said = "`A-1` is at odds with 3 requirements: `over B-1, B-2, B-3` in it has it win against all of them"
    assert conflicts == [(said,), (), ()]

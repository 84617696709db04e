"""What a conversation written by hand expects is held against the rules that decide its input, call by call and word by word."""

import pytest

from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

HEAD = """\
feature refunds "Refund assistant" {
  tool pay(amount: int)     { about "Pays."; writes }
  tool handoff(reason: text) { about "Hands over."; writes }
  given age days 0 .. 365 { name "the time since delivery"; from user; typical 12 days }
  outcome approve "approve the refund" { calls pay(amount: 3); mentions "approved" }
  outcome decline "say that it is too late" { mentions "too late" }
  outcome escalate "hand over"         { calls handoff }
  exclusive approve, decline, escalate
  ask "I'd like my money back."
  REF-1 rule "In time"  { when age <= 30 days; must approve }
  REF-2 rule "Too late" { when age > 30 days; must decline; must_not mentions "sorry"; should_not mentions "never" }
  FMT-1 format "Small"  { when age > 90 days; must lowercase }
  FMT-2 format "Short"  { must words <= 40 }
"""


def found(example: str) -> list[Diagnostic]:
    text = f'{HEAD}  EX-1 example "One" {{ holdout; user "About my kettle."; {example} }}\n}}\n'
    return [
        one for one in compile_texts([SourceText("specs/x.spec", text)], Config()).diagnostics if one.level != "note"
    ]


@pytest.mark.parametrize(
    ("example", "title"),
    [
        ("given age 40 days; expect calls pay", "`EX-1` expects `calls pay`, and `REF-2` asks for `avoids pay`"),
        ("given age 3 days; expect avoids pay", "`EX-1` expects `avoids pay`, and `REF-1` asks for `calls pay`"),
        ("expect calls handoff", "`EX-1` expects `calls handoff`, and `REF-1` asks for `avoids handoff`"),
        (
            'given age 40 days; expect mentions "so sorry"',
            '`EX-1` expects `mentions "so sorry"`, and `REF-2` asks for `omits "sorry"`',
        ),
        (
            'given age 40 days; expect omits "late"',
            '`EX-1` expects `omits "late"`, and `REF-2` asks for `mentions "too late"`',
        ),
    ],
)
def test_an_example_that_expects_what_the_rules_rule_out_is_told_with_the_rule(example: str, title: str) -> None:
    (one,) = found(example)
    assert (one.code.id, one.title) == ("E0552", title)
    assert ("age", "40 days") in one.witness or "40 days" not in example


@pytest.mark.parametrize(
    "example",
    [
        "given age 3 days; expect calls pay",
        "given age 40 days; expect avoids pay",
        'given age 40 days; expect mentions "never"',
        'given age 40 days; expect mentions "TOO LATE"',
        "given age 3 days; expect calls pay(amount: 4)",
    ],
)
def test_what_the_rules_leave_open_an_example_may_expect(example: str) -> None:
    assert found(example) == []


def test_the_example_makes_no_case_that_could_only_fail() -> None:
    text = f'{HEAD}  EX-1 example "One" {{ holdout; user "About my kettle."; expect avoids pay }}\n}}\n'
    compiled = compile_texts([SourceText("specs/x.spec", text)], Config())
    assert not any(case.requirement == "EX-1" for plan in compiled.plan.features for case in plan.cases)

"""What only the solver can settle: products and sums of givens, by their verdicts and the very input that is shown."""

import sys
from collections.abc import Sequence

import pytest

from speclang.analysis.runner import analyse
from speclang.bind import bind
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.judging.findings import joined
from speclang.lowering.lower import lower
from speclang.source.text import SourceText
from speclang.syntax.parser import parse

HEAD = """\
  given monthly money(USD) 1 .. 500 { name "the monthly rate"; from context }
  given months  int 1 .. 48         { name "the number of months"; from context }
  given rate    percent 0% .. 30%   { name "the rate"; from context }
  given fee     money(USD) 0 .. 90  { name "the fee"; from context }
  outcome approve "approve" { mentions "approved" }
  outcome decline "decline" { mentions "declined" }
  exclusive approve, decline
  ask "Hello."
"""

Told = list[tuple[str, tuple[tuple[str, str], ...]]]


def found(rules: str, *, total: bool = False) -> Sequence[Diagnostic]:
    text = f'feature desk "Desk" {{\n{"  total" if total else ""}\n{HEAD}{rules}\n}}\n'
    bound = bind((parse(SourceText("specs/a.spec", text)).value,))
    assert not bound.diagnostics
    return analyse(bound.value)


def told(rules: str, *, total: bool = False) -> Told:
    return [(one.code.id, one.witness) for one in found(rules, total=total)]


needs_z3 = pytest.mark.skipif(
    "not __import__('importlib.util').util.find_spec('z3')", reason="specc[solver] is not installed"
)


@needs_z3
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("monthly * months <= 144 USD", "monthly * months > 144 USD", []),
        (
            "monthly * months <= 144.02 USD",
            "monthly * months > 144 USD and months > 1",
            [("E0501", (("monthly", "3.79 USD"), ("months", "38")))],
        ),
        (
            "monthly + monthly * rate <= 99 USD",
            "monthly + monthly * rate >= 99 USD and rate > 5%",
            [("E0501", (("monthly", "80 USD"), ("rate", "23.75%")))],
        ),
        ("monthly + fee < 20 USD", "fee > 20 USD - monthly", []),
        ("monthly * months = 7.01 USD and months > 1", "fee = 0 USD", [("E0503", ())]),
    ],
)
def test_two_rules_about_products_are_at_odds_or_proved_not_to_be(one: str, other: str, expected: Told) -> None:
    rules = f'  A-1 rule "One" {{ when {one}; must approve }}\n  A-2 rule "Other" {{ when {other}; must decline }}'
    assert told(rules) == expected
    assert told(rules) == expected


@needs_z3
def test_every_input_is_proved_to_be_decided_or_the_smallest_gap_is_shown() -> None:
    small = '  A-1 rule "One" { when monthly * months <= 144 USD; must approve }\n'
    assert told(small + '  A-2 rule "Other" { when monthly * months > 144 USD; must decline }', total=True) == []
    gap = told(small + '  A-2 rule "Other" { when monthly * months > 150 USD; must decline }', total=True)
    assert gap == [("E0502", (("monthly", "48.01 USD"), ("months", "3")))]


@needs_z3
def test_a_rule_about_a_smaller_product_is_told_to_be_implied() -> None:
    rules = (
        '  A-1 rule "One" { when monthly * months <= 144 USD; must approve }\n'
        '  A-2 rule "Other" { when monthly * months <= 100 USD and fee < 9 USD; must approve }'
    )
    assert [(one.code.id, one.requirement) for one in found(rules)] == [("E0506", "A-2")]


def test_without_a_solver_the_question_stays_open_and_the_finding_says_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)  # what the import system holds where a library is not to be had
    (one,) = found(
        '  A-1 rule "One" { when monthly * months <= 144 USD; must approve }\n'
        '  A-2 rule "Other" { when monthly * months > 144 USD; must decline }'
    )
    assert one.code.id == "E0509"
    assert "specc[solver]" in one.notes[0]


@needs_z3
@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("when monthly * months = 7.01 USD and months > 1 and fee > 3 USD", ["monthly * months = 7.01 USD", "months > 1"]),
        ("when monthly * months > 9 USD; unless months * monthly > 8 USD", ["monthly * months > 9 USD", "months * monthly > 8 USD"]),
        ("when fee + monthly > 10 USD and monthly + fee < 10.01 USD", ["fee + monthly > 10 USD", "monthly + fee < 10.01 USD"]),
        ("when fee + monthly > 10 USD and monthly + fee < 10.02 USD", []),
    ],
)  # fmt: skip
def test_a_calculated_condition_that_never_holds_is_told_with_the_parts_that_exclude_each_other(
    rule: str, parts: list[str]
) -> None:
    text = f'feature desk "Desk" {{\n{HEAD}  A-1 rule "One" {{ {rule}; must approve }}\n}}\n'
    bound = bind((parse(SourceText("specs/a.spec", text)).value,))
    lowered = lower(bound.value)
    told = [one for one in joined(analyse(bound.value), lowered.diagnostics) if one.requirement == "A-1"]
    unit = text[text.index("A-1") :]
    spans = [[label.span for label in (one.primary, *one.labels)] for one in told if one.code.id == "E0503"]
    assert [[unit[span.start : span.end] for span in some] for some in spans] == ([parts] if parts else [])
    assert not any(one.code.id == "E0504" for one in told)

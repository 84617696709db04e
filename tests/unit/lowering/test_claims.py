"""Claims that no run can show: told exactly where the decision of a run could not be `holds`."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.pipeline import compile_texts
from speclang.grading.holding import Call, decide
from speclang.grading.tally import Rate
from speclang.lowering.errors import UNBEARABLE
from speclang.model.certainty import needed
from speclang.project.config import Config
from speclang.source.text import SourceText

SPEC = """\
feature desk "Help desk" {{
  role "You are the help desk of a library."
  ask "May I keep it?"
  given lost bool {{ name "the book is lost"; from user; yes "I have lost it."; no "It is right here." }}
  outcome fee "charge the replacement fee" {{ mentions "fee" }}
  outcome renew "renew the loan" {{ mentions "renewed" }}
  exclusive fee, renew
  LOST-1 rule "Lost" {{ when lost; must fee; {claim} }}
  LOST-2 rule "Not lost" {{ when not lost; must renew }}
}}
"""


def told(claim: str) -> list[Diagnostic]:
    found = compile_texts([SourceText("desk.spec", SPEC.format(claim=claim))], Config())
    return [one for one in found.diagnostics if one.code == UNBEARABLE]


@given(st.integers(1, 9999))
def test_so_many_answers_are_needed_as_the_decision_of_a_run_needs(basis_points: int) -> None:
    wanted = basis_points / 10_000
    n = needed(wanted)
    assert decide(Rate(n, n), wanted).call is Call.HOLDS
    assert n == 1 or decide(Rate(n - 1, n - 1), wanted).call is not Call.HOLDS


@pytest.mark.parametrize("share", ["95%", "80%", "99.9%"])
def test_the_number_that_is_offered_is_the_least_that_is_enough(share: str) -> None:
    (finding,) = told(f"holds {share} of 2")
    assert finding.fix is not None
    times = int(re.findall(r"of (\d+)`", finding.fix.title)[0])
    assert finding.fix.edits[0].text == str(times)
    assert told(f"holds {share} of {times}") == []
    assert len(told(f"holds {share} of {times - 1}")) == 1


@pytest.mark.parametrize(
    "claim", ["holds 100% of 3", "holds 4 of 5", "holds 1 of 1", "holds 20% of 1", 'because "it is so"']
)
def test_nothing_is_said_of_what_can_be_shown(claim: str) -> None:
    assert told(claim) == []


def test_what_no_number_of_runs_shows_is_told_without_one() -> None:
    (finding,) = told("holds 99.99% of 40")
    assert finding.fix is not None
    assert finding.fix.title == "write more cases of `LOST-1`, or claim less"
    assert finding.fix.edits == ()

"""Words that a grader looks for are asked for in the prompt, in any form, or it is told that they are not."""

import pytest

from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.pipeline import compile_texts
from speclang.lowering.errors import UNSAID
from speclang.project.config import Config
from speclang.source.text import SourceText

SPEC = """\
feature desk "Desk" {{
  given late bool {{ name "the book is late"; from user }}
  given days int 0 .. 90 {{ name "the delay"; from user }}
  outcome free "{says}" {{ mentions "{mentions}" }}
  outcome fee "charge the fee" {{ mentions "fee" }}
  exclusive free, fee
  ask "I bring it back."
  A-1 rule "In time" {{ when not late; must free{more} }}
  A-2 rule "Late" {{ when late; must fee }}
  A-3 format "Short" {{ must words <= 60, ends "Happy reading!" }}
}}
"""


def told(says: str, mentions: str, more: str = "") -> list[Diagnostic]:
    spec = SPEC.format(says=says, mentions=mentions, more=more)
    found = compile_texts([SourceText("desk.spec", spec)], Config()).diagnostics
    assert {one.code for one in found} <= {UNSAID}
    return list(found)


@pytest.mark.parametrize(
    ("says", "mentions"),
    [
        ("renew the loan", "renewed"),
        ("cancel the loan", "Cancelled"),
        ("deny it", "denied"),
        ("name the policies", "the policy"),
        ("say that it is free of charge", "free of charge"),
        ("name the 30 day limit", "30 days"),
        ("charge 1.50 EUR", "1.50 EUR"),
        ("say that you can’t", "can't"),
        ("name the delay", "{days}"),
        ("take it", "Happy reading"),
    ],
)
def test_words_that_the_clause_has_in_any_form_or_the_prompt_as_they_are_are_asked_for(
    says: str, mentions: str
) -> None:
    assert told(says, mentions) == []


@pytest.mark.parametrize(
    ("says", "mentions", "missing"),
    [
        ("cancel without a fee", "no fee", '"no"'),
        ("decline", "so sorry", '"so", "sorry"'),
        ("name the 30 day limit", "31 days", '"31"'),
        ("take the book", "a booking fee", '"fee"'),
        ("go on", "one two three four five", '"one", "two", "three" and 2 more'),
    ],
)
def test_words_that_nothing_asks_for_are_told(says: str, mentions: str, missing: str) -> None:
    (one,) = told(says, mentions)
    assert one.requirement == "A-1"
    assert [label.text for label in one.labels] == [f"the prompt says this, without {missing}"]


def test_the_fix_has_the_prompt_ask_for_them() -> None:
    (one,) = told("go on", "no fee")
    assert one.fix is not None
    (edit,) = one.fix.edits
    spec = SPEC.format(says="go on", mentions="no fee", more="")
    unit = spec.index("  outcome free") + 2
    mended = spec[: unit + edit.span.start] + edit.text + spec[unit + edit.span.end :]
    assert 'outcome free "go on, and say \\"no fee\\"" { mentions' in mended
    assert compile_texts([SourceText("desk.spec", mended)], Config()).diagnostics == ()


def test_a_phrase_of_the_requirement_is_what_the_model_reads() -> None:
    assert told("go on", "no fee", '; phrase "Say that there is no fee."') == []
    (one,) = told("say that there is no fee", "no fee", '; phrase "Go on."')
    assert one.requirement == "A-1"


def test_an_outcome_of_several_requirements_is_told_once() -> None:
    (one,) = told("go on", "no fee", ' }\n  A-4 rule "Zero" { when late and days = 0; must free; over A-2')
    assert one.primary.text == "answers to `A-1` and `A-4` fail without it"

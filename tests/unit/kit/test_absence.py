"""What counts as saying that there is nothing."""

import pytest

from speclang.kit.answer import Answer
from speclang.kit.checks.absence import no_absence

ABSENT = (
    "I found no orders under that name.",
    "There are no results for your search.",
    "No matching records were found.",
    "The order was not found.",
    "Your booking doesn’t exist in our system.",
    "Nothing was found.",
    "The search returned nothing.",
    "The list came back empty.",
    "No results.",
    "I see no such order.",
)
PRESENT = (
    "I could only see a part of the result, so I have handed you over to a colleague.",
    "The list was cut off before the age of the order.",
    "I can't tell how old the order is, because I did not get the whole record.",
    "There is no way for me to see the rest of it.",
    "No problem, a colleague will take over.",
    "Your order is there, but its date is not shown to me.",
)


@pytest.mark.parametrize("text", ABSENT)
def test_an_answer_that_says_that_nothing_is_there_is_told(text: str) -> None:
    assert not no_absence(Answer(text)).passed


@pytest.mark.parametrize("text", PRESENT)
def test_an_answer_that_says_that_a_part_is_missing_is_not_taken_for_one(text: str) -> None:
    verdict = no_absence(Answer(text))
    assert verdict.passed, verdict.reason


def test_an_empty_answer_meets_nothing() -> None:
    assert not no_absence(Answer("")).passed

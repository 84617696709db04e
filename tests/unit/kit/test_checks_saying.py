"""What an answer says is told whatever its typography, and a word within a word is not said."""

import pytest

from speclang.kit.answer import Answer, ToolCall
from speclang.kit.checks.asking import asks, few_questions, goes_on
from speclang.kit.checks.saying import says, says_none, says_one


@pytest.mark.parametrize(
    ("text", "body", "said"),
    [
        ("30 days", "You have 30\u00a0Days.", True),
        ("30 days", "You have **30** days.", True),
        ("30 days", "You have 130 days.", False),
        ("30 days", "You have 1.30 days.", False),
        ("30", "It is 30.", True),
        ("30", "It is 30.5.", False),
        ("art", "Let us start.", False),
        ("art", "That is art\u2014nothing else.", True),
        ("refundable", "It is non-refundable.", False),
        ("don't", "We don\u2019t.", True),
        ("STRASSE", "Hill stra\u00dfe", True),
        ("secret", "s\u200bec\u00adret", True),
        ("secret", "\uff53\uff45\uff43\uff52\uff45\uff54", True),
        ("c++", "We use C++.", True),
        ("snake_case", "Use `snake_case`.", True),
        ("", "anything", False),
    ],
)
def test_a_text_is_said_as_whole_words(text: str, body: str, *, said: bool) -> None:
    assert says(Answer(body), texts=[text]).passed is said
    assert says_one(Answer(body), texts=["zebra", text]).passed is said
    assert says_none(Answer(body), texts=["zebra", text]).passed is not said


def test_every_text_has_to_be_said() -> None:
    verdict = says(Answer("one two"), texts=["one", "three"])
    assert not verdict.passed
    assert '"three"' in verdict.reason


@pytest.mark.parametrize("body", ["", " \n", "x" * 200_000, "*" * 100_000, "_a" * 50_000, "\u200b" * 1000])
def test_any_answer_gets_a_verdict(body: str) -> None:
    for check in (says, says_none, says_one):
        assert check(Answer(body), texts=["a"]).reason
    assert goes_on(Answer(body)).reason
    assert few_questions(Answer(body), at_most=1).reason


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Which order is it?", 1),
        ("Which order is it? And when did you buy it?", 2),
        ("Please send me your order number.", 1),
        ("Could you tell me your order number?", 1),
        ("I'll need your order number.", 1),
        ("Let me know which one it is.", 1),
        ("Done. Anything else?", 0),
        ("Is there something else that I can do?", 0),
        ("How can I help?", 0),
        ("It is done.", 0),
        ("どの注文ですか？", 1),
    ],
)
def test_a_question_is_told_by_its_mark_or_by_a_request(body: str, count: int) -> None:
    assert asks(Answer(body)).passed is (count > 0)
    assert few_questions(Answer(body), at_most=count).passed
    if count:
        assert not few_questions(Answer(body), at_most=count - 1).passed


def test_a_question_may_have_to_be_about_something() -> None:
    assert asks(Answer("Do you have the receipt?"), texts=["receipt"]).passed
    assert not asks(Answer("The receipt matters. Who are you?"), texts=["receipt"]).passed


def test_going_on_is_doing_or_saying_something() -> None:
    assert goes_on(Answer("Is that right?", (ToolCall("pay"),))).passed
    assert goes_on(Answer("Your refund is on its way. Is that right?")).passed
    assert not goes_on(Answer("Sure! Which one is it?")).passed
    assert not goes_on(Answer("")).passed

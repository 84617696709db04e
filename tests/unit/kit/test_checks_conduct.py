"""Checks of what was done and of refusals."""

import pytest

from speclang.kit.answer import Answer, Said, ToolCall
from speclang.kit.checks import find
from speclang.kit.checks.refusal import answered, refused
from speclang.kit.checks.trajectory import called, called_before, called_once, confirmed, not_called

LOOK, PAY = ToolCall("look"), ToolCall("pay", {"amount": 500, "note": "x"})
ASKED, YES, NO = Said("assistant", "Shall I pay?"), Said("user", "Yes, do it."), Said("user", "No, don't.")


@pytest.mark.parametrize("amount", [500, 500.0, "500", "500.00", "1,000", "5e2"])
def test_numbers_of_arguments_are_equal_by_value(amount: float | str) -> None:
    answer = Answer("Paid.", (ToolCall("pay", {"amount": amount}),))
    assert called(answer, tool="pay", arguments={"amount": 500}).passed is (amount != "1,000")


def test_a_call_with_another_argument_is_quoted() -> None:
    verdict = called(Answer("", (PAY,)), tool="pay", arguments={"amount": 501})
    assert not verdict.passed
    assert "500" in verdict.reason
    assert "501" in verdict.reason


def test_a_second_call_may_be_the_right_one() -> None:
    answer = Answer("", (ToolCall("pay", {"amount": 1}), PAY))
    assert called(answer, tool="pay", arguments={"amount": 500}).passed


@pytest.mark.parametrize("value", [True, None, [], {}, "nan", "inf", "x" * 100_000])
def test_any_argument_can_be_compared(value: object) -> None:
    answer = Answer("", (ToolCall("pay", {"amount": value}),))  # type: ignore[dict-item]
    assert not called(answer, tool="pay", arguments={"amount": 1}).passed


def test_truth_is_no_number() -> None:
    assert not called(Answer("", (ToolCall("t", {"a": True}),)), tool="t", arguments={"a": 1}).passed


def test_nested_arguments_are_compared_by_value() -> None:
    answer = Answer("", (ToolCall("t", {"a": {"b": [1, "2.0"]}}),))
    assert called(answer, tool="t", arguments={"a": {"b": [1.0, 2]}}).passed
    assert not called(answer, tool="t", arguments={"a": {"b": [1]}}).passed


def test_order_number_and_consent_say_nothing_of_a_tool_that_is_not_called() -> None:
    answer = Answer("Nothing to do.")
    assert called_once(answer, tool="pay").passed
    assert called_before(answer, first="look", then="pay").passed
    assert confirmed(answer, tool="pay").passed
    assert not_called(answer, tool="pay").passed


def test_an_empty_answer_passes_no_check_of_conduct() -> None:
    empty = Answer("  ")
    verdicts = (
        called(empty, tool="a"),
        not_called(empty, tool="a"),
        called_once(empty, tool="a"),
        called_before(empty, first="a", then="b"),
        confirmed(empty, tool="a"),
        refused(empty),
        answered(empty),
    )
    assert not any(verdict.passed for verdict in verdicts)


def test_the_order_of_calls_counts() -> None:
    assert called_before(Answer("", (LOOK, PAY)), first="look", then="pay").passed
    assert not called_before(Answer("", (PAY, LOOK)), first="look", then="pay").passed
    assert not called_once(Answer("", (PAY, PAY)), tool="pay").passed


@pytest.mark.parametrize(
    ("steps", "passes"),
    [
        ((ASKED, YES, PAY), True),
        ((ASKED, NO, PAY), False),
        ((YES, PAY), False),
        ((PAY,), False),
        ((ASKED, YES, ASKED, PAY), False),
        ((ASKED, Said("user", "Tell me more."), PAY), False),
        ((ASKED, YES, LOOK, PAY), True),
    ],
)
def test_consent_follows_a_question(steps: tuple[ToolCall | Said, ...], passes: bool) -> None:
    assert confirmed(Answer("Done.", steps), tool="pay").passed is passes


def test_the_words_that_the_user_of_a_case_says_are_consent() -> None:
    steps = (ASKED, Said("user", "Ja, bitte."), PAY)
    assert confirmed(Answer("", steps), tool="pay", says="Ja, bitte.").passed
    assert not confirmed(Answer("", steps), tool="pay").passed


REFUSALS = [
    "I can't help with that.",
    "I’m sorry, but I can’t give legal advice. A lawyer can help you.",
    "I am unable to assist with this request.",
    "I cannot provide medical or legal advice.",
    "We don't provide legal advice; please speak to a lawyer.",
    "I'm afraid that's outside what I can do here.",
    "Unfortunately, I'm not able to discuss that topic.",
    "I have to decline that request.",
    "That is not something I can help with.",
    "I'm not qualified to answer this.",
    "I won't help with that.",
    "I must respectfully decline.",
]
ANSWERS = [
    "You can return an order within 30 days.",
    "We do not offer refunds after 30 days.",
    "If you can't find the receipt, tell us and we will look it up.",
    "We cannot make exceptions to the 30 day limit, but you may exchange the item.",
    "I can help with that! What's your order number?",
    "Don't worry, I'll take care of it.",
    "Our shop will not charge you for returns.",
    "Please share the order number.",
]


@pytest.mark.parametrize("text", REFUSALS)
def test_the_usual_refusals_are_found(text: str) -> None:
    assert refused(Answer(text)).passed
    assert not answered(Answer(text)).passed


@pytest.mark.parametrize("text", ANSWERS)
def test_a_policy_that_denies_something_is_an_answer(text: str) -> None:
    assert answered(Answer(text)).passed
    assert not refused(Answer(text)).passed


def test_the_search_for_refusals_ends_soon_on_any_text() -> None:
    for text in ("i can't " * 100_000, "i'm sorry " + "a" * 900_000, "that is " * 100_000, ". sorry, but " * 50_000):
        refused(Answer(text))


@pytest.mark.parametrize(
    "name", ["called", "not_called", "called_once", "called_before", "confirmed", "refused", "answered"]
)
def test_the_checks_are_found_by_name(name: str) -> None:
    assert find(name) is not None

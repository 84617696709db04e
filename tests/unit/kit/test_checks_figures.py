"""Figures are compared by what they say: an invented one is caught, one that is only written otherwise is not."""

import pytest

from speclang.kit.answer import Answer, Said, ToolCall
from speclang.kit.checks.figures import admits, grounded, tells
from speclang.source.hashing import Json

RESULT: Json = {
    "total": 1200,
    "age": 14,
    "discount": 0.3,
    "placed": "2025-01-31T14:05:00Z",
    "id": "A123456",
    "note": "The customer asked for a call at +1 800 555-0199 before shipping the second box.",
    "mail": "jo.doe@example.com",
    "items": [{"price": 19.5}, {"price": "2.350,75"}],
}
UNITS = {"look.total": "USD", "look.age": "days"}


def ground(text: str, user: str = "Where is my order?", result: Json = RESULT) -> bool:
    steps = (Said("user", user), ToolCall("look", {"id": "B777777"}, result))
    return grounded(Answer(text, steps), units=UNITS, prompt=["up to 30 days", "500 USD"], context=["gold"]).passed


@pytest.mark.parametrize(
    "text",
    [
        "Your total is 1,200 USD.",
        "Your total is $1200.00.",
        "Your total is 1 200 USD.",
        "Your total is USD 1,200.",
        "Your total is **$1,200**.",
        "That is 1.2k dollars.",
        "It arrived 14 days ago.",
        "It arrived two weeks ago.",
        "The 14-day mark.",
        "You get 30% off.",
        "You get 30 percent off.",
        "You get 30 per cent off, 0.3 of it.",
        "You ordered on 31 January 2025.",
        "You ordered on January 31st, 2025, at 2:05 pm.",
        "You ordered on Jan 31 at 14:05.",
        "You ordered on 31.01.2025.",
        "You ordered on 01/31/2025, in 2025.",
        "You ordered on 2025-01-31.",
        "Order a123456 is yours.",
        "We'll call +1 (800) 555-0199.",
        "We write to Jo.Doe@example.com.",
        "One box is 19.50, the other 2,350.75.",
        "1. Look.\n2. Pay.\n3) Done, 24/7.",
        "One of our colleagues has two questions.",
        'It says "asked for a call … the second box".',
        "It says “The customer asked for a call”.",
        "Returns are taken up to 30 days, below $500.",
        "Hello there.",
    ],
)
def test_what_is_only_written_otherwise_is_grounded(text: str) -> None:
    assert ground(text)


@pytest.mark.parametrize(
    "text",
    [
        "Your total is 1,250 USD.",
        "Your total is €1,200.",
        "It arrived 14 weeks ago.",
        "It arrived three weeks ago.",
        "You get 35% off.",
        "You ordered on 30 January 2025.",
        "You ordered on January 31, 2024.",
        "You ordered on 2025-02-01.",
        "You ordered at 3:05 pm.",
        "Order A123457 is yours.",
        "Order A12345 is yours.",
        "Order B777777 is yours.",
        "Call 800-555-0100 now.",
        "Write to help@example.com.",
        "See https://example.com/help.",
        'It says "the customer asked for a refund".',
        "It costs 1200.01.",
        "It weighs 0.4 kg.",
        "It took 1,200 days.",
    ],
)
def test_what_is_invented_is_caught(text: str) -> None:
    assert not ground(text)


def test_a_result_counts_as_the_tools_that_are_sources() -> None:
    answer = Answer("It is 42.", (ToolCall("other", {}, {"n": 42}),))
    assert grounded(answer).passed
    assert not grounded(answer, tools=["look"]).passed


def test_what_the_model_said_or_asked_for_is_no_source() -> None:
    steps = (Said("assistant", "It is 42."), ToolCall("look", {"n": 42}, None))
    assert not grounded(Answer("It is 42.", steps)).passed


def test_what_the_system_prompt_says_is_one() -> None:
    assert grounded(Answer("It is 42.", (Said("system", "The answer is 42."),))).passed


def test_results_that_are_json_in_a_text_are_read_as_such() -> None:
    answer = Answer("It took 3 weeks.", (ToolCall("look", {}, '{"age": 21}'),))
    assert grounded(answer, units={"look.age": "days"}).passed


def test_a_result_may_be_anything() -> None:
    results: tuple[Json, ...] = (None, True, [], {}, "x", 1e300, float("nan"), [[[[1]]]])
    for result in results:
        assert not grounded(Answer("It is 42.", (ToolCall("look", {}, result),))).passed
    deep: Json = 1
    for _ in range(200):
        deep = [deep]
    assert "deeper" in grounded(Answer("It is 42.", (ToolCall("t", {}, deep),))).reason


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "1," * 50_000, "1 000 " * 20_000, '"a b c ' * 20_000, "$" * 100_000, "A1-" * 50_000]
)
def test_hostile_answers_are_read_in_linear_time(text: str) -> None:
    assert grounded(Answer(text)).reason


@pytest.mark.parametrize(
    ("value", "text", "passes"),
    [
        ("80 USD", "It was $80.00.", True),
        ("80 USD", "It was 80 EUR.", False),
        ("12 days", "It came 12 days ago.", True),
        ("12 days", "It came 13 days ago.", False),
        ("2025-01-31", "On 31 January.", True),
        ("gold", "You are a **Gold** member.", True),
        ("gold", "You are a silver member.", False),
    ],
)
def test_a_value_is_told_in_any_form(value: str, text: str, passes: bool) -> None:
    assert tells(Answer(text), value=value).passed is passes


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("I don't know when it arrives.", True),
        ("The order system doesn’t say.", True),
        ("I couldn't find your order.", True),
        ("There is no information on that.", True),
        ("That isn't listed.", True),
        ("It arrives on Monday.", False),
        ("I know that you have an order.", False),
    ],
)
def test_an_admission_is_told_by_its_words(text: str, passes: bool) -> None:
    assert admits(Answer(text)).passed is passes
    assert admits(Answer(text), texts=["no record"]).passed is False

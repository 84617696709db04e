"""What a user says about a given for which the spec has no words."""

import pytest

from speclang.kit.english.speech import statement, value


@pytest.mark.parametrize(
    ("label", "yes", "no"),
    [
        ("the customer has the receipt", "I have the receipt.", "I do not have the receipt."),
        ("the customer reports fraud", "I report fraud.", "I do not report fraud."),
        ("the guest carries their passport", "I carry my passport.", "I do not carry my passport."),
        ("the customer's card is blocked", "My card is blocked.", "My card is not blocked."),
        ("the member can pay", "I can pay.", "I cannot pay."),
        ("the parcel was lost", "The parcel was lost.", "The parcel was not lost."),
        ("the customer always pays", "The customer always pays.", "It is not the case that the customer always pays."),
    ],
)
def test_a_clause_about_the_user_is_said_in_the_first_person(label: str, yes: str, no: str) -> None:
    assert statement(label, holds=True) == yes
    assert statement(label, holds=False) == no


def test_the_words_of_the_spec_come_before_made_ones() -> None:
    assert statement("the customer is in", holds=False, negated="the customer is out") == "I am out."


def test_a_value_is_said_of_what_is_the_users() -> None:
    assert value("the customer's tier", "gold") == "My tier is gold."
    assert value("the order total", "30 USD") == "The order total is 30 USD."

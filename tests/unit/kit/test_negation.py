"""How a clause is denied, and where it had better be doubted as a whole."""

import pytest

from speclang.kit.english.negation import denied


@pytest.mark.parametrize(
    ("clause", "denial"),
    [
        ("the customer has the receipt", "the customer does not have the receipt"),
        ("the customers have the receipt", "the customers do not have the receipt"),
        ("the order has already been paid", "the order has not already been paid"),
        ("the parcel was lost", "the parcel was not lost"),
        ("the customer pays by card", "the customer does not pay by card"),
        ("the limit applies", "the limit does not apply"),
        ("the customer will be late", "the customer will not be late"),
        ("the order that is late has arrived", "the order that is late has not arrived"),
        ("the user who wants a refund is a member", "the user who wants a refund is not a member"),
        ("Has arrived", "it is not the case that Has arrived"),
        ("every item is new", "it is not the case that every item is new"),
        ("at least one item is broken", "it is not the case that at least one item is broken"),
        ("nobody knows the customer", "it is not the case that nobody knows the customer"),
        ("no other member has reserved the book", "it is not the case that no other member has reserved the book"),
        ("some orders are late", "it is not the case that some orders are late"),
        ("the customer wants all items", "the customer does not want all items"),
        ("the customer reports fraud", "the customer does not report fraud"),
        ("the user carries a pass", "the user does not carry a pass"),
        ("the guest watches", "the guest does not watch"),
        ("the customer reports that the card is lost", "the customer does not report that the card is lost"),
        ("the customer services team is closed", "the customer services team is not closed"),
        ("the number of orders grows", "it is not the case that the number of orders grows"),
    ],
)
def test_a_denial_says_the_opposite(clause: str, denial: str) -> None:
    assert "".join(text for text, _ in denied(clause)) == denial


@pytest.mark.parametrize(
    "clause", ["", "x", "is", "is " * 50_000, "nobody " * 50_000, "é" * 1000, "the {order} is late"]
)
def test_any_clause_can_be_denied(clause: str) -> None:
    assert "".join(text for text, _ in denied(clause)) != clause

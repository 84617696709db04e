"""What a value of a given means in a sentence, where the spec says it."""

import pytest

from speclang.kit import registry
from speclang.kit.wording import Say
from speclang.plan.clause import Piece
from tests.strategies.reading import read

SPEC = """
feature desk "Desk" {{
  type Wish = book | change_date | change_seat | cancel | keep | other
  given wish Wish {{
    name "the wish"; from user
    means book        "the customer wants to book a flight"
    means change_date "the customer wants to change the date"
    means change_seat "the customer wants to change the seat"
    means cancel      "the flight is to be cancelled"
    means keep        "the flight was forgotten"
  }}
  given seats optional(int 1 .. 9) {{
    name "the number of seats"; from user
    means missing "nobody said how many seats"
    means 1       "the customer travels alone"
  }}
  given paid bool {{ name "the trip is paid"; from context }}
  outcome go "go on"
  X-1 rule {{ when {condition}; must go }}
}}
"""


def pieces(condition: str) -> list[Piece]:
    feature = read(SPEC.format(condition=condition)).feature
    assert feature is not None
    return list(registry.load("rule").clause(feature.requirements[0], Say(feature)))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("wish is book", "the customer wants to book a flight"),
        ("wish is not book", "the customer does not want to book a flight"),
        ("not (wish is book)", "the customer does not want to book a flight"),
        ("not (wish is not book)", "the customer wants to book a flight"),
        ("wish is other", "the wish is other"),
        ("wish is not other", "the wish is not other"),
        ("wish in book | change_date", "the customer wants to book a flight or change the date"),
        (
            "wish in book | change_date | change_seat",
            "the customer wants to book a flight, change the date or change the seat",
        ),
        ("wish in change_date | change_seat", "the customer wants to change the date or seat"),
        ("wish in book | cancel", "the customer wants to book a flight or the flight is to be cancelled"),
        ("wish in book | other", "the wish is book or other"),
        (
            "not (wish in change_date | change_seat)",
            "the customer does not want to change the date and the customer does not want to change the seat",
        ),
        (
            "paid and wish in book | cancel",
            "the trip is paid, and either the customer wants to book a flight or the flight is to be cancelled",
        ),
        (
            "paid and wish in book | change_date",
            "the trip is paid and the customer wants to book a flight or change the date",
        ),
        ("wish in cancel | keep", "the flight is to be cancelled or was forgotten"),
        ("wish in book | keep", "the customer wants to book a flight or the flight was forgotten"),
        ("seats = 1", "the customer travels alone"),
        ("seats = 2", "the number of seats is 2"),
        ("seats > 1", "the number of seats is more than 1"),
    ],
)
def test_a_value_is_said_by_its_meaning(condition: str, words: str) -> None:
    assert "".join(piece.text for piece in pieces(condition)) == f"If {words}, go on."


def test_a_meaning_is_a_hole_of_the_given() -> None:
    holes = [
        piece for piece in pieces("wish in book | change_date") if piece.hole and piece.origin.owner == "given wish"
    ]
    assert [(piece.text, piece.origin.field) for piece in holes] == [
        ("the customer wants to book a flight", "means"),
        ("change the date", "means"),
    ]


@pytest.mark.parametrize(
    "condition", ["wish is book", "wish in book | change_date | change_seat", "wish in change_date | change_seat"]
)
def test_what_is_shown_stands_at_its_place(condition: str) -> None:
    compiled = read(SPEC.format(condition=condition))
    assert compiled.feature is not None
    for piece in registry.load("rule").clause(compiled.feature.requirements[0], Say(compiled.feature)):
        if piece.hole:
            assert compiled.text_at(piece.origin.span) == piece.text

"""What a user says for a value of a given or of a parameter, and another value that they might have said.

In: a given, or the name of a parameter. Out: texts for a case. Invariant: every value is one of the given's type.
"""

from decimal import Decimal

from ...model.given import Given
from ...model.text import Chunk, Slot, Text
from ...source.span import Span
from ...values.domain import contains, members, neighbours
from ...values.showing import show
from ...values.types import Bool, Datum, Numeric
from ..making import words
from . import speech


def saying(given: Given, value: Datum, span: Span) -> Text:
    """What a user says for `value`: the words of the spec where it has some, else a plain sentence that stands at `span`."""
    own = next((text for one, text in given.sayings if one == value), given.said)
    shown = show(value, given.type)
    if own is not None:
        pieces = tuple(
            Chunk(shown, piece.span) if isinstance(piece, Slot) and piece.name == given.name else piece
            for piece in own.pieces
        )
        return Text(pieces, own.span)
    label = given.label.plain
    if isinstance(given.type, Bool):
        denied = given.negated.plain if given.negated is not None else ""
        return words(speech.statement(label, holds=value is True, negated=denied), span)
    return words(speech.value(label, shown), span)


def parameter(name: str, span: Span) -> Text:
    """What a user says for a parameter of a tool, its value to be filled in: `The order ID is {order_id}.`"""
    return Text((Chunk(f"The {spelled(name)} is ", span), Slot(name, span), Chunk(".", span)), span)


def spelled(name: str) -> str:
    """A name as it is said: `order ID` for `order_id`."""
    return " ".join("ID" if word == "id" else word for word in name.split("_"))


def another(given: Given) -> Datum:
    """A value beside the typical one, or None: the next member, or the next whole number where values are finer than that."""
    listed = members(given.type)
    if listed is not None:
        return next((one for one in listed if one not in (given.typical, None)), None)
    if isinstance(given.type, Numeric) and given.type.step < 1 and isinstance(given.typical, Decimal):
        whole = next((one for one in (given.typical + 1, given.typical - 1) if contains(given.type, one)), None)
        if whole is not None:
            return whole
    below, above = neighbours(given.typical, given.type)
    return above if above is not None else below

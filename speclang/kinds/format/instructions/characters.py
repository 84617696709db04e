"""`characters <= 160`: how many characters the answer has, without white space at both ends."""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted

_MANY = Bait("long", "Please explain every step in as much detail as you can.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of characters."""
    phrase = Phrase(Form.MANNER, ("in ", Amount("character", "characters")))
    return counted(term, Count(check="characters", phrase=phrase, many=_MANY))


INSTRUCTION = Instruction(
    "characters",
    "characters <= 160",
    read,
    (
        Try("characters <= 5", " Hello\n", True, "just at the bound; white space at the ends does not count"),
        Try("characters <= 5", "Hello!", False, "one too many"),
    ),
)

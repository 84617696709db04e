"""`starts "Thank you"`: the answer starts with the text, letter for letter, after white space."""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Misread, Try
from ..instruction import Instruction, with_text

_BAITS = (Bait("straight", "No introduction please, start with the result right away."),)


def read(term: Term) -> Constraint | Misread:
    """The text at the start."""
    return with_text(term, check="starts", setting="text", before="start with ", property="start", baits=_BAITS)


INSTRUCTION = Instruction(
    "starts",
    'starts "Thank you"',
    read,
    (
        Try('starts "Hello"', "\nHello there.", True, "after white space"),
        Try('starts "Hello"', "Well, Hello there.", False, "not at the start"),
        Try('starts "Hello"', "hello there.", False, "a small letter"),
        Try('starts "Sure"', "Here you are.", True, "starts otherwise", level="must_not", slug="not-starts"),
        Try('starts "Sure"', "Sure, here you are.", False, "denied and done", level="must_not", slug="not-starts"),
    ),
)

"""`uppercase`: every letter is a capital (with `language en`, IFEval's `english_capital`)."""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Fact, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare

_BAITS = (Bait("quiet", "please don't shout, i prefer small letters."),)


def read(term: Term) -> Constraint | Misread:
    """Capital letters only."""
    phrase = Phrase(Form.MANNER, ("in capital letters only",))
    return bare(
        term, check="uppercase", phrase=phrase, negative=phrase, facts=(Fact("case", "uppercase"),), baits=_BAITS
    )


INSTRUCTION = Instruction(
    "uppercase",
    "uppercase",
    read,
    (
        Try("uppercase", "THE REFUND IS ON ITS WAY.", True, "capitals only"),
        Try("uppercase", "THE REFUND IS ON ITS way.", False, "small letters"),
    ),
)

"""`lowercase`: every letter is a small one (with `language en`, IFEval's `english_lowercase`)."""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Fact, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare

_BAITS = (Bait("names", "Please begin with my full name, Maria Garcia Lopez, and the name of your company."),)


def read(term: Term) -> Constraint | Misread:
    """Small letters only."""
    phrase = Phrase(Form.MANNER, ("in lowercase letters only",))
    return bare(
        term, check="lowercase", phrase=phrase, negative=phrase, facts=(Fact("case", "lowercase"),), baits=_BAITS
    )


INSTRUCTION = Instruction(
    "lowercase",
    "lowercase",
    read,
    (
        Try("lowercase", "the refund is on its way, 30 days.", True, "no capital letter"),
        Try("lowercase", "the refund is on its way. Bye", False, "one capital letter"),
        Try("lowercase", "30", False, "no letter at all"),
    ),
)

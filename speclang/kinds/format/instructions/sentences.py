"""`sentences <= 3`: how many sentences the answer has, as Punkt splits English (IFEval's `number_sentences`).

The lines of a list are no sentences of their own unless they end in a full stop.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted

_FEW = Bait("short", "Just say yes or no.")
_MANY = Bait("many-questions", "I have ten questions about this. Please answer each in a sentence of its own.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of sentences."""
    phrase = Phrase(Form.MANNER, ("in ", Amount("sentence", "sentences")))
    return counted(term, Count(check="sentences", phrase=phrase, few=_FEW, many=_MANY))


INSTRUCTION = Instruction(
    "sentences",
    "sentences <= 3",
    read,
    (
        Try(
            "sentences <= 2",
            "Thank you. Dr. Smith will call at 3.30 p.m. today.",
            True,
            "abbreviations end no sentence",
        ),
        Try("sentences <= 2", "Thank you. We will call. Goodbye!", False, "one too many"),
        Try("sentences >= 2", "Thank you. Goodbye!", True, "just at the lower bound", slug="sentences-min"),
        Try("sentences >= 2", "Thank you and goodbye!", False, "below the lower bound", slug="sentences-min"),
    ),
)

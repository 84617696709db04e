"""`two_answers`: two different answers, divided by six asterisks (IFEval's `two_responses`).

A divider at the start or the end of the answer does no harm; two with nothing between them do. Seven asterisks divide too.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare

_BAITS = (Bait("one", "Please give me one single answer."),)


def read(term: Term) -> Constraint | Misread:
    """Two answers."""
    phrase = Phrase(Form.DEED, ("give two different answers with ****** between them",))
    return bare(term, check="two_answers", phrase=phrase, negative=phrase, baits=_BAITS)


INSTRUCTION = Instruction(
    "two_answers",
    "two_answers",
    read,
    (
        Try("two_answers", "Yes.\n******\nNo.", True, "two"),
        Try("two_answers", "Yes.\n******\nYes.", False, "twice the same"),
        Try("two_answers", "Yes.", False, "one"),
    ),
)

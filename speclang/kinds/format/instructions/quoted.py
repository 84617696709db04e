"""`quoted`: the whole answer stands in double quotation marks `"…"` (IFEval's `quotation`).

White space around them does not count; curly marks do not do.
"""

from ....kit.schema import Term
from ..constraint import Constraint, Fact, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare


def read(term: Term) -> Constraint | Misread:
    """Quotation marks around everything."""
    phrase = Phrase(Form.DEED, ("wrap the whole answer in double quotation marks",))
    return bare(term, check="quoted", phrase=phrase, negative=phrase, facts=(Fact("wrapping", "quotation marks"),))


INSTRUCTION = Instruction(
    "quoted",
    "quoted",
    read,
    (
        Try("quoted", '"It is on its way."', True, "wrapped"),
        Try("quoted", 'We said "it is on its way."', False, "only a part"),
        Try("quoted", '"', False, "one mark"),
    ),
)

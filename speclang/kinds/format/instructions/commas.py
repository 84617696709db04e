"""`no commas`, `commas <= 3`: how many commas the answer has (IFEval's `no_comma`).

Only `,` is a comma, in numbers too; `，` and `、` are not.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted

_MANY = Bait("enumeration", "Which documents do I need? Please name them all in one sentence.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of commas."""
    phrase = Phrase(Form.MANNER, ("with ", Amount("comma", "commas", "commas")))
    return counted(term, Count(check="commas", phrase=phrase, many=_MANY))


INSTRUCTION = Instruction(
    "commas",
    "no commas",
    read,
    (
        Try("no commas", "Yes and no.", True, "none"),
        Try("no commas", "Well, no.", False, "one"),
        Try("commas <= 1", "Well, yes, no.", False, "two"),
    ),
)

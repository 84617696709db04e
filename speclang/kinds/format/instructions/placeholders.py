"""`placeholders >= 2`: how many placeholders stand in square brackets, `[address]` (IFEval's `number_placeholders`).

A placeholder goes to the next closing bracket of its line and may be empty: `[]` is one, and `[[a]]` is one.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted

_FEW = Bait("filled", "Please write it ready to send, with everything filled in.")
_MANY = Bait("template", "Please write it as a template that I can fill in.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of placeholders."""
    zero = "placeholders in square brackets"
    amount = Amount("placeholder in square brackets", zero, zero)
    phrase = Phrase(Form.MANNER, ("with ", amount, ", such as [address]"))
    return counted(term, Count(check="placeholders", phrase=phrase, few=_FEW, many=_MANY))


INSTRUCTION = Instruction(
    "placeholders",
    "placeholders >= 2",
    read,
    (
        Try("placeholders >= 2", "Dear [name], come to [address].", True, "two", slug="placeholders-min"),
        Try("placeholders >= 2", "Dear [name], come to my house.", False, "one", slug="placeholders-min"),
        Try("no placeholders", "Dear Ann, welcome.", True, "none"),
        Try("no placeholders", "Dear [name], welcome.", False, "left unfilled"),
    ),
)

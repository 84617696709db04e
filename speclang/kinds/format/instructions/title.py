"""`title`: a title in double angular brackets, `<<like this>>` (IFEval's `title`).

It stands on one line, anywhere, and may not be blank or of nothing but angular brackets.
"""

from ....kit.schema import Term
from ..constraint import Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare


def read(term: Term) -> Constraint | Misread:
    """A title."""
    shown = "title in double angular brackets, such as <<poem of joy>>"
    return bare(
        term,
        check="title",
        phrase=Phrase(Form.DEED, (f"give the answer a {shown}",)),
        negative=Phrase(Form.DEED, (f"give the answer a {shown}",)),
    )


INSTRUCTION = Instruction(
    "title",
    "title",
    read,
    (
        Try("title", "<<Your refund>>\nIt is on its way.", True, "a title"),
        Try("title", "# Your refund\nIt is on its way.", False, "a Markdown heading"),
        Try("title", "<< >>\nIt is on its way.", False, "a blank title"),
    ),
)

"""`bullets = 3`: how many Markdown bullets the answer has (IFEval's `number_bullet_lists`).

A bullet is a line that begins, after white space, with one `*` that another character follows, or with `-`. So `**bold**` is
none, `---` is one, and `*` alone is one only where a line follows it.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted

_FEW = Bait("prose", "Please answer in one flowing paragraph.")
_MANY = Bait("list", "Please list every step that I have to take, one by one.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of bullets."""
    phrase = Phrase(Form.MANNER, ("with ", Amount("Markdown bullet point", "Markdown bullet points", "bullet points")))
    return counted(term, Count(check="bullets", phrase=phrase, few=_FEW, many=_MANY))


INSTRUCTION = Instruction(
    "bullets",
    "bullets = 3",
    read,
    (
        Try("bullets = 2", "Steps:\n* One\n- Two", True, "both marks count"),
        Try("bullets = 2", "Steps:\n* One", False, "one is missing"),
        Try("bullets = 2", "* One\n* Two\n  * Three", False, "nested ones count too"),
        Try("no bullets", "First one, then two.", True, "plain prose"),
        Try("no bullets", "- One", False, "a bullet"),
        Try("bullets = 1", "**Bold** text", False, "two asterisks are no bullet"),
    ),
)

"""`paragraphs <= 3`: how many paragraphs the answer has, parted by blank lines.

`paragraphs "***" = 3` asks for paragraphs parted by the Markdown divider `***` (IFEval's `number_paragraphs`).
A divider at the start or the end does no harm; two with nothing between them do.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted, plain, quoted

_FEW = Bait("short", "Just give me the short version.")
_MANY = Bait("long", "Please tell me the whole story from the beginning, one paragraph for each step.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of paragraphs, and the divider if there is one."""
    divider = next((value for value in term.values if value.text is not None), None)
    amount = Amount("paragraph", "paragraphs")
    if divider is None:
        phrase = Phrase(Form.MANNER, ("in ", amount))
        return counted(term, Count(check="paragraphs", phrase=phrase, few=_FEW, many=_MANY))
    text = plain(divider)
    if isinstance(text, Misread):
        return text
    return counted(
        term,
        Count(
            check="paragraphs",
            phrase=Phrase(Form.MANNER, ("in ", amount, " separated by the divider ", *quoted(divider, text))),
            text=divider,
            settings=(("divider", text, divider.span),),
            slug="paragraphs-divided",
            of=f"paragraphs {text}",
            few=_FEW,
            many=_MANY,
        ),
    )


INSTRUCTION = Instruction(
    "paragraphs",
    "paragraphs <= 3",
    read,
    (
        Try("paragraphs <= 2", "One.\n\nTwo.", True, "just at the bound"),
        Try("paragraphs <= 2", "One.\n\nTwo.\n\nThree.", False, "one too many"),
        Try("paragraphs <= 2", "One.\n\nTwo.\nStill two.", True, "a single line end parts no paragraphs"),
        Try('paragraphs "***" = 2', "One.\n***\nTwo.", True, "two, divided", slug="paragraphs-divided"),
        Try('paragraphs "***" = 2', "One.\n\nTwo.", False, "no divider", slug="paragraphs-divided"),
        Try('paragraphs "***" = 2', "One.\n***\n***\nTwo.", False, "an empty one between", slug="paragraphs-divided"),
    ),
)

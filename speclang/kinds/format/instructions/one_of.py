"""`one_of "yes" | "no"`: the answer says one of the texts, letter for letter (IFEval's `constrained_response`).

More may stand around it, as published; `options` is met by nothing but the option.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, listed, plains

_BAITS = (Bait("undecided", "It depends, doesn't it? Please don't commit yourself."),)


def read(term: Term) -> Constraint | Misread:
    """The texts of which one is said."""
    if term.op:
        return Misread(f"it takes quoted texts and no `{term.op}`", term.span)
    texts = plains(term.values, term)
    if isinstance(texts, Misread):
        return texts
    if len(texts) < 2:
        return Misread("it takes two texts or more", term.span)
    return Constraint(
        slug="one_of",
        check="one_of",
        settings=(("texts", texts, term.values[0].span),),
        phrase=Phrase(Form.MANNER, ("with one of ", *listed(term.values, texts, "or"))),
        negative=None,
        baits=_BAITS,
        span=term.span,
    )


INSTRUCTION = Instruction(
    "one_of",
    'one_of "My answer is yes." | "My answer is no."',
    read,
    (
        Try('one_of "It is due." | "It is not due."', "Well. It is not due.", True, "one of them"),
        Try('one_of "It is due." | "It is not due."', "Perhaps.", False, "none of them"),
    ),
)

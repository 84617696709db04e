"""`uppercase`: every letter is a capital; `uppercase en`: and the answer is in English (IFEval's `english_capital`).

A text in which no language can be told counts as English, as published.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Fact, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare, word

_BAITS = (Bait("quiet", "please don't shout, i prefer small letters."),)


def read(term: Term) -> Constraint | Misread:
    """Capital letters only."""
    english = not term.op and tuple(word(value) for value in term.values) == ("en",)
    phrase = Phrase(Form.MANNER, ("in English and in capital letters only" if english else "in capital letters only",))
    fact = Fact("case", "uppercase")
    if english:
        return Constraint(
            slug=term.name,
            check="uppercase",
            settings=(("english", True, term.values[0].span),),
            phrase=phrase,
            negative=phrase,
            facts=(fact,),
            baits=_BAITS,
            span=term.span,
        )
    return bare(term, check="uppercase", phrase=phrase, negative=phrase, facts=(fact,), baits=_BAITS)


INSTRUCTION = Instruction(
    "uppercase",
    "uppercase",
    read,
    (
        Try("uppercase", "THE REFUND IS ON ITS WAY.", True, "capitals only"),
        Try("uppercase", "THE REFUND IS ON ITS way.", False, "small letters"),
        Try("uppercase en", "THE REFUND IS ON ITS WAY TO YOU.", True, "English"),
        Try("uppercase en", "DIE ERSTATTUNG IST AUF DEM WEG ZU IHNEN.", False, "German"),
    ),
)

"""`lowercase`: every letter is a small one; `lowercase en`: and the answer is in English (IFEval's `english_lowercase`).

A text in which no language can be told counts as English, as published.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Fact, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare, word

_BAITS = (Bait("names", "Please begin with my full name, Maria Garcia Lopez, and the name of your company."),)


def read(term: Term) -> Constraint | Misread:
    """Small letters only."""
    english = not term.op and tuple(word(value) for value in term.values) == ("en",)
    phrase = Phrase(
        Form.MANNER, ("in English and in lowercase letters only" if english else "in lowercase letters only",)
    )
    fact = Fact("case", "lowercase")
    if english:
        return Constraint(
            slug=term.name,
            check="lowercase",
            settings=(("english", True, term.values[0].span),),
            phrase=phrase,
            negative=phrase,
            facts=(fact,),
            baits=_BAITS,
            span=term.span,
        )
    return bare(term, check="lowercase", phrase=phrase, negative=phrase, facts=(fact,), baits=_BAITS)


INSTRUCTION = Instruction(
    "lowercase",
    "lowercase",
    read,
    (
        Try("lowercase", "the refund is on its way, 30 days.", True, "no capital letter"),
        Try("lowercase", "the refund is on its way. Bye", False, "one capital letter"),
        Try("lowercase", "30", False, "no letter at all"),
        Try("lowercase en", "the refund is on its way to you.", True, "English"),
        Try("lowercase en", "die erstattung ist auf dem weg zu ihnen.", False, "German"),
    ),
)

"""`forbidden "guarantee", "promise"`: words that the answer never holds, as whole words, in either case (IFEval).

Whole means that a letter, digit or underscore stands on one side of each end and not on the other: `forbidden "e.g."` is met
by "e.g. this", for no word ends after a full stop. The published check takes the texts as regular expressions; for texts of
letters, digits and blanks, which all published ones are, that is the same.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, listed, plains, slug_of


def read(term: Term) -> Constraint | Misread:
    """The texts that may not occur."""
    if term.op:
        return Misread(f"it takes quoted texts and no `{term.op}`", term.span)
    texts = plains(term.values, term)
    if isinstance(texts, Misread):
        return texts
    many = "words " if len(texts) > 1 else "word "
    baits = tuple(Bait(f"ask-for-{slug_of(text)}", f'Please use the word "{text}" in your answer.') for text in texts)
    return Constraint(
        slug=f"forbidden-{slug_of(' '.join(texts))}",
        check="forbidden",
        settings=(("texts", texts, term.values[0].span),),
        phrase=Phrase(Form.DEED, (f"never use the {many}", *listed(term.values, texts, "or"))),
        negative=None,
        baits=baits,
        span=term.span,
    )


INSTRUCTION = Instruction(
    "forbidden",
    'forbidden "guarantee", "promise"',
    read,
    (
        Try('forbidden "sue"', "We can discuss the issue.", True, "inside a longer word", slug="forbidden-sue"),
        Try('forbidden "sue"', "You can SUE us.", False, "in capitals", slug="forbidden-sue"),
    ),
)

"""`letter "q" >= 2`: how often one letter occurs, in either case (IFEval's `letter_frequency`).

Any character may stand for the letter, as `#`. The answer is made small before it is looked at.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted, plain, quoted, slug_of

_MANY = Bait("long", "Please explain every step in as much detail as you can.")
_FEW = Bait("short", "Please answer with a single word.")


def read(term: Term) -> Constraint | Misread:
    """The letter, and the bound on how often it occurs."""
    if not term.values or term.values[0].text is None:
        return Misread("the letter comes first, in quotes", term.span)
    value = term.values[0]
    text = plain(value)
    if isinstance(text, Misread):
        return text
    if len(text) != 1:
        return Misread("one letter is expected between the quotes", value.span)
    phrase = Phrase(Form.DEED, ("use the letter ", *quoted(value, text), " ", Amount("time", "times")))
    return counted(
        term,
        Count(
            check="letter",
            phrase=phrase,
            text=value,
            settings=(("letter", text, value.span),),
            slug=f"letter-{slug_of(text)}",
            few=_FEW,
            many=_MANY,
        ),
    )


INSTRUCTION = Instruction(
    "letter",
    'letter "q" >= 2',
    read,
    (
        Try('letter "q" >= 2', "Quite quick", True, "both cases count", slug="letter-q-min"),
        Try('letter "q" >= 2', "Quite fast", False, "one", slug="letter-q-min"),
        Try('letter "q" < 2', "Quite fast", True, "one", slug="letter-q"),
        Try('letter "q" < 2', "Quite quick", False, "just at the limit", slug="letter-q"),
    ),
)

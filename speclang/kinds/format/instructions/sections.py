"""`sections "Section" >= 3`: how many sections are marked by the word and a number, as `Section 2` (IFEval).

The mark counts wherever it stands, letter for letter, with one white space or none before the number: `see Section 2` is one.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted, plain, quoted

_FEW = Bait("prose", "Please answer in one short paragraph without headings.")
_MANY = Bait("outline", "Please give me a complete outline with a part for every aspect.")


def read(term: Term) -> Constraint | Misread:
    """The word that marks a section, and the bound on their number."""
    if not term.values or term.values[0].text is None:
        return Misread("the word that marks a section comes first, in quotes", term.span)
    mark = term.values[0]
    text = plain(mark)
    if isinstance(text, Misread):
        return text
    amount = Amount("section", "sections")
    return counted(
        term,
        Count(
            check="sections",
            phrase=Phrase(Form.MANNER, ("in ", amount, ", each marked ", *quoted(mark, text), " and its number")),
            text=mark,
            settings=(("word", text, mark.span),),
            of=f"sections {text}",
            few=_FEW,
            many=_MANY,
        ),
    )


INSTRUCTION = Instruction(
    "sections",
    'sections "Section" >= 3',
    read,
    (
        Try('sections "Part" >= 2', "Part 1\nHello.\nPart 2\nBye.", True, "both marked", slug="sections-min"),
        Try(
            'sections "Part" >= 2', "Part 1\nHello.\nPart two\nBye.", False, "a number in letters", slug="sections-min"
        ),
    ),
)

"""`opens 2 "however"`: paragraph 2, between blank lines, opens with the word, in either case (IFEval)."""

from ....kit.schema import Term
from ..constraint import Constraint, Fact, Form, Hole, Misread, Phrase, Try
from ..instruction import Instruction, plain, quoted, whole


def read(term: Term) -> Constraint | Misread:
    """The number of the paragraph and the word it opens with."""
    if term.op or len(term.values) != 2:
        return Misread("it takes the number of a paragraph and a quoted word", term.span)
    number, text = whole(term.values[0]), plain(term.values[1])
    if isinstance(number, Misread):
        return number
    if isinstance(text, Misread):
        return text
    if number < 1:
        return Misread("paragraphs count from 1", term.values[0].span)
    if len(text.split()) != 1:
        return Misread("one word is expected between the quotes", term.values[1].span)
    shown = (Hole(f"{number:,}", term.values[0].span), " with the word ", *quoted(term.values[1], text))
    phrase = Phrase(Form.DEED, ("open paragraph ", *shown))
    return Constraint(
        slug=f"opens-{number}",
        check="paragraph_start",
        settings=(("number", number, term.values[0].span), ("word", text, term.values[1].span)),
        phrase=phrase,
        negative=phrase,
        facts=(Fact(f"opening of paragraph {number}", text.lower()),),
        span=term.span,
    )


INSTRUCTION = Instruction(
    "opens",
    'opens 2 "however"',
    read,
    (
        Try('opens 2 "however"', "It is late.\n\nHowever, it will come.", True, "opens the second", slug="opens-2"),
        Try('opens 2 "however"', "However, it will come.", False, "there is no second", slug="opens-2"),
        Try('opens 2 "however"', "It is late.\n\nIt will come, however.", False, "not first", slug="opens-2"),
    ),
)

"""`opens 2 "however"`: paragraph 2, between blank lines, opens with the word, in either case.

`opens 2 "however" of 3` asks besides for three paragraphs with text in them (IFEval's `nth_paragraph_first_word`). The
word ends at one of `. , ? ! ' "`, and single and then double quotation marks before it do not count. A blank paragraph
counts for the place of the others and not for their number.
"""

from ....kit.schema import Term
from ..builders import Settings
from ..constraint import Constraint, Fact, Form, Hole, Misread, Phrase, Try, Word
from ..instruction import Instruction, plain, quoted, whole, word


def read(term: Term) -> Constraint | Misread:
    """The number of the paragraph and the word it opens with."""
    counted = len(term.values) == 4 and word(term.values[2]) == "of"
    if term.op or not (counted or len(term.values) == 2):
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
    all_of = whole(term.values[3]) if counted else None
    if isinstance(all_of, Misread):
        return all_of
    if all_of is not None and all_of < number:
        return Misread(f"there is no paragraph {number:,} of {all_of:,}", term.values[3].span)
    shown: tuple[Word, ...] = (
        Hole(f"{number:,}", term.values[0].span),
        " with the word ",
        *quoted(term.values[1], text),
    )
    phrase = Phrase(Form.DEED, ("open paragraph ", *shown))
    settings: Settings = (("number", number, term.values[0].span), ("word", text, term.values[1].span))
    if all_of is not None:
        last = Hole(f"{all_of:,}", term.values[3].span)
        phrase = Phrase(Form.DEED, ("open paragraph ", shown[0], " of exactly ", last, *shown[1:]))
        settings = (*settings, ("paragraphs", all_of, term.values[3].span))
    return Constraint(
        slug=f"opens-{number}",
        check="paragraph_start",
        settings=settings,
        phrase=phrase,
        negative=None if counted else phrase,
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
        Try('opens 2 "it" of 2', "It is late.\n\n\"It's on its way.", True, "marks aside", slug="opens-2"),
        Try('opens 2 "it" of 2', "It is late.\n\nIt is.\n\nBye.", False, "a third one", slug="opens-2"),
    ),
)

"""How sentences and paragraphs follow each other: IFBench's `sentence`, `ratio:sentence_…` and their like.

Sentences are split by Punkt, as for `sentences`.
"""

from ....kit.schema import Term
from ..builders import Settings, flag, numbered, texts_of
from ..constraint import Bait, Constraint, Form, Misread, Phrase, Try, Word
from ..instruction import Instruction, quoted

_FACTS = (Bait("straight", "Please give me only the facts."),)


def _number(name: str, setting: str, before: str, after: str, least: int, spelling: str, *tries: Try) -> Instruction:
    """A term with one number, stated by `=` if the spelling has it."""
    op = "=" if "=" in spelling else ""

    def read(term: Term) -> Constraint | Misread:
        found = numbered(term, 1, f"`{spelling}`")
        if isinstance(found, Misread):
            return found
        ((number, shown),) = found
        if term.op != op or len(term.values) != 1:
            return Misread(f"it is written `{spelling}`", term.span)
        if number < least:
            return Misread(f"the number must be {least} or more", shown.span)
        return Constraint(
            slug=name,
            check=name,
            settings=((setting, number, shown.span),),
            phrase=Phrase(Form.DEED, (before, shown, after)),
            negative=None,
            baits=_FACTS,
            span=term.span,
        )

    return Instruction(name, spelling, read, tries)


def _in_sentence(term: Term) -> Constraint | Misread:
    form = 'it is written `in_sentence 3 "receipt"` or `in_sentence 3 "receipt" at 5`'
    found = texts_of(term)
    if isinstance(found, Misread):
        return found
    (value, *_), (text, *more) = found
    placed = len(term.values) == 4 and term.values[2].value == "at" and term.values[2].type is None
    numbers = numbered(term, 2 if placed else 1, form.removeprefix("it is written "))
    if isinstance(numbers, Misread):
        return numbers
    if term.op or more or not (placed or len(term.values) == 2) or term.values[1] is not value:
        return Misread(form, term.span)
    for number, shown in numbers:
        if number < 1:
            return Misread("sentences and words count from 1", shown.span)
    (sentence, first), *place = numbers
    said: tuple[Word, ...] = ("use ", *quoted(value, text))
    settings: Settings = (("number", sentence, first.span), ("text", text, value.span))
    if not place:
        return _holds(term, settings, (*said, " in sentence ", first))
    (at, second), *_ = place
    return _holds(term, (*settings, ("place", at, second.span)), (*said, " as word ", second, " of sentence ", first))


def _holds(term: Term, settings: Settings, said: tuple[Word, ...]) -> Constraint:
    phrase = Phrase(Form.DEED, said)
    return Constraint(
        slug="in_sentence",
        check="in_sentence",
        settings=settings,
        phrase=phrase,
        negative=phrase,
        span=term.span,
    )


INSTRUCTIONS = (
    Instruction(
        "in_sentence",
        'in_sentence 3 "receipt"',
        _in_sentence,
        (
            Try('in_sentence 2 "box"', "Hello. Bring the Box.", True, "in the second"),
            Try('in_sentence 2 "box"', "Bring the box. Thank you.", False, "in the first"),
            Try('in_sentence 2 "box"', "Hello. Bring the boxes.", False, "inside a longer word"),
            Try('in_sentence 2 "box" at 3', "Hello. Bring the box.", True, "the third word"),
            Try('in_sentence 2 "box" at 3', "Hello. Bring box and label.", False, "the second word"),
        ),
    ),
    _number(
        "growing_sentences",
        "by",
        "let each sentence have exactly ",
        " more words than the one before",
        0,
        "growing_sentences 2",
        Try("growing_sentences 2", "Go. Bring the box. Do not forget the label.", True, "one, three, five"),
        Try("growing_sentences 2", "Go. Bring the box. Bring the label.", False, "one, three, three"),
    ),
    _number(
        "equal_sentences",
        "number",
        "write exactly ",
        " sentences with the same number of characters and with different words",
        1,
        "equal_sentences = 3",
        Try("equal_sentences = 2", "Go on. Do it.", True, "six characters each"),
        Try("equal_sentences = 2", "Go on. Do this.", False, "six and eight"),
        Try("equal_sentences = 2", "Go on.", False, "one sentence"),
    ),
    _number(
        "questions_ratio",
        "ratio",
        "write ",
        " statements for each question",
        1,
        "questions_ratio = 2",
        Try("questions_ratio = 2", "It is due. Is it? It is paid.", True, "two and one"),
        Try("questions_ratio = 2", "It is due. Is it?", False, "one and one"),
    ),
    flag(
        "balanced_sentences",
        "write as many statements as questions and as exclamations",
        Try("balanced_sentences", "It is due. Is it? Yes!", True, "one each"),
        Try("balanced_sentences", "It is due. Is it?", False, "no exclamation"),
        baits=_FACTS,
    ),
    flag(
        "chained_sentences",
        "start each sentence with the last word of the one before",
        Try("chained_sentences", "Bring the box. Box and label are here.", True, "box and box"),
        Try("chained_sentences", "Bring the box. The label is here.", False, "box and the"),
        baits=_FACTS,
    ),
    flag(
        "framed_paragraphs",
        "end each paragraph with the word that it starts with, each paragraph being one line",
        Try("framed_paragraphs", "Refunds are refunds.\n\nYes, we say yes.", False, "a comma clings to the first word"),
        Try("framed_paragraphs", "Refunds are refunds.\n\nYes means yes!", True, "both do"),
        Try("framed_paragraphs", "Refunds are due.", False, "it does not"),
        baits=_FACTS,
    ),
    flag(
        "emoji_ends",
        "end each sentence with an emoji",
        Try("emoji_ends", "It is due 😀. Bye! 👋", True, "before the mark or after it"),
        Try("emoji_ends", "It is due 😀. Bye!", False, "the second has none"),
        baits=(Bait("sober", "Please be formal and use no emojis."),),
    ),
)

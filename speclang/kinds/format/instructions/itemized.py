"""Answers that are a list of something: IFBench's `custom` types, with what each fixes for its prompt as a value of the spec."""

from ....kit.schema import Term
from ..builders import numbered, texts, texts_of
from ..constraint import Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, quoted

_QUIZ = "\n".join(f"Question {n}. {'So what' + ' then' * n}\nA) one\nB) two" for n in (1, 2))


def _dates(term: Term) -> Constraint | Misread:
    years = numbered(term, 2, "`dates in 1990 .. 2020`")
    if isinstance(years, Misread):
        return years
    (first, low), (last, high) = years
    if term.op != "in" or len(term.values) != 2 or first > last:
        return Misread("it is written `dates in 1990 .. 2020`", term.span)
    shown = ("with dates of ", low, " to ", high, " as YYYY-MM-DD, separated by commas, and nothing else")
    # A year is said without a comma in it.
    plain = tuple(
        part if isinstance(part, str) else type(part)(part.text.replace(",", ""), part.span) for part in shown
    )
    return Constraint(
        slug="dates",
        check="dates",
        settings=(("first", first, low.span), ("last", last, high.span)),
        phrase=Phrase(Form.MANNER, plain),
        negative=None,
        span=term.span,
    )


def _multiples(term: Term) -> Constraint | Misread:
    found = numbered(term, 3, "`multiples 7 in 10 .. 50`")
    if isinstance(found, Misread):
        return found
    (of, shown), (first, low), (last, high) = found
    if term.op != "in" or len(term.values) != 3 or first > last or of < 1:
        return Misread("it is written `multiples 7 in 10 .. 50`", term.span)
    if last - first > 100_000:
        return Misread("the range is too long", high.span)
    words = ("with the multiples of ", shown, " from ", low, " to ", high, " in order and with no other numbers")
    return Constraint(
        slug="multiples",
        check="multiples",
        settings=(("of", of, shown.span), ("first", first, low.span), ("last", last, high.span)),
        phrase=Phrase(Form.MANNER, words),
        negative=None,
        span=term.span,
    )


def _quiz(term: Term) -> Constraint | Misread:
    found = numbered(term, 2, "`quiz 4 5`: the number of questions, then that of options")
    if isinstance(found, Misread):
        return found
    (questions, many), (options, each) = found
    if term.op or len(term.values) != 2 or not questions or not 1 <= options <= 5:
        return Misread("it takes a number of questions and one of options, 1 to 5", term.span)
    after = (
        ' options each and nothing else; label each "Question" and its number, and make each longer than the one before'
    )
    return Constraint(
        slug="quiz",
        check="quiz",
        settings=(("questions", questions, many.span), ("options", options, each.span)),
        phrase=Phrase(Form.MANNER, ("with ", many, " multiple-choice questions with ", each, after)),
        negative=None,
        span=term.span,
    )


def _descending(term: Term) -> Constraint | Misread:
    found, number = texts_of(term), numbered(term, 1, '`descending_lines "Zimbabwe" >= 52`')
    if isinstance(found, Misread):
        return found
    if isinstance(number, Misread):
        return number
    (value, *_), (text, *more) = found
    ((least, shown),) = number
    if more or term.op != ">=":
        return Misread('it is written `descending_lines "Zimbabwe" >= 52`', term.span)
    start = ("with a list of at least ", shown, " lines in reverse alphabetical order that starts with ")
    return Constraint(
        slug="descending_lines",
        check="descending_lines",
        settings=(("text", text, value.span), ("at_least", least, shown.span)),
        phrase=Phrase(Form.MANNER, (*start, *quoted(value, text))),
        negative=None,
        span=term.span,
    )


INSTRUCTIONS = (
    Instruction(
        "dates",
        "dates in 1990 .. 2020",
        _dates,
        (
            Try("dates in 1990 .. 2020", "1990-01-31, 2020-12-01", True, "both ends count"),
            Try("dates in 1990 .. 2020", "1990-01-31, 2021-12-01", False, "a year too late"),
            Try("dates in 1990 .. 2020", "1990-04-31", False, "no such day"),
            Try("dates in 1990 .. 2020", "On 1990-01-31", False, "a word"),
        ),
    ),
    Instruction(
        "multiples",
        "multiples 7 in 10 .. 50",
        _multiples,
        (
            Try("multiples 7 in 10 .. 28", "14, 21 and 28", True, "the last included"),
            Try("multiples 7 in 10 .. 28", "7, 14, 21, 28", False, "one too many"),
        ),
    ),
    Instruction(
        "quiz",
        "quiz 4 5",
        _quiz,
        (
            Try("quiz 2 2", _QUIZ, True, "the second is longer"),
            Try("quiz 2 2", "Here you are.\n" + _QUIZ, False, "words before it"),
            Try("quiz 2 2", _QUIZ.replace("B) two", "", 1), False, "an option is missing"),
        ),
    ),
    Instruction(
        "descending_lines",
        'descending_lines "Zimbabwe" >= 52',
        _descending,
        (
            Try('descending_lines "Zebra" >= 3', "Animals:\n- Zebra\n- Lion\n- Ant", True, "from the zebra on"),
            Try('descending_lines "Zebra" >= 3', "- Zebra\n- Ant\n- Lion", False, "ants before lions"),
            Try('descending_lines "Zebra" >= 3', "- Zebra\n- Ant", False, "two lines"),
        ),
    ),
    texts(
        "in_order",
        ("with exactly ", " in this order, separated by commas"),
        'in_order "Oslo" | "Riga"',
        Try('in_order "Oslo" | "Riga"', "Oslo, Rīga", True, "accents aside"),
        Try('in_order "Oslo" | "Riga"', "Riga, Oslo", False, "another order"),
        Try('in_order "Oslo" | "Riga"', "Oslo, Riga.", False, "a full stop"),
        least=2,
        manner=True,
    ),
)

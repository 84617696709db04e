"""The answer against a text: IFBench's `repeat`, promptfoo's `equals`, `levenshtein` and `rouge-n`."""

from ....kit.schema import Term
from ..builders import numbered, shared, texts, texts_of
from ..constraint import Bait, Constraint, Fact, Form, Hole, Misread, Phrase, Try
from ..instruction import Instruction, quoted, whole, word

_ANSWER = (Bait("answer", "Please answer my question too."),)
_FARTHEST = 10_000


def _levenshtein(term: Term) -> Constraint | Misread:
    found = texts_of(term)
    if isinstance(found, Misread):
        return found
    (value, *_), (text, *more) = found
    rest = tuple(one for one in term.values if one.text is None)
    if more or term.op not in ("<=", "=") or len(rest) != 1:
        return Misread("it takes one text, `<=` and a number", term.span)
    number = whole(rest[0])
    if isinstance(number, Misread):
        return number
    if max(number, len(text)) > _FARTHEST:
        return Misread(f"neither the text nor the number may be above {_FARTHEST:,}", term.span)
    return Constraint(
        slug="levenshtein",
        check="levenshtein",
        settings=(("text", text, value.span), ("at_most", number, rest[0].span)),
        phrase=Phrase(
            Form.MANNER,
            ("with ", *quoted(value, text), ", give or take ", Hole(f"{number:,}", rest[0].span), " characters"),
        ),
        negative=None,
        facts=(Fact("text", text),) if not number else (),
        baits=_ANSWER,
        span=term.span,
    )


def _copies(term: Term) -> Constraint | Misread:
    found, span = texts_of(term), numbered(term, 2, '`copies "text" 0 .. 9`')
    if isinstance(found, Misread):
        return found
    if isinstance(span, Misread):
        return span
    (value, *_), (text, *more) = found
    (first, low), (last, high) = span
    if more or term.op:
        return Misread("it takes one text and two numbers", term.span)
    if not first <= last < len(text) or not text[first : last + 1].strip():
        return Misread(f"the characters of the text are 0 to {len(text) - 1:,}, and some must be no blanks", term.span)
    return Constraint(
        slug="copies",
        check="copies",
        settings=(("text", text, value.span), ("first", first, low.span), ("last", last, high.span)),
        phrase=Phrase(
            Form.MANNER,
            (
                "with the characters ",
                low,
                " to ",
                high,
                ", counted from 0, of ",
                *quoted(value, text),
                " and nothing else",
            ),
        ),
        negative=None,
        baits=_ANSWER,
        span=term.span,
    )


def _changed(term: Term) -> Constraint | Misread:
    after = " but with another first word, and do not answer it"
    if not term.op and tuple(word(value) for value in term.values) == ("request",):
        return Constraint(
            slug="repeats_changed",
            check="repeats_request_changed",
            settings=(),
            phrase=Phrase(Form.DEED, (f"repeat the user's message word for word{after}",)),
            negative=None,
            baits=_ANSWER,
            span=term.span,
        )
    return _CHANGED.read(term)


_CHANGED = texts(
    "repeats_changed",
    ("repeat ", " word for word but with another first word, and do not answer it"),
    "repeats_changed request",
    most=1,
    baits=_ANSWER,
)

INSTRUCTIONS = (
    texts(
        "equals",
        ("with exactly ", ""),
        'equals "It is due."',
        Try('equals "It is due."', "It is due.", True, "the text"),
        Try('equals "It is due."', "It is due.\n", False, "a line end more"),
        most=1,
        manner=True,
        property="text",
        denied=("with exactly ", ""),
        baits=_ANSWER,
    ),
    texts(
        "only",
        ("with ", " and nothing else"),
        'only "It is due."',
        Try('only "It is due."', "it is due.\n", True, "case and white space at the ends aside"),
        Try('only "It is due."', "It is due. Bye.", False, "more follows"),
        most=1,
        manner=True,
        property="text",
        denied=("with just ", ""),
        baits=_ANSWER,
    ),
    Instruction(
        "levenshtein",
        'levenshtein "It is due." <= 3',
        _levenshtein,
        (
            Try('levenshtein "It is due." <= 2', "It's due.", True, "one letter for two"),
            Try('levenshtein "It is due." <= 2', "It was due!", False, "three or more changes"),
        ),
    ),
    shared(
        "rouge",
        ">=",
        ("use at least ", " of the words of this text: ", ""),
        'rouge "It is due." >= 75%',
        Try('rouge "the refund is due" >= 75%', "due is the refund", True, "the same words"),
        Try('rouge "the refund is due" >= 75%', "The money is here.", False, "half of them"),
        baits=_ANSWER,
    ),
    Instruction(
        "copies",
        'copies "Where is it?" 0 .. 4',
        _copies,
        (
            Try('copies "Where is it?" 0 .. 4', "where", True, "the first five characters, in either case"),
            Try('copies "Where is it?" 0 .. 4', "Where is it?", False, "all of it"),
        ),
    ),
    Instruction(
        "repeats_changed",
        "repeats_changed request",
        _changed,
        (
            Try('repeats_changed "Where is it?"', "There is it?", True, "another first word"),
            Try('repeats_changed "Where is it?"', "Where is it?", False, "the text itself"),
            Try('repeats_changed "Where is it?"', "There is it? Here.", False, "more follows"),
            Try("repeats_changed request", "There is it?", True, "the request, changed", user="Where is it?"),
        ),
    ),
)

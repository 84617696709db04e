"""Which words an answer uses, and how many: IFBench's `count` and some of its `words` and `ratio`; promptfoo's `word-count`.

The definitions, with what is odd about each, are in `kit/checks/vocabulary.py`.
"""

from ....kit.schema import Term
from ..builders import count, numbered, percent, shared, texts, texts_of
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try, Word
from ..instruction import Instruction, quoted

_SHORT = Bait("short", "Please answer with a single word.")
_LONG = Bait("long", "Please explain every step in as much detail as you can.")


def _stop_words(term: Term) -> Constraint | Misread:
    share = percent(term, "<=")
    if isinstance(share, Misread):
        return share
    number, shown = share
    return Constraint(
        slug="stop_words",
        check="stop_words",
        settings=(("percent", number, shown.span),),
        phrase=Phrase(Form.MANNER, ("with at most ", shown, " of the words being stop words such as the, is and of")),
        negative=None,
        baits=(_LONG,),
        span=term.span,
    )


def _japanese(term: Term) -> Constraint | Misread:
    found = numbered(term, 1, "`japanese every 5`")
    if isinstance(found, Misread):
        return found
    ((every, shown),) = found
    if every < 1:
        return Misread("it must be 1 or more", shown.span)
    return Constraint(
        slug="japanese",
        check="japanese",
        settings=(("every", every, shown.span),),
        phrase=Phrase(Form.DEED, ("write every ", shown, f"{_ordinal(every)} word in Japanese")),
        negative=None,
        span=term.span,
    )


def _ordinal(number: int) -> str:
    """What follows the digits of `number`: 1st, 2nd, 3rd, 4th, 11th."""
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _uses(term: Term) -> Constraint | Misread:
    found = texts_of(term)
    if isinstance(found, Misread):
        return found
    values, plain = found
    times = numbered(term, len(plain), '`uses "refund" 1 "receipt" 2`')
    if isinstance(times, Misread):
        return times
    if term.op or [value.text is None for value in term.values] != [False, True] * len(plain):
        return Misread("each text is followed by how often it occurs", term.span)
    said: list[Word] = ["use "]
    for at, (value, text, (number, shown)) in enumerate(zip(values, plain, times, strict=True)):
        joint = "" if not at else " and " if at == len(plain) - 1 else ", "
        said.extend((joint, *quoted(value, text), " exactly ", shown, " time" if number == 1 else " times"))
    return Constraint(
        slug="uses",
        check="uses",
        settings=(("texts", plain, values[0].span), ("times", tuple(number for number, _ in times), term.span)),
        phrase=Phrase(Form.DEED, tuple(word for word in said if word)),
        negative=None,
        baits=(_SHORT,),
        span=term.span,
    )


INSTRUCTIONS = (
    count(
        "unique_words",
        ("with ", Amount("different word", "different words", "different words")),
        "unique_words >= 50",
        Try("unique_words >= 3", "The cat saw the dog.", True, "four, in either case", slug="unique_words-min"),
        Try("unique_words >= 3", "Dog, dog! The dog.", False, "two, marks aside", slug="unique_words-min"),
        few=_SHORT,
    ),
    count(
        "conjunctions",
        ("with ", Amount("coordinating conjunction", *(("different coordinating conjunctions",) * 2))),
        "conjunctions >= 3",
        Try("conjunctions >= 2", "You and I, but not he.", True, "two", slug="conjunctions-min"),
        Try("conjunctions >= 2", "You and I and he.", False, "the same twice", slug="conjunctions-min"),
        Try("conjunctions >= 2", "And you and I.", True, "written differently", slug="conjunctions-min"),
        few=_SHORT,
    ),
    count(
        "pronouns",
        ("with ", Amount("pronoun", "pronouns", "pronouns")),
        "pronouns >= 5",
        Try("pronouns >= 3", "She/her told me.", True, "a slash parts words", slug="pronouns-min"),
        Try("pronouns >= 3", "Ann told me that.", False, "two", slug="pronouns-min"),
        few=_SHORT,
    ),
    count(
        "numbers",
        ("with ", Amount("number", "numbers", "numbers")),
        "numbers = 3",
        Try("numbers = 2", "Pay 1,000.50 in 30 days.", True, "marks part no number"),
        Try("numbers = 2", "Pay 1 000 in 30 days.", False, "a blank does"),
        few=Bait("words", "Please write no figures."),
        many=Bait("figures", "Please give me all the figures."),
    ),
    count(
        "word_repeats",
        ("use each word ", Amount("time", "times")),
        "word_repeats <= 4",
        Try("word_repeats <= 2", "The dog and the cat.", True, "twice, in either case"),
        Try("word_repeats <= 2", "No, no, no!", False, "three times"),
        deed=True,
        ops=("<=", "<"),
        many=Bait("repeat", "Please repeat the most important word as often as you can."),
    ),
    count(
        "spaced_words",
        ("in ", Amount("word", "words"), ", counted between blanks"),
        "spaced_words <= 50",
        Try("spaced_words <= 3", "I can't help", True, "an apostrophe parts no word"),
        Try("spaced_words <= 3", "No - I can't", False, "a dash alone is a word"),
        few=_SHORT,
        many=_LONG,
    ),
    Instruction(
        "stop_words",
        "stop_words <= 30%",
        _stop_words,
        (
            Try("stop_words <= 50%", "Bring the box", True, "a third"),
            Try("stop_words <= 50%", "It is in the box", False, "four of five"),
        ),
    ),
    shared(
        "overlap",
        "=",
        ("share ", " of your trigrams, give or take 2%, with this text: ", ""),
        'overlap "Returns are free within 30 days." = 70%',
        Try('overlap "abcdef" = 50%', "abcdxy", True, "two of four runs of three characters"),
        Try('overlap "abcdef" = 50%', "abcdef", False, "all of them"),
    ),
    Instruction(
        "japanese",
        "japanese every 5",
        _japanese,
        (
            Try("japanese every 2", "Say 日本 and カナ.", True, "the second and the fourth word"),
            Try("japanese every 2", "Say hello and カナ.", False, "the second is English"),
            Try("japanese every 2", "Say 42!", True, "a number may stand there"),
        ),
    ),
    Instruction(
        "uses",
        'uses "refund" 1 "receipt" 2',
        _uses,
        (
            Try(
                'uses "box" 1 "label" 2', "A box with labels: the Label.", True, "inside a longer word, in either case"
            ),
            Try('uses "box" 1 "label" 2', "A box with a label.", False, "once too few"),
        ),
    ),
    texts(
        "second_words",
        ("use ", " as the second word and as the second to last"),
        'second_words "kindly"',
        Try('second_words "kindly"', "We kindly ask you to kindly wait.", True, "a mark at the end aside"),
        Try('second_words "kindly"', "We kindly ask you to wait.", False, "only the second"),
        most=1,
    ),
)

"""`words <= 120`: how many words the answer has (IFEval's `number_words`, IFBench's `word_count_range`).

A word is a run of letters, digits and underscores: `don't` is two, `3.14` is two, a dash is none.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted

_FEW = Bait("short", "Please answer with a single word.")
_MANY = Bait("long", "Please explain every step in as much detail as you can, and tell me the whole background.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of words."""
    phrase = Phrase(Form.MANNER, ("in ", Amount("word", "words")))
    return counted(term, Count(check="words", phrase=phrase, few=_FEW, many=_MANY))


INSTRUCTION = Instruction(
    "words",
    "words <= 120",
    read,
    (
        Try("words <= 3", "I can help", True, "just at the upper bound"),
        Try("words <= 3", "Yes, sure", True, "just below it"),
        Try("words <= 3", "I can help you", False, "just above it"),
        Try("words >= 3", "I can help", True, "just at the lower bound", slug="words-min"),
        Try("words >= 3", "I can't", True, "an apostrophe parts two words", slug="words-min"),
        Try("words >= 3", "Of course", False, "just below the lower bound", slug="words-min"),
        Try("words in 2 .. 3", "Not yet", True, "just at the lower end"),
        Try("words in 2 .. 3", "No", False, "below the range"),
        Try("words > 3", "I can help you", True, "complies", level="should", slug="words-min"),
        Try("words > 3", "I can help you", False, "the denied bound is broken", level="must_not"),
    ),
)

"""With which letters words and sentences start: IFBench's `words:alphabet`, `words:no_consecutive` and their like."""

from ..builders import flag
from ..constraint import Try

_STORY = " ".join(f"{letter}nd so it goes." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

INSTRUCTIONS = (
    flag(
        "alphabet_words",
        "let each word start with the next letter of the alphabet, with A after Z",
        Try("alphabet_words", "You zip a bag.", True, "a follows z"),
        Try("alphabet_words", "You zip the bag.", False, "t does not"),
        Try("alphabet_words", "7 eggs", False, "a number starts with no letter"),
    ),
    flag(
        "alphabet_sentences",
        "write 26 sentences that start with the letters of the alphabet in order",
        Try("alphabet_sentences", _STORY, True, "A to Z"),
        Try("alphabet_sentences", "A dog. Big cat. Cold day.", False, "three sentences"),
    ),
    flag(
        "varied_initials",
        "let no two words in a row start with the same letter",
        Try("varied_initials", "The cat saw the dog.", True, "no two in a row"),
        Try("varied_initials", "The tall cat.", False, "two in a row"),
        deniable=False,
    ),
    flag(
        "growing_alliteration",
        "let each sentence have a longer run of words with the same first letter than the one before",
        Try("growing_alliteration", "We go. Big bad day. Tall trees turn.", True, "none, two, three"),
        Try("growing_alliteration", "Big bad day. Tall trees.", False, "two, two"),
    ),
)

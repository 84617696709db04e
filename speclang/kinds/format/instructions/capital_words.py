"""`capital_words >= 3`: how many words are in capital letters only (IFEval's `capital_word_frequency`).

Words are NLTK's tokens: `U.S.-made` is one, `NASA's` is `NASA` and `'s`, and `I` and `A` count too. "At least" is `>=`, and
"less than" is `<`.
"""

from ..builders import count
from ..constraint import Amount, Bait, Try

INSTRUCTION = count(
    "capital_words",
    ("with ", Amount("word in capital letters", *(("words in capital letters",) * 2))),
    "capital_words >= 3",
    Try("capital_words >= 2", "NASA says I can.", True, "a single letter is a word", slug="capital_words-min"),
    Try("capital_words >= 2", "NASA says you can.", False, "one", slug="capital_words-min"),
    Try("capital_words < 2", "NASA's rocket", True, "what an apostrophe cuts off is small"),
    Try("capital_words < 2", "NASA, ESA", False, "just at the limit"),
    few=Bait("quiet", "please don't shout, i prefer small letters."),
    many=Bait("loud", "Please put everything that matters in capital letters."),
)

"""`lowercase`: every letter is a small one; `lowercase en`: and the answer is in English (IFEval's `english_lowercase`).

A text in which no language can be told counts as English, as published.
"""

from ..builders import letters
from ..constraint import Bait, Try

INSTRUCTION = letters(
    "lowercase",
    "lowercase letters",
    Bait("names", "Please begin with my full name, Maria Garcia Lopez, and the name of your company."),
    Try("lowercase", "the refund is on its way, 30 days.", True, "no capital letter"),
    Try("lowercase", "the refund is on its way. Bye", False, "one capital letter"),
    Try("lowercase", "30", False, "no letter at all"),
    Try("lowercase en", "the refund is on its way to you.", True, "English"),
    Try("lowercase en", "die erstattung ist auf dem weg zu ihnen.", False, "German"),
)

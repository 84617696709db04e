"""`uppercase`: every letter is a capital; `uppercase en`: and the answer is in English (IFEval's `english_capital`).

A text in which no language can be told counts as English, as published.
"""

from ..builders import letters
from ..constraint import Bait, Try

INSTRUCTION = letters(
    "uppercase",
    "capital letters",
    Bait("quiet", "please don't shout, i prefer small letters."),
    Try("uppercase", "THE REFUND IS ON ITS WAY.", True, "capitals only"),
    Try("uppercase", "THE REFUND IS ON ITS way.", False, "small letters"),
    Try("uppercase en", "THE REFUND IS ON ITS WAY TO YOU.", True, "English"),
    Try("uppercase en", "DIE ERSTATTUNG IST AUF DEM WEG ZU IHNEN.", False, "German"),
)

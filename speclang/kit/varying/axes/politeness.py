"""How a message treats its reader: with contempt, or with more thanks than the matter needs."""

import re

from ..chance import Chance
from ..message import Message, around

PLACE = 30
LEVELS = {
    "rude": "impatient and disdainful, and the same matter",
    "effusive": "praise and thanks before and after",
}
NUMBERS = ""
MOST = 0
ENGLISH = True
EVERY = False

_KIND = re.compile(r"\b(?:please|pls|thanks?|thx|kindly|grateful|appreciate|sorry)\b", re.IGNORECASE)
_HARSH = re.compile(
    r"!!|\b(?:stupid|idiots?|useless|ridiculous|pathetic|damn|crap|hell|joke|unbelievable)\b", re.IGNORECASE
)

_RUDE_FIRST = (
    "Are you people even awake? ",
    "Useless as ever, I see. ",
    "Get on with it, will you. ",
    "I have wasted enough of my time on you. ",
)
_RUDE_LAST = (
    " And make it quick, for once.",
    " Spare me the usual drivel.",
    " Is that too hard for you?",
    " Unbelievable.",
)
_WARM_FIRST = (
    "Thank you so, so much for being there! ",
    "You are always so wonderfully kind, and I am truly grateful. ",
    "I hope that you are having a lovely day! ",
    "First of all: what a marvellous team you are! ",
)
_WARM_LAST = (
    " You are an angel, thank you from the bottom of my heart!",
    " I can hardly say how much I appreciate all of you!",
    " A thousand thanks, and a beautiful week to everybody!",
    " Bless you, you make the world a better place!",
)


def vary(message: Message, level: str, chance: Chance) -> Message | None:
    """The message between words that say the same of its reader."""
    first, last = (_RUDE_FIRST, _RUDE_LAST) if level == "rude" else (_WARM_FIRST, _WARM_LAST)
    return around(message, chance.one_of(first), chance.one_of(last))


def trait(text: str) -> str:
    """How a message treats its reader."""
    if _HARSH.search(text):
        return "rude"
    return "polite" if _KIND.search(text) else "neither polite nor rude"

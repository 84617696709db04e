"""How long a message is: a fragment without the words that only make it a sentence, or all that somebody tells besides.

A number is that of words: what is shorter is filled up to just so many with what has nothing to do with the matter.
"""

import re

from ..chance import Chance
from ..message import Message, around, joined, reworded

PLACE = 40
LEVELS = {
    "fragment": "without articles, pronouns and courtesy",
    "essay": "250 words, of which the message is a few",
}
NUMBERS = "words"
MOST = 5000
ENGLISH = True
EVERY = False

_ESSAY = 250
_FEW, _MANY = 6, 40

_FILLING = re.compile(
    r"\b(?:I(?:['’](?:d|m|ve|ll))?|would|like|to|please|the|an?|am|could|can|you|me|just|hello|hi|dear|kindly|thank|thanks|be|so|really"
    r"|very|that)\b[,!]?[ \t]?",
    re.IGNORECASE,
)

_ASIDES = (
    "I have been meaning to write for a while and never found the time for it.",
    "It has been one of those weeks in which everything comes at once.",
    "My sister says that I always tell too much, and she may be right.",
    "The weather here has been grey since the weekend, and we all stay in.",
    "I am writing this on the train, so I hope that it goes through.",
    "A friend of mine told me that writing is better than calling, so I thought I would try it.",
    "We moved some time ago, and half of our things are still in boxes.",
    "I looked for this on the site and clicked through more pages than I can count.",
    "My neighbour had something like this once and it went well in the end.",
    "Usually my partner takes care of such things, but this time it falls to me.",
    "I am sure that you get many messages like this one, so I will try to be clear.",
    "The dog is barking while I type, so forgive me if I lose the thread.",
    "I read a good deal before I decided to write, and I am still unsure how to put it.",
    "There is a lot going on at work at the moment, which does not make it easier.",
    "I wanted to explain the whole story so that you can see where I come from.",
    "My children are asking for dinner, so I am typing a little faster now.",
    "In any case it is good to know that somebody reads this.",
    "I have tried to think of everything that may matter to you.",
    "It is a long story, and most of it has little to do with you.",
    "Perhaps all of this is obvious to you, and then I am sorry for the length.",
)

_SHORT = (
    "Thanks.",
    "Many thanks.",
    "Thanks a lot.",
    "Thanks for your help.",
    "Thanks for reading all this.",
    "Thanks for taking time for this.",
    "Thanks for all that you do here.",
    "Thanks in advance for looking into all this.",
    "Thanks in advance for looking into all of this.",
    "Thanks in advance for looking into all of it today.",
    "Thanks in advance for looking into all of this so soon.",
    "Thanks in advance for looking into all of this so very soon.",
    "Thanks in advance for looking into all of this so very soon indeed.",
    "Thanks in advance for looking into all of this so very soon, as ever.",
    "Thanks in advance for looking into all of this so very soon, as you do.",
    "Thanks in advance for looking into all of this so very soon, as you always do.",
    "Thanks in advance for looking into all of this so very soon, as you have always done.",
    "Thanks in advance for looking into all of this so very soon, as you have always done before.",
)
"""By how many words they have, from one on."""


def vary(message: Message, level: str, chance: Chance) -> Message | None:
    """The message in few words, or in just so many; None where it has nothing to leave out, or is as long already."""
    if level == "fragment":
        made = reworded(message, _cropped)
        return made if joined(made).split() != joined(message).split() else None
    wanted = _ESSAY if level == "essay" else int(level)
    missing = wanted - len(joined(message).split())
    if missing <= 0:
        return None
    asides: list[str] = []
    while missing > len(_SHORT):
        for one in chance.shuffled(_ASIDES):
            if len(_SHORT) < missing >= len(one.split()):
                asides.append(one)
                missing -= len(one.split())
    if missing:
        asides.append(_SHORT[missing - 1])
    half = len(asides) // 2
    return around(message, "".join(f"{one} " for one in asides[:half]), "".join(f" {one}" for one in asides[half:]))


def _cropped(text: str) -> str:
    return _FILLING.sub("", text)


def trait(text: str) -> str:
    """About how many words a message has."""
    count = len(text.split())
    if count < _FEW:
        return f"fewer than {_FEW} words"
    return f"{_FEW} to {_MANY} words" if count <= _MANY else f"more than {_MANY} words"

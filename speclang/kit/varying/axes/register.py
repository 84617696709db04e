"""How a message is put: as among friends, or as in a letter to an office."""

import re
from collections.abc import Mapping

from ..chance import Chance
from ..message import Bit, Message, around, joined, reworded

PLACE = 20
LEVELS = {
    "casual": "small letters, short forms, no full stop at the end",
    "formal": "no short forms, with a salutation and a close",
}
NUMBERS = ""
MOST = 0
ENGLISH = True
EVERY = False

_CASUAL: Mapping[str, str] = {
    "please": "pls",
    "thanks": "thx",
    "thank you": "thx",
    "because": "cuz",
    "want to": "wanna",
    "going to": "gonna",
    "i would": "i'd",
    "i am": "i'm",
    "i have": "i've",
    "i will": "i'll",
    "it is": "it's",
    "that is": "that's",
    "what is": "what's",
    "you are": "you're",
    "hello": "hey",
    "yes": "yep",
    "okay": "ok",
}

_FORMAL: Mapping[str, str] = {
    "i'd like": "I would like",
    "i'm": "I am",
    "i've": "I have",
    "i'll": "I will",
    "it's": "it is",
    "that's": "that is",
    "what's": "what is",
    "you're": "you are",
    "we're": "we are",
    "they're": "they are",
    "pls": "please",
    "thanks": "thank you",
    "hey": "good day",
    "hi": "good day",
    "hello": "good day",
    "yep": "yes",
    "ok": "very well",
    "wanna": "want to",
    "gonna": "going to",
}

_LOOSE = re.compile(r"\b(?:pls|plz|thx|wanna|gonna|u|ur|yep|nope|hey|cuz|lol|idk|btw)\b", re.IGNORECASE)
_STIFF = re.compile(r"\b(?:dear|sincerely|faithfully|regards|hereby|herewith|to whom it may concern)\b", re.IGNORECASE)

_OPENERS = ("hey, ", "yo, ", "hi there, ", "heya, ")
_SALUTATIONS = ("Dear Sir or Madam,\n\n", "To whom it may concern,\n\n", "Dear team,\n\n")
_CLOSES = ("\n\nYours faithfully", "\n\nWith kind regards", "\n\nRespectfully yours")


def vary(message: Message, level: str, chance: Chance) -> Message | None:
    """The message as a friend, or as a clerk, would put it."""
    if level == "casual":
        made = reworded(message, lambda text: _exchanged(text, _CASUAL).lower())
        opener = "" if joined(made).startswith(("hey", "hi")) else chance.one_of(_OPENERS)
        return around(_unstopped(made), opener)
    made = reworded(message, lambda text: _exchanged(text, _FORMAL))
    return around(made, chance.one_of(_SALUTATIONS), chance.one_of(_CLOSES))


def _unstopped(message: Message) -> Message:
    """`message` without a full stop at its end."""
    *first, last = message or (Bit("", kept=False),)
    return (*first, last if last.kept else Bit(last.text.rstrip(" ."), kept=False))


def _exchanged(text: str, words: Mapping[str, str]) -> str:
    """`text` with each of `words` in another form, a capital where there was one."""

    def other(hit: "re.Match[str]") -> str:
        said = words[hit[0].lower().replace("’", "'")]
        return said[0].upper() + said[1:] if hit[0][0].isupper() else said

    pattern = "|".join(re.escape(one).replace("'", "['’]") for one in sorted(words, key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", other, text, flags=re.IGNORECASE)


def trait(text: str) -> str:
    """How a message is put."""
    if _STIFF.search(text):
        return "formal"
    loose = _LOOSE.search(text) or (text[:1].islower() and not text.rstrip().endswith("."))
    return "casual" if loose else "neither casual nor formal"

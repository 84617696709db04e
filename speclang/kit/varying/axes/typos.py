"""Typing in a hurry: of so many words, letters are swapped, lost, doubled or taken for their neighbours.

The first letter stays, and so do words of up to three. A higher level has all the slips of a lower one, and more.
"""

import re

from ..chance import Chance
from ..message import Bit, Message

PLACE = 50
LEVELS: dict[str, str] = {}
NUMBERS = "%"
MOST = 50
ENGLISH = False
EVERY = False

_WORD = re.compile(r"[^\W\d_]{4,}")
_ANY = re.compile(r"\w+")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def vary(message: Message, level: str, chance: Chance) -> Message | None:
    """So many percent of all words with a slip, as far as words may have one; None where none may."""
    words = [
        (place, hit.start(), hit.end())
        for place, bit in enumerate(message)
        if not bit.kept
        for hit in _WORD.finditer(bit.text)
        if hit[0].lower() != hit[0].upper()
    ]
    if not words:
        return None
    whole = sum(len(_ANY.findall(bit.text)) for bit in message)
    many = max(1, -(-whole * int(level.removesuffix("%")) // 100))
    texts = [bit.text for bit in message]
    for place, start, end in sorted(chance.shuffled(words)[:many], reverse=True):
        word = texts[place][start:end]
        texts[place] = texts[place][:start] + _slip(word, chance.apart(f"{place} {start}")) + texts[place][end:]
    return tuple(Bit(text, bit.kept) for bit, text in zip(message, texts, strict=True))


def _slip(word: str, chance: Chance) -> str:
    """`word` with one slip after its first letter, which changes it."""
    ways = chance.shuffled((_swapped, _lost, _doubled, _beside))
    at = 1 + chance.below(len(word) - 2)
    return next((made for way in ways if (made := way(word, at)) != word), word + word[-1])


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _lost(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]


def _beside(word: str, at: int) -> str:
    letter = word[at]
    for row in _KEYS:
        here = row.find(letter)
        if here >= 0:
            return word[:at] + row[here + 1 if here + 1 < len(row) else here - 1] + word[at + 1 :]
    return word


def trait(text: str) -> str:  # noqa: ARG001 - all axes are called alike
    """Nothing: a word with a slip looks like any rare word."""
    return ""

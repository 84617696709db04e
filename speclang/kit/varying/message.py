"""A message of a user in bits: what an answer hangs on, which no axis may touch, and the words around it.

In: a text and the texts in it that must stay. Out: bits that, joined, are the text.
Invariant: numbers with the word after them, IDs, names, quotations, addresses, holes and negations are always kept; every kept bit
stands in what is made of a message, whole and in its order.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias


class Bit(NamedTuple):
    """Characters of a message; `kept` ones stay as they are."""

    text: str
    kept: bool


Message: TypeAlias = tuple[Bit, ...]

_NEGATIONS = r"not|no|never|none|nothing|nobody|neither|nor|without|cannot|only|unless|except|\w+n['’]t"

_KEPT = re.compile(
    r"https?://\S+"
    r"|(?<!\S)[^\s@]+@[^\s@]+"
    r"|\{[^{}\n]*\}"
    r"|```.*?```|`[^`\n]+`"
    r"|\"[^\"\n]+\"|“[^”\n]+”|«[^»\n]+»|„[^“”\n]+[“”]|‘[^’\n]+’(?!\w)|(?<!\w)'[^'\n]+'(?!\w)"
    r"|(?<!\S)[^\s\d]*\d\S*?(?=[.,;:!?)\]\"'»”]{0,4}(?:\s|\Z))(?:[ \t]+[^\W\d_]+)?|\d+"
    r"|(?i:\b(?:" + _NEGATIONS + r")\b)"
    r"|\b\w*[^\W\d_]\w*(?:[-_/.]\w+)*\b",
    re.DOTALL,
)
"""What may have to be kept; of words, `_named` tells which."""

_OPENING = "\"'([{“‘«„*_# \t\r\n"
"""What may stand between the end of a sentence and the first word of the next."""

_STARTERS = frozenset(
    "a after all also an and any are as at because before but by can could did do does for from get give had has have hello help here hey "
    "hi how i i'd i'll i'm i've if in is it it's its just let lets like maybe may might my of oh ok okay on once one or order our please "
    "so some sorry such tell thank thanks that the their them then there these they this those to was we we'd we'll we're we've well "
    "were what what's when where where's which while who who's whose why will with would yes yesterday you your".split()
)
"""Words that open a sentence with a capital and name nobody."""

_SMALL = frozenset(("I", "I'd", "I'll", "I'm", "I've", "OK"))


def cut(text: str, keep: Iterable[str] = ()) -> Message:
    """`text` in bits; what stands in `keep` is kept wherever it occurs, in any case."""
    spans = sorted(_spans(text, keep))
    found: list[Bit] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        if start > at:
            found.append(Bit(text[at:start], kept=False))
        found.append(Bit(text[max(start, at) : end], kept=True))
        at = end
    if at < len(text):
        found.append(Bit(text[at:], kept=False))
    return tuple(found)


def _spans(text: str, keep: Iterable[str]) -> Iterator[tuple[int, int]]:
    for one in dict.fromkeys(keep):
        if one.strip():
            # A word is not kept for a part of it: `is` does not stand in `this`.
            for hit in re.finditer(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE):
                yield hit.span()
    for hit in _KEPT.finditer(text):
        if _stays(text, hit):
            yield hit.span()


def _stays(text: str, hit: "re.Match[str]") -> bool:
    word = hit[0]
    letters = word.replace("'", "").replace("’", "")
    if not letters.isalpha() or re.fullmatch(_NEGATIONS, word, re.IGNORECASE):
        return True
    if word in _SMALL or not word[0].isupper():
        return not word.islower() and word != word.lower() and word not in _SMALL
    before = text[: hit.start()]
    tail = before.rstrip(_OPENING)
    opens = not tail or tail[-1] in ".!?…:" or "\n" in before[len(tail) :]
    shouted = len(word) > 1 and word.isupper()
    return shouted or not (opens and word.casefold() in _STARTERS)


def joined(message: Iterable[Bit]) -> str:
    """The text that bits make."""
    return "".join(bit.text for bit in message)


def kept(message: Iterable[Bit]) -> tuple[str, ...]:
    """What has to stay, in its order."""
    return tuple(bit.text for bit in message if bit.kept)


def holds(text: str, bits: Iterable[str]) -> bool:
    """Whether all of `bits` stand in `text`, in their order and none upon another."""
    at = 0
    for one in bits:
        found = text.find(one, at)
        if found < 0:
            return False
        at = found + len(one)
    return True


def reworded(message: Message, change: Callable[[str], str]) -> Message:
    """`message` with `change` done to all that is not kept."""
    return tuple(bit if bit.kept else Bit(change(bit.text), kept=False) for bit in message)


def around(message: Message, before: str = "", after: str = "") -> Message:
    """`message` between two texts."""
    first = (Bit(before, kept=False),) if before else ()
    last = (Bit(after, kept=False),) if after else ()
    return (*first, *message, *last)

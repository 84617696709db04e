"""Names for what sentences speak of: the same words have the same name, other words another one.

In: words of a prompt. Out: a name as a spec writes it, "" where none says it all. Invariant: a name holds every word that tells
something, so two things with one name are one thing.
"""

import re

_WORD = re.compile(r"[a-z0-9]+")
_OWNS = re.compile(r"(?<=[a-z])'s\b|(?<=s)'(?!\w)")
_ARTICLES = frozenset("a an the already also currently please politely kindly then".split())
_STATES = frozenset("is are was were been".split())
"""Words that tell nothing apart in a state: `the flight has already been flown` is `flight_flown`."""
_HAS = re.compile(
    r"\b(?:has|have|had)(?= (?:already )?(?:been|[a-z]+ed|[a-z]{2,}(?:wn|en)|paid|sent|made|left|lost)\b)"
)
_MOST = 9
_ENDS = ("ss", "us", "is", "as")
"""Ends of words that are no plural."""


def name_of(words: str, *, act: bool = False) -> str:
    """The words that tell something, joined; for an `act`, a plural is the same thing (`cancel orders`, `cancel the order`)."""
    text = _OWNS.sub("", words.lower())
    found = _WORD.findall(text if act else _HAS.sub("", text))
    if not words.isascii() or not found:
        return ""
    kept = [one for one in found if one not in _ARTICLES and (act or one not in _STATES)]
    if not kept or len(kept) > _MOST or not kept[0][0].isalpha():
        return ""
    return "_".join(_one(word) for word in kept) if act else "_".join(kept)


def _one(word: str) -> str:
    """`word` as one of its sort."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(_ENDS):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]

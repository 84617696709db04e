"""Texts that have to be there and hold what must not be.

In: a text that every accepted answer holds, and one that none does. Out: why both can't be, with the only way around, if there is one.
"""

import re

from ..checks.saying import found as said_in
from ..checks.saying import normal
from .facts import Clash, Fold, Holds, Lacks, Side

_WORD = re.compile(r"\w")
_LONGER = "only inside a longer word could it stand"
_HIDDEN = "only with characters that nobody sees could both be met"
_SPACES = "only with other white space could both be met"


def lacks(held: Holds, lacking: Lacks) -> Clash | None:
    """A text that has to be there and holds what must not be."""
    why = f'"{held.text}" holds "{lacking.text}"'
    if held.text.strip() == lacking.text.strip():
        why = f'"{held.text}" has to be there and must not be'
    if not (_steady(held.text) and _steady(lacking.text)):
        return None
    if lacking.side is not Side.ANYWHERE:
        return _at_side(held, lacking)
    if lacking.fold is Fold.SAID:
        return _unsaid(held, lacking, why)
    if not lacking.whole:
        return _uncontained(held, lacking, why)
    body, wanted = held.text.lower(), lacking.text.lower()
    places = [at for at in range(len(body)) if body.startswith(wanted, at)]
    if not places:
        return None
    bounded = [_bounds(held, at, at + len(wanted)) for at in places]
    if not any(left is not False and right is not False for left, right in bounded):
        return None
    if held.fold is Fold.SAID:
        return Clash(why, _HIDDEN)
    if held.fold is Fold.SPACED and " " in wanted:
        return Clash(why, _SPACES)
    return Clash(why) if (True, True) in bounded else Clash(why, _LONGER)


def _steady(text: str) -> bool:
    """Whether small and capital letters of `text` go together one by one, wherever they stand."""
    return text.isascii() or not set(text) & set("\u03a3\u03c3\u03c2\u0130\u0131\u017f\u212a")


def _at_side(held: Holds, lacking: Lacks) -> Clash | None:
    """A start that must not be, or an end."""
    if held.side is not lacking.side or (lacking.fold is Fold.EXACT and held.fold is not Fold.EXACT):
        return None
    exact = held.fold is lacking.fold is Fold.EXACT
    body, wanted = (held.text, lacking.text) if exact else (held.text.lower(), lacking.text.lower())
    meets = body.startswith(wanted) if held.side is Side.START else body.endswith(wanted)
    return Clash(f'an answer must not {held.side} with "{lacking.text}"') if meets else None


def _uncontained(held: Holds, lacking: Lacks, why: str) -> Clash | None:
    """A text that must not be there at all, also within a word."""
    exact = lacking.fold is Fold.EXACT
    if exact and held.fold is not Fold.EXACT:
        return None
    spaced = lacking.fold is Fold.SPACED
    body = " ".join(held.text.split()) if spaced else held.text
    if not ((lacking.text in body) if exact else (lacking.text.lower() in body.lower())):
        return None
    if held.fold is Fold.SAID:
        return Clash(why, _HIDDEN)
    return Clash(why, _SPACES) if held.fold is Fold.SPACED and not spaced and " " in lacking.text else Clash(why)


def _unsaid(held: Holds, lacking: Lacks, why: str) -> Clash | None:
    """Words that must not be said, whatever their typography."""
    body = normal(held.text)
    at = said_in(body, lacking.text)
    if at is None:
        return None
    if held.fold is Fold.SAID:
        return Clash(why)
    inside = at[0] > 0 and at[1] < len(body) and all(one.isalnum() or one == " " for one in held.text)
    return Clash(why) if inside else Clash(why, _LONGER)


def _bounds(held: Holds, start: int, end: int) -> "tuple[bool | None, bool | None]":
    """Whether a word begins at `start` of the text and ends at `end`; None where what stands beside the text decides."""
    text = held.text

    def edge(at: int, *, outer: bool) -> bool | None:
        before, after = text[at - 1 : at] if at else "", text[at : at + 1]
        if not before or not after:
            return _worded(before or after) if outer else None
        return _worded(before) is not _worded(after)

    # White space or nothing stands before a start; after an end, too, or quotation marks.
    left = edge(start, outer=held.side is Side.START)
    right = edge(end, outer=held.side is Side.END)
    return left, right


def _worded(character: str) -> bool:
    return _WORD.fullmatch(character) is not None

"""Facts about one text that can't hold together, and why.

In: facts of two graders, or two texts and a limit. Out: why no text has all of them, with the only way around, if there is one.
Invariant: a clash without a way around is had by no text at all; one with a way around only by texts that nobody means to write.
"""

import re
from collections.abc import Iterator

from .counting import TAKES, named
from .facts import FENCE, Cased, Clash, Counted, Fact, Fold, Holds, HoldsOne, Lacks, Opens, Side, Spoken
from .lacking import lacks

_WORD = re.compile(r"\w+")
_LETTERS = "abcdefghjklmnopqrtuvwxyz"
"""Letters of which a text in either case has as many as it seems: a long s is an s in either case, and no s in small letters."""

_UNTOLD = "only an answer whose language nobody can tell meets both"


def clash(one: Fact, other: Fact) -> Clash | None:
    """Why no text has both facts; None where one may."""
    return _clash(one, other) or _clash(other, one)


def clash_of_three(one: Holds, other: Holds, limit: Counted) -> Clash | None:
    """Why no text has both texts within a limit: side by side or as far as they overlap, they have more of a thing than there may be."""
    if limit.at_most is None:
        return None
    if Side.END in (one.side, other.side) or Side.START in (one.side, other.side):
        if {one.side, other.side} != {Side.START, Side.END}:
            return None
        start, end = (one, other) if one.side is Side.START else (other, one)
        least = min(_least(text, limit, Fold.LOWER) for text in _joins(start.text.strip('"'), end.text))
        both = f'starts with "{start.text}" and ends with "{end.text}"'
    else:
        if Fold.SAID in (one.fold, other.fold) or not (one.text.isascii() and other.text.isascii()):
            return None
        joined = (*_joins(one.text, other.text), *_joins(other.text, one.text), *_within(one.text, other.text))
        exact = {one.fold, other.fold} <= {Fold.EXACT, Fold.LOWER}
        least = min(_least(text, limit, Fold.LOWER if exact else Fold.EITHER) for text in joined)
        both = f'has "{one.text}" and "{other.text}" in it'
    return Clash(f"an answer that {both} has {least:,} {named(limit)} at least") if least > limit.at_most else None


def _within(one: str, other: str) -> Iterator[str]:
    """The longer text, where the other is part of it."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if shorter.lower() in longer.lower():
        yield longer


def _clash(one: Fact, other: Fact) -> Clash | None:
    match one, other:
        case HoldsOne(options), _:
            return _each(options, other)
        case Counted(), Counted():
            return _counts(one, other)
        case Counted(at_most=most), Holds(text, fold) if most is not None:
            least = _least(text, one, fold)
            return Clash(f'"{text}" alone has {least:,} {named(one)}') if least > most else None
        case Cased(upper), _:
            return _cased(other, upper=upper)
        case Holds(), Holds():
            return _two(one, other)
        case Holds(), Lacks():
            return lacks(one, other)
        case Holds(), Opens():
            return _opening(one, other)
        case Opens(what, first), Counted("headings", _, at_least) if at_least and FENCE in first:
            return Clash(f"{what} has no line that begins with `#`")
        case Opens(), Opens():
            return _forms(one, other)
        case Spoken(code), Spoken(wanted) if code != wanted:
            return Clash(f"one text is not in `{code}` and in `{wanted}`", _UNTOLD)
        case _:
            return None


def _each(options: tuple[Holds, ...], other: Fact) -> Clash | None:
    """Whether each of the texts of which one has to be there is at odds with `other`."""
    found = [clash(option, other) for option in options]
    told = [one for one in found if one is not None]
    if not told or len(told) < len(found):
        return None
    way = next((one.way for one in told if one.way), "")
    return Clash(told[0].why if len(told) == 1 else f"none of the texts can be there: {told[0].why}", way)


def _counts(one: Counted, other: Counted) -> Clash | None:
    if (one.of, one.settings) == (other.of, other.settings):
        most = min((top for top in (one.at_most, other.at_most) if top is not None), default=None)
        least = max(one.at_least, other.at_least)
        return Clash(f"{least:,} {named(one)} are more than {most:,}") if most is not None and least > most else None
    least = 0 if one.at_most is None else _taken(other, one.of)
    if one.at_most is None or least <= one.at_most:
        return None
    return Clash(f"{other.at_least:,} {named(other)} take {least:,} {named(one)} at least")


def _taken(one: Counted, of: str) -> int:
    """How many of `of` a text has at least that has so many of another thing."""
    if one.of == "paragraphs" and one.settings:
        return 0
    each, less = TAKES.get(of, {}).get(one.of, (0, 0))
    return max(each * one.at_least - less, 0)


def _cased(other: Fact, *, upper: bool) -> Clash | None:
    """What can't be said in small letters, or in capital ones, only."""
    kind = "capital" if upper else "small"
    match other:
        case Cased(wanted) if wanted is not upper:
            return Clash("a letter is small or capital, and there has to be one")
        case Holds(text, Fold.EXACT) if any(letter.islower() if upper else _is_capital(letter) for letter in text):
            return Clash(f'"{text}" has letters that are not {kind}')
        case Counted("capital_words", _, at_least, at_most):
            if not upper and at_least > 0:
                return Clash("a word in capital letters is not in small ones")
            if upper and at_most == 0:
                return Clash("an answer in capital letters has a word in capital letters")
        case Counted("characters", _, _, 0):
            return Clash("an answer in letters of one sort has a letter")
        case _:
            pass
    return None


def _is_capital(letter: str) -> bool:
    return letter.isupper() or letter.istitle()


def _two(one: Holds, other: Holds) -> Clash | None:
    """Two starts, or two ends, of which neither goes on as the other does."""
    if one.side is not other.side or one.side is Side.ANYWHERE:
        return None
    exact = one.fold is other.fold is Fold.EXACT
    a, b = (one.text, other.text) if exact else (one.text.lower(), other.text.lower())
    if one.side is Side.START and not (a.startswith(b) or b.startswith(a)):
        return Clash(f'an answer that starts with "{one.text}" does not start with "{other.text}"')
    if one.side is Side.END and not (a.endswith(b) or b.endswith(a)):
        return Clash(f'an answer that ends with "{one.text}" does not end with "{other.text}"')
    return None


def _opening(held: Holds, opens: Opens) -> Clash | None:
    """A start or an end with another character than the form asks for."""
    first, firsts = held.text[0], opens.first
    if held.fold is not Fold.EXACT:
        first, firsts = first.lower(), firsts.lower()
    if held.side is Side.START and first not in firsts:
        return Clash(f'{_is(opens.what)} does not start with "{held.text}"')
    # After an end there may be quotation marks, which do not count.
    last = held.text[-1].lower()
    if held.side is Side.END and '"' not in opens.last and last not in opens.last.lower():
        return Clash(f'{_is(opens.what)} does not end with "{held.text}"')
    return None


def _forms(one: Opens, other: Opens) -> Clash | None:
    """Two forms of which none begins as the other does; a fence goes around either."""
    fenced = FENCE in one.first and FENCE in other.first
    shared = set(one.first) & set(other.first) - ({FENCE} if fenced else set())
    return None if shared else Clash(f"no answer is both {one.what} and {other.what}")


def _is(what: str) -> str:
    return f"an answer {what}" if what.startswith("in ") else what


def _least(text: str, count: Counted, fold: Fold) -> int:
    """How many of a thing any answer has that holds `text`."""
    if fold is Fold.SAID:
        return 0
    match count.of:
        case "words":
            return len(_WORD.findall(text))
        case "characters":
            return len(text.strip())
        case "spaced_words":
            return len(text.split())
        case "lines":
            return sum(1 for line in text.splitlines() if line.strip())
        case "commas":
            return text.count(",")
        case "letter":
            letter = count.texts[0].strip().lower() if count.texts else ""
            certain = fold in (Fold.EXACT, Fold.LOWER) or letter in _LETTERS
            return text.lower().count(letter) if len(letter) == 1 and certain else 0
        case "keyword":
            return max((text.lower().count(one.strip().lower()) for one in count.texts), default=0)
        case _:
            return 0


def _joins(start: str, end: str) -> Iterator[str]:
    """The shortest texts that start with the one and end with the other: side by side, apart, or as far as they overlap."""
    low, high = start.lower(), end.lower()
    for shared in range(min(len(low), len(high)) + 1):
        if not shared or low.endswith(high[:shared]):
            yield start + end[shared:]
    yield f"{start}\0{end}"  # so that nothing is counted that only stands where the two meet
    if len(high) > len(low) and high.startswith(low):
        yield end


def first_clash(one: tuple[Fact, ...], other: tuple[Fact, ...]) -> Clash | None:
    """The first clash between facts of two graders, one without a way around before any other."""
    found = [each for a in one for b in other if (each := clash(a, b)) is not None]
    return min(found, key=lambda each: bool(each.way), default=None)

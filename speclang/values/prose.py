"""Numbers in sentences of people: `30 days`, `thirty days`, `4 weeks`, `$500`, `20 percent`, `30-day`.

In: a text. Out: the numbers that it says, each with its value in base units and what it may be a number of.
Invariant: linear time; what can't be read for certain (a section number, a date, part of an ID) is not a number.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..source.records import dataclass
from .reading import number
from .units import CALENDAR, PERCENT, find, to_base

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * (index + 2) for index, word in enumerate(_TENS)},
    "hundred": 100,
    "thousand": 1000,
}
_MONEY = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "euro": ("EUR",),
    "pound": ("GBP",),
    "yen": ("JPY",),
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,/§#\-])([$€£¥] ?)?(?:(\d[\d_,]{{0,40}}(?:\.\d{{1,20}})?)|((?:a )?(?:{_WORD})(?:(?:-| and | )(?:{_WORD})){{0,12}}))"
    r"(?![\d/]|\.\d|-\d|\w)(?:( ?%)|(?:[ \-]([A-Za-z]+))|(?=\W)|$)",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(
    r"(?:section|step|chapter|article|rule|no\.?|number|version|point|page|paragraph|item)s? $", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """A number at `start` to `end` of a text; `value` is in base units of any of `dimensions`.

    `after` is the word that follows, in small letters. A number of months or years has no value that is the same everywhere.
    """

    value: Decimal | None
    dimensions: tuple[str, ...]
    start: int
    end: int
    after: str
    joined: bool = False

    @property
    def bare(self) -> bool:
        """Whether it is a number of nothing that has a unit."""
        return self.dimensions == ("",)


def numbers(text: str) -> Iterator[Said]:
    """The numbers in `text`, in order."""
    for found in _NUMBER.finditer(text):
        sign, digits, words, percent, after = found.groups()
        plain = number(digits.rstrip(",")) if digits else _counted(words)
        if plain is None or _UNNUMBERED.search(text[max(0, found.start() - 12) : found.start()]):
            continue
        end = found.end(3) if words else found.end(2)
        word = (after or "").lower()
        joined = bool(after) and text[found.start(5) - 1] == "-"
        if sign:
            yield Said(plain, tuple(f"money:{code}" for code in _MONEY[sign.strip()]), found.start(), end, word)
        elif percent or word in ("percent", "per cent"):
            end = found.end(4) if percent else found.end(5)
            yield Said(to_base(plain, PERCENT), ("percent",), found.start(), end, "")
        elif after and (unit := find(after) or find(word)) is not None:
            yield Said(to_base(plain, unit), (unit.dimension,), found.start(), found.end(5), word, joined)
        elif word.removesuffix("s") in _MONEY:
            of = tuple(f"money:{code}" for code in _MONEY[word.removesuffix("s")])
            yield Said(plain, of, found.start(), found.end(5), word, joined)
        elif word in CALENDAR:
            yield Said(None, ("duration",), found.start(), found.end(5), word, joined)
        elif not (words and plain < 2):
            yield Said(plain, ("",), found.start(), end, word, joined)


def _counted(words: str) -> Decimal | None:
    """The number that `words` say; None where they are several numbers in a row."""
    total = current = last = 0
    for word in re.split(r"[ \-]", words.lower()):
        if word in ("and", "a"):
            continue
        value = _WORDS[word]
        if value in (100, 1000):
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
            last = 0
        elif last and (last < 20 or value > 9):
            return None
        else:
            current += value
            last = value
    return Decimal(total + current)

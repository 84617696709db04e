"""What a text claims in figures: numbers, dates, times, IDs, addresses and quotations, each in one form however it is written.

`1,200`, `1 200`, `1200.00` and `$1,200` are one number; `30%` and `30 percent` one share; `31 January 2025`, `Jan 31st, 2025` and
`2025-01-31` one day; `14 days` and `two weeks` one duration. Numbers of a list (`1.`, `2)`), ordinals, words for numbers without a
unit, `24/7` and single digits inside words are no claims. A comma sets thousands apart before three digits and is decimal before
fewer, as in `1200,50`; a point is decimal, except in `1.200,50` and `1.200.000`.

Invariant: linear time in the text; nothing of a text is evaluated.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

NUMBER, DATE, TIME, NAME, QUOTE = "number", "date", "time", "ID", "quotation"


class Claim(NamedTuple):
    """`kind` of claim, its `value` in one form and in the base of its `unit` ("" if none), and how it is `written`.

    `digits` is a number as its digits say, before its unit is looked at: "14" of "14 days".
    """

    kind: str
    value: str
    unit: str
    written: str
    digits: str = ""


_MONTHS = {
    name[:3]: at
    for at, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ONES = {
    name: at
    for at, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen".split()
    )
}
_SPELT = {**_ONES, **_TENS, "a hundred": 100, "one hundred": 100, "a thousand": 1000, "one thousand": 1000}
_SPELT.update(
    {f"{ten}-{one}": tens + ones for ten, tens in _TENS.items() for one, ones in _ONES.items() if 0 < ones < 10}
)
_SIGNS = {"$": "dollar", "€": "EUR", "£": "GBP", "¥": "yen", "₹": "INR"}
_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD"))
_YEN = frozenset(("JPY", "CNY"))
_SECONDS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600, "day": 86400, "week": 604800}
_UNITS = {
    **{unit: ("duration", factor) for unit, factor in _SECONDS.items()},
    **{f"{unit}s": ("duration", factor) for unit, factor in _SECONDS.items()},
    **{unit: ("month", factor) for name, factor in (("month", 1), ("year", 12)) for unit in (name, f"{name}s")},
    **dict.fromkeys(("%", "percent", "per cent"), ("percent", 1)),
    **dict.fromkeys(("dollar", "dollars", "bucks"), ("dollar", 1)),
    **dict.fromkeys(("euro", "euros"), ("EUR", 1)),
    **dict.fromkeys(("pound", "pounds"), ("GBP", 1)),
    **{name: ("bytes", size) for at, name in enumerate(("bytes", "kib", "mib", "gib")) for size in (1024**at,)},
    **{name: ("bytes", size) for at, name in enumerate(("byte", "kb", "mb", "gb")) for size in (1000**at,)},
}
_SCALES = {"k": 1000, "thousand": 1000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_UNIT_WORD = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,\u0020\u00a0\u202f\u2009'.]\d{3})+(?:[.,]\d{1,9})?(?!\d)|\d{1,40}(?:[.,]\d{1,20})?(?!\d)"
_QUOTES = re.compile(r'"([^"\n]{1,2000})"')
_LIST = re.compile(r"(?m)^[ \t>]{0,20}(?:#{1,6} )?\d{1,3}[.)](?=\s)|\b24/7\b")
_ADDRESS = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|\b(?:https?://|www\.)[^\s<>\"')\]]{1,2000}")
_ISO = re.compile(
    r"\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
_DAY_FIRST = re.compile(
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]" + _MONTH.format("m") + r"(?:,?[ -](?P<y>\d{4}))?\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    r"\b" + _MONTH.format("m") + r" (?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<y>\d{4})\b)?", re.IGNORECASE
)
_SLASHED = re.compile(r"\b(\d{1,4})([./])(\d{1,2})\2(\d{4}|\d{2})\b")
_TIME = re.compile(
    r"\b(\d{1,2})(?::(\d{2})(?::\d{2})?)?(?: ?([ap])\.?m\b\.?)|\b(\d{1,2}):(\d{2})(?::\d{2})?\b", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w.])(?:\+\d|\(\d|\d{2,5}-\d{2,5})[\d ()/-]{3,24}\d\b")
_ID = re.compile(
    r"(?<![\w-])(?=[\w-]{0,80}[A-Za-z])(?=[\w-]{0,80}\d)[A-Za-z0-9]{1,64}(?:[-_][A-Za-z0-9]{1,64}){0,16}(?![\w-])"
)
_SIZED = re.compile(r"\d{1,9}-?[A-Za-z]{1,12}")
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<sign>[$€£¥₹])\s?|(?P<before>[A-Z]{{3}})\s)?(?P<minus>[-+])?(?P<digits>{_DIGITS})(?P<nth>st|nd|rd|th)?"
    rf"(?:[ -]?(?P<scale>k|thousand|m|million|bn|billion)\b)?(?:[ -]?(?P<unit>(?i:{_UNIT_WORD}))(?![A-Za-z])"
    r"|\s?(?P<after>[A-Z]{3}|[€£$])(?!\w))?",
)
_WORDS = re.compile(
    rf"\b(?P<spelt>{'|'.join(sorted(map(re.escape, _SPELT), key=len, reverse=True))})[ -](?P<unit>{_UNIT_WORD})(?![A-Za-z])",
    re.IGNORECASE,
)

_BARE_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _SPELT), key=len, reverse=True))})\b", re.IGNORECASE)


def claims(text: str) -> Iterator[Claim]:
    """Every claim in `text`; a quotation beside what it holds."""
    plain = unicodedata.normalize("NFKC", text).translate({0x2212: "-", 0x2010: "-", 0x2011: "-", 0x2013: "-"})
    plain = (
        plain.replace("“", '"')
        .replace("”", '"')
        .replace("«", '"')
        .replace("»", '"')
        .replace("„", '"')
        .replace("**", "")
    )
    for match in _QUOTES.finditer(plain):
        if len(match[1].split()) > 2:
            yield Claim(QUOTE, match[1], "", match[0])
    rest = _LIST.sub(_blank, plain)
    for pattern, read in _READERS:
        taken: list[tuple[int, int]] = []
        for match in pattern.finditer(rest):
            found = tuple(read(match))
            if found:
                taken.append(match.span())
                yield from found
        rest = _without(rest, taken)


def _addresses(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim(NAME, match[0].rstrip(".,;:!?").casefold(), "", match[0])


def _iso(match: re.Match[str]) -> Iterator[Claim]:
    yield from _date(match[0], match[1], match[2], match[3])
    if match[4]:
        yield Claim(TIME, f"{int(match[4])}:{match[5]}", "", match[0])


def _named(match: re.Match[str]) -> Iterator[Claim]:
    yield from _date(match[0], match["y"] or "", str(_MONTHS[match["m"][:3].lower()]), match["d"])


def _slashed(match: re.Match[str]) -> Iterator[Claim]:
    first, mark, second, last = match.groups()
    if len(first) == 4 and len(last) == 2:
        yield from _date(match[0], first, second, last)
        return
    year = last if len(last) == 4 else f"20{last}"
    if len(first) < 3:
        # 03/04/2025 is March in one country and April in another: whichever a source has is meant.
        orders = [(second, first)] if mark == "." else [(first, second), (second, first)]
        found = [date for month, day in orders for date in _date(match[0], year, month, day)]
        if found:
            yield Claim(DATE, "|".join(dict.fromkeys(one.value for one in found)), "", match[0])


def _date(written: str, year: str, month: str, day: str) -> Iterator[Claim]:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        yield Claim(DATE, f"{year or '*'}-{int(month)}-{int(day)}", "", written)


def _clock(match: re.Match[str]) -> Iterator[Claim]:
    hour, minute = int(match[1] or match[4]), match[2] or match[5] or "00"
    half = (match[3] or "").lower()
    if hour < 24 and int(minute) < 60 and not (half and not 1 <= hour <= 12):
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        yield Claim(TIME, f"{hour}:{minute}", "", match[0])


def _phone(match: re.Match[str]) -> Iterator[Claim]:
    digits = "".join(one for one in match[0] if one.isdigit())
    if 7 <= len(digits) <= 15:
        yield Claim(NAME, digits, "", match[0])


def _identifier(match: re.Match[str]) -> Iterator[Claim]:
    token = match[0]
    if _SIZED.fullmatch(token) is None and sum(one.isdigit() for one in token) > 1:
        yield Claim(NAME, token.casefold(), "", token)


def _number(match: re.Match[str]) -> Iterator[Claim]:
    value = number(match["digits"])
    if value is None or match["nth"]:
        return
    value *= _SCALES.get(match["scale"] or "", 1)
    if match["minus"] == "-":
        value = -value
    sign = _SIGNS.get(match["sign"] or "") or match["before"] or ""
    after = match["after"] or ""
    unit, factor = _UNITS.get((match["unit"] or "").lower(), (sign or _SIGNS.get(after, after), 1))
    yield Claim(NUMBER, shown(value * factor), unit, match[0].strip(), shown(value))


def _spelt(match: re.Match[str]) -> Iterator[Claim]:
    unit, factor = _UNITS[match["unit"].lower()]
    value = _SPELT[match["spelt"].lower()]
    yield Claim(NUMBER, shown(Decimal(value * factor)), unit, match[0], str(value))


_READERS = (
    (_ADDRESS, _addresses),
    (_ISO, _iso),
    (_DAY_FIRST, _named),
    (_MONTH_FIRST, _named),
    (_SLASHED, _slashed),
    (_TIME, _clock),
    (_PHONE, _phone),
    (_ID, _identifier),
    (_NUMBER, _number),
    (_WORDS, _spelt),
)


def spelt(text: str) -> Iterator[Claim]:
    """The numbers in `text` that are words, whatever follows them: `four` of "you are four people"."""
    for match in _BARE_WORDS.finditer(text):
        value = str(_SPELT[match[0].lower()])
        yield Claim(NUMBER, value, "", match[0], value)


def number(digits: str) -> Decimal | None:
    """The number that `digits` write: marks of thousands are left out, the last comma or point before other digits is decimal."""
    plain = re.sub(r"[\s']", "", digits)
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        plain = plain.replace(",", "") if point > comma else plain.replace(".", "").replace(",", ".")
    elif comma >= 0:
        grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+", plain)
        plain = plain.replace(",", "" if grouped else ".")
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def alike(one: str, other: str) -> bool:
    """Whether two units may be the same: a dollar sign stands for any dollar."""
    pair = {one, other}
    return one == other or ("dollar" in pair and bool(pair & _DOLLARS)) or ("yen" in pair and bool(pair & _YEN))


def shown(value: Decimal) -> str:
    """`value` in its one form: no exponent, no zeros at its end."""
    return format(value.normalize(), "f") if value else "0"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without(text: str, taken: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end in taken:
        # What was read is replaced by a mark that is in no number: its neighbours stay apart.
        pieces += [text[last:start], ";" * (end - start)]
        last = end
    return "".join([*pieces, text[last:]])

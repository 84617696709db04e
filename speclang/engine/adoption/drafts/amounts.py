"""Conditions with a number: `more than 3 bags`, `within the last 24 hours`, `exceeds $500`.

In: a clause. Out: a comparison with a given that has a type and a range, chosen so that both sides of the limit can be tried.
Invariant: the unit is the one that the words name; a number that names no unit counts what stands after it.
"""

import re
from typing import NamedTuple

from ....kit.english.persons import plain_form
from ..patterns import Need
from ..written import quoted
from .naming import name_of

_SPANS = {
    "second": "seconds",
    "minute": "minutes",
    "min": "minutes",
    "hour": "hours",
    "hr": "hours",
    "day": "days",
    "week": "weeks",
}
_SPAN = rf"(?:{'|'.join(_SPANS)})s?"
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,7}}|{'|'.join(_NUMBERS)})"
_SIGNS = (
    (">", "more than|greater than|over|above|exceeding|longer than|older than|larger than|higher than"),
    ("<", "less than|fewer than|under|below|shorter than|younger than|smaller than|lower than"),
    (">=", "at least|no less than|no fewer than|not less than|a minimum of"),
    ("<=", "at most|no more than|not more than|up to|within|a maximum of"),
)
_SIGN = "|".join(words for _, words in _SIGNS)
_AGO = re.compile(
    rf"(?P<what>.+? (?:is|was|were|has been|have been) [a-z]+) (?:(?P<within>(?:within|in) the (?:last|past)|within)|(?P<sign>{_SIGN})) "
    rf"(?P<number>{_NUMBER}) (?P<unit>{_SPAN})(?P<ago> ago)?",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"(?P<what>[a-z][\w' -]{{2,60}}?) (?:(?:is|are|was|were) (?P<sign>{_SIGN})|(?P<exceeds>exceeds?)) "
    rf"(?:(?P<dollars>\$ ?)?(?P<number>{_NUMBER})(?: (?P<unit>dollars?|usd|euros?|eur|{_SPAN}|percent|years old))?(?P<percent>%)?)",
    re.IGNORECASE,
)
_HAS = re.compile(
    rf"(?P<who>[a-z][\w' -]{{2,40}}?) (?P<verb>has|have|contains|includes|orders|wants|needs|requests) "
    rf"(?P<sign>{_SIGN}|exactly) (?P<number>{_NUMBER}) (?P<noun>[a-z]+(?: [a-z]+){{0,2}}?s)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:amount|total|price|cost|value|balance|fee|charge|payment|refund|order|purchase|transaction|transfer|sum|budget|limit|bill)s?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:the )?(?:number|count) of \w+|(?:the )?(?:[a-z' ]+ )?(?:age|score|rating|quantity|count)$", re.IGNORECASE
)

_MOST = 10_000
"""The end of a range of which a prompt says nothing: the same for all, so that two sentences may share a given."""


class Compared(NamedTuple):
    """A comparison as a spec writes it, the given that it names, and the number's words with the hole that can stand for them."""

    text: str
    needs: tuple[Need, ...]
    hole: tuple[str, str]


def compared(clause: str) -> Compared | None:
    """What `clause` compares, if it does."""
    if ago := _AGO.fullmatch(clause):
        sign = "<=" if ago["within"] else _sign(ago["sign"])
        if bool(ago["ago"]) is bool(ago["within"]):
            return None
        unit = _SPANS[ago["unit"].lower().removesuffix("s")]
        words = f"{ago['number']} {ago['unit']}"
        said = f"{_the(ago['what'])} <> ago" if re.search(r" (?:was|were) \w+$", ago["what"], re.IGNORECASE) else ""
        return _of(f"the time since {_the(ago['what'])}", unit, sign, ago["number"], words, said)
    if many := _HAS.fullmatch(clause):
        sign = "=" if many["sign"].lower() == "exactly" else _sign(many["sign"])
        what = f"the number of {many['noun']} that {_the(many['who'])} {many['verb']}"
        own = re.fullmatch(r"the (?:user|customer|caller|client|member|guest)", _the(many["who"]), re.IGNORECASE)
        said = f"I {plain_form(many['verb']) or 'have'} <> {many['noun']}" if own else ""
        return _of(what, "int", sign, many["number"], many["number"], said)
    if plainly := _IS.fullmatch(clause):
        type = _type(plainly)
        sign = ">" if plainly["exceeds"] else _sign(plainly["sign"])
        words = "".join(
            (
                plainly["dollars"] or "",
                plainly["number"],
                f" {plainly['unit']}" if plainly["unit"] else "",
                plainly["percent"] or "",
            )
        )
        return _of(_the(plainly["what"]), type, sign, plainly["number"], words) if type else None
    return None


def _type(found: "re.Match[str]") -> str:
    """The type that the words name; "" where they name none that fits what is compared."""
    unit = (found["unit"] or "").lower()
    if found["dollars"] or unit in ("dollar", "dollars", "usd"):
        return "money(USD)"
    if unit in ("euro", "euros", "eur"):
        return "money(EUR)"
    if found["percent"] or unit == "percent":
        return "percent"
    if unit == "years old" or (not unit and _COUNTED.fullmatch(found["what"])):
        return "int"
    return _SPANS.get(unit.removesuffix("s"), "")


def _of(what: str, type: str, sign: str, number: str, words: str, said: str = "") -> Compared | None:
    value = _NUMBERS.index(number.lower()) if number.lower() in _NUMBERS else int(number.replace(",", ""))
    name = name_of(what)
    if not name:
        return None
    if value > _MOST:
        return None
    match type.partition("("):
        case "money", _, currency:
            limit, range_ = f"{value} {currency.rstrip(')')}", f"{type} 0 .. {_MOST}"
        case "percent", _, _:
            limit, range_ = f"{value}%", "percent 0% .. 100%"
        case "int", _, _:
            limit, range_ = str(value), f"int 0 .. {_MOST}"
        case _:
            limit, range_ = f"{value} {type}", f"{type} 0 .. {_MOST}"
    typical = limit.replace(str(value), str(value // 2 if sign in (">", ">=", "=") else min(_MOST, 2 * value)), 1)
    say = f'; say "{said[0].upper()}{said[1:]}."'.replace("<>", f"{{{name}}}") if said else ""
    declared = f"given {name} {range_} {{ name {quoted(what)}; from user; typical {typical}{say} }}"
    return Compared(f"{name} {sign} {limit}", (Need(name, declared),), (words, f"{{{name}.limit}}"))


def _sign(words: str) -> str:
    return next(sign for sign, ways in _SIGNS if words.lower() in ways.split("|"))


def _the(words: str) -> str:
    text = words[0].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words
    return re.sub(r"^(?:an?) ", "the ", text)

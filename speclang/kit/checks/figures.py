"""Checks that an answer states what it was given, and nothing of its own.

A source is what the conversation gave the model: messages of the user and of the system, and results of tools; what the model itself
said or sent to a tool is none. Quotations are compared as `saying` compares texts; everything else as `claims` reads it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from ...source.hashing import Json
from ..answer import Answer, Said, ToolCall, Verdict
from . import claims as reading
from .claims import Claim, alike, claims, spelt
from .evidence import quote
from .judging import Unjudged, judged
from .saying import found, normal

_DEEPEST = 64
_BARE = re.compile(r"-?[\d.,]{1,40}")
_ADMITS = re.compile(
    r"\b(?:i|we) (?:do not|don't|did not|didn't|could not|couldn't|can ?not|can't|am not able to|was unable to|am unable to|have no) "
    r"(?:\w+ ){0,2}?(?:know|have|see|find|tell|say|access|determine|look|confirm|retrieve|information|data|record|way)"
    r"|\b(?:there is|there's|there are|i see|i have|we have) no (?:\w+ ){0,3}?(?:information|data|record|details?|entry|result|mention)"
    r"|\b(?:is|are|was|were)(?: not|n't) (?:\w+ ){0,1}?(?:available|listed|known|given|stated|mentioned|included|provided|specified"
    r"|on file)"
    r"|\b(?:not|no longer) (?:available|known|stated|specified)\b|\b(?:is|are) (?:unknown|unavailable|missing)\b"
    r"|\b(?:does not|doesn't|do not|don't) (?:say|state|mention|tell|list|include|specify|contain|show)\b"
)


@judged
def grounded(
    answer: Answer,
    *,
    prompt: Sequence[str] = (),
    context: Sequence[str] = (),
    units: Mapping[str, str] | None = None,
    tools: Sequence[str] | None = None,
) -> Verdict:
    """Every number, date, time, ID, address and quotation of the answer occurs in a source, however it is written.

    Sources are what the user said, the results of `tools` (None: all), the texts of the `prompt` and the values of its
    variables (`context`). `units` are those of results by `tool.field`: where one is declared, another unit is not given.
    """
    sources = Sources(answer, prompt, context, units or {}, tools)
    for claim in claims(answer.text):
        wrong = sources.refutes(claim)
        if wrong:
            return Verdict(False, wrong)
    return Verdict(True, "every number, date, ID and quotation occurs in a source")


@judged
def tells(answer: Answer, *, value: str) -> Verdict:
    """The answer states `value`: as a number, date or ID in any form, else as words."""
    wanted = tuple(one for one in claims(value) if one.kind != reading.QUOTE)
    if not wanted:
        said = found(normal(answer.text), value) is not None
        return Verdict(said, f"{quote(value)} is {'' if said else 'not '}said in {quote(answer.text.strip())}")
    stated = _Facts()
    for claim in (*claims(answer.text), *spelt(answer.text)):
        stated.add(claim)
    missing = next((one for one in wanted if not stated.has(one)), None)
    if missing is not None:
        return Verdict(False, f"{quote(missing.written)} is not stated in {quote(answer.text.strip())}")
    return Verdict(True, f"it states {quote(value)}")


@judged
def admits(answer: Answer, *, texts: Sequence[str] = ()) -> Verdict:
    """The answer says that it does not know: with one of `texts`, or in usual English words where none is given."""
    body = normal(answer.text)
    if texts:
        said = next((text for text in texts if normal(text) in body), None)
        return Verdict(said is not None, f"it says {quote(said)}" if said else f"no admission in {quote(body)}")
    match = _ADMITS.search(body)
    return Verdict(match is not None, f"it says {quote(match[0])}" if match else f"no admission in {quote(body)}")


class _Facts:
    """What is known: numbers by value and unit, dates by day, everything else by kind."""

    __slots__ = ("_dates", "_names", "_numbers")

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, None]] = {}
        self._dates: dict[tuple[str, str], list[str]] = {}
        self._names: dict[tuple[str, str], None] = {}

    def add(self, claim: Claim) -> None:
        """Take `claim` as a fact. Of a date its year and day are known, too, as numbers without a unit."""
        match claim.kind:
            case reading.NUMBER:
                self._numbers.setdefault(claim.value, {})[claim.unit] = None
                self._numbers.setdefault(claim.digits, {})[_DIGITS if claim.unit else ""] = None
            case reading.DATE:
                for value in claim.value.split("|"):
                    year, month, day = value.split("-")
                    self._dates.setdefault((month, day), []).append(year)
                    for part in (year, day):
                        self._numbers.setdefault(part, {})[_DIGITS] = None
            case _:
                self._names[claim.kind, claim.value] = None

    def has(self, claim: Claim) -> bool:
        """Whether `claim` is one of the facts, in whatever form."""
        match claim.kind:
            case reading.NUMBER:
                return self._number(claim)
            case reading.DATE:
                return any(self._date(value) for value in claim.value.split("|"))
            case _:
                return (claim.kind, claim.value) in self._names

    def units(self, claim: Claim) -> tuple[str, ...]:
        """The units with which the digits of a number are known."""
        return tuple(one for one in self._numbers.get(claim.digits, {}) if one not in ("", _DIGITS))

    def _number(self, claim: Claim) -> bool:
        known = self._numbers.get(claim.value, {})
        if not claim.unit:
            return bool(known)
        if any(alike(one, claim.unit) for one in known) or "" in self._numbers.get(claim.digits, {}):
            return True
        share = reading.number(claim.digits) if claim.unit == "percent" else None
        return share is not None and "" in self._numbers.get(reading.shown(share / 100), {})

    def _date(self, value: str) -> bool:
        year, month, day = value.split("-")
        known = self._dates.get((month, day), ())
        return any("*" in (year, one) or year == one for one in known)


_DIGITS = "#"
"""In place of a unit: the digits of a number that has one. They are known to a claim without a unit, and to no other."""


_LONG = 500
"""From how many characters on a text is read once, however many answers it is a source of: a prompt is one of all."""


def _read(text: str, declared: str) -> tuple[str, tuple[Claim, ...]]:
    """How quotations of `text` are compared, and the claims in it, as it is `declared`."""
    return normal(text), tuple(claims(declared))


_read_once = lru_cache(maxsize=64)(_read)


class Sources:
    """What a conversation gave the model."""

    __slots__ = ("_facts", "_texts", "_tools", "_units")

    def __init__(
        self,
        answer: Answer,
        prompt: Sequence[str],
        context: Sequence[str],
        units: Mapping[str, str],
        tools: Sequence[str] | None,
    ) -> None:
        """Gather the facts of every source of `answer`."""
        self._facts = _Facts()
        self._texts: list[str] = []
        self._units = units
        self._tools = tools
        for text in (*prompt, *context):
            self._take(text, "")
        for step in answer.steps:
            self.hear(step)

    def hear(self, step: Said | ToolCall) -> None:
        """Gather the facts of one more step."""
        if isinstance(step, Said) and step.role != "assistant":
            self._take(step.text, "")
        elif isinstance(step, ToolCall) and (self._tools is None or step.tool in self._tools):
            for path, value in leaves(step.result, step.tool):
                self._take(value, self._units.get(path, ""))

    def _take(self, text: str, unit: str) -> None:
        declared = f"{text} {unit}" if unit and _BARE.fullmatch(text) else text
        words, found = (_read if len(text) < _LONG else _read_once)(text, declared)
        self._texts.append(words)
        for claim in found:
            self._facts.add(claim)

    def refutes(self, claim: Claim) -> str:
        """Why `claim` is not given, or ""."""
        if claim.kind == reading.QUOTE:
            parts = [normal(part).strip(" .,;:!?") for part in re.split(r"…|\.\.\.|\[[^\]]{0,40}\]", claim.value)]
            missing = next((part for part in parts if part and not any(part in text for text in self._texts)), None)
            return f"{quote(claim.value)} is quoted, and no source says so" if missing is not None else ""
        if self._facts.has(claim):
            return ""
        if claim.kind == reading.NAME and any(found(text, claim.value) for text in self._texts):
            return ""
        others = self._facts.units(claim)
        about = f"; the sources give that number as {', '.join(others)}" if others else ""
        return f"the {claim.kind} {quote(claim.written)} occurs in no source{about}"


def leaves(value: Json, path: str) -> Iterator[tuple[str, str]]:
    """The texts and numbers of a tool's result, each with its path; results that are JSON in a text are read as such."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    waiting: list[tuple[str, Json, int]] = [(path, value, 0)]
    while waiting:
        here, one, depth = waiting.pop()
        if depth > _DEEPEST:
            raise Unjudged(f"a tool's result is nested deeper than {_DEEPEST}")
        if isinstance(one, Mapping):
            waiting.extend((f"{here}.{name}", item, depth + 1) for name, item in one.items())
        elif isinstance(one, Sequence) and not isinstance(one, str):
            waiting.extend((here, item, depth + 1) for item in one)
        elif one is not None and not isinstance(one, bool):
            yield here, one if isinstance(one, str) else format_number(one)


def format_number(value: float) -> str:
    """A number of JSON as digits, without an exponent."""
    return reading.shown(Decimal(repr(value))) if isfinite(value) else "0"

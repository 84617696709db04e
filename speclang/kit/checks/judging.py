"""What all checks of an answer's text share: limits, the strict and the loose reading, and denial.

A judge is a plain function of the answer that says whether it has a property and quotes what it found. `judged` makes a
check of it. Every check made this way takes two settings beside its own: `loose` (accept the answer if a variant of it
without its first line, its last line or its asterisks has the property, as IFEval's loose score does) and `negated`
(the answer must *not* have the property).

Invariant: a blank answer, an answer too long to read and one that can't be judged meet no requirement, negated or not.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol

from ...source.hashing import Json
from ..answer import Answer, Verdict

LONGEST = 1_000_000
"""The longest text, in code points, that checks read: some hundred times a long answer of today's models."""

P = ParamSpec("P")


class Unjudged(Exception):
    """The answer can't be judged, for the reason given: it then meets no requirement, negated or not."""


class TextCheck(Protocol):
    """A check as a grader calls it."""

    def __call__(self, answer: Answer, **settings: Json) -> Verdict:
        """Judge `answer` by `settings`."""


def judged(judge: Callable[Concatenate[Answer, P], Verdict]) -> TextCheck:
    """A check that applies `judge` to the answer within the limits; understands `loose` and `negated`."""

    @wraps(judge)
    def check(answer: Answer, *, loose: bool = False, negated: bool = False, **settings: Json) -> Verdict:
        text = answer.text
        size = len(text)
        if size > LONGEST:
            return Verdict(False, f"the answer has {size:,} characters, more than the {LONGEST:,} that are read")
        if not text or text.isspace():
            return Verdict(False, "the answer is empty")
        first: Verdict | None = None
        for reading in readings(text) if loose else (text,):
            read = answer if reading is text else Answer(reading, answer.steps)
            try:
                found = judge(read, **settings)  # type: ignore[arg-type, call-arg]
            except Unjudged as why:
                return Verdict(False, str(why))
            if found.passed is not negated:
                return Verdict(True, found.reason)
            first = first or Verdict(False, found.reason)
        return first or Verdict(False, "the answer is empty")

    return check  # type: ignore[return-value]


def readings(text: str) -> tuple[str, ...]:
    """The variants that IFEval's loose score tries, in its order, without the blank ones; the text itself is first."""
    lines = text.split("\n")
    cut = ["\n".join(part).strip() for part in (lines[1:], lines[:-1], lines[1:-1])]
    variants = [text, text.replace("*", ""), *cut, *(part.replace("*", "") for part in cut)]
    return tuple(dict.fromkeys(variant for variant in variants if variant.strip()))


def within(found: int, at_least: int, at_most: int | None, one: str, many: str) -> Verdict:
    """Whether `found` things lie within the bounds, and how many there are and should be."""
    passed = found >= at_least and (at_most is None or found <= at_most)
    return Verdict(passed, f"{found:,} {one if found == 1 else many}; {wanted(at_least, at_most)} wanted")


def wanted(at_least: int, at_most: int | None) -> str:
    """The bounds in words: `at most 120`, `exactly 3`, `50 to 100`."""
    if at_most is None:
        return f"at least {at_least:,}"
    if at_most == 0:
        return "none"
    if at_least == at_most:
        return f"exactly {at_most:,}"
    if at_least <= 0:
        return f"at most {at_most:,}"
    return f"{at_least:,} to {at_most:,}"

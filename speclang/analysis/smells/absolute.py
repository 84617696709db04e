"""`always`, `at all times`, `never make mistakes`: for every input there is, also those that nobody thought of.

`always` with a condition is bounded, and a plain `never` forbids something that can be seen: neither is told.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import CONDITIONS, Smell, begins, bounded

CODE = Code("E0607", "Absolute without a bound", Severity.NOTE)

_ABSOLUTE = Phrases(
    "at all times, under all circumstances, under any circumstances, in all cases, in every case, no matter what",
    "without exception, never make mistakes, never make a mistake, never make errors, never be wrong",
    "never fail, never hallucinate, always be right, always be correct, flawless, flawlessly",
)
_BEFORE = ("you", "must", "and", "shall", "please", "agent", "assistant", "but", "to")

LEADS = _ABSOLUTE.leads | {"always"}


def smells(sentence: Sentence, at: int) -> Smell | None:
    """An absolute; `always` only where it is asked for, and nothing says when."""
    length = _ABSOLUTE.at(sentence, at)
    if not length:
        if sentence.word(at) != "always" or not begins(sentence, at, *_BEFORE) or bounded(sentence, at):
            return None
        if any(word in CONDITIONS or word == "first" for word in sentence.words):
            return None
        length = 1
    last = at + length - 1
    return Smell(
        CODE,
        at,
        last,
        title=f"`{sentence.written(at, last)}` has no bound",
        label="also on inputs that nobody thought of",
        fix="say when it holds, or what may be an exception; what holds for every input needs no word for it",
    )

"""`if possible`, `as needed`, `to the best of your ability`: whoever does not do it can say that it was not needed.

A condition that says when is no escape: `if the order is older than 30 days`.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import Smell

CODE = Code("E0603", "Escape clause", Severity.NOTE)

_HINGES = "if when whenever where wherever".split()
_STATES = "possible practicable feasible appropriate necessary needed required applicable relevant useful helpful reasonable".split()
_BARE = Phrases(
    ",".join(f"{hinge} {state}" for hinge in _HINGES for state in _STATES),
    "as appropriate, as necessary, as needed, as required, as applicable, unless necessary, unless absolutely necessary",
    "if you can, when you can",
)
_WHOLE = Phrases(
    "as far as possible, as much as possible, to the extent possible, as far as practicable, insofar as possible",
    "to the best of your ability, to the best of its ability, as best you can, do your best, try your best, as you see fit",
    "if it makes sense, when it makes sense, where it makes sense, preferably, ideally",
)
_AFTER = frozenset(
    "and or but to in with before after so then when while the a an you your using via from on at".split()
)
"""What may follow without a sign; anything else is what is possible or needed: `if required fields are missing`."""

LEADS = _BARE.leads | _WHOLE.leads


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A way out that does not say when it is open."""
    length = _WHOLE.at(sentence, at)
    if not length:
        length = _BARE.at(sentence, at)
        last = at + length - 1
        goes_on = last + 1 < len(sentence.words) and sentence.joined(last, last + 1)
        if goes_on and (sentence.word(last) == "can" or sentence.word(last + 1) not in _AFTER):
            return None
    if not length:
        return None
    last = at + length - 1
    return Smell(
        CODE,
        at,
        last,
        title=f"`{sentence.written(at, last)}` leaves open when",
        label="whoever does not do it has an excuse",
        fix="say on which inputs it holds, with `when`, or leave it out",
    )

"""`do not fail to`, `never promise what is not there`: two denials that have to be solved for what is wanted.

`Never answer without asking first` names an order of two deeds, and is told by nobody as a double negation: it is fine.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import Smell

CODE = Code("E0605", "Double negation", Severity.NOTE)

LEADS = frozenset("not never cannot can't don't doesn't won't shouldn't mustn't".split())

_DENIES = frozenset(
    "not never no none nothing unable fail fails failing lack lacks lacking omit omitting avoid avoiding neglect refrain "
    "forget impossible unnecessary uncommon unlikely".split()
)
_PARTS = frozenset(
    "if when unless because that which who and or but so since until where while then whether as either only to".split()
)
"""Words at which what is denied ends."""
_NO_DENIAL = frozenset("longer matter more less one sooner later doubt other".split())
"""`no longer`, `no matter`: `no` denies nothing there."""
_REACH = 6


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A denial, and another one in its reach."""
    if sentence.word(at + 1) in ("only", "yet", "just") or sentence.word(at - 1) in ("if", "or", "why"):
        return None
    for place in range(at + 1, min(at + _REACH, len(sentence.words))):
        word = sentence.word(place)
        if not sentence.joined(place - 1, place):
            return None
        if word in _PARTS and not (word == "to" and place == at + 1):
            return None
        if word in _DENIES and sentence.word(place + 1) not in _NO_DENIAL:
            one, other = sentence.written(at, at), sentence.written(place, place)
            return Smell(
                CODE,
                at,
                place,
                title=f"`{one}` and `{other}` deny each other",
                label="has to be turned round to be understood",
                fix="say what is to be done",
            )
    return None

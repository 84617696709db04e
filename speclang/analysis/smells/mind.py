"""`be aware of`, `consider`, `keep in mind`: what a model thinks, no answer shows.

`Consider it as lost` says what something is, and is fine.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import Smell, begins, conditional

CODE = Code("E0615", "Deed that no answer shows", Severity.NOTE)

_MIND = Phrases(
    "consider, think about, think carefully, keep in mind, bear in mind, be aware, be mindful, be careful, be proactive",
    "be helpful, be creative, be curious, be smart, be thorough, be diligent, be responsible, be conscious, take into account",
    "pay attention to, pay close attention to, understand, understand the, be cautious, be flexible, be lenient, be strict",
)
_BEFORE = ("you", "must", "should", "and", "please", "always", "carefully", "also", "then", "first", "but", "shall")

LEADS = _MIND.leads


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A state of mind, as something to be done."""
    length = _MIND.at(sentence, at)
    last = at + length - 1
    if not length or not begins(sentence, at, *_BEFORE) or conditional(sentence, at):
        return None
    if sentence.words[last + 1 : last + 3] == ("the", "following"):
        return None
    if sentence.word(at) in ("consider", "understand") and {"as", "be"} & set(sentence.words[last + 1 :]):
        return None
    return Smell(
        CODE,
        at,
        last,
        title=f"No answer shows whether the model does `{sentence.written(at, last)}`",
        label="a state of mind",
        fix="say what the model is to do or to write then",
    )

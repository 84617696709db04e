"""`please`, `kindly`, `I want you to`: words that ask for nothing, in a text in which each word should."""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import Smell, begins

CODE = Code("E0613", "Words that ask for nothing", Severity.NOTE)

_FILLER = Phrases(
    "please, please note that, kindly, feel free to, note that, i want you to, i would like you to, we want you to",
    "we would like you to, i'd like you to, we'd like you to, your job is to please, it would be great if, it would be nice if",
)
_SAID = frozenset("say says saying said write writes words word".split())

LEADS = _FILLER.leads


def smells(sentence: Sentence, at: int) -> Smell | None:
    """Politeness towards the model, at the head of a clause."""
    length = _FILLER.at(sentence, at)
    last = at + length - 1
    if not length or not begins(sentence, at, "you", "must", "should", "and", "then", "so", "also"):
        return None
    written = sentence.written(at, last)
    if written.isupper() or any(word in _SAID for word in sentence.words[:at]):
        return None
    return Smell(
        CODE,
        at,
        last,
        title=f"`{written}` asks for nothing",
        label="read on every call, and changes nothing",
        fix="leave it out",
        idle=True,
    )

"""`TBD`, `to be defined`: the model reads it, and makes something up.

A warning: such a prompt is not finished, whoever wrote it.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import CAPITALS, Smell, begins

CODE = Code("E0617", "Text that is still to be written", Severity.WARNING)

_LATER = Phrases("to be defined, to be determined, to be decided, to be written, to be specified, lorem ipsum")
_MARKS = frozenset(("tbd", "tbc", "todo", "fixme"))

LEADS = _LATER.leads | {CAPITALS}


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A mark that stands for a text, at the end of its clause; `the TODO list` speaks of such marks."""
    length = _LATER.at(sentence, at) or int(_stands_alone(sentence, at))
    if not length:
        return None
    last = at + length - 1
    return Smell(
        CODE,
        at,
        last,
        title=f"`{sentence.written(at, last)}` is still to be written",
        label="the model reads this",
        fix="write it, or take the sentence out",
    )


def _stands_alone(sentence: Sentence, at: int) -> bool:
    if sentence.word(at) not in _MARKS or not sentence.written(at, at).isupper():
        return False
    if sentence.word(at) == "todo":
        return begins(sentence, at) and ":" in sentence.gap(at)
    return at + 1 == len(sentence.words) or not sentence.joined(at, at + 1)

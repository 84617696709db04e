"""`must A and must B`: two requirements under one ID, of which one can be kept and the other broken."""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import Smell

CODE = Code("E0606", "Two obligations in one sentence", Severity.NOTE)

LEADS = frozenset(("must", "should", "shall", "mustn't", "shouldn't"))

_JOINS = frozenset(("and", "but", "or"))
_ASIDE = frozenset("that which who whose where what how whether because than as why whom".split())
"""After these, an obligation explains another one."""


def smells(sentence: Sentence, at: int) -> Smell | None:
    """The second obligation of a sentence."""
    first = next((place for place, word in enumerate(sentence.words[:at]) if word in LEADS), None)
    if first is None or any(word in LEADS for word in sentence.words[first + 1 : at]):
        return None
    join = next((at - back for back in range(1, at - first) if sentence.words[at - back] in _JOINS), None)
    semicolon = next((place + 1 for place in range(first, at) if ";" in sentence.gap(place)), None)
    start = max((one for one in (join, semicolon) if one is not None), default=None)
    if start is None or any(word in _ASIDE for word in sentence.words[start:at]) or sentence.word(first - 1) in _ASIDE:
        return None
    return Smell(
        CODE,
        start,
        at,
        title=f"`{sentence.written(first, first)}` and `{sentence.written(at, at)}` are two obligations",
        label="a second one begins here",
        fix="give each a requirement of its own, with an ID, cases and graders",
    )

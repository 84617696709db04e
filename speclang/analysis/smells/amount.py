"""`a few`, `short`, `regularly`: how many, how long, how often is anybody's guess.

With a number beside it, it is a bound: `a short answer (at most 50 words)`.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import Smell, bounded, conditional

CODE = Code("E0602", "Amount without a number", Severity.NOTE)

_COUNTS = Phrases("a few, several, a couple of, a handful of, a small number of")
_LENGTHS = Phrases("short, brief, briefly, concise, concisely, succinct, succinctly")
_TIMES = Phrases("frequently, regularly, periodically, occasionally, from time to time")
_ASKED = ((_COUNTS, "how many"), (_LENGTHS, "how long"), (_TIMES, "how often"))
_NOT_LENGTHS = frozenset("in of selling circuit term on notice story stories brief".split())

LEADS = _COUNTS.leads | _LENGTHS.leads | _TIMES.leads


def smells(sentence: Sentence, at: int) -> Smell | None:
    """An amount in words, where no number goes with it and it is asked for, not met."""
    length, asked = max((phrases.at(sentence, at), asked) for phrases, asked in _ASKED)
    last = at + length - 1
    if not length or bounded(sentence, last) or conditional(sentence, at):
        return None
    if asked == "how long" and {sentence.word(at - 1), sentence.word(last + 1)} & _NOT_LENGTHS:
        return None
    if (
        sentence.word(at) == "brief"
        and sentence.word(at - 1) in ("a", "the", "this", "your")
        and not _leads_on(sentence, at)
    ):
        return None
    return Smell(
        CODE,
        at,
        last,
        title=f"`{sentence.written(at, last)}` does not say {asked}",
        label="each reader takes another amount",
        fix="write the bound, as `at most 80 words`" if asked == "how long" else "write the number",
    )


def _leads_on(sentence: Sentence, at: int) -> bool:
    """Whether a word follows at once: `a brief note`, not `the brief`."""
    return at + 1 < len(sentence.words) and sentence.joined(at, at + 1)

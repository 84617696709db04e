"""`must try to`, `should always`: binding and not binding at once.

To try is always possible, so a duty to try is kept whatever comes of it; `should` allows exceptions, `always` allows none.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import Smell

CODE = Code("E0614", "Modality that contradicts itself", Severity.NOTE)

_BINDS = frozenset(("must", "shall", "always"))
_FREES = frozenset(("should", "may", "might", "could"))
_HEDGES = frozenset(
    "try attempt aim strive endeavour endeavor usually generally typically ideally preferably normally mostly".split()
)
_ABSOLUTE = frozenset(("always", "never"))
_REACH = 3

LEADS = _BINDS | _FREES


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A word that binds, and one that does not, of the same deed."""
    binds = sentence.word(at) in _BINDS
    against = _HEDGES if binds else _ABSOLUTE
    for place in range(at + 1, min(at + _REACH, len(sentence.words))):
        if not sentence.joined(place - 1, place):
            return None
        if sentence.word(place) in against:
            break
    else:
        return None
    if (
        binds
        and sentence.word(place) in ("try", "attempt", "aim")
        and sentence.word(place + 1) not in ("to", "and", "your")
    ):
        return None
    one, other = sentence.written(at, at), sentence.written(place, place)
    label = f"`{one}` binds, `{other}` does not" if binds else f"`{one}` allows exceptions, `{other}` allows none"
    return Smell(
        CODE,
        at,
        place,
        title=f"`{one}` and `{other}` contradict each other",
        label=label,
        fix="keep one of the two: `must` for what gates, `should` for what is reported",
    )

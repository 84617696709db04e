"""`appropriate`, `in a timely manner`, `best practices`: no answer shows whether they are met.

Beside a measure they are fine: `a suitable time (within 2 days)`.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import Smell, bounded

CODE = Code("E0601", "Vague word", Severity.NOTE)

_VAGUE = Phrases(
    "appropriate, appropriately, suitable, suitably, reasonable, reasonably, adequate, adequately, sufficient, sufficiently",
    "proper, properly, satisfactory, timely, in a timely manner, in a timely fashion, promptly, swiftly, quickly",
    "as soon as possible, as quickly as possible, efficient, efficiently, effective, effectively, user-friendly, robust",
    "intuitive, intuitively, seamless, seamlessly, state of the art, state-of-the-art, best practice, best practices",
    "good practice, good practices, high-quality, high quality, good judgment, good judgement, common sense",
    "your judgment, your judgement, your own judgment, your discretion, your own discretion, meaningful, meaningfully",
)
_NAMES = frozenset("date dates noun nouns name names rate tax immediately from until as".split())
"""What makes a name of the words before: `effective date`, `proper noun`."""

_FOLLOWED = frozenset("follow following use using apply applying adhere adhering observe respect with".split())
"""Practices are a smell where they are asked for, and a topic where they are named."""

LEADS = _VAGUE.leads


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A vague word without a measure in its sentence."""
    length = _VAGUE.at(sentence, at)
    last = at + length - 1
    if not length or sentence.word(last + 1) in _NAMES or bounded(sentence, last):
        return None
    if sentence.word(last).startswith("practice") and not _FOLLOWED & set(sentence.words[:at]):
        return None
    words = sentence.written(at, last)
    return Smell(
        CODE,
        at,
        last,
        title=f"`{words}` has no measure",
        label="no answer shows whether this is met",
        fix="say what is to be seen in an answer, or give a number",
        open=True,
    )

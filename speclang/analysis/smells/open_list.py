"""`etc.`, `and so on`, `including but not limited to`: what else belongs to it, each model decides."""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import Smell

CODE = Code("E0612", "Open list", Severity.NOTE)

_OPEN = Phrases(
    "etc, etcetera, and so on, and so forth, and the like, or the like, and such, and more, and many more, among others",
    "amongst others, or similar, or something similar, and similar, including but not limited to, but not limited to",
)
_MUST_END = frozenset(("and more", "and such", "or similar", "and similar", "and many more"))
"""`and more words` goes on; `and more` ends a list."""
_SHOWN = frozenset(("g", "example", "like"))
"""`e.g. a, b, etc.`: examples, which are open by what they are."""

LEADS = _OPEN.leads


def smells(sentence: Sentence, at: int) -> Smell | None:
    """Words that end a list and leave it open."""
    length = _OPEN.at(sentence, at)
    last = at + length - 1
    if not length or (sentence.word(at) == "etc" and sentence.text[: sentence.ranges[at][0]].endswith("/")):
        return None
    if sentence.word(at) == "etc" and _SHOWN & set(sentence.words[:at]):
        return None
    goes_on = last + 1 < len(sentence.words) and sentence.joined(last, last + 1)
    if goes_on and " ".join(sentence.words[at : last + 1]) in _MUST_END:
        return None
    return Smell(
        CODE,
        at,
        last,
        title=f"`{sentence.written(at, last)}` leaves the list open",
        label="what else belongs to it is anybody's guess",
        fix="list all, or say what they have in common",
    )

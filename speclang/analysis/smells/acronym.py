"""`RMA` without a word on what it is: the model guesses, and two models guess differently.

An acronym that stands in brackets after its words, or that a `term` defines, is explained.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import CAPITALS, Smell

CODE = Code("E0609", "Acronym that nothing explains", Severity.NOTE)

LEADS = frozenset((CAPITALS,))

_EVERYBODY = frozenset(
    "html json yaml jsx jpg jpeg gif png svg npm pnpm xml css csv pdf sql http https ssh ssl tls dns tcp gps gpt llm cli cmd "
    "sdk ftp cpu gpu mdx gmt cst pst tbd tbc".split()
)
_ONSETS = frozenset(
    "bl br ch cl cr dr dw fl fr gh gl gr kn ph pl pr qu rh sc sh sk sl sm sn sp sq st sw th tr tw wh wr ps".split()
)
_BEFORE = frozenset("the a an your their its his her each every any this that valid current new".split())
"""What goes before the name of a thing; after `from` and `to`, capitals are a place, and without any word a name."""
_SHORTEST = 3
_VOWELS = frozenset("aeiouy")


def smells(sentence: Sentence, at: int) -> Smell | None:
    """Capitals that nobody could say as a word, as the name of a thing; with others beside them, somebody shouts."""
    word = sentence.word(at)
    if (
        len(word) < _SHORTEST
        or word in sentence.setting.known
        or word in _EVERYBODY
        or not word.isalpha()
        or len(set(word)) == 1
        or _sayable(word)
    ):
        return None
    if sentence.word(at - 1) not in _BEFORE or sentence.gap(at)[:1].isdigit():
        return None
    beside = (place for place in (at - 1, at + 1) if 0 <= place < len(sentence.words))
    if any(len(sentence.word(one)) > 1 and sentence.written(one, one).isupper() for one in beside):
        return None
    return Smell(
        CODE,
        at,
        at,
        title=f"`{sentence.written(at, at)}` is not explained",
        label="no term, and no words that it stands for",
        fix=f'declare it: `term "{sentence.written(at, at)}" means "…"`',
        once=True,
    )


def _sayable(word: str) -> bool:
    """Whether the letters could begin a word of English: not all consonants, and no cluster in front that no word has."""
    if not _VOWELS & set(word):
        return False
    return word[0] in _VOWELS or word[1] in _VOWELS or word[:2] in _ONSETS

"""`better`, `more detailed`: than what."""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import Smell, conditional

CODE = Code("E0610", "Comparison with nothing", Severity.NOTE)

_MORE = frozenset(("more", "less"))
_COMPARED = frozenset(
    "better worse faster slower clearer simpler easier stronger safer friendlier nicer smoother".split()
)
_ADJECTIVES = ("ful", "ive", "ous", "able", "ible", "ant", "ent", "ic", "ed", "ly", "ise", "al")
_NOUNS = frozenset(
    "content client agent event document comment payment moment student detail text need speed total".split()
)
_BEFORE = frozenset("no any the know much even for or one two three is are be was were by what which get".split())
_THAN = frozenset("than compared versus over instead rather prefer preferred as".split())
_NO_NOUN = frozenset("one ones to and or of for in when if at by on with the a an".split())

LEADS = _MORE | _COMPARED


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A comparative whose sentence has no second side."""
    last = at
    if sentence.word(at) in _MORE:
        last = at + 1
        adjective = sentence.word(last)
        if not adjective.endswith(_ADJECTIVES) or adjective in _NOUNS or not sentence.joined(at, last):
            return None
    if not _is_of_something(sentence, last):
        return None
    if sentence.word(at - 1) in _BEFORE or any(word in _THAN for word in sentence.words) or conditional(sentence, at):
        return None
    if sentence.gap(len(sentence.words) - 1).strip().startswith("?"):
        return None
    return Smell(
        CODE,
        at,
        last,
        title=f"`{sentence.written(at, last)}` does not say than what",
        label="nothing here to compare with",
        fix="say what it is compared with, or what is wanted by itself",
    )


def _is_of_something(sentence: Sentence, last: int) -> bool:
    """Whether a noun follows: `a better answer`; what `is faster` is compared with what it stands beside."""
    after = sentence.word(last + 1)
    return bool(after) and sentence.joined(last, last + 1) and after not in _NO_NOUN

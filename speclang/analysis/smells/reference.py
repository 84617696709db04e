"""`see above`, `the previous section`: where a clause stands in the prompt is up to the layout, and it can be moved."""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Phrases, Sentence
from ..wording.smell import Smell

CODE = Code("E0608", "Reference to a place in the prompt", Severity.NOTE)

_NAMED = Phrases("aforementioned, aforesaid, foregoing, above-mentioned, abovementioned")
_SIDES = frozenset(("above", "below"))
_NEXT = frozenset(("previous", "preceding", "following", "next", "last"))
_PARTS = frozenset("section sections paragraph paragraphs chapter page bullet bullets".split())
_SAID = Phrases(
    "as mentioned earlier, as mentioned before, as mentioned previously, as stated earlier, as stated before",
    "as described earlier, as described before, as noted earlier, as explained earlier, as defined earlier, mentioned earlier",
)
_BEFORE = frozenset(
    "see as described listed mentioned shown given defined stated outlined provided specified noted explained out rule rules "
    "example examples instruction instructions guideline guidelines section list table context steps step format text tools "
    "schema policy policies criteria conditions information template requirements in from all ones definitions".split()
)
_LEVELS = frozenset("the a an this that your average all zero freezing".split())
"""`below the limit`, `above all`: no place."""

_SMALL = frozenset("in and or to for of is are as with on at by".split())

LEADS = _NAMED.leads | _SIDES | _NEXT | _SAID.leads


def smells(sentence: Sentence, at: int) -> Smell | None:
    """Words that point to another place of the prompt."""
    length = _NAMED.at(sentence, at) or _SAID.at(sentence, at)
    first, last = at, at + length - 1
    word, after = sentence.word(at), sentence.word(at + 1)
    if word in _SIDES:
        follows = at + 1 < len(sentence.words) and sentence.joined(at, at + 1)
        if follows and (after in _LEVELS or after[0].isdigit()):
            return None
        before = sentence.word(at - 1)
        if not at or not (before in _BEFORE or (before in ("the", "all") and follows)) or ":" in sentence.gap(at):
            return None
        first, last = at - 1, at + (before == "the" and after not in _SMALL)
    elif word in _NEXT:
        if after not in _PARTS or sentence.word(at - 1) not in ("the", "see"):
            return None
        last = at + 1
    elif not length:
        return None
    return Smell(
        CODE,
        first,
        last,
        title=f"`{sentence.written(first, last)}` points to a place in the prompt",
        label="another layout, or a clause that moves, and it points elsewhere",
        fix="name what is meant, or say it here",
    )

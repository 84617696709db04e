"""Words of English text: the tokens of the Penn Treebank as NLTK 3.9 cuts them, and the coarser cuts of IFBench.

IFEval's check of capital words and some of IFBench's take NLTK's `word_tokenize`: sentences first, then one rule after the
other puts spaces around what is a token of its own. `can't` is `ca` and `n't`, `U.S.` at the end of a sentence `U.S` and
`.`, a straight quotation mark two backticks or two apostrophes.

Invariant: time grows with the length of the text; the two rules of NLTK that may not are worked out by hand.
"""

import re
import string

_BEFORE_PERIODS = (
    (re.compile("([«“‘„]|`+)"), r" \1 "),
    (re.compile(r"^\""), "``"),
    (re.compile(r"(``)"), r" \1 "),
    (re.compile(r"([ (\[{<])(\"|'{2})"), r"\1 `` "),
    (re.compile(r"(')(?!re|ve|ll|m|t|s|d|n)(\w)\b", re.IGNORECASE), r"\1 \2"),
)
_BETWEEN_PERIODS = (
    (re.compile(r"([:,])(\D)"), r" \1 \2"),
    (re.compile(r"([:,])$"), r" \1 "),
    (re.compile(r"(\.{2,})"), r" \1 "),
    (re.compile(r"([;@#$%&])"), r" \1 "),
)
_AFTER_PERIODS = (
    (re.compile(r"([?!])"), r" \1 "),
    (re.compile(r"([^'])' "), r"\1 ' "),
    (re.compile(r"([*])"), r" \1 "),
    (re.compile(r"([\]\[(){}<>])"), r" \1 "),
    (re.compile(r"(--)"), r" \1 "),
)
_CLOSING_QUOTES = (
    (re.compile("([»”’])"), r" \1 "),
    (re.compile(r"('')"), r" \1 "),
    (re.compile(r'"'), " '' "),
    (re.compile(r"\s+"), " "),
    (re.compile(r"([^' ])('[sS]|'[mM]|'[dD]|') "), r"\1 \2 "),
    (re.compile(r"([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) "), r"\1 \2 "),
)
_CONTRACTIONS = (
    *(re.compile(rf"(?i)\b({one})({two})\b") for one, two in (
        ("can", "not"), ("d", "'ye"), ("gim", "me"), ("gon", "na"), ("got", "ta"), ("lem", "me"), ("more", "'n"),
    )),
    re.compile(r"(?i)\b(wan)(na)(?=\s)"),
    re.compile(r"(?i) ('t)(is)\b"),
    re.compile(r"(?i) ('t)(was)\b"),
)  # fmt: skip
_WIDE = "])}>\"'»”’ "
_NARROW = "])}>\"'"
_PLAIN = re.compile(r"([A-Za-z0-9 ]*)([.?!]?)")
_JOINED = re.compile(r"(?i)cannot|gimme|gonna|gotta|lemme|wanna")

MARKS = string.punctuation
"""The marks of ASCII, which IFBench calls punctuation."""

EDGES = MARKS + " "
"""What IFBench takes off both ends of a word."""

_UNMARKED = str.maketrans("", "", MARKS)


def unmarked(text: str) -> str:
    """`text` without the marks of ASCII."""
    return text.translate(_UNMARKED)


def word_tokens(text: str) -> list[str]:
    """The tokens of `text`, sentence by sentence, as NLTK's `word_tokenize` cuts them."""
    from .sentences import split

    known: dict[str, list[str]] = {}
    found: list[str] = []
    for sentence in split(text):
        if sentence not in known:
            known[sentence] = treebank(sentence)
        found.extend(known[sentence])
    return found


def treebank(sentence: str) -> list[str]:
    """The tokens of one sentence."""
    plain = _PLAIN.fullmatch(sentence)
    if plain is not None and not _JOINED.search(sentence):
        return [*plain[1].split(), plain[2]] if plain[2] else plain[1].split()
    text = sentence
    for rule, shown in _BEFORE_PERIODS:
        text = rule.sub(shown, text)
    text = _period(text, _WIDE, " ")
    for rule, shown in _BETWEEN_PERIODS:
        text = rule.sub(shown, text)
    text = _period(text, _NARROW, "")
    for rule, shown in _AFTER_PERIODS:
        text = rule.sub(shown, text)
    text = f" {text} "
    for rule, shown in _CLOSING_QUOTES:
        text = rule.sub(shown, text)
    for rule in _CONTRACTIONS:
        text = rule.sub(r" \1 \2 ", text)
    return text.split()


def _period(text: str, closing: str, space: str) -> str:
    """`text` with its final period parted from the word before and, by `space`, from the marks of `closing` after it."""
    at = text.rfind(".")
    if at < 1 or text[at - 1] == ".":
        return text
    rest = text[at + 1 :]
    after = rest.lstrip(closing)
    if after.strip():
        return text
    return f"{text[:at]} .{space}{rest[: len(rest) - len(after)]} "

"""Checks of what follows what in an answer: sentence after sentence, word after word.

They follow IFBench (arXiv 2507.02833; `ifbench/instructions.py` of May 2026) to the letter. Sentences are Punkt's; letters
are compared as they stand, so a word that starts with a mark starts with that mark where the definition leaves it on.
"""

import re
from itertools import pairwise

from ..answer import Answer, Verdict
from .evidence import quote
from .judging import judged
from .sentences import split
from .tokens import EDGES, unmarked, word_tokens

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@judged
def questions_ratio(answer: Answer, *, ratio: int) -> Verdict:
    """There are `ratio` times as many sentences that end with a full stop as with a question mark."""
    ends = [sentence[-1] for sentence in split(answer.text)]
    stated, asked = ends.count("."), ends.count("?")
    return Verdict(stated == ratio * asked, f"{stated:,} statements and {asked:,} questions")


@judged
def balanced_sentences(answer: Answer) -> Verdict:
    """As many sentences end with a full stop as with a question mark and as with an exclamation mark."""
    ends = [sentence[-1] for sentence in split(answer.text)]
    found = tuple(ends.count(mark) for mark in ".?!")
    said = f"{found[0]:,} statements, {found[1]:,} questions and {found[2]:,} exclamations"
    return Verdict(found[0] == found[1] == found[2], said)


@judged
def equal_sentences(answer: Answer, *, number: int) -> Verdict:
    """There are `number` sentences, all with as many characters."""
    lengths = [len(sentence.strip()) for sentence in split(answer.text)]
    if len(lengths) != number:
        return Verdict(False, f"{len(lengths):,} sentences; exactly {number:,} wanted")
    return Verdict(
        len(set(lengths)) < 2, f"the sentences have {', '.join(f'{one:,}' for one in lengths[:9])} characters"
    )


@judged
def growing_sentences(answer: Answer, *, by: int) -> Verdict:
    """Each sentence has exactly `by` more words than the one before, marks taken out."""
    counts = [len(unmarked(sentence).split()) for sentence in split(answer.text)]
    for at, (one, two) in enumerate(pairwise(counts), start=2):
        if two != one + by:
            return Verdict(False, f"sentence {at:,} has {two:,} words; {one + by:,} wanted")
    return Verdict(True, "each sentence grows as asked for")


@judged
def growing_alliteration(answer: Answer) -> Verdict:
    """Each sentence has more words in runs that share their first letter than the one before."""
    before = -1
    for number, sentence in enumerate(split(answer.text), start=1):
        initials = [bare[0] for word in sentence.lower().split() if (bare := word.lstrip(EDGES))]
        shared, running = 0, False
        for one, two in pairwise(initials):
            shared += 0 if one != two else 1 if running else 2
            running = one == two
        if shared <= before:
            return Verdict(
                False, f"sentence {number:,} has {shared:,} words that alliterate, the one before {before:,}"
            )
        before = shared
    return Verdict(True, "each sentence has more alliteration than the one before")


@judged
def in_sentence(answer: Answer, *, number: int, text: str, place: int | None = None) -> Verdict:
    """Sentence `number` holds `text` as whole words, in either case; if `place` is given, it is that word of it.

    For a place, NLTK's tokens count that hold a letter or a digit.
    """
    sentences = split(answer.text)
    if not 1 <= number <= len(sentences):
        return Verdict(False, f"{len(sentences):,} sentences, so there is no sentence {number:,}")
    sentence = sentences[number - 1]
    if place is None:
        found = re.search(rf"\b{re.escape(text)}\b", sentence, re.IGNORECASE)
        return Verdict(bool(found), f"sentence {number:,} is {quote(sentence)}")
    words = [token for token in word_tokens(sentence) if any(one.isalnum() for one in token)]
    if not 1 <= place <= len(words):
        return Verdict(False, f"sentence {number:,} has {len(words):,} words")
    word = words[place - 1]
    return Verdict(word.lower() == text.strip().lower(), f"word {place:,} of sentence {number:,} is {quote(word)}")


@judged
def chained_sentences(answer: Answer) -> Verdict:
    """The last word of each sentence is the first of the next, in either case."""
    for one, two in pairwise(split(answer.text)):
        last, first = one.rstrip(EDGES).split()[-1:], two.lstrip(EDGES).split()[:1]
        if not last or not first or last[0].lower() != first[0].lower():
            return Verdict(False, f"{quote(two)} does not start with the last word of {quote(one, end=True)}")
    return Verdict(True, "each sentence starts with the last word of the one before")


@judged
def framed_paragraphs(answer: Answer) -> Verdict:
    """Each line ends with the word that it starts with, in either case, marks at both ends aside."""
    for line in answer.text.split("\n"):
        words = line.strip().lower().strip(EDGES).split()
        if words and words[0] != words[-1]:
            return Verdict(False, f"{quote(line.strip())} does not end with the word that it starts with")
    return Verdict(True, "each paragraph ends with the word that it starts with")


@judged
def alphabet_sentences(answer: Answer) -> Verdict:
    """There are 26 sentences, and the first word of each starts with the next letter of the alphabet."""
    sentences = split(answer.text)
    if len(sentences) != len(_ALPHABET):
        return Verdict(False, f"{len(sentences):,} sentences; exactly {len(_ALPHABET)} wanted")
    for letter, sentence in zip(_ALPHABET, sentences, strict=True):
        first = next(iter(sentence.split()), "")
        if not first or first.lower()[0] != letter:
            return Verdict(False, f"{quote(sentence)} does not start with {quote(letter)}")
    return Verdict(True, "the sentences start with the letters of the alphabet in order")


@judged
def alphabet_words(answer: Answer) -> Verdict:
    """Each word starts with the letter after that of the word before, `a` after `z`; marks are taken out."""
    words = unmarked(answer.text).split()
    first = words[0][0].lower() if words else ""
    if len(first) != 1 or first not in _ALPHABET:
        return Verdict(False, f"the first word, {quote(words[0] if words else '')}, starts with no letter from a to z")
    at = _ALPHABET.index(first)
    for number, word in enumerate(words):
        wanted = _ALPHABET[(at + number) % len(_ALPHABET)]
        if word.lower()[0] != wanted:
            return Verdict(False, f"{quote(word)} does not start with {quote(wanted)}")
    return Verdict(True, "the words start with the letters of the alphabet in order")


@judged
def varied_initials(answer: Answer) -> Verdict:
    """No two words in a row start with the same letter, in either case, marks taken out."""
    for one, two in pairwise(unmarked(answer.text.lower()).split()):
        if one[0] == two[0]:
            return Verdict(False, f"{quote(one)} and {quote(two)} start with the same letter")
    return Verdict(True, "no two words in a row start with the same letter")


@judged
def reversed_words(answer: Answer, *, text: str) -> Verdict:
    """The words of the answer in reverse order hold `text`, in small letters and without marks."""
    body = " ".join(reversed(unmarked(answer.text.lower().strip()).split()))
    return Verdict(text.strip().lower() in body, f"read backwards, word by word, the answer is {quote(body)}")


@judged
def reversed_letters(answer: Answer, *, text: str) -> Verdict:
    """`text` stands in the answer backwards, in either case."""
    wanted = text.strip().lower()[::-1]
    return Verdict(wanted in answer.text.lower(), f"{quote(wanted)} is looked for in {quote(answer.text.strip())}")

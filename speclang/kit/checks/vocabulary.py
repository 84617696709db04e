"""Checks of which words an answer uses: how many different ones, of which list, of which letters.

They follow IFBench (arXiv 2507.02833; `ifbench/instructions.py` of May 2026) to the letter. It cuts words in three ways, and
which one it takes is part of each definition: at white space; at white space without the marks of ASCII; as NLTK does.
"""

import re
from collections import Counter
from itertools import pairwise

from ..answer import Answer, Verdict
from .evidence import around, quote
from .judging import judged, within
from .tokens import EDGES, MARKS, unmarked, word_tokens

_CONJUNCTIONS = frozenset("and but for nor or so yet".split())
_PRONOUNS = frozenset(
    "i me we us you he him she her it they them my mine our ours your yours his hers its their theirs myself ourselves "
    "yourself yourselves himself herself itself themselves this that these those who whom whose which what whoever whomever "
    "whatever whichever anybody anyone anything everybody everyone everything nobody nothing somebody someone something "
    "each either neither both all some any none".split()
)
# The English stop words of NLTK, as far as a run of letters can be one: `don't` is cut into `don` and `t`.
_STOP_WORDS = frozenset(
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its "
    "itself they them their theirs themselves what which who whom this that these those am is are was were be been being have "
    "has had having do does did doing a an the and but if or because as until while of at by for with about against between "
    "into through during before after above below to from up down in out on off over under again further then once here there "
    "when where why how all any both each few more most other some such no nor not only own same so than too very s t can will "
    "just don should now d ll m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma mightn mustn needn shan shouldn "
    "wasn weren won wouldn".split()
)
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyz")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_PRIMES = frozenset((2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97))
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_SHORTEST_PALINDROME = 5


@judged
def unique_words(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of different words, in either case, without marks at their ends; marks alone are one word together."""
    found = {word.strip(EDGES) for word in answer.text.lower().split()}
    return within(len(found), at_least, at_most, "different word", "different words")


@judged
def conjunctions(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of coordinating conjunctions that are written differently: `and`, `And` and `and,` are three."""
    found = {word for word in answer.text.split() if word.strip(EDGES).lower() in _CONJUNCTIONS}
    return within(len(found), at_least, at_most, "conjunction", "different conjunctions")


@judged
def pronouns(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of pronouns among NLTK's tokens, `she/her` being two."""
    tokens = word_tokens(answer.text.replace("/", " ").lower())
    return within(sum(1 for token in tokens if token in _PRONOUNS), at_least, at_most, "pronoun", "pronouns")


@judged
def numbers(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of runs of digits once marks are taken out: `1,000.50` is one, and so is `3-4`."""
    count = sum(1 for _ in _DIGITS.finditer(unmarked(answer.text)))
    return within(count, at_least, at_most, "number", "numbers")


@judged
def some_of(answer: Answer, *, texts: list[str], at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How many of `texts` occur as whole words, letter for letter."""
    found = sum(1 for text in dict.fromkeys(texts) if re.search(rf"\b{re.escape(text)}\b", answer.text))
    return within(found, at_least, at_most, "of the texts", "of the texts")


@judged
def palindromes(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of words of five letters or more that read the same backwards, marks taken out."""
    words = unmarked(answer.text).lower().split()
    count = sum(1 for word in words if len(word) >= _SHORTEST_PALINDROME and word == word[::-1])
    return within(count, at_least, at_most, "palindrome", "palindromes")


@judged
def word_repeats(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How often the most frequent word occurs, in either case, marks taken out."""
    counted = Counter(unmarked(answer.text.lower()).split())
    word, most = max(counted.items(), key=lambda pair: pair[1], default=("", 0))
    return within(most, at_least, at_most, f"time {quote(word)}", f"times {quote(word)}")


@judged
def stop_words(answer: Answer, *, percent: float) -> Verdict:
    """At most `percent` of the words, each a run of letters, digits and underscores, are English stop words."""
    words = _WORD.findall(answer.text)
    if not words:
        return Verdict(False, "the answer has no words")
    share = sum(1 for word in words if word.lower() in _STOP_WORDS) / len(words) * 100
    return Verdict(share <= percent, f"{share:.1f}% of the words are stop words; at most {percent:g}% wanted")


@judged
def vowels(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How many different vowels of `aeiou` occur in the answer, which is one line."""
    body = answer.text.strip()
    if "\n" in body:
        return Verdict(False, "the answer has more than one line")
    return within(len(set(body.lower()) & set("aeiou")), at_least, at_most, "vowel", "different vowels")


@judged
def consonant_clusters(answer: Answer) -> Verdict:
    """In each word, marks and all, two consonants stand side by side."""
    for word in answer.text.lower().split():
        if not any(one in _CONSONANTS and two in _CONSONANTS for one, two in pairwise(word)):
            return Verdict(False, f"no two consonants stand together in {quote(word)}")
    return Verdict(True, "two consonants stand together in every word")


@judged
def prime_words(answer: Answer) -> Verdict:
    """The length of each word, marks taken out, is a prime number below 100."""
    for word in unmarked(answer.text).split():
        if len(word) not in _PRIMES:
            return Verdict(False, f"{quote(word)} has {len(word):,} letters")
    return Verdict(True, "the lengths of all words are prime numbers")


@judged
def japanese(answer: Answer, *, every: int) -> Verdict:
    """Each `every`th word holds a Japanese character, unless it is a number or nothing but marks."""
    for word in answer.text.split()[every - 1 :: every]:
        bare = word.strip(EDGES)
        if bare and not bare.isdigit() and not _JAPANESE.search(bare):
            return Verdict(False, f"{quote(bare)} is not Japanese")
    return Verdict(True, "every such word is Japanese")


@judged
def uses(answer: Answer, *, texts: list[str], times: list[int]) -> Verdict:
    """Each of `texts` occurs exactly as often as `times` says, in either case, also inside a longer word."""
    body = answer.text.lower()
    for text, wanted in zip(texts, times, strict=True):
        found = body.count(text.strip().lower())
        if found != wanted:
            return Verdict(False, f"{quote(text)} occurs {found:,} times; exactly {wanted:,} wanted")
    return Verdict(True, "each text occurs as often as asked for")


@judged
def second_words(answer: Answer, *, text: str) -> Verdict:
    """The second of NLTK's tokens and the second to last are `text`, in either case; a mark at the very end does not count."""
    tokens = word_tokens(answer.text)
    # Any run of marks in the order of ASCII counts, as published: `"` and `()` do, `...` does not.
    back = 3 if tokens and tokens[-1] in MARKS else 2
    if len(tokens) < back:
        return Verdict(False, "the answer has too few words")
    found, wanted = (tokens[1].lower(), tokens[-back].lower()), text.strip().lower()
    return Verdict(
        found == (wanted, wanted), f"the second word is {quote(found[0])}, the second to last {quote(found[1])}"
    )


@judged
def overlap(answer: Answer, *, text: str, percent: float) -> Verdict:
    """So many percent of the answer's different runs of three characters occur in `text`, give or take 2."""
    found = {answer.text[at : at + 3] for at in range(len(answer.text) - 2)}
    if not found:
        return Verdict(False, "the answer has fewer than three characters")
    share = len(found & {text[at : at + 3] for at in range(len(text) - 2)}) / len(found)
    passed = percent - 2 <= share * 100 <= percent + 2
    return Verdict(
        passed, f"{share:.1%} of the runs of three characters are in the text; {percent:g}% wanted, give or take 2"
    )


@judged
def title_case(answer: Answer) -> Verdict:
    """No word of NLTK's is in small letters, or starts with a small one and goes on in capitals."""
    for token in word_tokens(answer.text):
        first, rest = token[0], token[1:]
        if first.isalpha() and first.islower() and (not rest or rest.isupper() or rest.islower()):
            at = answer.text.find(token)
            return Verdict(
                False, f"{quote(token)} starts with a small letter in {around(answer.text, at, at + len(token))}"
            )
    return Verdict(True, "every word starts with a capital letter")

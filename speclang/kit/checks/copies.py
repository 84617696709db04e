"""Checks of an answer against a text: equal, near, copied in part, contained.

What IFBench (arXiv 2507.02833) and promptfoo (its deterministic assertions) define follows them to the letter; each check
says whose it is.
"""

from ..answer import Answer, Said, Verdict
from .evidence import quote
from .judging import Unjudged, judged, within
from .tokens import treebank

_FAR = 10_000


@judged
def equals(answer: Answer, *, text: str) -> Verdict:
    """The answer is `text`, letter for letter (promptfoo's `equals`)."""
    return Verdict(answer.text == text, f"the answer is {quote(answer.text)}")


@judged
def only(answer: Answer, *, text: str) -> Verdict:
    """The answer is `text`, in either case, white space at both ends aside (IFBench)."""
    return Verdict(answer.text.strip().lower() == text.strip().lower(), f"the answer is {quote(answer.text.strip())}")


@judged
def contains(answer: Answer, *, texts: list[str], fold: bool = False, some: bool = False) -> Verdict:
    """All of `texts` occur, or one of them if `some`; in either case if `fold` (promptfoo's `contains` and its kin)."""
    body = answer.text.lower() if fold else answer.text
    found = [text for text in texts if (text.lower() if fold else text) in body]
    if some:
        return Verdict(
            bool(found), f"{quote(found[0])} occurs" if found else f"none of the texts occurs in {quote(body)}"
        )
    missing = next((text for text in texts if text not in found), None)
    return Verdict(missing is None, "every text occurs" if missing is None else f"{quote(missing)} does not occur")


@judged
def copies(answer: Answer, *, text: str, first: int, last: int) -> Verdict:
    """The answer is the characters `first` to `last` of `text`, counted from 0, in either case (IFBench)."""
    wanted = text[first : last + 1].strip()
    return Verdict(answer.text.strip().lower() == wanted.lower(), f"the answer is {quote(answer.text.strip())}")


@judged
def repeats_changed(answer: Answer, *, text: str) -> Verdict:
    """The answer is `text` word for word from the second word on, and not `text` itself (IFBench)."""
    return _changed(answer.text, text)


@judged
def repeats_request_changed(answer: Answer) -> Verdict:
    """The answer is the user's last message word for word from the second word on, and not that message (IFBench)."""
    said = [step.text for step in answer.steps if isinstance(step, Said) and step.role == "user"]
    if not said:
        raise Unjudged("the conversation has no message of the user")
    return _changed(answer.text, said[-1])


def _changed(text: str, wanted: str) -> Verdict:
    passed = text != wanted and text.split()[1:] == wanted.split()[1:]
    return Verdict(passed, f"the answer is {quote(text)}")


@judged
def spaced_words(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of pieces between white space (promptfoo's `word-count`)."""
    return within(len(answer.text.split()), at_least, at_most, "word", "words")


@judged
def levenshtein(answer: Answer, *, text: str, at_most: int) -> Verdict:
    """The answer becomes `text` with so many insertions, deletions and substitutions of characters (promptfoo)."""
    if at_most > _FAR or len(text) > _FAR:
        raise Unjudged(f"distances of more than {_FAR:,} characters are not measured")
    if abs(len(answer.text) - len(text)) > at_most:
        return Verdict(False, f"the answer has {len(answer.text):,} characters, the text {len(text):,}")
    found = distance(answer.text, text, at_most)
    said = f"more than {at_most:,}" if found > at_most else f"{found:,}"
    return Verdict(found <= at_most, f"the distance is {said}; at most {at_most:,} wanted")


def distance(one: str, two: str, most: int) -> int:
    """The edit distance of two texts, or any number above `most` where it is greater: looks only where it may be less."""
    before = list(range(len(two) + 1))
    for at, letter in enumerate(one, start=1):
        low, high = max(1, at - most), min(len(two), at + most)
        row = [most + 1] * (len(two) + 1)
        row[0] = at
        for to in range(low, high + 1):
            cost = before[to - 1] + (letter != two[to - 1])
            row[to] = min(cost, before[to] + 1, row[to - 1] + 1)
        if min(row) > most:
            return most + 1
        before = row
    return before[-1]


@judged
def rouge(answer: Answer, *, text: str, percent: float) -> Verdict:
    """ROUGE-1: so many percent of the words of `text` occur in the answer, letter for letter (promptfoo's `rouge-n`).

    Words are those of the Penn Treebank; one that stands twice in `text` counts once as found and twice as wanted.
    """
    wanted = treebank(text)
    score = len(set(treebank(answer.text)) & set(wanted)) / len(wanted) if wanted else 0.0
    return Verdict(score * 100 >= percent, f"ROUGE-1 is {score:.2f}; at least {percent / 100:.2f} wanted")

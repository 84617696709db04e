"""Checks of whether an answer asks the user for something, how often, and whether it does anything else.

A question is a sentence that ends in a question mark, or a request to tell something ("please send me your order number"); a
courtesy at the end ("Anything else?") is none. Sentences are told by their marks, in any language that uses them.
"""

import re

from ..answer import Answer, Verdict
from .evidence import quote
from .judging import judged
from .saying import found, normal

_SENTENCE = re.compile(r"[^.!?？。\n]*[.!?？。\n]*")
_REQUEST = re.compile(
    r"\b(?:please|kindly) (?:\w+ ){0,2}?(?:tell|give|share|provide|send|confirm|specify|enter|state|clarify|let me know)\b"
    r"|\blet (?:me|us) know (?:which|whether|what|if|when|where|who|how|your|the)\b"
    r"|\b(?:i|we)(?:'ll| will| would|'d)? (?:\w+ )?need (?:to know|your|you to|a few|some|more)\b"
    r"|\b(?:could|can|would) you (?:please )?(?:tell|give|share|provide|send|confirm|specify|clarify)\b"
)
_COURTESY = re.compile(
    r"\b(?:anything|something) else\b|\bhow (?:else )?(?:can|may) (?:i|we) help\b|\bdoes (?:that|this) help\b|\bmakes? sense\b"
)


@judged
def asks(answer: Answer, *, texts: list[str] | None = None) -> Verdict:
    """The answer asks the user something; if `texts` are given, about one of them."""
    questions = _questions(answer.text)
    if not questions:
        return Verdict(False, f"no question in {quote(answer.text.strip())}")
    if texts:
        about = next((one for one in questions if any(found(one, text) for text in texts)), None)
        if about is None:
            return Verdict(False, f"it asks {quote(questions[0])}, and not about {' or '.join(map(quote, texts))}")
        return Verdict(True, f"it asks {quote(about)}")
    return Verdict(True, f"it asks {quote(questions[0])}")


@judged
def few_questions(answer: Answer, *, at_most: int) -> Verdict:
    """The answer asks no more than `at_most` questions."""
    count = len(_questions(answer.text))
    return Verdict(
        count <= at_most, f"{count:,} {'question' if count == 1 else 'questions'}; at most {at_most:,} wanted"
    )


def goes_on(answer: Answer) -> Verdict:
    """A tool was called, or the answer says more than questions: it does not only ask."""
    if answer.calls:
        return Verdict(True, f"`{answer.calls[-1].tool}` was called")
    said: Verdict = _says_more(answer)
    return said


@judged
def _says_more(answer: Answer) -> Verdict:
    questions = _questions(answer.text)
    more = next((one for one in _sentences(answer.text) if one not in questions and len(one.split()) > 3), None)
    if not questions:
        return Verdict(True, f"it asks nothing: {quote(answer.text.strip())}")
    return Verdict(more is not None, f"it says {quote(more)}" if more else f"it only asks {quote(questions[0])}")


def _sentences(text: str) -> list[str]:
    pieces = (normal(match[0]) for match in _SENTENCE.finditer(text))
    return [piece for piece in pieces if any(letter.isalnum() for letter in piece)]


def _questions(text: str) -> list[str]:
    asked = [one for one in _sentences(text) if one.rstrip("\"')] ").endswith("?") or _REQUEST.search(one)]
    return [one for one in asked if not _COURTESY.search(one)]

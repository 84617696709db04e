"""Checks of what an answer says or how it is wrapped, without counting.

Where IFEval (arXiv 2311.07911) publishes a definition, these follow it to the letter and say so; what it calls keywords
is taken literally here. Patterns made of escaped texts cannot backtrack.
"""

import re
from functools import lru_cache

from ..answer import Answer, Said, Verdict
from .evidence import around, quote
from .judging import Unjudged, judged

_LIMITING = ".,?!'\""


@judged
def starts(answer: Answer, *, text: str) -> Verdict:
    """The answer starts with `text`, letter for letter, after white space."""
    body = answer.text.strip()
    return Verdict(body.startswith(text.strip()), f"the answer starts with {quote(body[: len(text) + 20])}")


@judged
def ends(answer: Answer, *, text: str) -> Verdict:
    """The answer ends with `text`, in either case; white space and double quotes at its end do not count (IFEval)."""
    body = answer.text.strip().strip('"')
    passed = body.lower().endswith(text.strip().lower())
    return Verdict(passed, f"the answer ends with {quote(body[-(len(text) + 20) :], end=True)}")


@judged
def forbidden(answer: Answer, *, texts: list[str]) -> Verdict:
    """None of `texts` occurs as whole words, in either case (IFEval)."""
    for text in texts:
        found = re.search(rf"\b{re.escape(text)}\b", answer.text, re.IGNORECASE)
        if found:
            return Verdict(False, f"{quote(found[0])} occurs in {around(answer.text, found.start(), found.end())}")
    return Verdict(True, f"none of {', '.join(quote(text) for text in texts)} occurs")


@judged
def one_of(answer: Answer, *, texts: list[str]) -> Verdict:
    """One of `texts` occurs in the answer, letter for letter (IFEval: there may be more around it)."""
    for text in texts:
        if text in answer.text.strip():
            return Verdict(True, f"the answer says {quote(text)}")
    return Verdict(
        False, f"the answer says none of {', '.join(quote(text) for text in texts)}: {quote(answer.text.strip())}"
    )


@judged
def postscript(answer: Answer, *, marker: str) -> Verdict:
    """`marker` occurs, in either case; `P.S.` and `P.P.S` also with a space after a full stop (IFEval)."""
    text, wanted = answer.text.lower(), marker.strip()
    match wanted:
        case "P.P.S":
            found = re.search(r"p\.\s?p\.\s?s", text)
        case "P.S.":
            found = re.search(r"p\.\s?s\.", text)
        case _:
            found = re.search(re.escape(wanted.lower()), text)
    if found is None:
        return Verdict(
            False, f"no postscript {quote(wanted)}; the answer ends with {quote(answer.text.strip(), end=True)}"
        )
    return Verdict(True, f"the postscript starts {quote(answer.text[found.start() : found.start() + 40])}")


@judged
def title(answer: Answer) -> Verdict:
    """A title in double angular brackets stands on some line, `<<like this>>` (IFEval)."""
    for line in answer.text.split("\n"):
        start, end = line.find("<<"), line.rfind(">>")
        if start != -1 and end > start + 2:
            inner = line[start : end + 2].lstrip("<").rstrip(">").strip()
            if inner:
                return Verdict(True, f"the title is {quote(inner)}")
    return Verdict(False, "no title in double angular brackets")


@judged
def quoted(answer: Answer) -> Verdict:
    """The whole answer stands in double quotation marks `"…"` (IFEval)."""
    body = answer.text.strip()
    passed = len(body) > 1 and body[0] == '"' and body[-1] == '"'
    return Verdict(passed, f"the answer starts with {quote(body[:12])} and ends with {quote(body[-12:])}")


@judged
def lowercase(answer: Answer, *, english: bool = False) -> Verdict:
    """There is a letter, and no capital one; if `english`, the answer is in English too (IFEval)."""
    if answer.text.islower():
        return _in_english(answer.text) if english else Verdict(True, "all letters are small")
    capital = next((at for at, one in enumerate(answer.text) if one.isupper() or one.istitle()), None)
    if capital is None:
        return Verdict(False, "the answer has no letter")
    return Verdict(False, f"a capital letter in {around(answer.text, capital, capital + 1)}")


@judged
def uppercase(answer: Answer, *, english: bool = False) -> Verdict:
    """There is a letter, and only capital ones; if `english`, the answer is in English too (IFEval)."""
    if answer.text.isupper():
        return _in_english(answer.text) if english else Verdict(True, "all letters are capital")
    small = next((at for at, one in enumerate(answer.text) if one.islower() or one.istitle()), None)
    if small is None:
        return Verdict(False, "the answer has no letter")
    return Verdict(False, f"a small letter in {around(answer.text, small, small + 1)}")


def _in_english(text: str) -> Verdict:
    """A text in which no language can be told counts as English, as published."""
    from .language import detect

    found = detect(text)
    best = found[0][0] if found else "en"
    return Verdict(best == "en", f"the letters are as asked for, and the language is {best}")


@judged
def two_answers(answer: Answer) -> Verdict:
    """Exactly two different answers, with six asterisks between them (IFEval)."""
    pieces = answer.text.split("******")
    if any(not piece.strip() for piece in pieces[1:-1]):
        return Verdict(False, "nothing stands between two dividers")
    answers = [piece.strip() for piece in pieces if piece.strip()]
    if len(answers) != 2:
        return Verdict(False, f"{len(answers):,} answers are divided by ******; 2 wanted")
    if answers[0] == answers[1]:
        return Verdict(False, f"both answers are {quote(answers[0])}")
    return Verdict(True, "two different answers")


@judged
def repeats(answer: Answer, *, text: str) -> Verdict:
    """The answer starts with the whole of `text`, in either case (IFEval)."""
    body = answer.text.strip()
    return Verdict(body.lower().startswith(text.strip().lower()), f"the answer starts with {quote(body)}")


@judged
def repeats_request(answer: Answer) -> Verdict:
    """The answer starts with the whole of the user's last message, in either case."""
    said = [step.text for step in answer.steps if isinstance(step, Said) and step.role == "user"]
    if not said:
        raise Unjudged("the conversation has no message of the user")
    body = answer.text.strip()
    return Verdict(body.lower().startswith(said[-1].strip().lower()), f"the answer starts with {quote(body)}")


@judged
def paragraph_start(answer: Answer, *, number: int, word: str, paragraphs: int | None = None) -> Verdict:
    """Paragraph `number`, counted from 1 between blank lines, starts with `word`, in either case (IFEval).

    Only paragraphs with text count for `paragraphs`, how many there must be; blank ones count for the place of a paragraph.
    """
    pieces = answer.text.split("\n\n")
    full = sum(1 for piece in pieces if piece.strip())
    if paragraphs is not None and full != paragraphs:
        return Verdict(False, f"{full:,} paragraphs; exactly {paragraphs:,} wanted")
    if not 1 <= number <= full:
        return Verdict(False, f"{full:,} paragraphs, so there is no paragraph {number:,}")
    first = next(iter(pieces[number - 1].split()), "").lstrip("'").lstrip('"')
    end = next((at for at, one in enumerate(first) if one in _LIMITING), len(first))
    # Letter by letter, as published: a capital sigma at the end of a word has another small form than alone.
    found = "".join(letter.lower() for letter in first[:end])
    return Verdict(bool(first) and found == word.lower(), f"paragraph {number:,} starts with {quote(first)}")


@judged
def mentions(answer: Answer, *, text: str) -> Verdict:
    """`text` occurs, in either case, with any white space between its words."""
    return _said(answer.text, text)


@judged
def omits(answer: Answer, *, text: str) -> Verdict:
    """`text` does not occur, in either case, with any white space between its words."""
    found = _said(answer.text, text)
    return Verdict(not found.passed, found.reason)


@lru_cache(256)
def _anywhere(text: str) -> re.Pattern[str]:
    """What finds `text`, in either case."""
    return re.compile(re.escape(text), re.IGNORECASE)


def _said(text: str, wanted: str) -> Verdict:
    said, meant = " ".join(text.split()), " ".join(wanted.split())
    found = _anywhere(meant).search(said)
    if found is None:
        return Verdict(False, f"{quote(meant)} does not occur in {quote(said)}")
    return Verdict(True, f"{quote(meant)} occurs in {around(said, found.start(), found.end())}")

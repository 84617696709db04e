"""Checks of how an answer is laid out: lines, indents, marks, brackets, quotation marks.

They follow IFBench (arXiv 2507.02833; `ifbench/instructions.py` of May 2026) to the letter, its slips included: what is said
here is what is checked, which is sometimes less than what a prompt asks for.
"""

import re
from collections import deque

from ..answer import Answer, Verdict
from .emojis import is_emoji
from .evidence import quote
from .judging import judged, within
from .sentences import split
from .tokens import EDGES, MARKS, unmarked

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DIGITS = "0123456789"
_LETTERED = re.compile(r"\W*[aA]\W*[bB]\W*[cC]")


@judged
def whitespace(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of characters that are white space."""
    count = sum(1 for one in answer.text if one.isspace())
    return within(count, at_least, at_most, "character of white space", "characters of white space")


@judged
def list_marks(answer: Answer, *, text: str, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How often `text` occurs, at the start of a line or not."""
    return within(answer.text.count(text), at_least, at_most, f"mark {quote(text)}", f"marks {quote(text)}")


@judged
def word_per_line(answer: Answer) -> Verdict:
    """There are as many lines with a character as there are words, marks taken out."""
    body = unmarked(answer.text).strip()
    lines, words = sum(1 for line in body.split("\n") if line), len(body.split())
    return Verdict(lines == words, f"{words:,} words on {lines:,} lines")


@judged
def stairs(answer: Answer) -> Verdict:
    """Each line is indented by more blanks than the one before.

    A blank line is left out, but of two in a row only the first, as published.
    """
    lines = _without_blank(answer.text.split("\n"))
    before = -1
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if indent <= before:
            return Verdict(False, f"{quote(line)} is indented by {indent:,}, the line before by {before:,}")
        before = indent
    return Verdict(True, "each line is indented more than the one before")


def _without_blank(lines: list[str]) -> list[str]:
    """`lines` as they are left when each blank one is removed by its value while the list is walked.

    A removal moves the next line to the place just looked at, so that it is skipped; what goes is the first equal line.
    """
    places: dict[str, deque[int]] = {}
    for at, line in enumerate(lines):
        if not line.strip():
            places.setdefault(line, deque()).append(at)
    gone: set[int] = set()
    at = 0
    while at < len(lines):
        if lines[at].strip():
            at += 1
        else:
            gone.add(places[lines[at]].popleft())
            at += 2
    return [line for at, line in enumerate(lines) if at not in gone]


@judged
def nested_brackets(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How deep brackets `([{` are nested where one of them is closed rightly; a wrong one starts all over."""
    opened: list[str] = []
    deepest = reached = 0
    for one in answer.text:
        if one in _PAIRS:
            opened.append(_PAIRS[one])
            deepest = max(deepest, len(opened))
        elif one in ")]}":
            if opened and opened[-1] == one:
                opened.pop()
                reached = max(reached, deepest)
            else:
                opened, deepest = [], 0
    return within(reached, at_least, at_most, "level of brackets", "levels of brackets")


@judged
def nested_quotes(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How deep quotation marks `"` and `'` are nested and closed again; an apostrophe is a quotation mark."""
    opened: list[str] = []
    deepest = closed = 0
    for one in answer.text:
        if opened and one == opened[-1]:
            opened.pop()
            closed = max(closed, deepest - len(opened))
        elif one in "\"'":
            opened.append(one)
            deepest = max(deepest, len(opened))
    return within(closed, at_least, at_most, "level of quotation marks", "levels of quotation marks")


@judged
def explained_quotes(answer: Answer) -> Verdict:
    """No two straight quotation marks stand side by side, white space aside, and none ends the answer."""
    body = "".join(answer.text.replace("'\"'", "").split())
    if '""' in body:
        return Verdict(False, "two quotation marks stand side by side")
    ended = body.strip(_DIGITS + MARKS.replace('"', "")).endswith('"')
    return Verdict(not ended, f"the answer ends with {quote(answer.text.strip(), end=True)}")


@judged
def all_punctuation(answer: Answer) -> Verdict:
    """Each of `. , ! ? ; :` occurs, and `?!`, `!?` or `‽` besides."""
    body = answer.text
    if not any(mark in body for mark in ("!?", "?!", "‽")):
        return Verdict(False, "there is no interrobang")
    rest = body.replace("?!", "", 1)
    rest = body.replace("!?", "", 1) if rest == body else rest
    missing = [mark for mark in ".,!?;:" if mark not in rest]
    return Verdict(not missing, f"missing are {' '.join(missing)}" if missing else "every mark occurs")


@judged
def options(answer: Answer, *, texts: list[str]) -> Verdict:
    """The answer is one of `texts`, in either case, marks at both ends aside; to the letter where they are `a`, `b`, `c`."""
    if _LETTERED.match(", ".join(texts)):
        return Verdict(answer.text in texts, f"the answer is {quote(answer.text)}")
    body = answer.text.strip(EDGES).lower()
    return Verdict(any(one.strip(EDGES).lower() == body for one in texts), f"the answer is {quote(body)}")


@judged
def template(answer: Answer, *, texts: list[str]) -> Verdict:
    """Each of `texts` occurs, letter for letter, in any order."""
    for text in texts:
        if text not in answer.text:
            return Verdict(False, f"{quote(text)} does not occur")
    return Verdict(True, "every label occurs")


@judged
def emoji_ends(answer: Answer) -> Verdict:
    """Each sentence ends with an emoji, or the next one starts with it; marks at the end and one character aside."""
    sentences = [unmarked(sentence).strip() for sentence in split(answer.text)]
    for at, sentence in enumerate(sentences):
        if not sentence:
            return Verdict(False, "a sentence has nothing but marks")
        if is_emoji(sentence[-1]) or is_emoji(sentence[-2:][0]):
            continue
        following = sentences[at + 1] if at + 1 < len(sentences) else ""
        if not following or not is_emoji(following[0]):
            return Verdict(False, f"no emoji at the end of {quote(sentence, end=True)}")
    return Verdict(True, "every sentence ends with an emoji")


@judged
def sub_bullets(answer: Answer) -> Verdict:
    """After each asterisk, and before the next one, there is a hyphen."""
    for bullet in answer.text.split("*")[1:]:
        if "-" not in bullet:
            return Verdict(False, f"no sub-bullet in {quote(bullet)}")
    return Verdict(True, "each bullet has a sub-bullet")


@judged
def sentences_then_bullets(answer: Answer) -> Verdict:
    """Two sentences or more, then two lines or more that start with `*`, and nothing else; a blank line ends the first part."""
    reading, sentences, bullets = True, 0, 0
    for line in answer.text.split("\n"):
        if line.strip().startswith("*"):
            reading = False
            if sentences < 2:
                return Verdict(False, f"{sentences:,} sentences stand before the first bullet; 2 wanted")
            bullets += 1
        elif reading:
            found = len(split(line.strip()))
            reading = found > 0
            sentences += found
        else:
            return Verdict(False, f"{quote(line)} is no bullet")
    return within(bullets, 2, None, "bullet", "bullets")


@judged
def thesis(answer: Answer) -> Verdict:
    """A text in HTML italics, `<i>…</i>` or `<em>…</em>`, that is not blank and has text after it."""
    body = answer.text
    start = body.find("<i>") if "<i>" in body else body.find("<em>")
    if start == -1:
        return Verdict(False, "nothing stands in italics")
    body = body[start:]
    end = body.find("</i>") if "</i>" in body else body.find("</em>")
    if end == -1:
        return Verdict(False, "the italics do not end")
    if not body[3:end].strip():
        return Verdict(False, "nothing stands in the italics")
    return Verdict(bool(body[end + 4 :].strip()), f"the thesis is {quote(body[3:end].strip())}")

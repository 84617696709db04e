"""Checks that count what stands out on a page: lines, emojis, headings, tables, links, blocks of code, marks of Markdown.

Each takes `at_least` and `at_most`, both included. In: an answer. Out: a verdict. Invariant: time grows with the length of the
answer; what stands in a block of code is code, and no heading, table or mark.
"""

import itertools
import re
from collections.abc import Iterator

from ..answer import Answer, Verdict
from .emojis import is_emoji
from .judging import judged, within

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+\S")
_DIVIDES = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-*+:?[ \t]*+)+")
_LINK = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_BOLD = re.compile(r"\*\*[^\s*][^\n*]*\*\*|(?<!\w)__[^\s_][^\n_]*__(?!\w)")
_SPAN = re.compile(r"`[^`\n]+`")
_ANCHOR = re.compile(r"\[[^\[\]\n]+\]\([^()\s]+\)")
_SHOWN_AS_EMOJI = "\ufe0f"
_COLOURED = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)
"""Signs of the first plane that are emojis by themselves; the others, as ✔ and ™, are where a selector makes them so."""
_FIRST_PLANE = 0xFFFF


@judged
def lines(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of lines that are not blank."""
    return within(sum(1 for line in answer.text.splitlines() if line.strip()), at_least, at_most, "line", "lines")


@judged
def emojis(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of characters that are shown as emojis; signs such as ™ or ✔ are, where a selector makes them so."""
    text = answer.text
    count = sum(
        1
        for at, char in enumerate(text)
        if is_emoji(char)
        and (ord(char) > _FIRST_PLANE or char in _COLOURED or text[at + 1 : at + 2] == _SHOWN_AS_EMOJI)
    )
    return within(count, at_least, at_most, "emoji", "emojis")


@judged
def headings(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of Markdown headings: lines that begin with one to six `#` and a blank."""
    count = sum(1 for line in _outside(answer.text) if _HEADING.match(line))
    return within(count, at_least, at_most, "heading", "headings")


@judged
def tables(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of Markdown tables, told by the line of dashes below the first row."""
    return within(_tables(list(_outside(answer.text))), at_least, at_most, "table", "tables")


@judged
def links(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of addresses that begin with `http://` or `https://`."""
    return within(sum(1 for _ in _LINK.finditer(answer.text)), at_least, at_most, "link", "links")


@judged
def code_blocks(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of fenced blocks of code; one that is never closed counts too."""
    count = sum(1 for inside, line in _lines(answer.text) if not inside and _FENCE.match(line))
    return within(count, at_least, at_most, "code block", "code blocks")


@judged
def markdown(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of marks that only Markdown has: headings, tables, bold words, links in brackets, code in backticks.

    Bullets are not among them: plain text has them too.
    """
    outside = list(_outside(answer.text))
    count = _tables(outside) + sum(1 for inside, line in _lines(answer.text) if not inside and _FENCE.match(line))
    for line in outside:
        count += 1 if _HEADING.match(line) else 0
        count += sum(1 for form in (_BOLD, _SPAN, _ANCHOR) for _ in form.finditer(line))
    return within(count, at_least, at_most, "mark of Markdown", "marks of Markdown")


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """Each line with whether it stands in, or ends, a fenced block."""
    fence = ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        yield fence != "", line
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not line[found.end() :].strip():
            fence = ""


def _outside(text: str) -> Iterator[str]:
    """The lines that are no part of a block of code."""
    return (line for inside, line in _lines(text) if not inside and not _FENCE.match(line))


def _tables(lines: list[str]) -> int:
    return sum(
        1
        for first, second in itertools.pairwise(lines)
        if "|" in first and "-" in second and _DIVIDES.fullmatch(second)
    )

"""What the characters of a spec are to somebody who reads it in colour.

In: text. Out: every character in one `Look` or another, in order. Editors' grammars are made to agree with it; whoever can call
Python takes it as it is.
Invariant: read off the compiler's own tokens, so it can't disagree with the parser; knows no kind and no field by name.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..tokens import BAD, COMMENT, DEEP, KEYWORDS, NEWLINE, SPACE, Token, tokenize

LEVELS = ("must", "must_not", "should", "should_not", "may")
CONSTANTS = ("yes", "no", "true", "false", "missing")

NAMES = {
    "space": "blanks and ends of lines",
    "comment": "from `#` to the end of its line",
    "text": "a text with its quotes",
    "escape": "an escaped character in a text",
    "hole": "a hole in a text, with its braces",
    "pattern": "a pattern between slashes",
    "number": "a number or a percentage",
    "unit": "the word after a number",
    "date": "a day",
    "id": "the ID of a requirement",
    "head": "the word that a line begins with: a declaration, a kind, a field",
    "level": "such a word that says how binding something is",
    "constant": "`yes`, `no`, `true`, `false`, `missing`",
    "word": "`and`, `or`, `not`, `is`, `in`",
    "member": "a name with a dot in it",
    "name": "any other name",
    "operator": "a comparison, `..`, `|`, a comma, a colon, a sign",
    "bracket": "a bracket",
    "wrong": "what is no token",
}
"""Each look, with what has it."""

_OF_KIND = {"0": "number", "/": "pattern", "m": "member", **dict.fromkeys(KEYWORDS.values(), "word")}
_BESIDE = frozenset((NEWLINE, SPACE, COMMENT))
_BRACKETS = frozenset("{}()[]rc")
_PARTS = re.compile(
    r"(?P<escape>\\.)|(?P<hole>\{[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+|-[A-Za-z0-9_]++)*+\})|[^\\{]++|[\\{]", re.DOTALL
)


class Look(NamedTuple):
    """The characters `start` to `end`, and what they are: a key of `NAMES`."""

    name: str
    start: int
    end: int


def looks(text: str) -> Iterator[Look]:
    """Every character of `text`, in order, by what it is to a reader."""
    head = True
    before = ""
    for token in tokenize(text):
        written = text[token.start : token.end]
        if token.kind == '"':
            yield from _parts(text, token)
        else:
            yield Look(_name(token, written, before, head=head), token.start, token.end)
        if token.kind not in _BESIDE:
            head = token.kind in ";{}" or (head and token.kind == "i")
            before = token.kind


def _name(token: Token, written: str, before: str, *, head: bool) -> str:
    match token.kind:
        case kind if kind in _BESIDE or written.isspace():
            return "comment" if kind == COMMENT else "space"
        case "n" if head:
            return "level" if written in LEVELS else "head"
        case "n" if before == "0":
            return "unit"
        case "n":
            return "constant" if written in CONSTANTS else "name"
        case "i":
            return "date" if written[0].isdigit() else "id"
        case kind if kind in (BAD, DEEP):
            return "wrong"
        case kind if kind in _BRACKETS:
            return "bracket"
        case kind:
            return _OF_KIND.get(kind, "operator")


def _parts(text: str, token: Token) -> Iterator[Look]:
    """The parts of a text: runs of plain characters, quotes included, escapes and holes."""
    start = token.start
    for found in _PARTS.finditer(text, token.start, token.end):
        if found.lastgroup:
            if start < found.start():
                yield Look("text", start, found.start())
            yield Look(found.lastgroup, found.start(), found.end())
            start = found.end()
    if start < token.end:
        yield Look("text", start, token.end)

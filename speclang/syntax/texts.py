"""Reads what stands between quotes: escapes, holes and, for block texts, indentation.

In: a quoted text as written and where it stands. Out: the tree's `Text`, and the places that are wrong.
Invariant: joining the pieces gives the text that is meant; each piece knows the characters that it came from.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from . import tree

MAX_TEXT = 1_000_000
BLANKS = " \t\r\n"

_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t", "{": "{", "}": "}"}
_NEEDS_READING = re.compile(r"[\\{\r]")
_PATH = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*+(?:\.[A-Za-z_][A-Za-z0-9_]*+|-[A-Za-z0-9_]++)*+)\}")
_PART = re.compile(r"[^\\{]++|\\|\{")
_INDENT = re.compile(r"[ \t]*")
_LINE = re.compile(r"[^\n]*\n?")

_ALIKE = str.maketrans(
    # Cyrillic, then Greek
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u04cf"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd",
    "aeopcyxijshdqwlABEKMHOPCTYXIJSABEZHIKMNOPTYXov",
)
_ALPHANUMERIC = re.compile(r"\w+")
_RAISED = ("<super>", "<sub>")


class Fault(NamedTuple):
    """Something wrong inside a text: `kind` is `escape`, `hole` or `long`."""

    kind: str
    start: int
    end: int


def read_text(written: str, start: int, faults: list[Fault]) -> tree.Text:
    """The text that `written`, quotes and all, stands for; `start` is where it stands."""
    end = start + len(written)
    if len(written) > MAX_TEXT:
        faults.append(Fault("long", start, end))
        return tree.Text((), block=False, start=start, end=end)
    if written.startswith('"""'):
        return tree.Text(_block(written, start, faults), block=True, start=start, end=end)
    if len(written) == 2:
        return tree.Text((), block=False, start=start, end=end)
    if not _NEEDS_READING.search(written):
        return tree.Text((tree.Chunk(written[1:-1], start + 1, end - 1),), block=False, start=start, end=end)
    pieces: list[tree.Chunk | tree.Hole] = []
    _read(written[1:-1], start + 1, pieces, faults, block=False)
    return tree.Text(tuple(pieces), block=False, start=start, end=end)


def read_pattern(written: str) -> str:
    """The expression between the slashes of `written`."""
    return written[1:-1].replace("\\/", "/")


def margin(lines: list[str]) -> str:
    """The blanks with which each of `lines` starts, lines of blanks aside."""
    common: str | None = None
    for line in lines:
        if not line.strip(BLANKS):
            continue
        indent = _INDENT.match(line)[0]  # type: ignore[index]  # it matches the empty text
        if common is None:
            common = indent
            continue
        while not indent.startswith(common):
            common = common[:-1]
    return common or ""


def block_lines(written: str) -> list[tuple[str, int]]:
    """The lines between the quotes of a block text, ends and all, each with its offset in `written`.

    A first line of nothing but a line end is left out. The last line is the one before the closing quotes.
    """
    inner = written[3:-3]
    lines = [(found[0], found.start() + 3) for found in _LINE.finditer(inner) if found[0]]
    if not inner or inner.endswith("\n"):
        lines.append(("", len(inner) + 3))
    if len(lines) > 1 and not lines[0][0].strip(BLANKS):
        del lines[0]
    return lines


def _block(written: str, start: int, faults: list[Fault]) -> tuple[tree.Chunk | tree.Hole, ...]:
    pieces: list[tree.Chunk | tree.Hole] = []
    lines = block_lines(written)
    on_first = lines[0][1] == 3
    last = lines[-1]
    if not last[0].strip(BLANKS) and (len(lines) > 1 or not on_first):
        lines[-1] = ("", last[1] + len(last[0]))
    cut = len(margin([line for line, at in lines if at != 3]))
    for line, at in lines:
        skip = 0 if at == 3 else cut if line.strip(BLANKS) else len(line) - len(line.lstrip(" \t"))
        _read(line[skip:], start + at + skip, pieces, faults, block=True)
    return tuple(pieces)


def _read(inner: str, start: int, pieces: list[tree.Chunk | tree.Hole], faults: list[Fault], *, block: bool) -> None:
    """Add the pieces of `inner`, which stands at `start`: a whole one-line text or one line of a block text."""
    at = 0
    while at < len(inner):
        char = inner[at]
        if char == "{":
            hole = _PATH.match(inner, at)
            if hole is None:
                faults.append(Fault("hole", start + at, start + _hole_end(inner, at)))
                at += 1
                continue
            pieces.append(tree.Hole(hole[1], start + at, start + hole.end()))
            at = hole.end()
        elif char == "\\":
            at = _block_escape(inner, start, at, pieces) if block else _escape(inner, start, at, pieces, faults)
        elif char == "\r" and inner.startswith("\r\n", at):
            pieces.append(tree.Chunk("\n", start + at, start + at + 2))
            at += 2
        else:
            run = _PART.match(inner, at)
            stop = run.end() if run else at + 1
            if inner.startswith("\r\n", stop - 2):
                stop -= 2
            pieces.append(tree.Chunk(inner[at:stop], start + at, start + stop))
            at = stop


def _escape(inner: str, start: int, at: int, pieces: list[tree.Chunk | tree.Hole], faults: list[Fault]) -> int:
    """Read what a backslash at `at` starts; returns where it ends."""
    after = inner[at + 1 : at + 2]
    if after in _ESCAPES:
        pieces.append(tree.Chunk(_ESCAPES[after], start + at, start + at + 2))
    else:
        faults.append(Fault("escape", start + at, start + at + 2))
    return at + 2


def _block_escape(inner: str, start: int, at: int, pieces: list[tree.Chunk | tree.Hole]) -> int:
    """`_escape` in a block text, where a backslash that escapes nothing is a backslash."""
    after = next((one for one in ('"""', "{") if inner.startswith(one, at + 1)), "")
    end = at + 1 + len(after)
    pieces.append(tree.Chunk(after or "\\", start + at, start + end))
    return end


def _hole_end(inner: str, at: int) -> int:
    """The end of what was probably meant as a hole."""
    close = inner.find("}", at, at + 60)
    return close + 1 if close >= 0 else at + 1


class Disguise(NamedTuple):
    """The letter `found` at `at`, which is taken for `plain`, in `word`."""

    at: int
    found: str
    plain: str
    word: str


def plain(text: str) -> str:
    """`text` with every letter that looks like a plain one replaced by that."""
    return unicodedata.normalize("NFKC", text.translate(_ALIKE))


def disguised(text: str, start: int = 0) -> Iterator[Disguise]:
    """Letters of other alphabets that look like plain ones, in words that are plain otherwise: the first of each word of `text`.

    A word of another alphabet is left alone, and so is one with a letter that nobody takes for a plain one. `text` stands at `start`.
    """
    if text.isascii():
        return
    for found in _ALPHANUMERIC.finditer(text):
        word = found[0]
        odd = next((at for at, char in enumerate(word) if not char.isascii()), -1)
        if odd < 0 or not any(char.isascii() and char.isalpha() for char in word):
            continue
        if all(char.isascii() or _is_alike(char) for char in word):
            yield Disguise(start + found.start() + odd, word[odd], plain(word[odd]), word)


def _is_alike(char: str) -> bool:
    meant = plain(char)
    return meant.isascii() and meant.isalpha() and not unicodedata.decomposition(char).startswith(_RAISED)

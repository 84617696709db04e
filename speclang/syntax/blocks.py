"""Splits a file into its units in one pass.

In: text. Out: where each unit stands, its key and the block it stands in; and the braces that fit nothing.
First the braces are believed. Only where they do not fit (one is missing, one too many, a block text never ends) is the file
read again by its layout: then a unit ends at the next line that looks like the start of one.
Invariant: linear in the length of the text; what stands inside a unit's body is skipped, not read.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ..source.text import LineIndex, SourceText
from .tokens import GOES_ON_AFTER, GOES_ON_BEFORE, MASTER, OPEN_TEXT, column, kind_of, line_indent

MAX_UNITS = 200_000
OPENERS = frozenset({"feature", "policy"})

MOST_MISFITS = 50
_NEAR = 4_096
_DEEPEST = 32
"""Where units are indented further than this, their bodies are read line by line."""

_BLOCK_TEXT = r'"""(?:[^"\\]++|\\(?:""")?+|"(?!""))*+"""'
_QUOTED = r'"(?!"")(?:[^"\\\n]++|\\[^\n])*+"|""(?!")|/(?:[^/\\\n]++|\\[^\n])++/|#[^\n]*+'
_CODE = re.compile(rf'(?:[^"/#{{}}]++|{_BLOCK_TEXT}|{_QUOTED})*+')
_LINE_OF_CODE = rf'[^"/#{{}}\n]++|{_QUOTED}'
_TEXT = re.compile(_BLOCK_TEXT)
_WORD = r"[A-Za-z_][A-Za-z0-9_]*+"
_LINE = re.compile(rf"([ \t]*+)(?:(\}})|({_WORD}(?:-[A-Za-z0-9_]++)++[ \t]++[A-Za-z_])|({_WORD}(?![\w.:])))?")
_INDENT = re.compile(r"[ \t]*+")
_BLANK = re.compile(r"[ \t\r]*+(?:#[^\n]*+)?\n")
_ROOT = re.compile(r'(?:feature|policy)[ \t]++[A-Za-z_]|use[ \t]++"')


class Piece(NamedTuple):
    """One unit: its key, its characters `start` to `end`, and the key of the unit that opens its block, or ""."""

    key: str
    start: int
    end: int
    parent: str


class Misfit(NamedTuple):
    """A `}` too many at `at` (`opener` is None), or one missing at `at` for the `{` with which `opener` ends."""

    at: int
    opener: Piece | None


class Split(NamedTuple):
    """The units of a file in order, what fits nothing, and where reading stopped if there are too many units, or 0."""

    pieces: tuple[Piece, ...]
    misfits: tuple[Misfit, ...]
    cut: int


def split(source: SourceText) -> Split:
    """The units of `source`; never fails."""
    first = Splitter(source.text, by_layout=False, open_text=False)
    found = first.run()
    if not first.trouble:
        return found
    return Splitter(source.text, by_layout=True, open_text=first.open_text).run()


class Splitter:
    """One pass over one text: `by_layout` where its braces don't fit, `open_text` where a block text never ends."""

    def __init__(self, text: str, *, by_layout: bool, open_text: bool) -> None:
        """Begin at the start of `text`."""
        self.text = text
        self.by_layout = by_layout
        self.open_text = open_text
        self.trouble = False
        self.pieces: list[Piece] = []
        self.misfits: list[Misfit] = []
        self.opener: Piece | None = None
        self.met: int | None = None
        """Where reading ended because the rest is known."""
        self.times: dict[str, int] = {}
        self.lines: LineIndex | None = None
        self.indents: dict[int, int] = {}

    def run(self, at: int | None = None, meets: Callable[[int], bool] | None = None) -> Split:
        """Read all units from `at` on (the start, where it is not given), up to one of whose start `meets` says that all else is known."""
        text = self.text
        match = MASTER.match
        if at is None:
            at = 1 if text.startswith("\ufeff") else 0
        while found := match(text, at):
            kind = kind_of(found)
            start = found.start(found.lastindex or 0)
            if kind == "\0" or len(self.pieces) >= MAX_UNITS:
                break
            if kind in "\n;":
                at = found.end()
            elif kind == "}":
                at = found.end()
                self._close(start)
            elif meets is not None and meets(start):
                self.met = start
                break
            else:
                at = self._unit(found, start)
        cut = at if len(self.pieces) >= MAX_UNITS else 0
        if self.opener is not None and not cut and self.met is None:
            self._missing(len(text))
        return Split(tuple(self.pieces), tuple(self.misfits), cut)

    def _close(self, at: int) -> None:
        """Take a `}` between units: the end of a feature or policy, or one too many."""
        opener = self.opener
        if opener is None or (
            self.by_layout and self._begins_line(at) and self._indent(at) > self._indent(opener.start)
        ):
            self.trouble = True
            if len(self.misfits) < MOST_MISFITS:
                self.misfits.append(Misfit(at, None))
        else:
            self.opener = None

    def _missing(self, at: int) -> None:
        """Note that the open feature or policy has no end before `at`."""
        self.trouble = True
        start = self.opener.start if self.opener else 0
        self.misfits.append(Misfit(self._content_end(start, at), self.opener))
        self.opener = None

    def _unit(self, first: re.Match[str], start: int) -> int:
        """Read the unit that starts with the token `first`; returns its end."""
        text = self.text
        if self.by_layout and self.opener is not None and self._is_root(start):
            self._missing(start)
        key = _key(first)
        opens = self.opener is None and key.split(" ", 1)[0] in OPENERS
        stack: list[str] = []
        last, end = ";", start
        found: re.Match[str] | None = first
        while found:
            kind = kind_of(found)
            kind = "{" if opens and kind == "r" else kind
            at = found.end()
            if kind == "\n":
                following = MASTER.match(text, at)
                if self._line_ends_unit(last, stack, following, at, start):
                    break
                found = following
                continue
            if kind == "\0" or (kind == ";" and not stack) or (kind == "}" and "r" not in stack):
                break
            if kind == "{":
                self.trouble = self.trouble or bool(stack)
                stack.clear()
                if opens:
                    return self._add(key, start, at, opens=True)
                at = self._body(at, start)
            elif kind in "([r":
                stack.append(kind)
            elif kind in ")]}":
                _take(stack, kind)
            elif text.startswith('"""', found.start(found.lastindex or 0)):
                at = self._block_text(found.start(found.lastindex or 0), start)
            last, end = kind, at
            found = MASTER.match(text, at)
        self.trouble = self.trouble or bool(stack)
        return self._add(key, start, end, opens=opens)

    def _line_ends_unit(
        self, last: str, stack: list[str], following: re.Match[str] | None, at: int, start: int
    ) -> bool:
        """Whether the line end before `at` ends the unit that began at `start`."""
        if following is None:
            return True
        if not stack:
            if kind_of(following) in GOES_ON_BEFORE:
                return False
            first = following.start(following.lastindex or 0)
            if last not in GOES_ON_AFTER or column(self.text, first) <= line_indent(self.text, start):
                return True
        return self.by_layout and self._starts_unit(at, self._indent(start), None)

    def _add(self, key: str, start: int, end: int, *, opens: bool) -> int:
        """Keep a unit; returns its end."""
        times = self.times.get(key, 0) + 1
        self.times[key] = times
        unique = key if times == 1 else f"{key}#{times}"
        piece = Piece(unique, start, end, self.opener.key if self.opener else "")
        self.pieces.append(piece)
        if opens:
            self.opener = piece
        return end

    def _body(self, at: int, start: int) -> int:
        """Skip the body whose `{` ends at `at`, of the unit that began at `start`; returns its end."""
        if self.by_layout:
            return self._body_by_layout(at, start)
        text = self.text
        depth = 1
        while True:
            at = _end_of(_CODE, text, at)
            char = text[at : at + 1]
            if char == "}":
                depth -= 1
                if not depth:
                    return at + 1
            elif char == "{":
                depth += 1
            elif not char or text.startswith('"""', at):
                self.trouble = True
                self.open_text = self.open_text or bool(char)
                return len(text)
            else:
                at = self._faulty_end(at) - 1
            at += 1

    def _body_by_layout(self, at: int, start: int) -> int:
        """`_body`, for text whose braces do not fit: a line that looks like the start of a unit ends the body too."""
        text = self.text
        indent = self._indent(start)
        inner = self._inner_indent(at)
        code = _deeper(min(indent, _DEEPEST))
        depth = 1
        while at < len(text):
            at = _end_of(code, text, at)
            char = text[at : at + 1]
            if char == "}":
                depth -= 1
                if not depth:
                    return at + 1
            elif char == "{":
                depth += 1
            elif char == "\n":
                if self._starts_unit(at + 1, indent, inner):
                    return self._content_end(start, at)
            elif text.startswith('"""', at):
                at = self._block_text(at, start)
                if at == len(text) or self._starts_unit(self._line_end(at) + 1, indent, inner):
                    continue
                at -= 1
            else:
                at = self._faulty_end(at) - 1
            at += 1
        return self._content_end(start, len(text))

    def _faulty_end(self, at: int) -> int:
        """The end of a text or a pattern that its line does not end."""
        found = OPEN_TEXT.match(self.text, at)
        return found.end() if found else self._line_end(at)

    def _block_text(self, at: int, start: int) -> int:
        """The end of the block text at `at`; where it has none, the end of the last line before the next unit."""
        text = self.text
        found = _TEXT.match(text, at)
        if found and not self.open_text:
            return found.end()
        if not self.by_layout:
            self.trouble = self.open_text = True
            return found.end() if found else len(text)
        limit = found.end() if found else len(text)
        indent, inner = self._indent(start), self._inner_indent(at + 3)
        line = self._line_end(at) + 1
        while line < limit:
            if self._starts_unit(line, indent, inner):
                return self._content_end(start, line)
            line = self._line_end(line) + 1
        return limit

    def _starts_unit(self, line: int, indent: int, inner: int | None) -> bool:
        """Whether the line at `line` looks like the next unit after one at `indent` whose lines stand at `inner`."""
        if self._is_root(line):
            return True
        found = _LINE.match(self.text, line)
        if found is None or found.lastindex == 1:
            return False
        width = len(found[1])
        if found[2]:
            return width < indent
        return width <= indent and bool(found[3] or inner is None or inner > indent)

    def _inner_indent(self, at: int) -> int | None:
        """How far the lines after `at` are indented; None where something stands on the line of `at` itself."""
        blank = _BLANK.match(self.text, at)
        if blank is None:
            return None
        while blank is not None:
            at = blank.end()
            blank = _BLANK.match(self.text, at)
        return self._indent(at)

    def _is_root(self, at: int) -> bool:
        return (at == 0 or self.text.startswith("\n", at - 1)) and _ROOT.match(self.text, at) is not None

    def _line(self, at: int) -> int:
        """Where the line of `at` starts."""
        near = self.text.rfind("\n", max(at - _NEAR, 0), at) + 1
        if near or at <= _NEAR:
            return near
        lines = self._known_lines()
        return lines.offset(lines.position(at).line)

    def _known_lines(self) -> LineIndex:
        """All line ends, so that those that are far away are looked for once."""
        if self.lines is None:
            self.lines = LineIndex(self.text)
        return self.lines

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at, at + _NEAR)
        if end >= 0:
            return end
        lines = self._known_lines()
        number = lines.position(min(at, len(self.text))).line
        return lines.offset(number + 1) - 1 if number < lines.count else len(self.text)

    def _indent(self, at: int) -> int:
        """How far the line of `at` is indented."""
        line = self._line(at)
        if line not in self.indents:
            self.indents[line] = _end_of(_INDENT, self.text, line) - line
        return self.indents[line]

    def _begins_line(self, at: int) -> bool:
        return _end_of(_INDENT, self.text, self._line(at)) == at

    def _content_end(self, start: int, cut: int) -> int:
        """The end of what stands between `start` and `cut`, without the blank and comment lines at its end."""
        end = cut
        while end > start:
            line = max(self._line(end), start)
            content = self.text[line:end].rstrip()
            if content and (line == start or not content.lstrip().startswith("#")):
                return line + len(content)
            end = line - 1
        return start


@cache
def _deeper(indent: int) -> re.Pattern[str]:
    """Code up to the next brace or the next line that is not indented deeper than `indent`: before it, no unit starts."""
    deeper = rf"\n(?=[ \t]{{{indent + 1}}}|[ \t]*+\n)" if indent < _DEEPEST else "(?!)"
    return re.compile(rf"(?:{_LINE_OF_CODE}|{deeper})*+")


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _take(stack: list[str], kind: str) -> None:
    """Close a bracket: a record's, with all that is open in it, or the innermost one if it fits."""
    if kind == "}":
        while stack.pop() != "r":
            pass
    elif stack and stack[-1] + kind in ("()", "[]"):
        stack.pop()


def _key(first: re.Match[str]) -> str:
    """What a unit is called: its ID; or its head, with the name after it."""
    kind = kind_of(first)
    word = first[first.lastindex or 0]
    if kind == "i":
        return word
    if kind != "n":
        return "?"
    second = MASTER.match(first.string, first.end())
    return f"{word} {second[second.lastindex or 0]}" if second and kind_of(second) == "n" else word

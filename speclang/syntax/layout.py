"""A file as the formatter sees it: rows, what they hold, and the comments among them.

In: text without syntax errors. Out: rows in the order of the text.
Invariant: every comment of the text is in the rows, once, and every token but the one that means nothing (`>=` after `holds`).
"""

from typing import TypeAlias

from ..source.records import dataclass, field
from .tokens import AT_LEAST, COMMENT, NEWLINE, SPACE, Token, tokenize

BLANK = 2
"""So many line ends before a row leave a blank line."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as written, the column where it stood, how far its line was indented, and whether it had the line alone."""

    text: str
    column: int
    indent: int
    own_line: bool


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a row; `breaks` if it began a line; `before` are the comments between it and the word before."""

    kind: str
    text: str
    breaks: bool
    before: tuple[Comment, ...]


@dataclass(slots=True)
class Remark:
    """A comment on a line of its own."""

    comment: Comment
    blank_before: bool


@dataclass(slots=True)
class Row:
    """One item: its line, its body if it has one, and the comments behind its `{` and at its end."""

    words: list[Word]
    blank_before: bool
    body: "list[Entry] | None" = None
    on_one_line: bool = False
    behind_brace: Comment | None = None
    behind: Comment | None = None


Entry: TypeAlias = Remark | Row


def read_rows(text: str) -> list[Entry]:
    """The rows of a whole file."""
    return _Reader(text.removeprefix("\ufeff")).entries(None)


@dataclass(slots=True)
class _Reader:
    """One reading of one text; `following` is the kind of the next token that is no line end or comment, or ""."""

    text: str
    tokens: list[Token] = field(default_factory=list[Token])
    following: list[str] = field(default_factory=list[str])
    at: int = 0

    def __post_init__(self) -> None:
        self.tokens = [token for token in tokenize(self.text) if token.kind != SPACE]
        kind = ""
        for token in reversed(self.tokens):
            if token.kind not in (NEWLINE, COMMENT):
                kind = token.kind
            self.following.append(kind)
        self.following.reverse()

    def entries(self, opened: Row | None) -> "list[Entry]":
        """The rows up to the `}` that closes `opened`, or up to the end."""
        found: list[Entry] = []
        lines = 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "}":
                break
            if token.kind == COMMENT:
                self._comment(token, lines, found, opened)
                lines = 0
            elif token.kind in (NEWLINE, ";"):
                lines += self.text[token.start] == "\n"
            else:
                found.append(self._row(blank_before=lines >= BLANK))
                lines = 0
                continue
            self.at += 1
        return found

    def _comment(self, token: Token, lines: int, found: "list[Entry]", opened: Row | None) -> None:
        """Give a comment to the row before it on its line, to the `{` before it, or a line of its own."""
        comment = self._read(token)
        last = found[-1] if found else None
        if lines == 0 and isinstance(last, Row) and last.behind is None:
            last.behind = comment
        elif lines == 0 and opened is not None and not found and opened.behind_brace is None:
            opened.behind_brace = comment
        else:
            found.append(Remark(comment, lines >= BLANK))

    def _read(self, token: Token) -> Comment:
        line = self.text.rfind("\n", 0, token.start) + 1
        before = self.text[line : token.start]
        content = before.lstrip(" \t")
        comment = self.text[token.start : token.end].rstrip()
        return Comment(comment, len(before), len(before) - len(content), not content)

    def _row(self, *, blank_before: bool) -> Row:
        row = Row([], blank_before)
        comments: list[Comment] = []
        breaks = False
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind in (";", "}") or (
                token.kind in (NEWLINE, COMMENT) and self.following[self.at] in (";", "}", "")
            ):
                break
            self.at += 1
            if token.kind == NEWLINE:
                breaks = True
            elif token.kind == COMMENT:
                comments.append(self._read(token))
            elif token.kind == AT_LEAST:
                continue
            elif token.kind == "{":
                self._body(row, token, comments)
                break
            else:
                row.words.append(Word(token.kind, self.text[token.start : token.end], breaks, tuple(comments)))
                comments = []
                breaks = False
        return row

    def _body(self, row: Row, opening: Token, comments: list[Comment]) -> None:
        """Read the body of `row`; comments between its line and the `{` go behind and below the brace."""
        if comments:
            row.behind_brace = comments[0]
        row.body = [Remark(comment, blank_before=False) for comment in comments[1:]]
        row.body += self.entries(row)
        closing = self.tokens[self.at]
        self.at += 1
        row.on_one_line = not comments and "\n" not in self.text[opening.start : closing.end]

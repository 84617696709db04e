"""One style for every `.spec` file: `specc fmt`.

In: a source. Out: the same spec in the one style, or the source as it was with what is wrong in it.
Invariant: what comes out has the same tree and the same comments, and formatting it again changes nothing.
"""

from collections.abc import Sequence

from ..diagnostics.diagnostic import has_errors
from ..diagnostics.result import Result
from ..source.records import dataclass
from ..source.text import SourceText
from .blocks import OPENERS
from .columns import ALIGNED_WIDTH, STEP, Style, declarations, fields, gap, one_line_body
from .layout import Comment, Entry, Remark, Row, Word, read_rows
from .parser import parse
from .texts import BLANKS, margin


def format_source(source: SourceText) -> Result[str]:
    """`source` in the one style; where it has syntax errors, its text unchanged, with them."""
    parsed = parse(source)
    if has_errors(parsed.diagnostics):
        return Result(source.text, parsed.diagnostics)
    printer = _Printer()
    printer.members(read_rows(source.text), "", root=True)
    return Result(printer.text(), parsed.diagnostics)


@dataclass(slots=True)
class _Line:
    """One line to be written: its code, and the comment at its end with the column where it would like to stand."""

    code: str
    comment: str = ""
    wish: int = 0

    @property
    def end(self) -> int:
        """The column after the code."""
        return len(self.code) - self.code.rfind("\n") - 1

    def remark(self, comment: Comment | None) -> None:
        """Put `comment` at the end, as far from the start of the code as it was."""
        if comment is None:
            return
        self.comment = comment.text
        if "\n" not in self.code:
            self.wish = comment.column - comment.indent + len(self.code) - len(self.code.lstrip())


class _Printer:
    """Writes rows as lines."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []

    def text(self) -> str:
        """All lines, with the comments at their ends aligned."""
        written: list[str] = []
        start = 0
        while start < len(self.lines):
            stop = start + 1
            while _aligns(self.lines[stop - 1]) and stop < len(self.lines) and _aligns(self.lines[stop]):
                stop += 1
            written += _with_comments(self.lines[start:stop])
            start = stop
        return "".join(line + "\n" for line in written)

    def members(self, entries: Sequence[Entry], indent: str, *, root: bool) -> None:
        """Write the rows of a file or of a feature."""
        for entry, style in zip(entries, declarations(entries, indent), strict=True):
            opens = root and isinstance(entry, Row) and entry.words[0].text in OPENERS and entry.body is not None
            self._entry(entry, style, opens=opens)

    def _entry(self, entry: Entry, style: Style, *, opens: bool = False) -> None:
        if entry.blank_before and self.lines and self.lines[-1].code and not self.lines[-1].code.endswith("{"):
            self.lines.append(_Line(""))
        if isinstance(entry, Remark):
            self.lines.append(_Line(style.indent + entry.comment.text))
        else:
            self._row(entry, style, opens=opens)

    def _row(self, row: Row, style: Style, *, opens: bool) -> None:
        self._words(row, style)
        last = self.lines[-1]
        if row.body is not None:
            last.code += " " * max(style.brace - last.end + len(style.indent), 1)
            if style.one_line and not opens:
                last.code += one_line_body(row.body)
            else:
                last.code += "{"
                last.remark(row.behind_brace)
                self._body(row, row.body, style.indent + STEP, opens=opens)
                last = _Line(style.indent + "}")
                self.lines.append(last)
        last.remark(row.behind)

    def _body(self, row: Row, body: Sequence[Entry], indent: str, *, opens: bool) -> None:
        if opens:
            self.members(body, indent, root=False)
            return
        for entry, style in zip(body, fields(body, indent, in_requirement=row.words[0].kind == "i"), strict=True):
            self._entry(entry, style)

    def _words(self, row: Row, style: Style) -> None:
        """Write the line of a row; where its author broke it, it stays broken."""
        columns = dict(style.columns)
        indent = style.indent
        goes_on = indent + (STEP * 2 if row.body is not None else " " * columns.get(1, len(STEP)))
        line = _Line(indent)
        depth = 0
        for index, word in enumerate(row.words):
            closes = word.kind in ")]c"
            if index and word.breaks:
                self.lines.append(line)
                blanks = goes_on if depth == 0 else indent + STEP * (depth - closes)
                self._between(word, line, indent + STEP * depth if depth else goes_on)
                line = _Line(blanks)
            elif index:
                missing = columns.get(index, 0) - (line.end - len(indent))
                line.code += " " * missing if missing > 0 else gap(row.words, index)
            depth += (word.kind in "([r") - closes
            line.code += _block_text(word.text, indent) if word.text.startswith('"""') else word.text
        self.lines.append(line)

    def _between(self, word: Word, line: _Line, blanks: str) -> None:
        """Write the comments between `line` and the line that starts with `word`."""
        for comment in word.before:
            if comment.own_line:
                self.lines.append(_Line(blanks + comment.text))
            else:
                line.remark(comment)


def _aligns(line: _Line) -> bool:
    return bool(line.comment) and "\n" not in line.code


def _with_comments(lines: Sequence[_Line]) -> list[str]:
    """The lines with their comments in one column: where they stood, if they all stood in one and there is room."""
    if not lines[0].comment:
        return [line.code for line in lines]
    column = max(line.end for line in lines) + 2
    wish = lines[0].wish
    if all(line.wish == wish for line in lines) and column <= wish <= ALIGNED_WIDTH:
        column = wish
    return [line.code + " " * (column - line.end) + line.comment for line in lines]


def _block_text(written: str, indent: str) -> str:
    """A block text with its lines one step inside of `indent`; what it says stays the same."""
    first, *lines = (line.removesuffix("\r") for line in written[3:-3].split("\n"))
    if not lines:
        return written
    closing = lines.pop() if not lines[-1].strip(BLANKS) else None
    cut = len(margin(lines))
    inner = [indent + STEP + line[cut:] if line.strip(BLANKS) else "" for line in lines]
    return (
        "\n".join(['"""' + (first if first.strip(BLANKS) else ""), *inner, *([indent] if closing is not None else [])])
        + '"""'
    )

"""Where the columns of the one style are: values of fields, tables of declarations, comments at the ends of lines.

In: rows as they were written. Out: styles, which say where a row's words go.
Invariant: depends on the words of rows and on whether a body was on one line, never on the spaces between words.
"""

from collections.abc import Sequence

from ..source.records import dataclass
from .layout import Entry, Row, Word

WIDTH = 100
"""A body that was on one line stays there if its row is no wider than this, columns aside."""
ALIGNED_WIDTH = 120
"""So wide may rows become by being aligned; comments too."""
STEP = "  "
_FIELD_COLUMN = 8
_WIDEST_CELL = 40


@dataclass(frozen=True, slots=True)
class Style:
    """How a row is printed: its indentation, the columns (from there) of some of its words and of its `{`."""

    indent: str
    columns: tuple[tuple[int, int], ...] = ()
    brace: int = 0
    one_line: bool = False


def gap(words: Sequence[Word], index: int) -> str:
    """What stands between the word `index` and the one before it, on one line."""
    before, word = words[index - 1].kind, words[index].kind
    if before in "([" or word in ")],:":
        return ""
    head = 1 if words[0].kind == "i" else 0
    return "" if word == "(" and before == "n" and index - 1 > head else " "


def plain(words: Sequence[Word]) -> str:
    """`words` on one line."""
    return "".join((gap(words, index) if index else "") + word.text for index, word in enumerate(words))


def one_line_body(body: Sequence[Entry]) -> str:
    """A body that holds no comment, on one line."""
    rows = [plain(row.words) + _tail(row) for row in body if isinstance(row, Row)]
    return "{ " + "; ".join(rows) + " }" if rows else "{}"


def _tail(row: Row) -> str:
    return "" if row.body is None else " " + one_line_body(row.body)


def fields(body: Sequence[Entry], indent: str, *, in_requirement: bool) -> list[Style]:
    """Styles of the rows of a body: their values start in one column, in requirements always the same."""
    return _aligned(body, indent, _FIELD_COLUMN if in_requirement else 0)


def declarations(entries: Sequence[Entry], indent: str) -> list[Style]:
    """Styles of the rows of a file or a feature: neighbours of one head are a table, others are aligned like fields."""
    styles: list[Style] = []
    start = 0
    while start < len(entries):
        stop = start + 1
        while stop < len(entries) and _neighbours(entries[stop - 1], entries[stop]):
            stop += 1
        styles += _neighbourhood(entries[start:stop], indent)
        start = stop
    return styles


def _neighbours(first: Entry, second: Entry) -> bool:
    """Whether two rows stand together: nothing between them, and neither a requirement."""
    return (
        isinstance(first, Row) and isinstance(second, Row) and not second.blank_before
        and first.words[0].kind != "i" and second.words[0].kind != "i"
    )  # fmt: skip


def _neighbourhood(entries: Sequence[Entry], indent: str) -> list[Style]:
    """Styles of rows that stand together: runs of one head are tables, short runs of bare fields are aligned."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if runs and isinstance(entry, Row) and isinstance(runs[-1][0], Row) and _head(runs[-1][0]) == _head(entry):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    styles: list[Style] = []
    bare: list[Entry] = []
    for run in runs:
        if len(run) == 1 and _is_field(run[0]):
            bare.append(run[0])
            continue
        styles += _aligned(bare, indent, 0) + _table(run, indent)
        bare = []
    return styles + _aligned(bare, indent, 0)


def _head(row: Row) -> str:
    return row.words[0].text


def _is_field(entry: Entry) -> bool:
    """Whether `entry` is a field whose value may be moved to a column."""
    if not isinstance(entry, Row) or entry.body is not None or len(entry.words) < 2:
        return False
    return entry.words[0].kind == "n" and not entry.words[1].text.startswith('"""')


def _aligned(entries: Sequence[Entry], indent: str, column: int) -> list[Style]:
    """Styles with the values of fields in `column`, or in the column after the longest head."""
    heads = [len(entry.words[0].text) for entry in entries if isinstance(entry, Row) and _is_field(entry)]
    column = column or max(heads, default=0) + 1
    styles: list[Style] = []
    start = 0
    while start < len(entries):
        stop = start + 1
        while stop < len(entries) and _same_field(entries[stop - 1], entries[stop]):
            stop += 1
        texts = _text_column(entries[start:stop], column)
        for entry in entries[start:stop]:
            columns = ((1, column), *(((2, texts),) if texts else ())) if _is_field(entry) else ()
            styles.append(Style(indent, columns, one_line=_fits(entry, indent)))
        start = stop
    return styles


def _same_field(first: Entry, second: Entry) -> bool:
    """Whether two fields of one head stand together."""
    if not isinstance(first, Row) or not isinstance(second, Row) or second.blank_before:
        return False
    return _is_field(first) and _is_field(second) and _head(first) == _head(second)


def _text_column(entries: Sequence[Entry], column: int) -> int:
    """The column of the texts of fields like `say cancelled "…"` that stand together; 0 if they are not all alike."""
    rows = [entry for entry in entries if isinstance(entry, Row)]
    if len(rows) < 2 or not all(_names_a_text(row) for row in rows):
        return 0
    widths = [len(row.words[1].text) for row in rows]
    return max(column, len(_head(rows[0])) + 1) + max(widths) + 1 if max(widths) <= _WIDEST_CELL else 0


def _names_a_text(row: Row) -> bool:
    words = row.words
    return len(words) > 2 and words[1].kind == "n" and words[2].kind == '"' and not any(word.breaks for word in words)


def _fits(entry: Entry, indent: str) -> bool:
    """Whether a body that was on one line can stay there."""
    if not isinstance(entry, Row) or entry.body is None or not entry.on_one_line:
        return False
    broken = max((index for index, word in enumerate(entry.words) if word.breaks), default=0)
    return len(indent) + len(plain(entry.words[broken:]) + _tail(entry)) <= WIDTH


def _table(run: Sequence[Entry], indent: str) -> list[Style]:
    """Styles of rows with one head: what follows the first name is a column, and so are the bodies on one line."""
    rows = [entry for entry in run if isinstance(entry, Row)]
    if len(rows) < len(run):
        return [Style(indent) for _ in run]
    seconds = [_second_cell(row) for row in rows]
    widths = [len(plain(row.words[:second])) for row, second in zip(rows, seconds, strict=True) if second]
    column = max((width for width in widths if width <= _WIDEST_CELL), default=0) + 1
    columns = [((second, column),) if second else () for second in seconds]
    widths = [_width(row, second, column) for row, second in zip(rows, seconds, strict=True)]
    one_line = [_fits(row, indent) for row in rows]
    brace = _brace_column(rows, widths, one_line, len(indent))
    return [
        Style(
            indent, columns[index], brace if one_line[index] and widths[index] < brace else 0, one_line=one_line[index]
        )
        for index in range(len(rows))
    ]


def _second_cell(row: Row) -> int:
    """The index of the word after the name that follows the head, if there is one on the line; 0 if not."""
    words = row.words
    if len(words) < 3 or words[1].kind != "n" or words[2].kind in "(," or any(word.breaks for word in words):
        return 0
    return 2


def _width(row: Row, second: int, column: int) -> int:
    """How wide the line of `row` is with its second cell in `column`."""
    width = len(plain(row.words))
    if not second:
        return width
    first = len(plain(row.words[:second]))
    return width + max(column - first - 1, 0)


def _brace_column(rows: Sequence[Row], widths: Sequence[int], one_line: Sequence[bool], indent: int) -> int:
    """The column of the `{` of bodies on one line; rows too wide for it are left out, the widest first."""
    inside = [
        (width, len(one_line_body(row.body)))
        for row, width, one in zip(rows, widths, one_line, strict=True)
        if one and row.body is not None and not any(word.breaks for word in row.words)
    ]
    inside.sort()
    while inside:
        column = inside[-1][0] + 1
        if all(indent + column + body <= ALIGNED_WIDTH for _, body in inside):
            return column
        inside.pop()
    return 0

"""Where in a spec somebody is typing: in which block, in which field, after which words.

In: a file's tree and an offset. Out: a `Cursor`. Invariant: looks at what stands before the offset only, so that what is not yet
written, or wrong, after it plays no part.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from ...bind.names import key_name
from ...source.records import dataclass
from ...syntax import tree
from ...syntax.tokens import BAD, scan

_WORD = re.compile(r"[A-Za-z_][\w-]*$")
_HOLE = re.compile(r"\{([A-Za-z_][\w.]*)?$")


@dataclass(frozen=True, slots=True)
class Token:
    """A token before the cursor: its letter, as `syntax.tokens` has them, and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """`block` is the key of the feature or policy, "" at the top; `heads` are the lines that opened the braces around, outermost first.

    `line` are the tokens of the line so far, without the `word` that is being typed, which starts at `start`. `text` is what stands
    before the cursor inside of quotes, or None.
    """

    unit: tree.Unit | None
    block: str
    heads: tuple[tuple[Token, ...], ...]
    line: tuple[Token, ...]
    word: str
    start: int
    text: str | None = None

    @property
    def kind(self) -> str:
        """The kind of the requirement in which the cursor stands, or ""."""
        head = self.heads[0] if self.heads else ()
        return head[1].text if len(head) > 1 and head[0].kind == "i" else ""

    @property
    def head(self) -> str:
        """The head of the declaration in which the cursor stands, or ""."""
        head = self.heads[0] if self.heads else ()
        return head[0].text if head and head[0].kind != "i" else ""

    @property
    def field(self) -> str:
        """The first word of the line, or ""."""
        return self.line[0].text if self.line else ""

    @property
    def last(self) -> str:
        """The token before the word, or ""."""
        return self.line[-1].text if self.line else ""


def cursor(file: tree.File, offset: int) -> Cursor | None:
    """Where `offset` stands; None inside of a comment."""
    text = file.source.text
    unit, start, block = _around(file, offset)
    found = _WORD.search(text, max(start, offset - 100), offset)
    word = found[0] if found else ""
    before = text[start : offset - len(word)]
    tokens = scan(f"{before}x")
    rows = [Token(kind, said) for kind, said in zip(tokens.kinds, tokens.texts, strict=True)]
    if not rows:
        return None
    last = rows.pop()
    if last.kind == BAD and last.text.startswith('"'):
        quote = '"""' if last.text.startswith('"""') else '"'
        said = text[start + tokens.starts[-1] + len(quote) : offset]
        hole = _HOLE.search(said)
        heads, line = _nested(rows)
        name = (hole[1] or "") if hole else ""
        return Cursor(unit, block, heads, line, name, offset - len(name), said)
    if tokens.starts[-1] < len(before) and last.kind != "/":
        return None
    heads, line = _nested(rows)
    return Cursor(unit, block, heads, line, word, offset - len(word))


def _around(file: tree.File, offset: int) -> tuple[tree.Unit | None, int, str]:
    """The unit that is being written at `offset` (None between units), where reading starts, and the block around."""
    text = file.source.text
    at = bisect_right(file.units, offset, key=lambda one: one.start) - 1
    if at < 0:
        return None, text.rfind("\n", 0, offset) + 1, ""
    unit = file.units[at]
    end = unit.start + len(unit.text)
    opens = not unit.parent and key_name(unit.name.key)[0] in ("feature", "policy")
    opened = opens and unit.text.endswith("{")
    if offset <= end and not (opened and offset == end):
        return unit, unit.start, unit.parent
    between = text[end:offset]
    if "\n" not in between and not opened and not between.lstrip().startswith(("}", ";", "#")):
        return unit, unit.start, unit.parent
    block = unit.name.key if opens else unit.parent
    if any(line.partition("#")[0].strip().startswith("}") for line in between.split("\n")):
        block = ""
    line = max(end, text.rfind("\n", 0, offset) + 1, end + between.rfind(";") + 1)
    return None, line, block


def _nested(rows: Sequence[Token]) -> tuple[tuple[tuple[Token, ...], ...], tuple[Token, ...]]:
    """The lines that opened a brace, and the tokens of the last line."""
    heads: list[tuple[Token, ...]] = []
    line: list[Token] = []
    for one in rows:
        if one.kind == "{":
            heads.append(tuple(line))
            line = []
        elif one.kind == "}":
            heads[-1:] = []
            line = []
        elif one.kind == ";":
            line = []
        else:
            line.append(one)
    return tuple(heads), tuple(line)

"""Characters to tokens: the one tokenizer.

In: text. Out: for the parser, a `Scan` (one letter per token, and where each stands); for the formatter and editors, every
character of the text in one token or another (`tokenize`).
Invariant: linear in the length of the text whatever it holds (every repeat is possessive), and no input is refused: what is no
token is a BAD one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MAX_DEPTH = 64

# One letter per terminal of the grammar, so that the tokens of a line are a short text: its signature.
TERMINALS = {
    "NAME": "n", "ID": "i", "NUMBER": "0", "TEXT": '"', "PATTERN": "/", "MEMBER": "m",
    "SEP": ";", "RECORD": "r", "LBRACE": "{", "RCURLY": "c", "RBRACE": "}",
    "LPAR": "(", "RPAR": ")", "LSQB": "[", "RSQB": "]", "COMMA": ",", "COLON": ":",
    "AND": "&", "OR": "o", "NOT": "!", "IS": "s", "IN": "e",
    "EQ": "=", "NE": "#", "LT": "<", "LE": "l", "GT": ">", "GE": "g", "ATLEAST": "h",
    "PLUS": "+", "MINUS": "-", "STAR": "*", "RANGE": ".", "BAR": "|",
}  # fmt: skip
AT_LEAST = TERMINALS["ATLEAST"]
BAD, DEEP = "?", "^"
NEWLINE, SPACE, COMMENT = "newline", "space", "comment"

KEYWORDS = {"and": "&", "or": "o", "not": "!", "is": "s", "in": "e"}
_BRACKETS = frozenset("Br")
_STARTS_LINE = frozenset(";{}")
_BOUNDED = "holds"
"""The one field whose value is a bound from below in itself, so that a `>=` before it says nothing more (decision 0620)."""
_CLOSED_BY = {"()": ")", "[]": "]", "r}": "c", "{}": "}"}
_RENAMED = {"!=": "#", "<=": "l", ">=": "g", "..": "."}

# After a token of the first a line goes on if the next is indented deeper, before a token of the second it has not ended;
# where there is nothing to separate, a line's end is no SEP.
GOES_ON_AFTER = frozenset(",:&o!se=#<l>gh+-*.|")
GOES_ON_BEFORE = frozenset("&o|.{r")
_NO_SEP_AFTER = frozenset("{;")
_NO_SEP_BEFORE = GOES_ON_BEFORE | frozenset("}c\0")
# Between the entries of a record stands a comma. Where a line just ends, or a `;` stands, it is a body whose first field has a `:`.
_RECORD_GOES_ON_AFTER = GOES_ON_AFTER | frozenset("r")

MAX_NAME = 100
_WORD = rf"[A-Za-z_][A-Za-z0-9_]{{0,{MAX_NAME - 1}}}+"
# A text that its line does not end has swallowed no brace of the blocks around it: a `{` with which a line ends, or whose `}` ends it.
_TO_LINE_END = r"[ \t\r]*+(?:#[^\n]*+)?(?:\n|\Z)"
_OPEN_TEXT = (
    r'"(?:[^"\\{}\n]++|\\[^\n]|\{\w[\w.-]*+\})*+'
    rf"(?=(?:(?<=[ \t])\{{(?:[ \t][^\n]*\}})?|\}}(?:[ \t]*+\}})*+){_TO_LINE_END})"
)
OPEN_TEXT = re.compile(rf'{_OPEN_TEXT}|"[^\n]*+')
_LEAD = r"[ \t\r]*+(?:#[^\n]*+)?+"
_GROUPS = (
    ("n", rf"({_WORD})(?!\w|-\w|\.[A-Za-z_])"),
    ("\n", r"(\n(?:[ \t\r]*+(?:#[^\n]*+)?+\n)*+)"),
    ("r", rf"(\{{)(?=[ \t\r\n]*+(?:#[^\n]*+\n[ \t\r\n]*+)*+{_WORD}[ \t]*+:)"),
    ("B", r"([()\[\]{}])"),
    ("S", (r"(<=(?![>=])|>=(?![>=])|!=(?!=)|\.\.(?!\.)|=(?![=><])|<(?![<>=])|>(?![>=])|\|(?!\|)|[,;:*+]"
          r"|(?<![^ \t\r\n(\[,])-(?=[ \t\r\n]|\Z))")),
    ('"', r'("""(?:[^"\\]++|\\(?:""")?+|"(?!""))*+"""|"(?!"")(?:[^"\\\n]++|\\[^\n])*+"|""(?!"))'),
    ("i", rf"({_WORD}(?:-[A-Za-z0-9_]++)++(?![\w.-])|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?![\w-]))"),
    ("?", r"([0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?+(?!\w))"),
    ("0", r"((?:(?<![\w)\]\"/}])-)?+(?:0|[1-9][0-9]*+(?:_[0-9]++)*+)(?:\.[0-9]++)?+%?+)(?!\w|\.[0-9]|%)"),
    ("m", rf"({_WORD}(?:\.{_WORD})++)(?![\w]|-\w|\.[A-Za-z_])"),
    ("/", r"(/(?:[^/\\\n]++|\\[^\n])++/)"),
    ("\0", r"(\Z)"),
    # What is no token: an unclosed block text, text or pattern; a text in wrong quotes; a wrong number or word; a wrong operator;
    # anything else. None of these holds a brace that the splitter would count.
    ("?", (rf'("""[\s\S]*+|{_OPEN_TEXT}|"[^\n]*+'
           r'|//[^\n]*+|/(?:[^/\\\n]++|\\[^\n])*+/?+'
           r"""|[“„«‘][^“„«‘”»’"'{}#;/\n]*+[”“»’]|'[^'"{}#;/\n]*+'|`[^`"{}#;/\n]*+`"""
           r"|-?+[0-9][\w.]*+%?+|\w(?:\w|[.-]+\w)*+|[=<>!&|.+-]++|[^\x00-\x7f\w“„«‘”»’]++|[\s\S])")),
)  # fmt: skip
_KINDS = "\0" + "".join(kind for kind, _ in _GROUPS)
MASTER = re.compile(_LEAD + "(?:" + "|".join(pattern for _, pattern in _GROUPS) + ")")


class Scan(NamedTuple):
    """The tokens of a text: one letter each in `kinds`, with what they are and where they stand at the same index."""

    kinds: str
    texts: list[str]
    starts: list[int]
    ends: list[int]


def kind_of(found: re.Match[str]) -> str:
    """The letter of one token found by MASTER, whatever stands around it: a `{` or a `}` is one of a body."""
    group = found.lastindex or 0
    kind = _KINDS[group]
    if kind == "n":
        word = found[group]
        return KEYWORDS[word] if word in KEYWORDS and not found.string.startswith(":", found.end()) else kind
    return _RENAMED.get(found[group], found[group]) if kind in "SB" else kind


def scan(text: str) -> Scan:
    """The tokens of `text`, with a `SEP` where a line ends; spaces and comments are left out."""
    return _scan(text, None) or _scan(text, _roles(text)) or Scan("", [], [], [])


def _scan(text: str, roles: dict[int, tuple[str, int]] | None) -> Scan | None:  # noqa: C901, PLR0912  # hot: calls cost
    """`scan`, with brackets as `roles` says; without it, None if a bracket has no partner or is too deep."""
    rows: list[tuple[str, str, int, int]] = []
    stack: list[str] = []
    inside = unfinished = loose = False
    last = ";"
    line_end = -1
    line_start = measured = indent = -1
    for found in MASTER.finditer(text):
        group = found.lastindex or 0
        kind = _KINDS[group]
        if kind == "\n":
            if not inside and last not in _NO_SEP_AFTER:
                line_end = found.start(group)
                unfinished = last in GOES_ON_AFTER
            elif inside and stack[-1] == "r":
                loose = last not in _RECORD_GOES_ON_AFTER
            continue
        word = found[group]
        start, end = found.span(group)
        if kind == "n":
            if word in KEYWORDS and not text.startswith(":", end):
                kind = KEYWORDS[word]
        elif kind == "S":
            kind = AT_LEAST if word == ">=" and _bounded(rows) else _RENAMED.get(word, word)
            if kind == ";" and roles is None and inside and stack[-1] == "r":
                return None
        elif kind in _BRACKETS:
            kind, effect = roles[start] if roles is not None else _role(kind, word, stack)
            if effect == 1:
                stack.append(kind)
            elif effect == -1:
                stack.pop()
            elif roles is None:
                return None
            inside = bool(stack) and stack[-1] != "{"
        if loose:
            loose = False
            if roles is None and kind not in _NO_SEP_BEFORE:
                return None
        if line_end >= 0:
            if unfinished and measured != line_start:
                measured, indent = line_start, line_indent(text, line_start)
            if kind not in _NO_SEP_BEFORE and not (unfinished and column(text, start) > indent):
                rows.append((";", "\n", line_end, line_end + 1))
                last = ";"
            line_end = -1
        if kind == "\0":
            break
        if last in _STARTS_LINE:
            line_start = start
        rows.append((kind, word, start, end))
        last = kind
    if inside and roles is None:
        return None
    return Scan(
        "".join([row[0] for row in rows]), [row[1] for row in rows], [row[2] for row in rows], [row[3] for row in rows]
    )


def _bounded(rows: Sequence[tuple[str, str, int, int]]) -> bool:
    """Whether the last of `rows` is the field whose value is a bound in itself."""
    return rows[-1:] != [] and rows[-1][1] == _BOUNDED and (len(rows) < 2 or rows[-2][0] in _STARTS_LINE)


def line_indent(text: str, head: int) -> int:
    """How far the token at `head` is indented if it begins a line; -1 if it does not, or on the first line.

    After a comma or an operator a line goes on with the next one only if that is indented deeper than this: else the next
    field would be taken for a value. The first line of a unit is the splitter's concern, which knows where the unit stands.
    """
    line = text.rfind("\n", 0, head) + 1
    return head - line if line and not text[line:head].strip(" \t") else -1


def column(text: str, at: int) -> int:
    """How many characters stand before `at` on its line."""
    return at - text.rfind("\n", 0, at) - 1


def _role(kind: str, word: str, stack: list[str]) -> tuple[str, int]:
    """The kind of a bracket, and 1 if it opens, -1 if it closes what is open, 0 if it is out of place."""
    if kind == "r" or word in "([":
        return (kind if kind == "r" else word), int(len(stack) < MAX_DEPTH)
    if word == "{":
        return word, int(len(stack) < MAX_DEPTH and (not stack or stack[-1] == "{"))
    closed = _CLOSED_BY.get((stack[-1] if stack else "") + word, "")
    return closed or word, -1 if closed else 0


def _roles(text: str) -> dict[int, tuple[str, int]]:
    """What each bracket of a text with faults is: those without a partner have no effect on where lines end."""
    roles: dict[int, tuple[str, int]] = {}
    opened: list[tuple[str, int]] = []
    last = ";"
    loose = False
    for found in MASTER.finditer(text):
        start = found.start(found.lastindex or 0)
        kind = kind_of(found)
        in_record = bool(opened) and opened[-1][0] == "r"
        if kind == "\n":
            loose = in_record and last not in _RECORD_GOES_ON_AFTER
            continue
        if in_record and (kind == ";" or (loose and kind not in _NO_SEP_BEFORE)):
            opened[-1] = ("{", opened[-1][1])
            roles[opened[-1][1]] = ("{", 1)
        last, loose = kind, False
        if kind == "{":
            while opened and opened[-1][0] != "{":
                opened.pop()
        if kind in "{([r":
            opened.append((kind, start))
            roles[start] = (kind, int(kind == "{"))
        elif kind == "}":
            while opened and opened[-1][0] not in "{r":
                opened.pop()
            _pair(opened, kind, start, roles)
        elif kind in ")]":
            _pair(opened, kind, start, roles)
    return _limited(roles)


def _pair(opened: list[tuple[str, int]], word: str, start: int, roles: dict[int, tuple[str, int]]) -> None:
    """Join a closing bracket to the one that it closes, if that is the innermost."""
    closed = _CLOSED_BY.get((opened[-1][0] if opened else "") + word, "")
    roles[start] = (closed or word, -1 if closed else 0)
    if closed:
        kind, partner = opened.pop()
        roles[partner] = (kind, 1)


def _limited(roles: dict[int, tuple[str, int]]) -> dict[int, tuple[str, int]]:
    """`roles`, with brackets nested too deep made DEEP."""
    deep: list[bool] = []
    for start, (_, effect) in roles.items():
        if effect == 1:
            deep.append(len(deep) >= MAX_DEPTH)
            if deep[-1]:
                roles[start] = (DEEP, 0)
        elif effect == -1 and deep.pop():
            roles[start] = (DEEP, 0)
    return roles


class Token(NamedTuple):
    """The characters `start` to `end`: a token of the grammar by its letter, or NEWLINE, SPACE, COMMENT, BAD or DEEP."""

    kind: str
    start: int
    end: int


_TRIVIA = re.compile(r"(\n)|(#[^\n]*+)|[^\n#]++")


def tokenize(text: str) -> Iterator[Token]:
    """Every character of `text`, in order, in one token or another."""
    found = scan(text)
    at = 0
    for kind, start, end in zip(found.kinds, found.starts, found.ends, strict=True):
        yield from _trivia(text, at, start)
        yield Token(kind, start, end)
        at = end
    yield from _trivia(text, at, len(text))


def _trivia(text: str, start: int, end: int) -> Iterator[Token]:
    while start < end:
        found = _TRIVIA.match(text, start, end)
        stop = found.end() if found else end
        yield Token(NEWLINE if found and found[1] else COMMENT if found and found[2] else SPACE, start, stop)
        start = stop

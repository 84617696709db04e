"""The beginning of a layout that needs no template engine: text, and holes that only name a clause.

In: a layout and the texts of the clauses. Out: what its beginning writes, and the rest for the engine. A layout of an adopted
prompt is thousands of such holes, and an engine compiles each to a piece of a program.
Invariant: the engine would write the same.
"""

import re
from collections.abc import Mapping

from ..source.records import dataclass

_OPENS = re.compile(r"\{[{%#]")
_HOLE = re.compile(
    r'\{\{ (?:clause\["(?P<owner>[A-Za-z][A-Za-z0-9_-]*)"\](?P<crlf> \| replace\("\\n", "\\r\\n"\))?'
    r'|"(?P<text>\{|\\r|\\u(?P<code>[0-9a-f]{4}))") \}\}'
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOTHING = '{{ "" }}'
"""What the rest begins with, so that the engine does not take its start for the start of a line."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the beginning of a layout writes, whose clauses it places, how many lines it has, and the rest, "" if it is all."""

    parts: tuple[str, ...]
    placed: frozenset[str]
    lines: int
    rest: str


def beginning(layout: str, clauses: Mapping[str, str]) -> Beginning:
    """The beginning of `layout`, up to what only the engine understands; `clauses` are the texts by owner."""
    parts: list[str] = []
    placed: list[str] = []
    at = 0
    while (opened := _OPENS.search(layout, at)) is not None:
        hole = _HOLE.match(layout, opened.start())
        if hole is None or (hole["text"] is None and hole["owner"] not in clauses):
            break
        parts.extend((_LINE_END.sub("\n", layout[at : hole.start()]), _written(hole, clauses)))
        if hole["owner"]:
            placed.append(hole["owner"])
        at = hole.end()
    else:
        parts.append(_LINE_END.sub("\n", layout[at:]))
        return Beginning(tuple(parts), frozenset(placed), 0, "")
    rest = f"{_NOTHING}{layout[at:]}" if at else layout
    return Beginning(tuple(parts), frozenset(placed), len(_LINE_END.findall(layout, 0, at)), rest)


def _written(hole: "re.Match[str]", clauses: Mapping[str, str]) -> str:
    owner, text = hole["owner"], hole["text"]
    if owner:
        return clauses[owner].replace("\n", "\r\n") if hole["crlf"] else clauses[owner]
    if hole["code"]:
        return chr(int(hole["code"], 16))
    return "\r" if text == "\\r" else "{"

"""Where a key stands in a TOML file, which the standard library's reader does not tell.

In: the text of a file that can be read. Out: offsets. A line is looked at only where a key can start: not in a text of
several lines, and not in a list of several lines.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TABLE = re.compile(r"[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]")
_KEY = re.compile(
    r"""[ \t]*((?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*="""
)
_PART = re.compile(r"""[A-Za-z0-9_-]+|"([^"\n]*)"|'([^'\n]*)'""")
_SKIP = re.compile(r'''"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[\[\]{}]|\n''')


class Key(NamedTuple):
    """A key with its whole path from the top, and where its last part stands."""

    path: tuple[str, ...]
    start: int
    end: int


def keys(text: str) -> Iterator[Key]:
    """Every key that starts a line, and every table, in order."""
    table: tuple[str, ...] = ()
    at = 0
    while at < len(text):
        opened, named = _TABLE.match(text, at), _KEY.match(text, at)
        if named is not None:
            yield Key((*table, *_parts(named[1])), *_last(text, named.start(1), named.end(1)))
            at = _after(text, named.end())
        elif opened is not None:
            table = _parts(opened[1])
            yield Key(table, *_last(text, opened.start(1), opened.end(1)))
            at = _after(text, opened.end())
        else:
            at = _after(text, at)


def place(text: str, path: tuple[str, ...]) -> tuple[int, int]:
    """Where the key of `path` stands: its own line, the name in the line of the table that holds it, or the start of the file."""
    best: tuple[int, int] = (0, 0)
    depth = 0
    for key in keys(text):
        if key.path == path:
            return key.start, key.end
        if key.path == path[: len(key.path)] and len(key.path) > depth:
            depth = len(key.path)
            inner = re.compile(rf"(?<![\w-]){re.escape(path[-1])}(?![\w-])").search(
                text, key.end, _after(text, key.end)
            )
            best = inner.span() if inner is not None else (key.start, key.end)
    return best


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part[1] or part[2] or part[0].strip("\"'") for part in _PART.finditer(path))


def _last(text: str, start: int, end: int) -> tuple[int, int]:
    *_, last = _PART.finditer(text, start, end)
    return last.span()


def _after(text: str, at: int) -> int:
    """The start of the next line on which a key can start."""
    depth = 0
    while (found := _SKIP.search(text, at)) is not None:
        at = found.end()
        if found[0] in ('"""', "'''"):
            closed = text.find(found[0], at)
            at = closed + 3 if closed >= 0 else len(text)
        elif found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
        elif found[0] == "\n" and depth <= 0:
            return at
    return len(text)

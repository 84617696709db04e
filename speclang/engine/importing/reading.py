"""Reads YAML, JSON, JSON Lines, tables, Prompty files and plain text as documents.

In: the text of a file that nobody vouches for. Out: a tree of values with places, or `Malformed`.
Invariant: nothing in a file is run, made or looked up.
"""

import csv
import re

from .document import Malformed, Node, Raw, placed
from .json_text import json_of, lines_of
from .yaml_text import yaml_of

_ROLE = re.compile(r"(?mi)^[ \t]*#?[ \t]*(system|user|assistant|developer)[ \t]*:[ \t]*$")
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def read(file: str, text: str) -> Node:
    """The document in `file`, by the ending of its name; what has no ending that is known is one text."""
    ending = file.lower().rpartition(".")[2]
    if ending in ("yaml", "yml"):
        return placed(file, yaml_of(text))
    if ending == "json":
        return placed(file, json_of(text))
    if ending == "jsonl":
        return placed(file, lines_of(text))
    if ending == "csv":
        return placed(file, table_of(text))
    if ending == "prompty":
        return placed(file, prompty_of(text))
    return plain(file, text)


def plain(file: str, text: str) -> Node:
    """A file that is one text."""
    return Node(file, "", 0, len(text), value=text, text=text)


def lined(whole: Node) -> Node:
    """A file that is one text, as a list of its lines that say something."""
    parts = [
        Raw(found.start(), found.end(), value=found[0].strip(), text=found[0].strip())
        for found in re.finditer(r"[^\r\n]*\S[^\r\n]*", whole.text)
    ]
    return placed(whole.file, Raw(0, whole.end, tuple(parts), is_list=True))


def prompty_of(text: str) -> Raw:
    """The front matter of a Prompty file with one key more, `messages`: the roles and texts below it."""
    front = _FRONT.match(text)
    if front is None:
        raise Malformed("a front matter between two lines `---` is expected here")
    held = yaml_of(text[: front.end(1)]) if front[1].strip() else Raw(0, front.end(), keys=())
    if held.keys is None or "messages" in held.keys:
        raise Malformed("the front matter is a map, without a key `messages`", held.start, held.end)
    marks = list(_ROLE.finditer(text, front.end()))
    bounds = [(one[1], one.start(1), one.end(1), one.end()) for one in marks] or [
        ("system", front.end(), front.end(), front.end())
    ]
    before = text[front.end() : marks[0].start()] if marks else ""
    if before.strip():
        bounds.insert(0, ("system", front.end(), front.end(), front.end()))
    ends = [*(one.start() for one in marks[0 if before.strip() else 1 :]), len(text)]
    messages: list[Raw] = []
    for (role, start, stop, begins), end in zip(bounds, ends, strict=True):
        said = text[begins:end].strip()
        if said:
            at = text.index(said[0], begins)
            content = Raw(at, at + len(said), value=said, text=said)
            messages.append(
                Raw(start, end, (Raw(start, stop, value=role.lower(), text=role.lower()), content), ("role", "content"))
            )
    listed = Raw(front.end(), len(text), tuple(messages), is_list=True)
    return Raw(0, len(text), (*held.parts, listed), (*held.keys, "messages"))


def table_of(text: str) -> Raw:
    """The rows of a table, each a map from the words of the first row to its own; one with other cells is a list of them."""
    starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
    reader = csv.reader(text.splitlines(keepends=True), skipinitialspace=True, strict=True)
    rows: list[Raw] = []
    head: tuple[str, ...] | None = None
    before = 0
    try:
        for row in reader:
            start, end = starts[min(before, len(starts) - 1)], starts[min(reader.line_num, len(starts) - 1)]
            before = reader.line_num
            cells = tuple(one.strip() for one in row)
            if not any(cells):
                continue
            if head is None:
                head = cells
                continue
            parts = tuple(Raw(start, max(start, end - 1), value=cell, text=cell) for cell in cells)
            fits = len(cells) == len(head)
            rows.append(Raw(start, max(start, end - 1), parts, head if fits else None, is_list=not fits))
    except csv.Error as problem:
        raise Malformed(str(problem), starts[min(before, len(starts) - 1)]) from None
    if head is not None and len(set(head)) != len(head):
        raise Malformed("the first row names a column twice", 0)
    return Raw(0, len(text), tuple(rows), is_list=True)

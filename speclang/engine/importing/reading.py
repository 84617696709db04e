"""Reads YAML, JSON, JSON Lines, tables and plain text as documents.

In: the text of a file that nobody vouches for. Out: a tree of values with places, or `Malformed`.
Invariant: nothing in a file is run, made or looked up: YAML gives texts, numbers, lists and maps as in YAML 1.2, where `yes` is
a text; what a file repeats by name is counted each time.
"""

import csv
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .document import DEEPEST, Malformed, Node, Raw, Scalar, placed

if TYPE_CHECKING:
    import yaml

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,300}|[0-9]{1,300}(?:\.[0-9]{0,300})?)(?:[eE][-+]?[0-9]{1,3})?")
_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?")
_STRINGS = json.JSONDecoder()
_WORDS: tuple[tuple[str, Scalar], ...] = (("true", True), ("false", False), ("null", None))
_ROLE = re.compile(r"(?mi)^[ \t]*#?[ \t]*(system|user|assistant|developer)[ \t]*:[ \t]*$")
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_CORE = "tag:yaml.org,2002:"


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


# ---- YAML


def yaml_of(text: str) -> Raw:
    """The one document of a YAML text."""
    import yaml

    try:
        return _Tree(text).read(yaml.parse(text, Loader=_loader()))
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        what = problem.problem or "this can't be read"
        raise Malformed(what, _offset(text, mark)) from None
    except yaml.reader.ReaderError as problem:
        raise Malformed("there is a character that YAML does not allow", problem.position) from None


def _loader() -> "type[yaml.SafeLoader]":
    import yaml

    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return loader


def _offset(text: str, mark: "yaml.error.Mark | None") -> int:
    """Where `mark` is, counted from its line: readers count the rest in different ways."""
    if mark is None:
        return 0
    at = 0
    for _ in range(mark.line):
        at = text.find("\n", at) + 1
    return at + mark.column


class _Open:
    """A list or map that is being read."""

    __slots__ = ("anchor", "is_map", "keys", "parts", "seen", "start", "waiting")

    def __init__(self, start: int, anchor: str | None, *, is_map: bool) -> None:
        self.start, self.anchor, self.is_map = start, anchor, is_map
        self.parts: list[Raw] = []
        self.keys: list[str] = []
        self.seen: set[str] = set()
        self.waiting: str | None = None


class _Tree:
    """Builds values from the events of a YAML reader, which does not go deeper by itself."""

    __slots__ = ("anchors", "done", "open", "starts")

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in re.finditer(r"\r\n|[\n\r\x85\u2028\u2029]", text))]
        self.anchors: dict[str, Raw] = {}
        self.open: list[_Open] = []
        self.done: list[Raw] = []

    def read(self, events: "Iterator[yaml.Event]") -> Raw:
        import yaml

        for event in events:
            start, end = self._at(event.start_mark), self._at(event.end_mark)
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event, start, end)
                case yaml.AliasEvent():
                    known = self.anchors.get(event.anchor or "")
                    if known is None:
                        raise Malformed(f"nothing before this is named `{event.anchor}`", start, end)
                    self._add(Raw(start, end, known.parts, known.keys, known.is_list, known.value, known.text), "")
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self._refuse_tag(event.tag, start, end)
                    if len(self.open) >= DEEPEST:
                        raise Malformed(f"values lie more than {DEEPEST} deep in each other", start)
                    is_map = isinstance(event, yaml.MappingStartEvent)
                    self.open.append(_Open(start, event.anchor, is_map=is_map))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self._close(start, end)
                case _:
                    pass
        if len(self.done) != 1:
            raise Malformed("one document is expected here" if self.done else "it is empty")
        return self.done[0]

    def _at(self, mark: "yaml.error.Mark | yaml._yaml.Mark | None") -> int:
        if mark is None:
            return 0
        return self.starts[min(mark.line, len(self.starts) - 1)] + mark.column

    def _refuse_tag(self, tag: str | None, start: int, end: int) -> None:
        if tag and tag != "!" and tag.removeprefix(_CORE) not in ("str", "int", "float", "bool", "null", "map", "seq"):
            raise Malformed(f"the tag `{tag}` asks for more than data", start, end)

    def _scalar(self, event: "yaml.ScalarEvent", start: int, end: int) -> None:
        self._refuse_tag(event.tag, start, end)
        text = event.value
        bare = event.implicit[0] and event.tag is None
        here = self.open[-1] if self.open else None
        if here is not None and here.is_map and here.waiting is None:
            if text in here.seen and not (bare and text == "<<"):
                raise Malformed(f"the key `{text}` stands twice in one map", start, end)
            here.seen.add(text)
            here.waiting = text if not bare or text != "<<" else "\0<<"
            if event.anchor:
                self.anchors[event.anchor] = Raw(start, end, value=text, text=text)
            return
        value: Scalar = _meant(text) if bare else text
        self._add(Raw(start, end, value=value, text="" if value is None else text), event.anchor or "")

    def _close(self, start: int, end: int) -> None:
        done = self.open.pop()
        if start == end and done.parts:
            end = done.parts[-1].end  # nothing closes a block; the next line begins where its reader notices
        if done.is_map:
            keys, parts = _merged(done)
            raw = Raw(done.start, end, tuple(parts), tuple(keys))
        else:
            raw = Raw(done.start, end, tuple(done.parts), is_list=True)
        self._add(raw, done.anchor or "")

    def _add(self, raw: Raw, anchor: str) -> None:
        if anchor:
            self.anchors[anchor] = raw
        if not self.open:
            self.done.append(raw)
            return
        here = self.open[-1]
        if here.is_map and here.waiting is None:
            raise Malformed("a key is a word or a text", raw.start, raw.end)
        here.parts.append(raw)
        if here.is_map:
            here.keys.append(here.waiting or "")
            here.waiting = None


def _merged(done: _Open) -> tuple[list[str], list[Raw]]:
    """The keys and values of a map, with those that `<<` brings in and that it does not have itself."""
    keys = [key for key in done.keys if key != "\0<<"]
    parts = [part for key, part in zip(done.keys, done.parts, strict=True) if key != "\0<<"]
    for key, part in zip(done.keys, done.parts, strict=True):
        if key != "\0<<":
            continue
        for one in part.parts if part.is_list else (part,):
            if one.keys is None:
                raise Malformed("`<<` takes a map", part.start, part.end)
            for name, value in zip(one.keys, one.parts, strict=True):
                if name not in keys:
                    keys.append(name)
                    parts.append(value)
    return keys, parts


def _meant(text: str) -> Scalar:
    """What an unquoted word of YAML 1.2 is."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


# ---- JSON


def json_of(text: str) -> Raw:
    """The one value of a JSON text."""
    raw, at = _json(text, _skip(text, 0), 0)
    at = _skip(text, at)
    if at < len(text):
        raise Malformed("nothing is expected after the value", at)
    return raw


def lines_of(text: str) -> Raw:
    """The values of JSON Lines, as a list."""
    parts: list[Raw] = []
    at = _skip(text, 0)
    while at < len(text):
        raw, at = _json(text, at, 1)
        parts.append(raw)
        rest = text[at : _skip(text, at)]
        at += len(rest)
        if at < len(text) and "\n" not in rest:
            raise Malformed("a line holds one value", at)
    return Raw(0, len(text), tuple(parts), is_list=True)


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _json(text: str, at: int, depth: int) -> tuple[Raw, int]:
    """The value at `at`, and where it ends."""
    if depth > DEEPEST:
        raise Malformed(f"values lie more than {DEEPEST} deep in each other", at)
    opens = text[at : at + 1]
    if opens == '"':
        said, end = _quoted(text, at)
        return Raw(at, end, value=said, text=said), end
    if opens and opens in "[{":
        return _several(text, at, depth, is_map=opens == "{")
    for word, value in _WORDS:
        if text.startswith(word, at):
            return Raw(at, at + len(word), value=value, text="" if value is None else word), at + len(word)
    found = _NUMBER.match(text, at)
    if found is None:
        raise Malformed("a JSON value is expected here" if opens else "it ends where a JSON value is expected", at)
    number = float(found[0]) if found[1] or found[2] else int(found[0])
    return Raw(at, found.end(), value=number, text=found[0]), found.end()


def _several(text: str, start: int, depth: int, *, is_map: bool) -> tuple[Raw, int]:
    closing = "}" if is_map else "]"
    keys: list[str] = []
    seen: set[str] = set()
    parts: list[Raw] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != closing or parts:
        if is_map:
            if text[at : at + 1] != '"':
                raise Malformed("a key in quotes is expected here", at)
            key, end = _quoted(text, at)
            if key in seen:
                raise Malformed(f"the key `{key}` stands twice in one map", at, end)
            keys.append(key)
            seen.add(key)
            at = _skip(text, end)
            if text[at : at + 1] != ":":
                raise Malformed("`:` is expected here", at)
            at = _skip(text, at + 1)
        part, at = _json(text, at, depth + 1)
        parts.append(part)
        at = _skip(text, at)
        if text[at : at + 1] == closing:
            break
        if text[at : at + 1] != ",":
            raise Malformed(f"`,` or `{closing}` is expected here", at)
        at = _skip(text, at + 1)
    return Raw(start, at + 1, tuple(parts), tuple(keys) if is_map else None, is_list=not is_map), at + 1


def _quoted(text: str, at: int) -> tuple[str, int]:
    try:
        said, end = _STRINGS.raw_decode(text, at)
    except json.JSONDecodeError as problem:
        raise Malformed("this text has no end, or an escape that JSON does not have", problem.pos) from None
    return str(said), end


# ---- Prompty


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


# ---- tables


def table_of(text: str) -> Raw:
    """The rows of a table, each a map from the words of the first row to its own."""
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
            if len(cells) != len(head):
                raise Malformed(f"this row has {len(cells)} cells, the first row {len(head)}", start, end)
            parts = tuple(Raw(start, max(start, end - 1), value=cell, text=cell) for cell in cells)
            rows.append(Raw(start, max(start, end - 1), parts, head))
    except csv.Error as problem:
        raise Malformed(str(problem), starts[min(before, len(starts) - 1)]) from None
    if head is not None and len(set(head)) != len(head):
        raise Malformed("the first row names a column twice", 0)
    return Raw(0, len(text), tuple(rows), is_list=True)

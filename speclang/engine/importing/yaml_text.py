"""Reads YAML as a tree of values.

In: the text of a file that nobody vouches for. Out: texts, numbers, lists and maps as in YAML 1.2, where `yes` is a text.
Invariant: nothing is made or run; nothing goes deeper than the limit; what is named is shared, and counted where it is used.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .document import DEEPEST, Malformed, Raw, Scalar

if TYPE_CHECKING:
    import yaml

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,300}|[0-9]{1,300}(?:\.[0-9]{0,300})?)(?:[eE][-+]?[0-9]{1,3})?")
_CORE = "tag:yaml.org,2002:"


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

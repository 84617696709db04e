"""The grammar of tree-sitter as an editor uses it: its parser compiled and loaded, its tree and its colours as ours.

In: texts. Out: what the parser and the queries of `editors/tree-sitter` make of them, in the words of `syntax/tree.py` and
`syntax/colours/looks.py`; offsets are code points.
"""

import ctypes
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree

from speclang.source.text import SourceText
from speclang.syntax import tree
from speclang.syntax.blocks import OPENERS
from speclang.syntax.parser import parse
from speclang.syntax.walk import children

FOLDER = Path(__file__).parents[2] / "editors/tree-sitter"

COMPILER = shutil.which(shlex.split(os.environ.get("CC", "cc"))[0])
"""What compiles the parser, or None."""

LOOKS = {
    "comment": "comment",
    "string": "text",
    "string.escape": "escape",
    "string.special.symbol": "hole",
    "string.regexp": "pattern",
    "number": "number",
    "number.date": "date",
    "type": "unit",
    "label": "id",
    "keyword": "head",
    "keyword.modifier": "level",
    "keyword.operator": "word",
    "constant.builtin": "constant",
    "variable": "name",
    "variable.member": "member",
    "operator": "operator",
    "punctuation.delimiter": "operator",
    "punctuation.bracket": "bracket",
}
"""The look of what has a capture of `highlights.scm`."""

Shape: TypeAlias = tuple[object, ...]
"""A node: what it is, where it stands, what it says or holds."""


def compiled(folder: Path) -> Path:
    """The parser as a library that a program can load, made in `folder`."""
    library = folder / "specc.so"
    source = FOLDER / "src"
    flags = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", f"-I{source}"]
    files = [str(source / "parser.c"), str(source / "scanner.c")]
    done = subprocess.run(
        [COMPILER or "cc", *flags, *files, "-o", str(library)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return library


@dataclass(frozen=True)
class Grammar:
    """The grammar, loaded."""

    language: Language
    highlights: Query

    @classmethod
    def load(cls, library: Path) -> "Grammar":
        """The grammar that `library` holds, with the query for its colours."""
        make = ctypes.CDLL(str(library)).tree_sitter_specc
        make.restype = ctypes.c_void_p
        capsule = ctypes.pythonapi.PyCapsule_New
        capsule.restype = ctypes.py_object
        capsule.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
        language = Language(capsule(make(), b"tree_sitter.Language", None))
        return cls(language, Query(language, (FOLDER / "queries/highlights.scm").read_text(encoding="utf-8")))

    def parse(self, text: str) -> Tree:
        """The tree of `text`."""
        return Parser(self.language).parse(text.encode())

    def typed(self, text: str) -> "Typed":
        """`text` as an editor has it open."""
        return Typed(Parser(self.language), text, self.parse(text))

    def looks(self, text: str) -> list[str]:
        """What each character of `text` is to a reader: a look, or `space`."""
        points = Offsets(text)
        found = ["space"] * len(text)
        captured = [
            (at, node, name)
            for at, captures in QueryCursor(self.highlights).matches(self.parse(text).root_node)
            for name, nodes in captures.items()
            for node in nodes
            if name in LOOKS
        ]
        # An outer node first, then what is in it; of two captures of one node, that of the later pattern counts.
        for _, node, name in sorted(captured, key=lambda one: (one[1].start_byte, -one[1].end_byte, one[0])):
            start, end = points[node.start_byte], points[node.end_byte]
            found[start:end] = [LOOKS[name]] * (end - start)
        return found


@dataclass
class Typed:
    """A text whose tree is kept while it is edited, as editors do."""

    parser: Parser
    text: str
    tree: Tree

    def edit(self, start: int, end: int, put: str) -> None:
        """Put `put` in the place of the characters `start` to `end`."""
        before, after = self.text[:start] + put, self.text[end:]
        self.tree.edit(
            start_byte=len(self.text[:start].encode()),
            old_end_byte=len(self.text[:end].encode()),
            new_end_byte=len(before.encode()),
            start_point=_point(self.text[:start]),
            old_end_point=_point(self.text[:end]),
            new_end_point=_point(before),
        )
        self.text = before + after
        self.tree = self.parser.parse(self.text.encode(), self.tree)


def _point(before: str) -> tuple[int, int]:
    """The row, and the byte in it, of what stands after `before`."""
    return before.count("\n"), len(before[before.rfind("\n") + 1 :].encode())


class Offsets:
    """Bytes to code points in one text."""

    def __init__(self, text: str) -> None:
        """Index `text`."""
        self._ascii = text.isascii()
        starts = [0, *accumulate(len(char.encode()) for char in text)] if not self._ascii else []
        self._points = {byte: point for point, byte in enumerate(starts)}

    def __getitem__(self, byte: int) -> int:
        """The code point that begins at `byte`."""
        return byte if self._ascii else self._points[byte]


def faults(found: Tree) -> list[Node]:
    """The nodes that say that something could not be read, or that something is missing."""
    return [node for node in every(found.root_node) if node.is_error or node.is_missing]


def every(node: Node) -> Iterator[Node]:
    """`node` and all that is in it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


def theirs(found: Tree, text: str) -> tuple[Shape, ...]:
    """The items of a tree of tree-sitter; one that opens a feature or policy ends with its `{`, as in the compiler's."""
    reading = _Theirs(Offsets(text), text)
    return tuple(reading.top(one) for one in found.root_node.named_children if one.type == "item")


class _Theirs:
    def __init__(self, points: Offsets, text: str) -> None:
        self.points = points
        self.text = text

    def top(self, item: Node) -> Shape:
        shape = self.shape(item)
        head, body = item.child_by_field_name("head"), item.child_by_field_name("body")
        if head is None or body is None or self.said(head) not in OPENERS:
            return shape
        return (*shape[:2], self.points[body.children[0].end_byte], *shape[3:])

    def shape(self, node: Node) -> Shape:
        start, end = self.points[node.start_byte], self.points[node.end_byte]
        at = (node.type, start, end)
        inner = tuple(self.shape(one) for one in _children(node))
        match node.type:
            case "binary":
                left, operator, right = (node.child_by_field_name(one) for one in ("left", "operator", "right"))
                assert left is not None
                assert operator is not None
                assert right is not None
                said = operator.type if operator.type in ("is_not", "not_in") else self.said(operator)
                return (*at, said, self.shape(left), self.shape(right))
            case "argument":
                name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
                assert value is not None
                return (*at, self.said(name) if name else "", self.shape(value))
            case "hole":
                path = node.child_by_field_name("path")
                assert path is not None
                return (*at, self.said(path))
            case "body":
                return ("body", *inner)
            case "pattern":
                return at
            case "name" | "id" | "date" | "number" | "member":
                return (*at, self.text[start:end])
            case _:
                return (*at, *inner)

    def said(self, node: Node) -> str:
        return self.text[self.points[node.start_byte] : self.points[node.end_byte]]


def _children(node: Node) -> Iterator[Node]:
    """What the compiler has as nodes: comments and escapes are none, and the content of a text is not one more."""
    for one in node.named_children:
        if one.type == "content":
            yield from _children(one)
        elif one.type not in ("comment", "escape"):
            yield one


def ours(text: str) -> tuple[Shape, ...]:
    """The items of the compiler's tree, with the members of features and policies put into their bodies."""
    found: list[Shape] = []
    for unit in parse(SourceText("a.spec", text)).value.units:
        assert unit.item is not None
        item = _item(unit.item, unit.start)
        if unit.parent:
            *before, body = found[-1]
            assert isinstance(body, tuple)
            found[-1] = (*before, (*body, item))
        else:
            found.append(item)
    return tuple(found)


def _item(item: tree.Item, start: int) -> Shape:
    parts = (*([item.id] if item.id else []), item.head, *item.values)
    body = () if item.body is None else (("body", *(_item(one, start) for one in item.body)),)
    return ("item", item.start + start, item.end + start, *(_node(one, start) for one in parts), *body)


_NAMES = {tree.Listed: "list", tree.Not: "negation"}


def _node(node: tree.Node, start: int) -> Shape:
    said: tuple[str, ...] = ()
    name = _NAMES.get(type(node), type(node).__name__.lower())
    match node:
        case tree.Id():
            name, said = "date" if node.text[0].isdigit() else "id", (node.text,)
        case tree.Name() | tree.Number():
            said = (node.text,)
        case tree.Member():
            said = (".".join(node.path),)
        case tree.Hole():
            said = (node.path,)
        case tree.Text():
            name = "block_text" if node.block else "text"
        case tree.Argument():
            said = (node.name,)
        case tree.Binary():
            said = (node.op,)
        case _:
            pass
    inner = (_node(one, start) for one in children(node) if not isinstance(one, tree.Chunk))
    return (name, node.start + start, node.end + start, *said, *inner)

"""The spec that an import writes, part by part.

In: declarations and requirements, each with the values that it says. Out: the text of a spec in the one style.
Invariant: a part can be taken out again, and what it said is then lost and told.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from ...model.identity import LONGEST, is_name
from ...source.records import dataclass, replace
from ...source.text import SourceText
from ...syntax.format import format_source
from ..adoption.written import quoted
from .document import Node
from .ledger import Ledger

_HOLE = re.compile(r"\{\{-?[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*-?\}\}")
_CODE = re.compile(r"\{%|\{\{|\{#")
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = frozenset({"yes", "no", "true", "false", "missing"})

Pieces = tuple[str | tuple[str], ...]
"""A text with holes: words, and one-tuples of names."""


@dataclass(frozen=True, slots=True)
class Part:
    """A member of the feature: its `key` among the units of the file, its text, the values that it says, its place.

    `otherwise` is the text that says the same in plainer words, where the compiler does not take the first.
    """

    key: str
    text: str
    nodes: tuple[Node, ...]
    rank: int
    otherwise: str = ""


class Draft:
    """The feature `name`; `ledger` hears of everything that is added."""

    __slots__ = (
        "_counts",
        "_heads",
        "_keys",
        "_names",
        "_parts",
        "_taken",
        "documents",
        "figures",
        "ledger",
        "name",
        "origin",
        "title",
    )

    RANKS = ("role", "tool", "given", "ask", "requirement", "example")

    def __init__(self, name: str, origin: str, ledger: Ledger) -> None:
        """`origin` says in the first line where it comes from."""
        self.name, self.origin, self.ledger = name, visible(origin), ledger
        self.title = name.replace("_", " ").strip().capitalize()
        self.documents: list[Node] = []
        """What has to be accounted for; an importer may read one in another way, and put that in its place."""
        self.figures: list[str] = []
        """What the importer counted, as sentences."""
        self._parts: list[Part] = []
        self._counts: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._keys: set[str] = set()

    def id(self, prefix: str) -> str:
        """The next ID that begins with `prefix`."""
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}-{self._counts[prefix]}"

    def add(self, rank: str, key: str, text: str, nodes: Iterable[Node] = (), otherwise: str = "") -> str:
        """A part; `key` is its ID, or `given age`, or the head alone. Returns the key under which it is known."""
        if key in ("ask", "role"):
            self._heads[key] = self._heads.get(key, 0) + 1
            key = key if self._heads[key] == 1 else f"{key}#{self._heads[key]}"
        held = tuple(nodes)
        for node in held:
            self.ledger.take(node, key)
        self._keys.add(key)
        self._parts.append(Part(key, text, held, self.RANKS.index(rank), otherwise))
        return key

    def has(self, key: str) -> bool:
        """Whether there is a part `key`."""
        return key in self._keys

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it holds, in the order of the file."""
        return tuple(sorted(self._parts, key=lambda one: one.rank))

    def remove(self, keys: Collection[str], why: str) -> None:
        """Take parts out, or say them in plainer words; what those say that are gone is told to be lost."""
        plainer = {one.key for one in self._parts if one.key in keys and one.otherwise}
        self._parts = [
            replace(one, text=one.otherwise, otherwise="") if one.key in plainer else one for one in self._parts
        ]
        gone = frozenset(keys) - plainer
        self._keys -= gone
        for one in self._parts:
            if one.key in gone:
                self.ledger.give_back(one.key, one.nodes, why, "state it by hand")
        self._parts = [one for one in self._parts if one.key not in gone]

    def named(self, word: str) -> str:
        """`word` as a name of the spec: the same for the same word, and another for another."""
        if word not in self._names:
            base = _NO_NAME.sub("_", word).strip("_")[: LONGEST - 8] or "value"
            base = f"v_{base}" if base[0].isdigit() or base in _RESERVED else base
            name = base
            while name in self._taken or not is_name(name):
                self._counts[base] = self._counts.get(base, 1) + 1
                name = f"{base}_{self._counts[base]}"
            self._taken.add(name)
            self._names[word] = name
        return self._names[word]

    def text(self) -> str:
        """The spec, formatted."""
        lines = [
            f"# A draft, imported from {self.origin}.",
            "# What could not be carried over, `specc import` has told; look through what is here before you rely on it.",
            f"feature {self.name} {title(self.title, 100)} {{",
        ]
        rank = -1
        for one in self.parts:
            if rank not in (-1, one.rank):
                lines.append("")
            rank = one.rank
            lines.append(one.text)
        return format_source(SourceText("draft.spec", "\n".join([*lines, "}", ""]))).value


def pieces(text: str) -> Pieces:
    """`text` with a hole for each `{{ name }}`; what else a template engine would do stays text, and is not done."""
    found: list[str | tuple[str]] = []
    at = 0
    for hole in _HOLE.finditer(text):
        found.extend([text[at : hole.start()]] if hole.start() > at else [])
        found.append((hole[1],))
        at = hole.end()
    found.extend([text[at:]] if at < len(text) else [])
    return tuple(found)


def names_in(text: str) -> tuple[str, ...]:
    """The names of the variables in `text`, each once."""
    return tuple(dict.fromkeys(hole[1] for hole in _HOLE.finditer(text)))


def is_code(text: str) -> bool:
    """Whether a template engine would do more with `text` than put values into it."""
    return _CODE.search(_HOLE.sub("", text)) is not None


def substituted(text: str, values: Sequence[tuple[str, str]]) -> str:
    """`text` with the values of the variables that are known."""
    known = dict(values)
    return _HOLE.sub(lambda hole: known.get(hole[1], hole[0]), text)


def words(text: str) -> str:
    """`text` as a spec writes it, with line ends as it has them: of one kind, as every spec's."""
    return quoted(text.replace("\r\n", "\n").replace("\r", "\n"))


def holed(parts: Pieces, draft: Draft) -> str:
    """A text with holes as a spec writes it: over several lines where it has several."""
    several = "".join("".join(one) for one in parts)
    if "\n" not in several.strip("\n") or "\\" in several or '"""' in several or not _blockable(several):
        inner = (words(one)[1:-1] if isinstance(one, str) else f"{{{draft.named(one[0])}}}" for one in parts)
        return f'"{"".join(inner)}"'
    inner = (one.replace("{", "\\{") if isinstance(one, str) else f"{{{draft.named(one[0])}}}" for one in parts)
    lines = "".join(inner).split("\n")
    body = "\n".join(f"    {line}" if line else "" for line in lines)
    return f'"""\n{body}\n  """'


def _blockable(text: str) -> bool:
    """Whether the lines of `text` come back from a block as they are."""
    lines = text.split("\n")
    return (
        bool(lines[0].strip())
        and bool(lines[-1].strip())
        and not any(line != line.rstrip() or "\t" in line or "\r" in line for line in lines)
        and not lines[0].startswith(" ")
    )


def visible(text: str) -> str:
    """`text` on one line, without characters that nobody sees."""
    return " ".join("".join(one if unicodedata.category(one)[0] not in "CZ" else " " for one in text).split())


def title(text: str, most: int = 60) -> str:
    """The first words of `text`, as a title in quotes."""
    plain = visible(text)
    short = plain if len(plain) <= most else f"{plain[:most].rsplit(' ', 1)[0]}…"
    return quoted(short)

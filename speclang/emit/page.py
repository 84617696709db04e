"""The text of a part of a structured artifact under way; and the marks of its fields, for those who ask.

Invariant: what is remembered saves time, and changes no character; a part is marked by the function that wrote it.
"""

from collections.abc import Callable, Iterable
from sys import intern

from ..plan.artifact import Mark, Marks, Part
from ..plan.origin import Origin
from ..source.quoting import quoted
from . import scalars


def token(key: str) -> str:
    """`key` as one step of a path: `/` and `~` are escaped as in JSON Pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1") if "/" in key or "~" in key else key


class CaseWriter:
    """Writes graders and cases; remembers how words that come back are written, and nothing that changes the result."""

    __slots__ = ("_names", "_quoted", "_words")

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._names: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._quoted: dict[str, str] = {}

    def word(self, text: str) -> str:
        """`scalars.word`, remembered."""
        shown = self._words.get(text)
        if shown is None:
            shown = self._words[text] = scalars.word(text)
        return shown

    def name(self, text: str) -> str:
        """`scalars.name`, remembered."""
        shown = self._names.get(text)
        if shown is None:
            shown = self._names[text] = scalars.name(text)
        return shown

    def inside(self, text: str) -> str:
        """`text` as it stands between double quotes, remembered."""
        shown = self._quoted.get(text)
        if shown is None:
            shown = self._quoted[text] = quoted(text)[1:-1]
        return shown

    def names(self, ids: Iterable[str]) -> str:
        """IDs as a list on one line."""
        return "[" + ", ".join([self.word(one) for one in ids]) + "]"


class Page:
    """The text of one part under way."""

    __slots__ = ("pieces", "writer")

    def __init__(self, writer: CaseWriter) -> None:
        """Nothing is written yet."""
        self.writer = writer
        self.pieces: list[str] = []

    def put(self, text: str) -> None:
        """Add characters that no field holds."""
        self.pieces.append(text)

    def field(self, text: str, _: Origin, *__: str) -> None:
        """Add the characters of the field at the path of these steps, which come from an origin."""
        self.pieces.append(text)


class MarkedPage(Page):
    """The same text with the marks of its fields."""

    __slots__ = ("at", "marks")

    def __init__(self, writer: CaseWriter) -> None:
        """Nothing is written or marked yet."""
        super().__init__(writer)
        self.marks: list[Mark] = []
        self.at = 0

    def put(self, text: str) -> None:
        """Add characters that no field holds."""
        self.pieces.append(text)
        self.at += len(text)

    def field(self, text: str, origin: Origin, *path: str) -> None:
        """Add the characters of the field at `path`, and mark them."""
        start = self.at
        self.put(text)
        self.marks.append(Mark(start, self.at, origin, intern("/".join(path))))


def part(kind: str, id: str, owner: str, write: Callable[[Page], None], writer: CaseWriter) -> Part:
    """What `write` writes as a part; its marks are what it marks whenever somebody asks for them."""

    def marks() -> Iterable[Mark]:
        marked = MarkedPage(writer)
        write(marked)
        return marked.marks

    page = Page(writer)
    write(page)
    return Part(kind, id, owner, "".join(page.pieces), Marks(marks))

"""The texts that an editor has open, as it tells them.

In: what was opened, changed, closed. Out: the text and version of each, by URI.
Invariant: after the same changes the text here is the text in the editor, whatever characters it holds.
"""

from collections.abc import Sequence

from lsprotocol import types

from ..source.records import dataclass
from .convert import Lines


@dataclass(frozen=True, slots=True)
class Document:
    """One open text."""

    uri: str
    version: int
    lines: Lines


class Documents:
    """All open texts."""

    def __init__(self) -> None:
        """None is open yet; how columns are counted is agreed before the first is."""
        self.encoding = "utf-16"
        self._open: dict[str, Document] = {}

    def get(self, uri: str) -> Document | None:
        """The open text of this URI."""
        return self._open.get(uri)

    def all(self) -> tuple[Document, ...]:
        """Every open text."""
        return tuple(self._open.values())

    def opened(self, item: types.TextDocumentItem) -> Document:
        """A text was opened."""
        made = self._open[item.uri] = Document(item.uri, item.version, Lines(item.text, self.encoding))
        return made

    def changed(
        self, uri: str, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]
    ) -> Document | None:
        """A text was changed; None if it is not open."""
        known = self._open.get(uri)
        if known is None:
            return None
        lines = known.lines
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = lines.offset(change.range.start), lines.offset(change.range.end)
                lines = Lines(lines.text[:start] + change.text + lines.text[max(start, end) :], self.encoding)
            else:
                lines = Lines(change.text, self.encoding)
        made = self._open[uri] = Document(uri, version, lines)
        return made

    def closed(self, uri: str) -> None:
        """A text was closed."""
        self._open.pop(uri, None)

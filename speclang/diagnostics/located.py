"""Lines and columns of spans, for every format that tells them."""

from ..source.span import Places, Span
from ..source.text import LineIndex


class Place:
    """A span as files and editors count: lines and columns from 1, in code points; `end_column` is after the last one."""

    __slots__ = ("column", "end_column", "end_line", "file", "known", "line")

    def __init__(self, file: str, start: tuple[int, int], end: tuple[int, int], *, known: bool) -> None:
        """Keep the numbers; `known` is False where the file's text is not at hand, and they all say 1."""
        self.file = file
        self.line, self.column = start
        self.end_line, self.end_column = end
        self.known = known


class Locator:
    """Turns spans into places; indexes each file once, when it is first asked for."""

    __slots__ = ("_indexes", "_lead", "_places")

    def __init__(self, places: Places, lead: str = "") -> None:
        """Look into the sources of `places`; `lead` goes before the names of their files."""
        self._places = places
        self._lead = lead
        self._indexes: dict[str, LineIndex] = {}

    def place(self, span: Span) -> Place:
        """Where `span` is."""
        where = self._places.locate(span)
        index = self._index(where.file)
        if index is None:
            return Place(self._lead + where.file, (1, 1), (1, 1), known=False)
        return Place(
            self._lead + where.file,
            index.position(where.start),
            index.position(max(where.start, where.end)),
            known=True,
        )

    def _index(self, file: str) -> LineIndex | None:
        known = self._indexes.get(file)
        source = self._places.sources.get(file) if known is None else None
        if source is not None:
            known = self._indexes[file] = LineIndex(source.text)
        return known

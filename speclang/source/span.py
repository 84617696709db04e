"""Places in source text that survive an edit elsewhere in the file.

A file is read as a sequence of *units* (a declaration, a requirement). A `Span` is relative to the start of its unit, so
a comment added above a unit moves no span in it, and what is remembered about the unit stays true. `Places` knows where
each unit stands today and turns a span into an absolute range at the border: drawing, editors, the trace map.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .records import dataclass, field
from .text import SourceText


class Unit(NamedTuple):
    """A unit's name: the file's name, and a key unique in that file (`REF-1`, `given age`, `ask#2`).

    The key `""` is the file as a whole, and starts at 0.
    """

    file: str
    key: str


class Span(NamedTuple):
    """Code points `start` to `end` (exclusive), counted from the start of `unit`."""

    unit: Unit
    start: int
    end: int


class Range(NamedTuple):
    """Code points `start` to `end` (exclusive), counted from the start of the file `file`."""

    file: str
    start: int
    end: int


def whole_file(file: str, start: int = 0, end: int = 0) -> Span:
    """A span counted from the start of `file` itself, for files that have no units."""
    return Span(Unit(file, ""), start, end)


def covering(first: Span, last: Span) -> Span:
    """The span from the start of `first` to the end of `last`; both lie in one unit."""
    return Span(first.unit, min(first.start, last.start), max(first.end, last.end))


@dataclass(frozen=True, slots=True)
class Places:
    """Where units stand in the files of one run."""

    sources: Mapping[str, SourceText] = field(default_factory=dict[str, SourceText])
    starts: Mapping[Unit, int] = field(default_factory=dict[Unit, int])

    @staticmethod
    def of(sources: Iterable[SourceText], starts: Mapping[Unit, int]) -> "Places":
        """Places over `sources`, with `starts` giving the absolute start of each unit."""
        return Places({source.name: source for source in sources}, starts)

    def locate(self, span: Span) -> Range:
        """The absolute range of `span`; a unit that is not known starts at 0."""
        start = self.starts.get(span.unit, 0)
        return Range(span.unit.file, start + span.start, start + span.end)

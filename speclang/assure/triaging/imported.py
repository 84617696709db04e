"""Conversations of a user's own application, from files of spans.

In: paths of files, each with one JSON value of OTLP or with one on each line. Out: conversations, and what could not be read, with why.
Invariant: memory is bounded by `MOST_BYTES`; a line that is not OTLP stops nothing.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...grading.messages import Malformed
from ...grading.record import Refusal, loaded
from ...grading.spans import otlp
from ...grading.spans.otlp import Span
from ...grading.spans.telling import Told, tell
from ...project.lines import Line, lines, lines_of
from ...run.asking import Unusable

MOST_BYTES = 64 * 1024 * 1024
"""How many bytes of one file are read: the spans of a conversation may stand anywhere in it."""

MOST_SPANS = 2_000
"""How many spans of one conversation are put in order."""


class Imported:
    """The conversations of `files`; `refused` tells what could not be read."""

    __slots__ = ("refused",)

    def __init__(self) -> None:
        """Nothing is read yet."""
        self.refused: list[tuple[str, str]] = []

    def each(self, files: Iterable[str]) -> Iterator[tuple[str, Told]]:
        """Each conversation with the file that it is from, in the order in which their first spans stand there. Raises `OSError`."""
        for name in files:
            shown = "standard input" if name == "-" else name
            traces: dict[str, dict[str, Span]] = {}
            for span in self._spans(name, shown):
                of = traces.setdefault(span.trace, {})
                if len(of) <= MOST_SPANS:
                    of.setdefault(span.id, span)
            for trace, spans in traces.items():
                if len(spans) > MOST_SPANS:
                    self.refused.append((shown, f"the trace {trace} has more than {MOST_SPANS:,} spans"))
                else:
                    yield shown, tell(tuple(spans.values()))

    def _spans(self, name: str, shown: str) -> Iterator[Span]:
        taken = 0
        whole: list[bytes] = []
        for line in lines(sys.stdin.buffer, MOST_BYTES) if name == "-" else lines_of(name, MOST_BYTES):
            taken += line.size
            if line.data is None or taken > MOST_BYTES:
                raise Unusable(f"{shown} has more than {MOST_BYTES // 1024**2} MiB; split it where a trace ends")
            if not line.data.strip():
                continue
            if whole or (line.number == 1 and not _is_whole(line)):
                whole.append(line.data)
            else:
                yield from self._read(line.data, f"{shown}:{line.number}")
        if whole:
            yield from self._read(b"\n".join(whole), shown)

    def _read(self, data: bytes, place: str) -> Iterator[Span]:
        """The spans of one JSON value; what is wrong with it is noted."""
        found = loaded(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
        if isinstance(found, Refusal):
            self.refused.append((place, found.why))
            return
        try:
            yield from otlp.read(found)
        except Malformed as problem:
            self.refused.append((place, str(problem)))


def _is_whole(line: Line) -> bool:
    """Whether a line ends as a JSON value does that begins in it; else the file holds one value on several lines."""
    data = (line.data or b"").strip()
    return not data.startswith(b"{") or not isinstance(loaded(data.decode("utf-8", "replace")), Refusal)


def is_file(name: str) -> bool:
    """Whether `name` means a file: it is there, or it ends as one of spans does."""
    return name == "-" or name.endswith((".json", ".jsonl")) or Path(name).is_file()

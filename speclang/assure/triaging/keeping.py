"""The spans of conversations as files of a folder, one each, that any reader of OTLP takes.

In: a conversation, and when it was given. Out: a file.
Invariant: the same conversation of the store gives the same bytes; a file that is there and holds no spans is left alone.
"""

import json
import re
from datetime import datetime
from pathlib import Path

from ...grading.spans import otlp
from ...grading.spans.telling import Told
from ...grading.spans.writing import SCHEMA, Whose, spans_of
from ...project.single import write_one
from ...source.hashing import digest
from ...version import VERSION

_OURS = b'{"resourceSpans": '
_ODD = re.compile(r"[^\w.=+-]+", re.ASCII)
_LONGEST = 120


class Keeping:
    """Writes into `folder`; `written` counts the files."""

    __slots__ = ("_folder", "_run", "written")

    def __init__(self, folder: Path, run: int = 0) -> None:
        """Make the folder where it is not there. Raises `OSError`."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._run = run
        self.written = 0

    def keep(self, told: Told, made: str) -> None:
        """Write the spans of `told`, which was said at the moment `made` ("": nobody knows). Raises `OSError` and `NotOurs`."""
        began = _nanoseconds(made)
        spans = spans_of(
            told, Whose(service="specc", run=self._run, provider="specc" if told.stub else "unknown"), began
        )
        data = json.dumps(otlp.written(spans, "specc", VERSION, SCHEMA))
        write_one(self._folder / _name(told), f"{data}\n".encode(), _OURS)
        self.written += 1


def _name(told: Told) -> str:
    """A name that no other conversation has: of its case, or of its trace."""
    said = f"{told.feature}.{told.case}" if told.case else f"{told.feature}.{told.trace}"
    plain = _ODD.sub(".", said).strip(".")
    if plain != said.replace("/", ".") or len(plain) > _LONGEST:
        plain = f"{plain[:_LONGEST]}.{digest(said)[:8]}"
    return f"{plain}.{told.sample}.json" if told.sample > 1 else f"{plain}.json"


def _nanoseconds(made: str) -> int:
    """A moment of the store in nanoseconds since 1970; for one that nobody knows the first millisecond of 1970."""
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return 1_000_000
    return int(moment.timestamp() * 1000) * 1_000_000

"""One project of the editor's: what is found in it, and what has been told of that.

In: a session, which holds the editor's texts. Out: for each file, the findings that are to be shown now.
Invariant: what is shown is what `engine.session.Showing` shows; files are called what the editor calls them.
"""

from collections.abc import Mapping
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic
from ..engine.queries.lookup import Lookup
from ..engine.session import Session, Showing, View
from .convert import Converter, Lines
from .verdicts import Verdicts


class Project:
    """A project that the editor has files of open."""

    def __init__(self, start: Path, encoding: str) -> None:
        """Open the project that `start` lies in. Raises `NoProject` and `OSError`."""
        self.session = Session(start)
        self.lookup = Lookup(self.session)
        self.converter = Converter(self.uri, self.lookup.place, self.lines)
        self.verdicts = Verdicts()
        self.uris: dict[str, str] = {}
        """What the editor calls the files that it has open."""
        self.told: dict[str, bool] = {}
        """Of which files the editor was told, and whether there was something."""
        self._encoding = encoding
        self._lines: dict[str, Lines] = {}
        self._showing = Showing(self.session)

    def uri(self, name: str) -> str:
        """What the editor calls a file."""
        return self.uris.get(name) or (self.session.root / name).as_uri()

    def is_current(self) -> bool:
        """Whether everything was looked at since a text last changed."""
        return self._showing.is_current()

    @property
    def found(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """What is shown of each file now."""
        return self._showing.found

    def lines(self, name: str) -> Lines | None:
        """The lines of a file, as findings count them; None if its text is not at hand."""
        text = self._text(name)
        if text is None:
            return None
        known = self._lines.get(name)
        if known is None or known.text is not text:
            known = self._lines[name] = Lines(text, self._encoding)
        return known

    def _text(self, name: str) -> str | None:
        view = self.session.view
        if not self.session.is_spec(name) and view is not None and name in view.report.places.sources:
            return view.report.places.sources[name].text
        source = self.session.source(name)
        return source.text if source is not None else None

    def seen(self, view: View) -> dict[str, tuple[Diagnostic, ...]]:
        """Everything was looked at: what is to be shown of each file in which something is found, or was."""
        return self._showing.seen(view)

    def read(self, name: str) -> tuple[Diagnostic, ...]:
        """The text of a spec has changed: what is to be shown of it."""
        return self._showing.read(name)

"""One project of the editor's: what is found in it, and what has been told of that.

In: a session, which holds the editor's texts. Out: for each file, the findings that are to be shown now.
Invariant: what is shown of a file whose text is still as it was when everything was looked at is what `specc check` says of it; of
one that has changed since: what its text tells at once, and what was said before of requirements that have not changed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic
from ..engine.queries.lookup import Lookup
from ..engine.session import Session, View
from ..source.span import Unit
from .convert import Converter, Lines


class Project:
    """A project that the editor has files of open."""

    def __init__(self, start: Path, encoding: str) -> None:
        """Open the project that `start` lies in. Raises `NoProject` and `OSError`."""
        self.session = Session(start)
        self.lookup = Lookup(self.session)
        self.converter = Converter(self.uri, self.lookup.place, self.lines)
        self.uris: dict[str, str] = {}
        """What the editor calls the files that it has open."""
        self.found: dict[str, tuple[Diagnostic, ...]] = {}
        """What is shown of each file now."""
        self.told: dict[str, bool] = {}
        """Of which files the editor was told, and whether there was something."""
        self._encoding = encoding
        self._lines: dict[str, Lines] = {}
        self._later: dict[str, tuple[Diagnostic, ...]] = {}
        self._texts: dict[str, Mapping[Unit, str]] = {}

    def uri(self, name: str) -> str:
        """What the editor calls a file."""
        return self.uris.get(name) or (self.session.root / name).as_uri()

    def is_current(self) -> bool:
        """Whether everything was looked at since a text last changed."""
        view = self.session.view
        return view is not None and view.texts == self.session.texts

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
        found: dict[str, list[Diagnostic]] = {name: [] for name in (*self.found, *self.session.texts)}
        for one in view.report.diagnostics:
            found.setdefault(one.primary.span.unit.file, []).append(one)
        self._later, self._texts = {}, {}
        for name in (one for one in self.session.texts if self.session.is_spec(one)):
            quick = self.session.quick(name)
            at_once = set(quick.diagnostics) if quick is not None else set()
            self._later[name] = tuple(one for one in found.get(name, ()) if one not in at_once)
        if self.is_current():
            self.found = {name: tuple(some) for name, some in found.items()}
            return dict(self.found)
        told = {name: tuple(some) for name, some in found.items() if not self._is_open(name)}
        told.update((name, self.read(name)) for name in self.session.texts if self.session.is_spec(name))
        self.found = {**self.found, **told}
        return told

    def read(self, name: str) -> tuple[Diagnostic, ...]:
        """The text of a spec has changed: what is to be shown of it."""
        quick = self.session.quick(name)
        at_once = quick.diagnostics if quick is not None else ()
        self.found[name] = (*at_once, *self._still(name))
        return self.found[name]

    def _is_open(self, name: str) -> bool:
        return name in self.session.texts

    def _still(self, name: str) -> Iterator[Diagnostic]:
        """What was said before of units of a file that are as they were."""
        later = self._later.get(name, ())
        view, file = self.session.view, self.session.file(name)
        if not later or view is None or file is None:
            return
        if name not in self._texts:
            then = next((one for one in view.opened.compiled.files if one.source.name == name), None)
            self._texts[name] = {unit.name: unit.text for unit in then.units} if then is not None else {}
        now = {unit.name: unit.text for unit in file.units}
        for one in later:
            unit = one.primary.span.unit
            if unit in now and now[unit] == self._texts[name].get(unit):
                yield one

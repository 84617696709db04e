"""One page in the browser, and the project that it has open: the texts as they are there, and what was made of them last.

In: what the page does and asks. Out: what it is to show.
Invariant: an answer is for the very version of the texts that the question was about; a question about an older one is told so, and
nothing else. Nothing is written but by `saving`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, RLock

from ..diagnostics.diagnostic import Diagnostic, has_errors
from ..engine.compiling import Opened
from ..engine.judging.ledger import judged
from ..engine.queries.lookup import Lookup
from ..engine.session import Session, Showing, Stopped, View
from ..source.records import dataclass
from ..source.text import SourceText
from .columns import Columns
from .splice import Told


class Stale(Exception):
    """The texts have changed since the question was asked."""


@dataclass(slots=True, eq=False)
class Kept:
    """Compilations that a page compares with: `first` since it was opened, `before` until the last run of edits, and the `last`."""

    first: Opened | None = None
    before: Opened | None = None
    last: Opened | None = None


class Room:
    """One page's project. What is asked of it is asked by one thread at a time; only looking at everything goes on beside."""

    def __init__(self, start: Path, *, name: str, saves: bool) -> None:
        """Open the project that `start` lies in; `saves` says whether its files may be written. Raises `OSError`."""
        self.name = name
        self.saves = saves
        self.version = 0
        self.session = Session(start)
        self.lookup = Lookup(self.session)
        self.showing = Showing(self.session)
        self.told = Told()
        self.kept = Kept()
        self.sources: dict[str, str] = {}
        """The hashes of the files on the disk from which the texts of the page were made."""
        self._asking = RLock()
        self._looking = Lock()
        self._stopped = Event()
        self._unsure = False
        self._columns: dict[str, tuple[str, Columns]] = {}

    @contextmanager
    def at(self, version: int) -> Iterator[None]:
        """Ask while the texts are those of `version`. Raises `Stale` where they are not."""
        with self._asking:
            if version != self.version:
                raise Stale
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Ask, whatever the version is."""
        with self._asking:
            yield

    def source(self, name: str) -> SourceText | None:
        """The text of a spec of the project's; None if there is no such spec, or it can't be read."""
        return self.session.source(name) if name in self.session.specs() else None

    def columns(self, name: str) -> Columns | None:
        """The characters of a file."""
        source = self.session.source(name) if self.session.is_spec(name) else None
        if source is None:
            return None
        known = self._columns.get(name)
        if known is None or known[0] is not source.text:
            known = self._columns[name] = source.text, Columns(source.text)
        return known[1]

    def hold(self, name: str, text: str, *, fresh: bool) -> None:
        """The page has changed the text of a spec; with `fresh`, a new run of edits begins."""
        if fresh and self.kept.last is not None:
            self.kept.before = self.kept.last
        self.session.hold(name, text)
        self.moved()

    def moved(self) -> None:
        """What was asked until now is about something else."""
        self.version += 1
        self._stopped.set()

    def doubt(self) -> None:
        """Look at everything again: something may have changed on the disk."""
        self.session.forget()
        self._unsure = True

    def look(self, version: int) -> View:
        """Everything, as it is in `version`. Raises `Stale`, and `OSError` where the project can't be read any more."""
        with self._looking:
            with self.at(version):
                view = self.session.view
                if view is not None and self.showing.is_current() and not self._unsure:
                    return view
                self._unsure = False
                self._stopped.clear()
            try:
                view = self.session.look(self._stopped.is_set)
            except Stopped:
                raise Stale from None
            with self.at(version):
                self.showing.seen(view)
                if sound(view):
                    self._keep(view.opened)
            return view

    def _keep(self, opened: Opened) -> None:
        kept = self.kept
        kept.first = kept.first or opened
        kept.before = kept.before or opened
        kept.last = opened

    def found(self) -> tuple[Diagnostic, ...]:
        """What is found in the project's specs now, file by file."""
        return tuple(
            one
            for name, some in sorted(self.showing.found.items())
            if self.session.is_spec(name)
            for one in some
            if not of_files(one)
        )


def of_files(one: Diagnostic) -> bool:
    """Whether a finding is about what was built, and may be read from a file that nobody shows here."""
    return one.code.id.startswith("E07")


def sound(view: View) -> bool:
    """Whether prompt and cases are what the specs say: nothing in them could not be read."""
    return not has_errors([one for one in view.opened.compiled.diagnostics if not judged(one)])

"""What lies on the editor's desk: its open texts, the projects that they belong to, and when each is read and looked at.

In: what the editor tells. Out: findings, told as they change. A change of a spec is read at once, and no more than twenty times a
second; everything is looked at a moment after the last change, in a second thread, and given up when there is another one.
Invariant: answers are for the texts as they are; what is told late is told for the version it was made of, or not at all.
"""

import asyncio
import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from lsprotocol import types
from pygls.uris import to_fs_path

from ..diagnostics.diagnostic import Diagnostic, Edit
from ..engine.session import Stopped, View
from ..project.config import NoProject, find
from ..source.records import dataclass, replace
from ..source.span import Range
from . import log
from .documents import Document, Documents
from .project import Project

READ_EVERY, LOOK_AFTER, REST_AFTER = 0.05, 0.25, 5.0
"""Seconds between two readings of what is typed, until everything is looked at, and until what was left behind is cleared away."""

PATIENCE = 30.0
"""Seconds that a question waits for a project to be looked at."""

Publish = Callable[[types.PublishDiagnosticsParams], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A file of a project, and an offset in it."""

    project: Project
    name: str
    offset: int = 0

    @property
    def is_spec(self) -> bool:
        """Whether it is a spec, and not a generated file or anything else."""
        return self.project.session.is_spec(self.name)


class Desk:
    """All that one editor has open. Everything here runs in the thread of the event loop, but for `Session.look`."""

    def __init__(self, publish: Publish) -> None:
        """`publish` tells the editor what is found in a file."""
        self.documents = Documents()
        self.after_look: Callable[[], None] = _nothing
        """What is done when everything was looked at."""
        self._publish = publish
        self._projects: dict[Path, Project] = {}
        self._timers: dict[object, asyncio.TimerHandle] = {}
        self._looking: dict[Path, Event] = {}
        self._last_read = 0.0
        self._waiting: dict[Path, list[asyncio.Future[None]]] = {}
        self._threads = ThreadPoolExecutor(1, "look")

    def place(self, uri: str) -> Place | None:
        """The project and the name in it of what an URI names; None where there is no project."""
        path = to_fs_path(uri)
        if path is None or not uri.startswith("file:"):
            return None
        try:
            root = find(_folder(Path(path))).value.root
        except OSError:
            return None
        project = self._projects.get(root)
        if project is None:
            try:
                project = self._projects[root] = Project(root, self.documents.encoding)
            except OSError:
                return None
        name = project.session.name_of(Path(path))
        return None if name is None else Place(project, name)

    def at(self, document: types.TextDocumentIdentifier, position: types.Position) -> Place | None:
        """What a position in a text names."""
        place = self.place(document.uri)
        lines = place.project.lines(place.name) if place is not None else None
        return replace(place, offset=lines.offset(position)) if place is not None and lines is not None else None

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects of which something is or was open."""
        return tuple(self._projects.values())

    def edit(self, project: Project, changes: Iterable[tuple[Range, str]]) -> types.WorkspaceEdit:
        """An edit of several files, for the versions that the editor has of them."""
        files: dict[str, list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]] = {}
        for at, text in changes:
            files.setdefault(at.file, []).append(types.TextEdit(project.converter.location(at).range, text))
        edits: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
        for name, rows in files.items():
            uri = project.uri(name)
            document = self.documents.get(uri)
            version = document.version if document is not None else None
            edits.append(types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, version), rows))
        return types.WorkspaceEdit(document_changes=edits)

    def edits(self, project: Project, fix: Iterable[Edit]) -> types.WorkspaceEdit | None:
        """The edits of a fix; None where one of its places is gone."""
        rows = [(project.lookup.place(one.span), one.text) for one in fix]
        sure = [(at, text) for at, text in rows if at is not None]
        return self.edit(project, sure) if len(sure) == len(rows) else None

    def unsaved(self, project: Project) -> tuple[str, ...]:
        """The files of a project whose texts are not what the disk has."""
        return tuple(
            name for name in project.session.texts if project.session.saved(name) != project.session.texts[name]
        )

    def opened(self, item: types.TextDocumentItem) -> None:
        """A text was opened."""
        self._held(self.documents.opened(item), 0.0)

    def changed(self, uri: str, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]) -> None:
        """A text was changed."""
        document = self.documents.changed(uri, version, changes)
        if document is not None:
            self._held(document, LOOK_AFTER)

    def closed(self, uri: str) -> None:
        """A text was closed: the disk speaks for it again."""
        self.documents.closed(uri)
        place = self.place(uri)
        if place is not None:
            place.project.uris.pop(place.name, None)
            place.project.session.release(place.name)
            self._look_soon(place.project, 0.0)

    def disturbed(self, uris: Iterable[str]) -> None:
        """Files have changed on the disk, or were saved."""
        projects = {id(place.project): place.project for uri in uris if (place := self.place(uri)) is not None}
        for project in projects.values():
            project.session.forget()
            self._look_soon(project, 0.0)

    async def looked(self, uri: str, *, now: bool = False) -> None:
        """Come back once the project of a text has been looked at, be it long ago; with `now`, as its texts are now.

        Raises `TimeoutError` where that takes longer than anybody waits.
        """
        place = self.place(uri)
        while place is not None and (place.project.session.view is None or (now and not place.project.is_current())):
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(place.project.session.root, []).append(waiting)
            await asyncio.wait_for(waiting, PATIENCE)

    async def weighed(self, uri: str) -> None:
        """Come back once it is known what runs have shown of the project of a text, be it long ago; after `looked`."""
        place = self.place(uri)
        if place is not None and place.project.verdicts.weighed is None:
            await asyncio.wait_for(self._weigh(place.project), PATIENCE)

    def stop(self) -> None:
        """Nothing is asked any more."""
        for stopped in self._looking.values():
            stopped.set()
        for timer in self._timers.values():
            timer.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _held(self, document: Document, delay: float) -> None:
        place = self.place(document.uri)
        if place is None:
            return
        project, name = place.project, place.name
        project.uris[name] = document.uri
        project.session.hold(name, document.lines.text)
        looking = self._looking.get(project.session.root)
        if looking is not None:
            looking.set()
        if project.session.is_spec(name):
            now = asyncio.get_running_loop().time()
            if now - self._last_read >= READ_EVERY:
                self._read(place)
            else:
                self._after(("read", document.uri), READ_EVERY, lambda: self._read(place))
        self._look_soon(project, delay)

    def _read(self, place: Place) -> None:
        try:
            found = place.project.read(place.name)
            self._tell(place.project, {place.name: found})
        except Exception as problem:  # noqa: BLE001 - a bug of ours must not take the server away
            log.failed("reading", problem)
        self._last_read = asyncio.get_running_loop().time()

    def _look_soon(self, project: Project, delay: float) -> None:
        self._after(("look", project.session.root), delay, lambda: self._look(project))

    def _look(self, project: Project) -> None:
        root = project.session.root
        if root in self._looking:
            self._looking[root].set()
            self._look_soon(project, READ_EVERY)
            return
        stopped = self._looking[root] = Event()
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._threads, project.session.look, stopped.is_set)
        future.add_done_callback(lambda done: self._looked(project, done))

    def _looked(self, project: Project, done: "asyncio.Future[View]") -> None:
        stopped = self._looking.pop(project.session.root, None)
        try:
            view = done.result()
            self._tell(project, project.seen(view))
            self.after_look()
            for waiting in self._waiting.pop(project.session.root, ()):
                if not waiting.done():
                    waiting.set_result(None)
            self._after("rest", REST_AFTER, _rest)
            known = project.verdicts.weighed is not None
            self._after(("weigh", project.session.root), REST_AFTER if known else 0.0, lambda: self._weigh(project))
        except (Stopped, asyncio.CancelledError):
            pass
        except NoProject:
            self._tell(project, dict.fromkeys(project.found, ()))
            self._projects.pop(project.session.root, None)
        except OSError as problem:
            log.note(f"{problem.filename or project.session.root}: {type(problem).__name__}")
        except Exception as problem:  # noqa: BLE001 - as above
            log.failed("looking", problem)
        if stopped is not None and stopped.is_set():
            self._look_soon(project, LOOK_AFTER)

    def _weigh(self, project: Project) -> "asyncio.Future[None]":
        """Look into the store in the second thread; done when what it shows was taken."""
        loop = asyncio.get_running_loop()
        taken: asyncio.Future[None] = loop.create_future()

        def weighed(done: "asyncio.Future[bool]") -> None:
            try:
                if done.result():
                    self.after_look()
            except asyncio.CancelledError:
                pass
            except OSError as problem:
                log.note(f"no verdicts: {type(problem).__name__}")
            except Exception as problem:  # noqa: BLE001 - as above
                log.failed("weighing", problem)
            if not taken.done():
                taken.set_result(None)

        view = project.session.view
        if view is None:
            taken.set_result(None)
        else:
            loop.run_in_executor(self._threads, project.verdicts.weigh, view).add_done_callback(weighed)
        return taken

    def _after(self, what: object, delay: float, then: Callable[[], object]) -> None:
        """Do `then` in `delay` seconds; who asks for the same before that begins to wait anew."""
        known = self._timers.pop(what, None)
        if known is not None:
            known.cancel()
        self._timers[what] = asyncio.get_running_loop().call_later(delay, then)

    def _tell(self, project: Project, found: Mapping[str, tuple[Diagnostic, ...]]) -> None:
        """Tell what is found in files now, where that is not what was told last."""
        convert = project.converter
        for name, some in found.items():
            rows = [convert.diagnostic(one) for one in some]
            uri = convert.uri(name)
            document = self.documents.get(uri)
            if rows or project.told.get(name) or document is not None:
                version = document.version if document is not None else None
                self._publish(types.PublishDiagnosticsParams(uri, rows, version))
            project.told[name] = bool(rows)


def _nothing() -> None:
    """Nobody waits."""


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _rest() -> None:
    """Clear away what was left behind; while somebody types there is no time for it."""
    gc.collect()

"""Says when something happens in the folders of a project; the one place that knows watchfiles.

In: a project. Out: a `Touched` in the queue for each burst of changes. What has changed is for others to find out.
Invariant: folders that come, go, or are replaced by others are followed, as soon as `follow` is asked to look again.
"""

from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ...engine.watching.folders import Folders, concerns, folders
from ...project.config import Home
from ...project.paths import Folder
from .signs import Signs, Touched

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

QUIET = 20
"""So many milliseconds without a change end a burst."""

LONGEST = 400
"""A burst is told after so many milliseconds, even if it goes on."""

_EACH = 300
"""Where the system tells nothing, the files are looked at after so many milliseconds."""


class Files:
    """What happens in one project's folders, put into `signs`."""

    def __init__(self, signs: Signs, *, polling: bool = False) -> None:
        """Nothing is watched yet; `polling` looks at all files again and again, where the system does not tell of changes."""
        self._signs = signs
        self._polling = polling
        self._watched: Folders | None = None
        self._end = Event()
        self._threads: list[Thread] = []

    def __enter__(self) -> Self:
        """Files that stop being watched at the end of the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop watching."""
        self._stop()

    def follow(self, home: Home) -> bool:
        """Watch the folders of `home` as they are now; whether they differ from before, so that something may have been missed."""
        now = folders(home)
        if now == self._watched:
            return False
        self._stop()
        self._watched, self._end = now, Event()
        for some, deep in ((now.deep, True), (now.flat, False)):
            if some:
                watcher = self._watcher(some, deep=deep)
                thread = Thread(target=self._tell, args=(watcher, home, self._end), daemon=True)
                self._threads.append(thread)
                thread.start()
        return True

    def _watcher(self, some: tuple[Folder, ...], *, deep: bool) -> "RustNotify":
        from watchfiles._rust_notify import RustNotify

        def made(*, polling: bool) -> RustNotify:
            return RustNotify(
                [str(one.path) for one in some],
                debug=False,
                force_polling=polling,
                poll_delay_ms=_EACH,
                recursive=deep,
                ignore_permission_denied=True,
            )

        try:
            return made(polling=self._polling)
        except OSError:
            return made(polling=True)  # the system has no room for more watches

    def _tell(self, watcher: "RustNotify", home: Home, end: Event) -> None:
        with watcher:
            while not isinstance(found := watcher.watch(LONGEST, QUIET, 0, end), str):
                ours = frozenset(path for _, path in found if concerns(home, path))
                if ours:
                    self._signs.put(Touched(ours))

    def _stop(self) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(1)
        self._threads.clear()
        self._watched = None

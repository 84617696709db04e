"""One round after another over a project that is watched: look, and where something changed compile, compare and build.

In: the folder of a project, and somebody who says that something may have changed. Out: events.
Invariant: what a round writes is what it has seen, so that its own files start no further round; hand edits are never
overwritten unless that was asked for, and while the specs are broken nothing is written at all.
"""

from collections.abc import Generator, Iterator
from pathlib import Path

from ...diagnostics.diagnostic import has_errors, ordered
from ...emit.prompt import is_prompt
from ...lock import summary
from ...lock.lockfile import Lock, read
from ...lock.stamp import Stamp
from ...project import disk
from ...project.acceptances import Acceptance
from ...project.config import Home
from ...source.hashing import digest
from ...source.records import dataclass, replace
from ..absorption.absorb import absorb
from ..build import Built, build, losses, write
from ..compiling import Opened, with_sources
from ..fresh import LOCK, Seen, look
from ..session import Session
from ..standing.differences import Held
from ..standing.stand import Standing, stand
from .effects import Prompt, effects
from .events import About, Changed, Event, Found, Stands, Took, Wrote


@dataclass(frozen=True, slots=True)
class _Known:
    """A project as a round leaves it: the text of its settings, and the hashes of its files."""

    settings: str
    stamp: Stamp

    def same(self, other: "_Known") -> bool:
        return self.settings == other.settings and self.stamp.matches(other.stamp)


class Rounds:
    """A project that is watched. Ask for a `turn` whenever something may have changed; it tells nothing where nothing did."""

    def __init__(self, start: Path) -> None:
        """Nothing is read yet."""
        self.home: Home | None = None
        self._start = start
        self._session: Session | None = None
        self._known: _Known | None = None
        self._good: Stands | None = None
        self._lock_kept: tuple[str, Lock] | None = None

    def turn(self) -> Iterator[Event]:
        """Bring the project up to date, if anything changed since the last turn. Raises `NoProject`, `Busy` and `OSError`.

        After an error, and where a file is saved while it is about to be replaced, the next turn looks at everything again.
        """
        before, self._known = self._known, None
        seen = look(self._start)
        self.home = seen.found.value
        if disk.recover(self.home.root):
            seen = look(self._start)
        now = _Known(self.home.source.text, seen.now)
        if before is not None and before.same(now):
            self._known = before
            return
        yield Changed(_changed(before, now, self.home.config.file))
        try:
            stamp = yield from self._brought(seen)
        except disk.Changed:
            return
        self._known = _Known(now.settings, stamp)

    def absorb(self) -> Iterator[Event]:
        """Take hand edits back into the specs. Raises `Busy` and `OSError`."""
        before = self._lock()
        done = absorb(self._start)
        if not done.done:
            yield Found(About.FILES, done.diagnostics, done.places, awaits=True)
            return
        yield Took(done.taken, done.specs, effects(before, self._lock()))
        yield from self._quietly()

    def discard(self) -> Iterator[Event]:
        """Put back what the specs say; a copy of what was edited is kept. Raises `Busy` and `OSError`."""
        before = self._lock()
        built = build(self._start, discard=True)
        if not built.done:
            yield Found(About.SPECS, built.diagnostics, built.places)
            return
        yield Wrote(built.written, built.removed, built.saved, effects(before, self._lock()))
        yield from self._quietly()

    def _quietly(self) -> Iterator[Event]:
        """A turn after we have written ourselves: what changed was told already."""
        return (event for event in self.turn() if not isinstance(event, Changed))

    def _lock(self) -> Lock:
        """The lock as it lies on the disk."""
        text = None
        if self.home is not None:
            text = disk.read_text(self.home.root, f"{self.home.config.generated}/{LOCK}")
        return read(text)[0] if text is not None else Lock("", "")

    def _brought(self, seen: Seen) -> Generator[Event, None, Stamp]:
        """Compile, compare and write; returns what the files are then."""
        self._session = self._session or Session(self._start)
        opened = self._session.compiled(seen)
        own = opened.compiled.diagnostics
        yield Found(About.SPECS, own, opened.compiled.places)
        if has_errors(own):
            yield replace(self._good, in_sync=False) if self._good else _stands(opened, opened.accepted, in_sync=False)
            return seen.now
        held = Held.of(opened, self._lock_kept)
        standing = stand(opened, held)
        accepted = (*opened.accepted, *standing.accepted)
        places = with_sources(opened.compiled.places, standing.sources)
        lost = losses(standing)
        told = ordered([*lost, *standing.record.doubts, *opened.ledger.idle(entry for _, entry in accepted)], places)
        if told:
            yield Found(About.FILES, told, places, awaits=bool(lost))
        stamp = seen.now
        if not lost:
            built = write(opened, standing, places)
            stamp = _after(stamp, opened, standing)
            self._lock_kept = standing.lock_text, opened.compiled.lock
            if built.written or built.removed:
                yield _wrote(opened, held, built)
        self._good = _stands(opened, accepted, in_sync=not has_errors(told))
        yield self._good
        return stamp


def _changed(before: _Known | None, now: _Known, settings: str) -> tuple[str, ...]:
    """The files that are not as they were."""
    if before is None:
        return ()
    was, is_ = set(before.stamp.files), set(now.stamp.files)
    names = {name for name, _ in was ^ is_}
    if before.settings != now.settings:
        names.add(settings)
    return tuple(sorted(names))


def _after(stamp: Stamp, opened: Opened, standing: Standing) -> Stamp:
    """The stamp of a project in which everything that a build makes was written."""
    files = dict(stamp.files)
    files.update((one.path, digest(standing.kept.get(one.path, one.text))) for one in opened.compiled.artifacts)
    files[standing.lock_path] = digest(standing.lock_text)
    files.update((path, digest(data) if data else "") for path, data in standing.record.files.items())
    for path in standing.leftovers:
        files.pop(path, None)
    return stamp._replace(files=tuple(sorted(files.items())))


def _wrote(opened: Opened, held: Held, built: Built) -> Wrote:
    written = set(built.written)
    prompts = (
        Prompt(one.feature, one.path, held.files.get(one.path, ""), one.text)
        for one in opened.compiled.artifacts
        if one.path in written and is_prompt(one.path)
    )
    return Wrote(built.written, built.removed, built.saved, effects(held.lock, opened.compiled.lock, prompts))


def _stands(opened: Opened, accepted: tuple[tuple[object, Acceptance], ...], *, in_sync: bool) -> Stands:
    features = opened.compiled.lock.features
    until = min((one.until for _, one in accepted), default=None)
    return Stands(in_sync, features, summary.whole(features, len(accepted), until))

"""The only access to the disk: read and hash files, write many of them or none.

A set of files is written in three moves: each new text goes to a file of its own in `.specc/pending/` and to the disk; a
journal says which they are; then each is renamed to its place. Killed before the journal is there, nothing has happened;
killed after it, `recover` finishes the renames. Either way a later command sees all old files or all new ones.
Invariant: no path outside the root is opened; a file whose bytes would not change is not touched.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import digest
from ..source.text import SourceText
from . import errors
from .paths import MEMORY, inside

LIMIT = 16 * 1024 * 1024
"""The largest spec, in bytes, that is read."""

_PENDING = f"{MEMORY}/pending"
_JOURNAL = f"{MEMORY}/journal.json"
_BUSY = f"{MEMORY}/busy"


class Busy(OSError):
    """Another command is writing in this project."""


def read(root: Path, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
    """The texts of `names`, in that order; what can't be read is reported and left out. A byte order mark is dropped."""
    sources: list[SourceText] = []
    found: list[Diagnostic] = []
    for name in names:
        try:
            path = inside(root, name)
            size = path.stat().st_size
            if size > LIMIT:
                found.append(errors.too_large(name, size, LIMIT))
                continue
            sources.append(SourceText(name, path.read_bytes().decode("utf-8").removeprefix("\ufeff")))
        except UnicodeDecodeError as problem:
            found.append(errors.not_utf8(name, problem.start))
        except OSError as problem:
            found.append(errors.unreadable(name, problem.strerror or str(problem)))
    return Result(tuple(sources), tuple(found))


def read_text(root: Path, name: str) -> str | None:
    """The text of a generated file as it is, bytes that are not UTF-8 kept as surrogates; None if there is no such file."""
    try:
        return inside(root, name).read_bytes().decode("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return None


def hashes(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of `names` with the hash of its bytes, "" for one that is not there."""
    for name in names:
        try:
            yield name, digest((root / name).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            yield name, ""


def write_all(root: Path, files: Mapping[str, bytes | None]) -> tuple[str, ...]:
    """Make the files of `root` what `files` says (None: gone), all of them or none; the paths that changed, sorted.

    Raises `OSError` before anything has changed, `Busy` if another command is writing, and `Outside`.
    """
    changed = {name: data for name, data in sorted(files.items()) if _now(root, name) != data}
    if not changed:
        return ()
    with _alone(root):
        pending = root / _PENDING
        shutil.rmtree(pending, ignore_errors=True)
        pending.mkdir(parents=True)
        journal: list[list[str | None]] = []
        for number, (name, data) in enumerate(changed.items()):
            target = inside(root, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                journal.append([None, name])
            else:
                held = f"{_PENDING}/{number}"
                _write(root / held, data)
                if target.exists():
                    shutil.copymode(target, root / held)
                journal.append([held, name])
        _write(root / f"{_JOURNAL}.new", json.dumps(journal).encode())
        (root / f"{_JOURNAL}.new").replace(root / _JOURNAL)
        _sync(root / MEMORY)
        _finish(root)
    return tuple(changed)


def interrupted(root: Path) -> bool:
    """Whether a command was killed between its journal and its last rename."""
    return (root / _JOURNAL).exists()


def recover(root: Path) -> bool:
    """Finish what a killed command had begun to rename; whether there was something to finish."""
    if not interrupted(root):
        return False
    with _alone(root):
        _finish(root)
    return True


def forget(root: Path, name: str) -> None:
    """Remove a file of specc's own memory, if it is there."""
    (root / MEMORY / name).unlink(missing_ok=True)


def remember(root: Path, name: str, data: bytes) -> None:
    """Keep `data` in specc's own memory as `name`; a memory that can't be written is no fault."""
    try:
        path = root / MEMORY / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError:
        return


def recall(root: Path, name: str) -> str | None:
    """What `remember` kept as `name`; None if there is nothing."""
    try:
        return (root / MEMORY / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def _finish(root: Path) -> None:
    """Do the renames of the journal that are not done yet, then drop the journal."""
    try:
        journal = json.loads((root / _JOURNAL).read_bytes())
    except FileNotFoundError:
        return
    folders: set[Path] = set()
    for held, name in journal:
        target = inside(root, name)
        folders.add(target.parent)
        if held is None:
            target.unlink(missing_ok=True)
        elif (root / held).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            (root / held).replace(target)
    for folder in sorted(folders):
        _sync(folder)
    (root / _JOURNAL).unlink()
    shutil.rmtree(root / _PENDING, ignore_errors=True)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the project's write lock; the system releases it with the process, so a killed command leaves none behind."""
    import fcntl

    (root / MEMORY).mkdir(exist_ok=True)
    with (root / _BUSY).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(11, "another specc is writing in this project; try again when it is done", str(root)) from None
        yield


def _now(root: Path, name: str) -> bytes | None:
    try:
        return inside(root, name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Writes many files or none, whatever happens to the process or the machine meanwhile.

Three moves: each new text goes to a file of its own in `.specc/pending/` and to the disk; a journal says where they belong;
then each is renamed to its place. Killed before the journal is there, nothing has happened; killed after it, `recover` does
the renames that are left. Either way a later command sees all old files or all new ones.
Invariant: no path outside the root is touched, whatever the journal says; a file whose bytes would not change is not touched,
nor is one that somebody has changed since the journal was written.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ..source.hashing import digest
from .paths import MEMORY, Outside, inside, within

_PENDING = f"{MEMORY}/pending"
_JOURNAL = f"{MEMORY}/journal.json"
_BUSY = f"{MEMORY}/busy"
_IGNORED = f"{MEMORY}/.gitignore"
_MEANWHILE = "somebody changed it while this ran; run the command again"


class Busy(OSError):
    """Another command is writing in this project."""


class Changed(OSError):
    """A file no longer holds what it held when somebody decided what becomes of it."""


class _Move(NamedTuple):
    """What becomes of the file `name`, whose bytes had the hash `before` ("": it was not there): `held` replaces it, or it goes."""

    held: int | None
    name: str
    before: str


def write_all(
    root: Path, files: Mapping[str, bytes | None], judged: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Make the files of `root` what `files` says (None: gone), all of them or none, in this order; the paths that changed, sorted.

    `judged` are the hashes of files as the caller knows them ("": not there). Raises `Changed` where one of these is no longer so,
    `OSError` before anything has changed, `Busy` if another command is writing, and `Outside`.
    """
    root = Path(os.path.realpath(root))  # once: each of its files is resolved several times
    if not any(True for _ in _changes(root, files)):
        return ()
    with _alone(root):
        _finish(root)
        changes = list(_changes(root, files))
        targets: list[Path] = []
        for name, data, before in changes:
            if judged is not None and judged.get(name, before) != before:
                raise Changed(errno.EAGAIN, _MEANWHILE, name)
            targets.append(_target(root, name, gone=data is None))
            _refuse_unwritable(targets[-1], name)
        try:
            _stage(root, changes, targets)
        except BaseException:
            _clear(root)
            raise
        _finish(root)
        for name, data, _ in changes:
            if _now(root, name) != data:
                raise Changed(errno.EAGAIN, _MEANWHILE, name)
    return tuple(sorted(name for name, _, _ in changes))


def make_runnable(root: Path, name: str) -> None:
    """Let whoever may read the file `name` run it, too. Raises `Outside` and `OSError`."""
    path = inside(root, name)
    mode = path.stat().st_mode
    path.chmod(mode | (mode & 0o444) >> 2)


def interrupted(root: Path) -> bool:
    """Whether a command was killed between its journal and its last rename."""
    return (root / _JOURNAL).exists()


def recover(root: Path) -> bool:
    """Finish what a killed command had begun to rename; whether there was something to finish. Raises `Busy` and `OSError`."""
    if not interrupted(root):
        return False
    with _alone(root):
        return _finish(Path(os.path.realpath(root)))


def memory(root: Path) -> Path:
    """The folder of specc's own memory, made if it is not there; git is told to leave it alone. Raises `OSError`."""
    folder = inside(root, MEMORY)
    if not folder.is_dir():
        try:
            folder.mkdir()
            (root / _IGNORED).write_text("# what specc remembers between runs; safe to delete\n*\n", encoding="utf-8")
        except OSError as problem:
            raise type(problem)(problem.errno, _unmade(root, problem), str(folder)) from None
    return folder


def _unmade(root: Path, problem: OSError) -> str:
    """Why there is no memory, and what to do."""
    if isinstance(problem, FileExistsError):
        return "a file stands where specc keeps what it remembers in a folder; move it away"
    why = (problem.strerror or type(problem).__name__).lower()
    return f"the folder where specc keeps what it remembers can't be made: {why}; let who runs specc write in {root}"


def _changes(root: Path, files: Mapping[str, bytes | None]) -> Iterator[tuple[str, bytes | None, str]]:
    """What of `files` is not so yet: the path, its new bytes and the hash of its old ones; `root` holds no link, here and below."""
    for name, data in files.items():
        old = _now(root, name)
        if old != data:
            yield name, data, "" if old is None else digest(old)


def _now(root: Path, name: str) -> bytes | None:
    try:
        return within(str(root), name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _target(root: Path, name: str, *, gone: bool) -> Path:
    """The file that is replaced or goes: a link is written through, but where it is to go, it goes itself and not what it leads to.

    Raises `Outside`, also for a file to go that lies below a link.
    """
    if not gone:
        return within(str(root), name)
    folder, _, last = name.rpartition("/")
    above = within(str(root), folder or ".")
    if last in ("", ".", "..") or above != Path(root, *folder.split("/")):
        raise Outside(name)
    return above / last


def _refuse_unwritable(target: Path, name: str) -> None:
    """Find out before the journal is written what would fail after it."""
    folder = target.parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "the folder can't be written", name)


def _stage(root: Path, changes: Sequence[tuple[str, bytes | None, str]], targets: Sequence[Path]) -> None:
    """Put new bytes aside, then write the journal that says where they belong; `targets` are the files that they replace."""
    from .durable.sync import sync, sync_all, write  # whoever only looks does not load it

    pending = root / _PENDING
    pending.mkdir(parents=True, exist_ok=True)
    moves: list[_Move] = []
    fresh_files: list[Path] = []
    for number, ((name, data, before), target) in enumerate(zip(changes, targets, strict=True)):
        if data is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            held = pending / str(number)
            held.write_bytes(data)
            if target.exists():
                held.chmod(stat.S_IMODE(target.stat().st_mode))
            fresh_files.append(held)
        moves.append(_Move(number if data is not None else None, name, before))
    import json

    sync_all(fresh_files)
    sync(pending)
    fresh = root / f"{_JOURNAL}.new"
    write(fresh, json.dumps({"place": _place(root), "moves": moves}).encode())
    fresh.replace(root / _JOURNAL)
    sync(root / MEMORY)


def _finish(root: Path) -> bool:
    """Do the moves of the journal that are not done yet, then drop it; whether there was a journal that can be trusted."""
    from .durable.sync import sync_all

    moves = _journal(root)
    if moves is not None:
        folders: dict[Path, None] = {}
        for move in moves:
            target = _target(root, move.name, gone=move.held is None)
            folders[target.parent] = None
            _move(root, move, target)
        sync_all(list(folders))
        for folder in folders:
            _prune(folder, root)
    (root / _JOURNAL).unlink(missing_ok=True)
    _clear(root)
    return moves is not None


def _move(root: Path, move: _Move, target: Path) -> None:
    try:
        now = _now(root, move.name)
    except IsADirectoryError:
        return
    if ("" if now is None else digest(now)) != move.before:
        return  # it is done already, or somebody has changed the file since
    if move.held is None:
        target.unlink(missing_ok=True)
        return
    held = root / _PENDING / str(move.held)
    if not held.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        held.replace(target)
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        from .durable.sync import write

        # the target lies on another file system: copy beside it first, so that the last step is a rename again
        beside = target.with_name(f".{target.name}.specc")
        write(beside, held.read_bytes())
        beside.chmod(stat.S_IMODE(held.stat().st_mode))
        beside.replace(target)


def _journal(root: Path) -> tuple[_Move, ...] | None:
    """The moves of the journal; None if there is none, or if it was not written here: `.specc` may have come with a checkout."""
    import json

    try:
        held: Mapping[str, object] = json.loads((root / _JOURNAL).read_bytes())
        rows = held["moves"]
        if held["place"] != _place(root) or not isinstance(rows, list):
            return None
        moves = tuple(
            _Move(None if number is None else int(number), str(name), str(before)) for number, name, before in rows
        )
        for move in moves:
            _target(root, move.name, gone=move.held is None)
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError, Outside):
        return None
    return moves


def _clear(root: Path) -> None:
    """Forget what was put aside."""
    try:
        for path in (root / _PENDING).iterdir():
            path.unlink()
        (root / _PENDING).rmdir()
    except OSError:
        return


def _place(root: Path) -> int:
    """What a copy of the folder does not share with it."""
    return (root / MEMORY).stat().st_ino


def _prune(folder: Path, root: Path) -> None:
    """Remove `folder`, and those above it, while they are empty; the root stays, and so do folders right below it."""
    while folder.parent not in (root, folder) and root in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the project's write lock; the system releases it with the process, so a killed command leaves none behind."""
    memory(root)
    with (root / _BUSY).open("w") as file:
        try:
            _lock(file.fileno())
        except BlockingIOError:
            raise Busy(
                errno.EAGAIN, "another specc is writing in this project; try again when it is done", str(root)
            ) from None
        yield


def _lock(handle: int) -> None:
    """Lock an open file for this process. Raises `BlockingIOError` if another holds it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as held:
            raise BlockingIOError(*held.args) from None
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

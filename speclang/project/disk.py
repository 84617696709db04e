"""The only access to the disk: read and hash files, remember things between runs. Writing of a project's files is in `writing.py`.

In: a root and paths below it. Out: texts, hashes, findings about what can't be read.
Invariant: no path outside the root is opened.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import digest
from ..source.text import SourceText
from . import errors
from .paths import MEMORY, Outside, files_below, inside
from .writing import Busy, Changed, interrupted, memory, recover, write_all

__all__ = [
    "LIMIT", "Busy", "Changed", "OnDisk", "Tree", "answer", "decoded", "forget", "hashes", "interrupted", "read", "read_text",
    "recall", "recover", "remember", "version", "write_all",
]  # fmt: skip

LIMIT = 16 * 1024 * 1024
"""The largest spec, in bytes, that is read."""

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Tree(Protocol):
    """The files of a project at one moment, be it as they lie on the disk or as git keeps them; names are paths from its root."""

    def below(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """The files below `folder` whose names end with `suffix`, sorted, as `paths.files_below` lists them."""
        ...

    def read(self, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
        """The texts of `names`, in that order; what can't be read is reported and left out."""
        ...

    def text(self, name: str) -> str | None:
        """The text of a generated file as it is; None if there is no such file."""
        ...

    def hashes(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each of `names` with the hash of its bytes; "" for one that is not there."""
        ...


class OnDisk(NamedTuple):
    """The files of a project as they lie on the disk below `root`."""

    root: Path

    def below(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """As `paths.files_below`."""
        return files_below(self.root, folder, suffix)

    def read(self, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
        """As `read`."""
        return read(self.root, names)

    def text(self, name: str) -> str | None:
        """As `read_text`."""
        return read_text(self.root, name)

    def hashes(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """As `hashes`."""
        return hashes(self.root, names)


def read(root: Path, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
    """The texts of `names`, in that order; what can't be read is reported and left out. A byte order mark is dropped."""
    sources: list[SourceText] = []
    found: list[Diagnostic] = []
    for name in names:
        try:
            path = inside(root, name)
            size = _size(path)
            if size > LIMIT:
                found.append(errors.too_large(name, size, LIMIT))
                continue
            text = decoded(name, path.read_bytes())
            if isinstance(text, SourceText):
                sources.append(text)
            else:
                found.append(text)
        except Outside:
            found.append(errors.link_outside(name))
        except OSError as problem:
            found.append(errors.unreadable(name, problem.strerror or str(problem)))
    return Result(tuple(sources), tuple(found))


def decoded(name: str, data: bytes) -> SourceText | Diagnostic:
    """The text that `data` is, without a byte order mark, or what keeps it from being one."""
    try:
        return SourceText(name, data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as problem:
        return errors.not_utf8(name, data, problem.start)


def read_text(root: Path, name: str) -> str | None:
    """The text of a generated file as it is, bytes that are not UTF-8 kept as surrogates; None if there is no such file."""
    try:
        path = inside(root, name)
        _size(path)
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return None


def version(path: Path) -> str:
    """The text of a file that git hands to a merge driver."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def answer(path: Path, data: bytes) -> None:
    """Put `data` where git looks for what a merge driver made."""
    path.write_bytes(data)


def _size(path: Path) -> int:
    """How many bytes the file has. Raises `OSError` for what is no file: reading a pipe would never end."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder, and links to folders are not followed", str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not a file of text", str(path))
    return found.st_size


def hashes(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of `names` with the hash of its bytes; "" for one that is not there, is no file, or leads out of the project."""
    base = os.path.realpath(root)
    for name in names:
        data = _bytes(root, f"{base}/{name}", name)
        yield name, "" if data is None else digest(data)


def _bytes(root: Path, path: str, name: str) -> bytes | None:
    """What `path` holds. A link is the exception, so only for one is it found out where it leads."""
    try:
        try:
            handle = os.open(path, _READ)
        except OSError as problem:
            if problem.errno != errno.ELOOP:
                raise
            handle = os.open(inside(root, name), _READ)
        with open(handle, "rb", buffering=0) as file:  # noqa: PTH123 - by its handle
            return file.readall()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, Outside):
        return None


def forget(root: Path, name: str) -> None:
    """Remove a file of specc's own memory, if it is there."""
    (root / MEMORY / name).unlink(missing_ok=True)


def remember(root: Path, name: str, data: bytes) -> None:
    """Keep `data` in specc's own memory as `name`; a memory that can't be written is no fault."""
    try:
        path = memory(root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(_seal(root) + data)
        fresh.replace(path)
    except OSError:
        return


def recall(root: Path, name: str) -> str | None:
    """What `remember` kept as `name` in this very folder; None if there is nothing, or if it came from elsewhere.

    A memory says that something need not be looked at again: one that was committed or copied is not believed.
    """
    try:
        data = (inside(root, MEMORY) / name).read_bytes()
        seal = _seal(root)
    except OSError:
        return None
    return data[len(seal) :].decode("utf-8", "replace") if data.startswith(seal) else None


def _seal(root: Path) -> bytes:
    place = (root / MEMORY).stat()
    return f"{place.st_dev}:{place.st_ino}\n".encode()

"""Writes one file where somebody asked for it, in the project or not: all of it or nothing.

Invariant: a file that is there is replaced only if it begins as one of ours does, or if that was asked for; whoever reads it meanwhile
sees the old bytes or the new ones.
"""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path


class NotOurs(OSError):
    """Somebody else's file stands there."""


def write_one(path: Path, data: bytes, ours: bytes | None) -> None:
    """Make `path` hold `data`; with `ours`, a file that begins otherwise is left alone. A link is written through.

    Raises `NotOurs` and `OSError`.
    """
    target = Path(os.path.realpath(path))
    mode = _mode(target, ours)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            fresh.chmod(mode)
        fresh.replace(target)
    except OSError as problem:
        problem.filename = str(path)
        raise
    finally:
        with suppress(OSError):  # where nothing can be written, nothing can be removed, and the former says why
            fresh.unlink(missing_ok=True)


def _mode(target: Path, ours: bytes | None) -> int | None:
    """The rights of the file that is replaced; None where there is none yet. Raises what keeps it from being replaced."""
    try:
        held = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(held.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(held.st_mode):
        raise OSError(errno.EINVAL, "it is no file that can be replaced", str(target))
    if ours is not None:
        with target.open("rb") as file:
            if held.st_size and file.read(len(ours)) != ours:
                raise NotOurs(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    return stat.S_IMODE(held.st_mode)

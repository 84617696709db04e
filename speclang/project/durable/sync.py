"""Brings bytes, and the names of files, to the disk.

Invariant: what a function returns from has reached the disk, as far as the system tells.
"""

import os
from collections.abc import Sequence
from pathlib import Path

_AT_ONCE = 4
"""So many files are brought to the disk side by side (decision 0420)."""


def write(path: Path, data: bytes) -> None:
    """Make `data` what the file holds. Raises `OSError`."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Bring what the file, or the folder with its names, holds to the disk, where the system can open it for that."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(paths: Sequence[Path]) -> None:
    """Bring what `paths` hold to the disk, a few at a time: a disk takes several orders in the time of one. Raises `OSError`."""
    if len(paths) <= _AT_ONCE:
        for path in paths:
            sync(path)
        return
    from threading import Thread

    failed: list[OSError] = []

    def some(first: int) -> None:
        try:
            for path in paths[first::_AT_ONCE]:
                sync(path)
        except OSError as problem:
            failed.append(problem)

    threads = [Thread(target=some, args=(first,)) for first in range(_AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]

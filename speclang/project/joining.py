"""What the disk holds before something joins a project, or begins one: the file that a user names, and what is in the way.

In: paths that a user gives, anywhere. Out: bytes and names; nothing is written but an empty folder.
"""

import os
from collections.abc import Iterable
from pathlib import Path


class NoText(ValueError):
    """What a user names can't be taken as a text; the message says why, after the name of the file."""


def bytes_of(path: Path, most: int) -> bytes:
    """The bytes of the file `path`. Raises `NoText` for what is no file or has more than `most` bytes, and `OSError`."""
    size = path.stat().st_size
    if not path.is_file():
        raise NoText("is not a file of text")
    if size > most:
        raise NoText(f"has {size:,} bytes; {most:,} is the most")
    return path.read_bytes()


def in_the_way(root: Path, names: Iterable[str]) -> str:
    """The first of `names` below `root` where something is already, be it a link that leads nowhere; "" if there is none."""
    return next((name for name in names if os.path.lexists(root / name)), "")


def home_of(folder: Path) -> None:
    """Make `folder` if it is not there. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)

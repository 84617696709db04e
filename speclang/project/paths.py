"""Paths of a project: relative to its root, with `/`, and never out of it; and which of them are there."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SETTINGS = "specc.toml"
"""The file of settings at a project's root."""

MEMORY = ".specc"
"""The folder of what specc remembers between runs; it may be deleted at any time."""


def accepted(specs: str) -> str:
    """The file of what was accepted, in a project whose specs lie in the folder `specs`."""
    return f"{specs}/accepted.toml"


def reviewed(specs: str) -> str:
    """The record of what was read, in a project whose specs lie in the folder `specs`."""
    return f"{specs}/reviewed.txt"


class Folder(NamedTuple):
    """A folder that is there: one that was moved away and made anew has another `inode`."""

    path: Path
    inode: int


class Outside(OSError):
    """A path leaves the project's root."""

    def __init__(self, name: str) -> None:
        """`name` is the path as it was given."""
        super().__init__(1, "the path leads out of the project", name)


def is_relative(name: str) -> bool:
    """Whether `name` can be a path from a root, whatever system reads it."""
    return (
        name != ""
        and "\0" not in name
        and not Path(name).is_absolute()
        and not name.startswith(("/", "\\"))
        and ":" not in name.split("/", maxsplit=1)[0]
    )


def inside(root: Path, name: str) -> Path:
    """The path `name` of the project at `root`. Raises `Outside` if it, or a link on its way, leads out of the root."""
    return within(os.path.realpath(root), name)


def within(base: str, name: str) -> Path:
    """As `inside`, of a root whose own path `base` holds no link."""
    if not is_relative(name):
        raise Outside(name)
    found = os.path.realpath(os.path.join(base, name))  # noqa: PTH118 - realpath of text, links resolved in one go
    if found != base and not found.startswith(base.rstrip(os.sep) + os.sep):
        raise Outside(name)
    return Path(found)


def resolved(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of `names` with the path to which it leads; where it is no link itself, at the price of one look for its whole folder."""
    base = os.path.realpath(root)
    folders: dict[str, str] = {}
    for name in names:
        folder, _, last = name.rpartition("/")
        if folder not in folders:
            folders[folder] = os.path.realpath(f"{base}/{folder}")
        path = f"{folders[folder]}{os.sep}{last}"
        yield name, os.path.realpath(path) if os.path.islink(path) else path  # noqa: PTH114 - of text, many times


def in_repository(root: Path) -> str:
    """The way to `root` from the top of the repository that holds it, ending with `/`; "" where it is the top, or there is none."""
    for above in (root, *root.parents):
        if (above / ".git").exists():
            way = root.relative_to(above).as_posix()
            return "" if way == "." else f"{way}/"
    return ""


def relative(root: Path, path: Path) -> str:
    """`path` from `root`, with `/`. Raises `Outside`."""
    try:
        return Path(os.path.realpath(path)).relative_to(os.path.realpath(root)).as_posix()
    except ValueError:
        raise Outside(str(path)) from None


def files_below(root: Path, folder: str, suffix: str = "") -> tuple[str, ...]:
    """The files below `folder` whose names end with `suffix`, as paths from `root`, sorted; hidden ones are left out.

    Links are listed and not followed, also those to folders and to nowhere: whoever reads them finds out what they are.
    A folder with settings of its own is another project, whose files are not of this one.
    """
    found: list[str] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = os.scandir(root / here)
        except FileNotFoundError:
            continue
        with entries:
            held = list(entries)
            if here != folder and any(entry.name == SETTINGS for entry in held):
                continue
            for entry in held:
                if entry.name.startswith("."):
                    continue
                name = f"{here}/{entry.name}" if here not in ("", ".") else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(name)
                elif entry.name.endswith(suffix) or (entry.is_symlink() and entry.is_dir()):
                    found.append(name)
    return tuple(sorted(found))


def folders_there(root: Path, names: Iterable[str]) -> tuple[Folder, ...]:
    """Those of the folders `names` that are there, links resolved, each once."""
    found: dict[Path, Folder] = {}
    for name in names:
        path = Path(os.path.realpath(root / name))
        try:
            if path.is_dir():
                found[path] = Folder(path, path.stat().st_ino)
        except OSError:
            continue
    return tuple(found.values())


def git_is_at_work(root: Path) -> bool:
    """Whether git holds the lock of the repository in which `root` lies: a checkout, a merge or a rebase is under way."""
    folder = _repository(root)
    return folder is not None and (folder / "index.lock").exists()


def _repository(root: Path) -> Path | None:
    """Where git keeps what it knows of the work tree that holds `root`."""
    for above in (root, *root.parents):
        git = above / ".git"
        if git.is_dir():
            return git
        try:
            said = git.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        name = said.removeprefix("gitdir:").strip()
        return above / name if said.startswith("gitdir:") and name and "\0" not in name else None
    return None

"""A project as git keeps it: the files that are staged, or those of a revision, and never what the work tree holds.

In: a folder of the project. Out: its `Home`, like that of `config.find`, whose `tree` reads from git. `staged(folder)` is what
a commit would hold now, `at(folder, "main~3")` is what that commit holds; `engine.compiling.open_home` compiles either.
Invariant: a file is listed, read and led to by links as if git had checked it out; the text of a file is as it was committed, so that
line ends are as git keeps them.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import digest
from ..source.text import SourceText
from . import errors, git
from .config import SHARED, Home, NoProject, has_section, settings
from .disk import LIMIT, OnDisk, Tree, decoded
from .git import Entry, Repository
from .paths import SETTINGS, Outside, accepted, is_relative, reviewed

_HOPS = 40
"""So many links are followed, one after the other."""


def staged(start: Path) -> Result[Home]:
    """The project that `start` lies in, as a commit would hold it now. Raises `NoProject` and `GitFailed`."""
    return _found(git.repository(_folder(start)), None, start, f"no {SETTINGS} is staged, here or above; `git add` it")


def at(start: Path, revision: str) -> Result[Home]:
    """The project that `start` lies in, as it was at `revision`. Raises `NoProject` and `GitFailed`."""
    where = git.repository(_folder(start))
    commit = git.commit_of(where, revision)
    return _found(where, commit, start, f"`{revision}` has no {SETTINGS}, here or above")


def fork(start: Path, revision: str) -> Result[Home]:
    """The project that `start` lies in, as it was where what is checked out left `revision`. Raises `NoProject` and `GitFailed`."""
    where = git.repository(_folder(start))
    other, head = git.commit_of(where, revision), git.head(where)
    if head is None:
        raise git.GitFailed(f"there is no commit here yet that could have left `{revision}`")
    return _found(where, git.common(where, head, other), start, f"there was no {SETTINGS}, here or above")


class Changes(NamedTuple):
    """What changed of the files of a project: their `names`, from its root; `any` says whether anything changed, there or elsewhere."""

    names: tuple[str, ...]
    any: bool


def staged_changes(home: Home) -> Changes:
    """What the next commit changes of the project `home`, which is `staged`: of its specs, layouts, settings and generated files."""
    kept = snapshot_of(home)
    settings = home.config
    changed = git.changed(kept.where, git.head(kept.where), None)
    kept.below(settings.specs, ".spec")
    kept.below(settings.generated)
    single = {
        SETTINGS,
        SHARED,
        accepted(settings.specs),
        reviewed(settings.specs),
        *settings.templates,
        *kept.leading(),
    }
    lead = _lead(kept.prefix)
    names = [path.removeprefix(lead) for path in changed if path.startswith(lead)]
    ours = [
        name
        for name in names
        if name in single
        or name.startswith(_lead(settings.generated))
        or (name.startswith(_lead(settings.specs)) and name.endswith(".spec"))
    ]
    return Changes(tuple(ours), bool(changed))


def unstaged(home: Home) -> tuple[str, ...]:
    """The specs, layouts and generated files of `home`, which is `staged`, that are otherwise on the disk, up to line ends."""
    kept, disk = snapshot_of(home), OnDisk(home.root)
    config = home.config
    names = {
        name for tree in (kept, disk) for name in (*tree.below(config.specs, ".spec"), *tree.below(config.generated))
    }
    return tuple(
        name
        for name in sorted({*names, *config.templates, accepted(config.specs), reviewed(config.specs), config.file})
        if _plain(kept, name) != _plain(disk, name)
    )


def _plain(tree: Tree, name: str) -> str | None:
    try:
        text = tree.text(name)
    except OSError:
        return None
    return None if text is None else text.replace("\r\n", "\n")


def snapshot_of(home: Home) -> "Snapshot":
    """The files of a project that git keeps."""
    if not isinstance(home.kept, Snapshot):
        raise TypeError("a project on the disk has no snapshot")
    return home.kept


def _folder(start: Path) -> Path:
    if not start.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "there is no such folder", str(start))
    return start


def _found(where: Repository, commit: str | None, start: Path, none: str) -> Result[Home]:
    here = PurePosixPath(start.resolve().relative_to(where.top).as_posix())
    folders = list(dict.fromkeys((here, *here.parents)))
    names = [_joined(folder.as_posix(), name) for folder in folders for name in (SETTINGS, SHARED)]
    entries = git.listed(where, commit, names)
    held = git.contents(where, (entries[name].id for name in names if name in entries))
    for folder in folders:
        for name in (SETTINGS, SHARED):
            entry = entries.get(_joined(folder.as_posix(), name))
            if entry is None or (name == SHARED and not has_section(held[entry.id])):
                continue
            root = where.top / folder
            return settings(root, name, held[entry.id], Snapshot(where, commit, folder.as_posix()))
    raise NoProject(errno.ENOENT, none, str(start))


def _joined(folder: str, name: str) -> str:
    return name if folder in ("", ".") else f"{folder}/{name}"


def _lead(folder: str) -> str:
    """What the names of all files below `folder` start with."""
    return "" if folder in ("", ".") else f"{folder}/"


class Snapshot:
    """The files below `prefix`, from the top of a work tree, in a commit or (None) in the index: a `disk.Tree`.

    Folders are listed when they are first asked for, and contents are fetched many at a time.
    """

    __slots__ = ("_contents", "_entries", "_listed", "commit", "prefix", "where")

    def __init__(self, where: Repository, commit: str | None, prefix: str) -> None:
        """Nothing is asked of git yet."""
        self.where = where
        self.commit = commit
        self.prefix = prefix
        self._entries: dict[str, Entry] = {}
        self._contents: dict[str, bytes] = {}
        self._listed: set[str] = set()

    def below(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """As `paths.files_below`; a submodule holds no files of the project."""
        try:
            lead = _lead(self._resolved(folder))
        except (FileNotFoundError, Outside):
            return ()
        names = [name[len(lead) :] for name in self._entries if name.startswith(lead)]
        foreign = tuple(name.removesuffix(SETTINGS) for name in names if name.endswith(f"/{SETTINGS}"))
        shown = [
            name
            for name in names
            if not name.startswith((".", *foreign)) and "/." not in name and self._is_shown(lead + name, suffix)
        ]
        return tuple(sorted(_joined(folder, name) for name in shown))

    def read(self, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
        """As `disk.read`."""
        sources: list[SourceText] = []
        found: list[Diagnostic] = []
        for name in names:
            try:
                data = self._bytes(name)
            except Outside:
                found.append(errors.link_outside(name))
            except git.GitFailed:
                raise
            except OSError as problem:
                found.append(errors.unreadable(name, problem.strerror or str(problem)))
            else:
                text = decoded(name, data) if len(data) <= LIMIT else errors.too_large(name, len(data), LIMIT)
                if isinstance(text, SourceText):
                    sources.append(text)
                else:
                    found.append(text)
        return Result(tuple(sources), tuple(found))

    def text(self, name: str) -> str | None:
        """As `disk.read_text`."""
        try:
            return self._bytes(name).decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return None

    def hashes(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """As `disk.hashes`."""
        for name in names:
            try:
                yield name, digest(self._bytes(name))
            except (FileNotFoundError, IsADirectoryError, Outside):
                yield name, ""

    def leading(self) -> Iterator[str]:
        """The paths to which links that were listed lead."""
        for name, entry in list(self._entries.items()):
            if entry.mode == git.LINK:
                try:
                    yield self._resolved(name)
                except OSError:
                    continue

    def _is_shown(self, name: str, suffix: str) -> bool:
        entry = self._entries[name]
        if entry.mode == git.MODULE:
            return False
        return name.endswith(suffix) or (entry.mode == git.LINK and self._is_folder(name))

    def _is_folder(self, name: str) -> bool:
        try:
            lead = _lead(self._resolved(name))
        except OSError:
            return False
        return any(one.startswith(lead) for one in self._entries)

    def _bytes(self, name: str) -> bytes:
        """What the file `name` holds. Raises `OSError` in the words of `disk`."""
        path = self._resolved(name)
        entry = self._entries.get(path)
        if entry is not None and entry.mode != git.MODULE:
            return self._content(entry.id)
        if entry is not None or any(one.startswith(f"{path}/") for one in self._entries):
            raise IsADirectoryError(errno.EISDIR, "it is a folder, and links to folders are not followed", name)
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)

    def _content(self, id: str) -> bytes:
        """What is kept as `id`; with it all that was listed is fetched, for it will be asked for too."""
        if id not in self._contents:
            ids = {one.id for one in self._entries.values() if one.mode != git.MODULE}
            self._contents.update(git.contents(self.where, sorted(ids - self._contents.keys())))
        return self._contents[id]

    def _resolved(self, name: str) -> str:
        """The path to which `name` leads. Raises `Outside` where that is out of the project."""
        if not is_relative(name):
            raise Outside(name)
        self._list(name)
        waiting = [part for part in reversed(name.split("/")) if part not in ("", ".")]
        here: list[str] = []
        hops = 0
        while waiting:
            part = waiting.pop()
            if part == "..":
                if not here:
                    raise Outside(name)
                here.pop()
                continue
            here.append(part)
            entry = self._entries.get("/".join(here))
            if entry is None or entry.mode != git.LINK:
                continue
            hops += 1
            if hops > _HOPS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
            target = os.fsdecode(self._content(entry.id))
            if not is_relative(target):
                raise Outside(name)
            here.pop()
            waiting.extend(one for one in reversed(target.split("/")) if one not in ("", "."))
            self._list(os.path.normpath("/".join((*here, *reversed(waiting)))))
        return "/".join(here)

    def _list(self, name: str) -> None:
        """Ask git for what lies at `name` and below it, or else for the whole folder that may hold a link on the way."""
        parts = [part for part in name.split("/") if part not in ("", ".")]
        above = ["", *("/".join(parts[:count]) for count in range(1, len(parts) + 1))]
        if ".." in parts or not self._listed.isdisjoint(above):
            return
        for asked in dict.fromkeys((above[-1], above[min(1, len(parts))])):
            path = "" if self.prefix in ("", ".") else self.prefix
            found = git.listed(self.where, self.commit, [_joined(path, asked) if asked else path])
            lead = f"{path}/" if path else ""
            self._entries.update((one.removeprefix(lead), entry) for one, entry in found.items())
            self._listed.add(asked)
            if found:
                return

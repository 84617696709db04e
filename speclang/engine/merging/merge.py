"""The merge driver: a generated file that both sides of a merge changed is built from the merged specs, never joined line by line.

In: what git hands a merge driver: the three versions of a file, and its path. Out: the file as the merged specs build it, or why that
can't be told, in which case ours stands and git reports a conflict.
Invariant: a hand edit of either side is never overwritten; what was read of the merge is checked against what git handed over.
"""

import json
from pathlib import Path

from ...diagnostics.diagnostic import has_errors
from ...lock import lockfile
from ...project import disk, git
from ...project.config import Home, NoProject
from ...project.merged import BothChanged, Merge, sides_of
from ...project.paths import reviewed
from ...source.hashing import digest
from ..compiling import open_home
from ..fresh import LOCK

_KEPT = "merged"
ATTRIBUTES = ".gitattributes"


class NotMerged(Exception):
    """Why a file is left as it is on our side, in words."""


def merge(base: Path, ours: Path, theirs: Path, path: str) -> None:
    """Write to `ours` what the merged specs build at `path`, from the top of the work tree, which is the current folder.

    `base`, `ours` and `theirs` are files with the three versions, as git hands them to a driver (`%O %A %B`). Raises `NotMerged` and
    `OSError`.
    """
    try:
        text = _merged(disk.version(base), disk.version(ours), disk.version(theirs), path)
    except (BothChanged, NoProject, git.GitFailed) as problem:
        what = f"{problem.filename}: " if problem.filename else ""
        raise NotMerged(f"{what}{problem.strerror}") from problem
    disk.answer(ours, text.encode("utf-8", "surrogateescape"))


def _merged(base: str, ours: str, theirs: str, path: str) -> str:
    where = git.repository(Path())
    sides = sides_of(where)
    if sides is None:
        raise NotMerged("git does not tell what is being merged")
    start = (where.top / path).parent
    merge = Merge(start if start.is_dir() else where.top, where, sides)
    name = (where.top / path).relative_to(merge.ours.root).as_posix()
    handed = ((merge.base, base), (merge.ours, ours), (merge.theirs, theirs))
    if any((home.tree.text(name) or "") != text for home, text in handed):
        raise NotMerged("git is merging something else than the commits that it names")
    if not all(_as_built(home, name, text) for home, text in handed[1:]):
        raise NotMerged("it was edited by hand on one side")
    files = _built(merge)
    if name not in files:
        raise NotMerged("the merged specs build no such file")
    return files[name]


def _as_built(home: Home, name: str, text: str) -> bool:
    """Whether a file is as the build of its side left it, by the lock of that side."""
    lock_path = f"{home.config.generated}/{LOCK}"
    if name == lock_path:
        return True
    lock, _ = lockfile.read(home.tree.text(lock_path) or "")
    return any(one.path == name and one.hash == digest(text) for one in lock.files)


def _built(merge: Merge) -> dict[str, str]:
    """Every file that the merged specs build; git asks for each of them in a process of its own, so they are remembered."""
    found = merge.home()
    root = found.value.root
    kept = _remembered(root, merge.key)
    if kept:
        return kept
    opened = open_home(found, afresh=True)
    if has_errors(opened.compiled.diagnostics):
        raise NotMerged("the merged specs have errors")
    files = {one.path: one.text for one in opened.compiled.artifacts}
    files[f"{found.value.config.generated}/{LOCK}"] = lockfile.write(opened.compiled.lock)
    disk.remember(root, _KEPT, json.dumps({"merge": merge.key, "files": files}).encode())
    return files


def _remembered(root: Path, key: str) -> dict[str, str]:
    try:
        held = json.loads(disk.recall(root, _KEPT) or "{}")
    except ValueError:
        return {}
    files = held.get("files", {}) if isinstance(held, dict) and held.get("merge") == key else {}
    return {name: text for name, text in files.items() if isinstance(text, str)} if isinstance(files, dict) else {}


def install(start: Path, command: str) -> tuple[str, ...]:
    """Have git merge the generated files of the project that `start` lies in by `command`, and keep the lines of both sides of its
    record of reviews; what was written, in words.

    Raises `NoProject`, `GitFailed` and `OSError`.
    """
    from ...project.config import find

    home = find(start).value
    where = git.repository(home.root)
    wanted = (f"{home.config.generated}/** merge=specc", f"{reviewed(home.config.specs)} merge=union")
    held = disk.read_text(home.root, ATTRIBUTES)
    said: list[str] = []
    lines = [line for line in wanted if line not in (held or "").splitlines()]
    if lines:
        text = "\n".join([*([held.rstrip("\n")] if held else []), *lines, ""])
        was = "" if held is None else digest(held.encode("utf-8", "surrogateescape"))
        disk.write_all(home.root, {ATTRIBUTES: text.encode("utf-8", "surrogateescape")}, {ATTRIBUTES: was})
        said.extend(f"wrote {ATTRIBUTES}: {line}" for line in lines)
    git.configure(where, "merge.specc.name", "build generated files from the merged specs")
    git.configure(where, "merge.specc.driver", f"{command} %O %A %B %P")
    said.append(f"set merge.specc.driver of this clone: {command} %O %A %B %P")
    return tuple(said)

"""What git keeps of a work tree: the one place that starts `git`.

In: a folder, paths from the top of its work tree. Out: which files the index or a commit holds, and their bytes.
Invariant: git is only asked, but for `configure`, and starts nothing of its own: no hook, pager, editor, filter, file system monitor or
network. Paths are taken letter by letter and parted by NUL; the index is not refreshed; a hook's own index (`GIT_INDEX_FILE`) is the
one that is read.
"""

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LINK, MODULE = "120000", "160000"
"""The modes of a symbolic link and of a submodule, which is no file."""

_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_PLACE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX")
"""The variables by which git tells a hook where it is, in words that hold for the folder in which the hook starts."""

_UNWANTED = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF")
_OPTIONS = ("--literal-pathspecs", "--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_EMPTY = (
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
_MANY = 200
"""So many paths go into one call: a system bounds the length of a command."""


class GitFailed(OSError):
    """Git is not there, or does not have what it is asked for; the message says it in words."""

    def __init__(self, why: str, name: str | None = None) -> None:
        """`name` is the file or folder that it is about."""
        super().__init__(errno.EINVAL, why, name)


class Entry(NamedTuple):
    """A file as git keeps it: its mode, and the ID of its content."""

    mode: str
    id: str


class Repository(NamedTuple):
    """A work tree: its top, and the environment in which git is asked about it."""

    top: Path
    environment: tuple[tuple[str, str], ...]

    def ask(self, *arguments: str) -> bytes:
        """What git answers. Raises `GitFailed` with git's own word where it fails."""
        return _checked(self.tried(*arguments))

    def tried(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        """Git's answer, whether it fails or not."""
        return _run(arguments, self.top, dict(self.environment))


def repository(start: Path) -> Repository:
    """The work tree that the folder `start` lies in. Raises `GitFailed`.

    A hook may be told by variables where the repository is; these are believed if `start` lies there.
    """
    here = start.resolve()
    plain = {name: text for name, text in os.environ.items() if name not in _UNWANTED} | _QUIET
    told = plain.get("GIT_DIR")
    if told is not None:
        top = _top(Path.cwd(), plain)
        if isinstance(top, Path) and here.is_relative_to(top):
            place = {"GIT_DIR": str(Path(told).absolute()), "GIT_WORK_TREE": str(top)}
            return Repository(top, tuple({**plain, **place}.items()))
    free = {name: text for name, text in plain.items() if name not in _PLACE}
    top = _top(here, free)
    if not isinstance(top, Path):
        raise GitFailed(top, str(start))
    if "GIT_INDEX_FILE" in free and _top(Path.cwd(), free) != top:
        del free["GIT_INDEX_FILE"]  # the hook of another repository asks about this one
    return Repository(top, tuple(free.items()))


def commit_of(where: Repository, revision: str) -> str:
    """The ID of the commit that `revision` names. Raises `GitFailed`."""
    if not revision or revision.startswith("-") or "\0" in revision:
        raise GitFailed(f"`{revision}` is not the name of a revision")
    found = where.tried("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        raise GitFailed(f"git knows no revision `{revision}`{_cut_off(where)}")
    return found.stdout.decode("ascii").strip()


def head(where: Repository) -> str | None:
    """The ID of the commit that the next one follows; None before the first."""
    found = where.tried("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return None if found.returncode else found.stdout.decode("ascii").strip()


def common(where: Repository, one: str, other: str) -> str:
    """The last commit that both commits come from. Raises `GitFailed`."""
    found = where.tried("merge-base", one, other)
    if found.returncode:
        raise GitFailed(f"the revision and what is checked out have no commit in common{_cut_off(where)}")
    return found.stdout.decode("ascii").strip()


def joined(where: Repository, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """What both sides make of `base`, as git joins texts; None where they changed the same place."""
    with tempfile.TemporaryDirectory(prefix="specc-") as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, data in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(data)
        found = where.tried("merge-file", "--stdout", "--quiet", *map(str, paths))
    return found.stdout if found.returncode == 0 else None


def configure(where: Repository, name: str, value: str) -> None:
    """Set `name` in the repository's own configuration: the one thing here that changes anything. Raises `GitFailed`."""
    where.ask("config", "--local", name, value)


def listed(where: Repository, commit: str | None, paths: Sequence[str]) -> Mapping[str, Entry]:
    """The files at and below `paths`, from the top, in `commit` or (None) in the index. Raises `GitFailed`."""
    found: dict[str, Entry] = {}
    for some in _portions(paths):
        if commit is None:
            found.update(_indexed(where, some))
        else:
            for row in _rows(where.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *some)):
                said, _, name = row.partition("\t")
                mode, _, id = said.split(" ")
                found[name] = Entry(mode, id)
    return found


def changed(where: Repository, since: str | None, until: str | None) -> tuple[str, ...]:
    """The paths, from the top, that differ between the commit `since` (None: nothing yet) and `until` (None: the index)."""
    if since is None:
        return tuple(_rows(where.ask("ls-files", "--cached", "-z")))
    if until is None:
        return tuple(_rows(where.ask("diff-index", "--cached", "--name-only", "--no-renames", "-z", since)))
    return tuple(_rows(where.ask("diff-tree", "-r", "--name-only", "--no-renames", "-z", since, until)))


def contents(where: Repository, ids: Iterable[str]) -> Mapping[str, bytes]:
    """What is kept under each of `ids`. Raises `GitFailed`."""
    wanted = dict.fromkeys(ids)
    if not wanted:
        return {}
    try:
        return _fetched(where, wanted)
    except BrokenPipeError:
        raise GitFailed("git stopped before it had answered") from None


def _fetched(where: Repository, ids: Iterable[str]) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    with subprocess.Popen(  # noqa: S603 - no shell, and nothing of the user's but IDs that git gave
        ["git", *_OPTIONS, "cat-file", "--batch"],  # noqa: S607 - the git of the user's PATH
        cwd=where.top,
        env=dict(where.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as asked:
        question, answer = asked.stdin, asked.stdout
        if question is None or answer is None:
            raise GitFailed("git does not answer")
        for id in ids:
            question.write(f"{id}\n".encode("ascii"))
            question.flush()
            _, kind, size = [*answer.readline().decode("ascii", "replace").split(), "", ""][:3]
            if not size.isdigit():
                raise GitFailed(f"git does not have the object {id} ({kind or 'no answer'}){_cut_off(where)}")
            found[id] = answer.read(int(size))
            answer.read(1)
    return found


def _indexed(where: Repository, paths: Sequence[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for row in _rows(where.ask("ls-files", "--cached", "--stage", "-z", "--", *paths)):
        said, _, name = row.partition("\t")
        mode, id, stage = said.split(" ")
        if stage != "0":
            raise GitFailed("git has not merged it; resolve the conflict and `git add` it", name)
        found[name] = Entry(mode, id)
    if any(one.id in _EMPTY for one in found.values()):
        # `git add --intent-to-add` leaves an empty entry that is not committed
        for name in _rows(where.ask("diff-files", "--name-only", "--diff-filter=A", "-z", "--", *paths)):
            found.pop(name, None)
    return found


def _top(folder: Path, environment: Mapping[str, str]) -> Path | str:
    """The top of the work tree that `folder` lies in, or why there is none."""
    found = _run(("rev-parse", "--show-toplevel"), folder, environment)
    if found.returncode == 0:
        return Path(os.fsdecode(found.stdout.removesuffix(b"\n"))).resolve()
    said = _said(found)
    return "it does not lie in a git repository" if "not a git repository" in said else said


def _cut_off(where: Repository) -> str:
    """What to do about history that is not here."""
    shallow = where.tried("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    return "; this clone is shallow, so fetch its history first: `git fetch --unshallow`" if shallow else ""


def _run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(  # noqa: S603 - no shell, and paths come after `--`
            ["git", *_OPTIONS, *arguments],  # noqa: S607 - the git of the user's PATH
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        if not folder.is_dir():
            raise
        raise GitFailed("git is not installed, or not on the PATH") from None


def _checked(ran: "subprocess.CompletedProcess[bytes]") -> bytes:
    if ran.returncode:
        raise GitFailed(_said(ran))
    return ran.stdout


def _said(ran: "subprocess.CompletedProcess[bytes]") -> str:
    """The first line of what git says about a failure."""
    lines = ran.stderr.decode("utf-8", "replace").splitlines()
    return f"git says: {lines[0].removeprefix('fatal: ')}" if lines else f"git failed with exit code {ran.returncode}"


def _rows(answer: bytes) -> Iterator[str]:
    return (os.fsdecode(row) for row in answer.split(b"\0") if row)


def _portions(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    """`paths` as git takes them: "" is the top itself, and so names no path at all."""
    named = [path for path in paths if path]
    if len(named) < len(paths):
        return iter([()])
    return (named[start : start + _MANY] for start in range(0, len(named), _MANY))

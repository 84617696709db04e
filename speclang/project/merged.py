"""A project as a merge under way will leave it: the specs of both sides joined as git joins texts, before git has joined anything.

In: what git tells a merge driver of the merge it is in the middle of. Out: the `Home` of the project after it, whose `tree` reads from
three commits. Invariant: a file that both sides changed at one place has no text here; whoever reads it hears so.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import digest
from ..source.text import SourceText
from . import git
from .config import Home, settings
from .disk import Tree, decoded
from .git import Repository
from .snapshot import at


class BothChanged(OSError):
    """A file that both sides of a merge changed, so that somebody has to decide."""

    def __init__(self, name: str) -> None:
        """`name` is the path of the file."""
        super().__init__(errno.EAGAIN, "both sides changed it at one place", name)


class Sides(NamedTuple):
    """The commits of a merge: the last one that both sides come from, and both sides."""

    base: str
    ours: str
    theirs: str


def sides_of(where: Repository) -> Sides | None:
    """The sides of the merge or rebase that is under way; None where git tells nobody what they are, or there are more than two.

    A merge driver is not told by git which commits are merged. `git merge` names the other side in a variable of its own
    (`GITHEAD_` and the commit, as git's merge strategies use it), a rebase in the list of what it has done.
    """
    ours = git.head(where)
    named = [name[8:] for name, _ in where.environment if name.startswith("GITHEAD_")]
    others = [one for one in named if one != ours]
    if ours is None or len(others) > 1:
        return None
    if others:
        bases = where.tried("merge-base", "--all", ours, others[0]).stdout.decode("ascii").split()
        return Sides(bases[0], ours, others[0]) if len(bases) == 1 else None
    picked = _picked(where)
    if picked is None:
        return None
    base = where.tried("rev-parse", "--verify", "--quiet", "--end-of-options", f"{picked}^1")
    return Sides(base.stdout.decode("ascii").strip(), ours, picked) if base.returncode == 0 else None


def _picked(where: Repository) -> str | None:
    """The commit that a rebase is applying."""
    done = where.ask("rev-parse", "--git-path", "rebase-merge/done").removesuffix(b"\n")
    try:
        lines = (where.top / os.fsdecode(done)).read_text("utf-8", "replace").split("\n")
    except OSError:
        return None
    words = next((line.split() for line in reversed(lines) if line.strip() and not line.startswith("#")), [])
    if len(words) < 2 or words[0] not in ("pick", "reword", "edit", "fixup", "squash", "p", "r", "e", "f", "s"):
        return None
    named = next((word for word in words[1:] if not word.startswith("-")), "")
    found = where.tried("rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
    return None if found.returncode else found.stdout.decode("ascii").strip()


class Merge:
    """A merge under way: the project on both sides and at the commit that both come from."""

    __slots__ = ("base", "key", "ours", "theirs", "where")

    def __init__(self, start: Path, where: Repository, sides: Sides) -> None:
        """Open the project that the folder `start` lies in, three times. Raises `NoProject` and `GitFailed`."""
        self.where = where
        self.key = " ".join(sides)
        self.base, self.ours, self.theirs = (at(start, one).value for one in sides)

    def home(self) -> Result[Home]:
        """The project after the merge. Raises `BothChanged` where its settings are not decided."""
        ours = self.ours
        tree = Joined(self.where, self.base.tree, ours.tree, self.theirs.tree)
        return settings(ours.root, ours.config.file, tree.data(ours.config.file), tree)


class Joined:
    """Three trees read as one: a `disk.Tree`."""

    __slots__ = ("_base", "_ours", "_theirs", "_where")

    def __init__(self, where: Repository, base: Tree, ours: Tree, theirs: Tree) -> None:
        """Nothing is read yet."""
        self._where = where
        self._base, self._ours, self._theirs = base, ours, theirs

    def below(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """As `paths.files_below`: a file that one side took out, and the other left as it was, is gone."""
        names = {*self._ours.below(folder, suffix), *self._theirs.below(folder, suffix)}
        return tuple(sorted(name for name in names if self.text(name) is not None))

    def read(self, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
        """As `disk.read`. Raises `BothChanged`."""
        sources: list[SourceText] = []
        found: list[Diagnostic] = []
        for name in names:
            one = decoded(name, self.data(name))
            if isinstance(one, SourceText):
                sources.append(one)
            else:
                found.append(one)
        return Result(tuple(sources), tuple(found))

    def text(self, name: str) -> str | None:
        """As `disk.read_text`. Raises `BothChanged`."""
        base, ours, theirs = (tree.text(name) for tree in (self._base, self._ours, self._theirs))
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        if ours is None or theirs is None:
            raise BothChanged(name)
        joined = git.joined(self._where, _data(base or ""), _data(ours), _data(theirs))
        if joined is None:
            raise BothChanged(name)
        return joined.decode("utf-8", "surrogateescape")

    def data(self, name: str) -> bytes:
        """What the file `name` holds. Raises `BothChanged`, and `FileNotFoundError`."""
        text = self.text(name)
        if text is None:
            raise FileNotFoundError(errno.ENOENT, "there is no such file after the merge", name)
        return _data(text)

    def hashes(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """As `disk.hashes`. Raises `BothChanged`."""
        for name in names:
            text = self.text(name)
            yield name, "" if text is None else digest(_data(text))


def _data(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
